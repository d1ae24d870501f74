//! What a document's stand-in makes of the requests of its client, and the client of its answers.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keywright::config::ApiConfig;
use keywright::conform::Dice;
use keywright::ir::OperationId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::calls::sent;
use crate::drive::cases::Case;
use crate::drive::mutate::{Kind, mutate};
use crate::drive::witness::{Asked, Witness};
use crate::recorder::Recorded;

/// What came of a document's stand-in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Witnessed {
    /// How many requests of the client it judged.
    pub requests: usize,
    /// How many answers it gave.
    pub answers: usize,
    /// How many requests with something wrong were made.
    pub mutants: usize,
    /// How many of those it refused.
    pub refused: usize,
    /// What is wrong between it and the client.
    pub faults: Vec<String>,
}

/// The stand-in of a document, and the files for what it says.
pub(super) struct Court {
    witness: Witness,
    answers: BufWriter<File>,
    mutants: BufWriter<File>,
    dice: Dice,
    /// The operations that were asked for every answer.
    asked: HashSet<OperationId>,
    result: Witnessed,
}

impl Court {
    pub(super) fn new(config: &ApiConfig, answers: &Path, mutants: &Path) -> Result<Self, String> {
        let create = |path: &Path| {
            let file = File::create(path).map_err(|error| error.to_string())?;
            Ok::<_, String>(BufWriter::new(file))
        };
        Ok(Self {
            witness: Witness::new(config)?,
            answers: create(answers)?,
            mutants: create(mutants)?,
            dice: Dice::new("mutants"),
            asked: HashSet::new(),
            result: Witnessed::default(),
        })
    }

    /// Has a request judged, and others that are made from it; the first of an operation is answered in every way that the
    /// document has.
    pub(super) fn hear(
        &mut self,
        captured: &Value,
        request: &Recorded,
        operation: OperationId,
    ) -> io::Result<Vec<Asked>> {
        self.result.requests += 1;
        let text = |key: &str| captured[key].as_str().unwrap_or_default();
        let name = format!("{} {}", text("method"), text("path"));
        for finding in self.witness.findings(request, operation) {
            self.result
                .faults
                .push(format!("{name} is refused: {finding}"));
        }
        for kind in Kind::ALL {
            let Some(mutant) = mutate(request, kind, &mut self.dice) else {
                continue;
            };
            let findings = self.witness.refusals(&mutant, operation);
            self.result.mutants += 1;
            self.result.refused += usize::from(!findings.is_empty());
            let mut line = captured.clone();
            line["request"] = sent(&mutant);
            line["kind"] = json!(format!("{kind:?}"));
            line["findings"] = json!(findings);
            writeln!(self.mutants, "{line}")?;
        }
        if !self.asked.insert(operation) {
            return Ok(Vec::new());
        }
        let asked = self.witness.answers(request, operation);
        for it in &asked {
            self.result.answers += 1;
            let faults = it.findings.iter();
            let faults = faults.map(|finding| format!("{name}: answer {}: {finding}", it.wish));
            self.result.faults.extend(faults);
            let body = it.answer.body.as_ref();
            let line = json!({
                "method": captured["method"],
                "path": captured["path"],
                "status": it.answer.status,
                "headers": it.headers,
                "media_type": body.map(|(name, _)| name),
                "body": body.map(|(_, bytes)| STANDARD.encode(bytes)),
                "request": captured["request"],
            });
            writeln!(self.answers, "{line}")?;
        }
        Ok(asked)
    }

    /// Is told what the client made of an answer.
    pub(super) fn read(&mut self, name: &str, case: &Case, fault: Option<String>) {
        let status = case.answer.status;
        let fault = fault.map(|it| format!("{name}: {status} {it}"));
        self.result.faults.extend(fault);
    }

    pub(super) fn close(self) -> Witnessed {
        self.result
    }
}
