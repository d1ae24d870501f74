//! [progenitor](https://crates.io/crates/cargo-progenitor), with its own defaults. It writes a package of one module.
//!
//! It reads OpenAPI 3.0 in a single file, so it gets what `keywright convert` makes of a document. It refuses a whole
//! document for the sake of one operation, so each operation that it does not accept is taken out. Neither is measured.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::operations::Operation;
use super::{Operations, Prepared, Tools, complete, empty, read_toml, run};
use crate::failure::Failure;
use crate::usage::{self, Usage};
use serde_json::Value;

pub(super) const VERSION: &str = "0.15.1";

/// How often progenitor is asked which operations it refuses before the document counts as refused.
const PATIENCE: usize = 100;

pub(super) fn install(tools: &Tools) -> Result<(), Failure> {
    tools.add("cargo-progenitor", VERSION)
}

/// Makes documents that progenitor accepts, one for each part, in `folder`.
pub(super) fn prepare(
    tools: &Tools,
    prepared: &mut Prepared,
    folder: &Path,
) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let mut all = 0;
    let mut refused = Vec::new();
    for part in &mut prepared.document.parts {
        let converted = folder.join(format!("{}.json", part.module));
        if converted.exists() {
            fs::remove_file(&converted)?;
        }
        let mut convert = Command::new(&tools.keywright);
        convert
            .arg("convert")
            .arg(&part.spec)
            .arg("--out")
            .arg(&converted);
        run(&mut convert)?;
        let trial = Trial {
            tools,
            document: folder.join("trial.json"),
            package: folder.join("trial"),
            attempts: Cell::new(0),
        };
        let text = fs::read_to_string(&converted)?;
        let document = serde_json::from_str(&text).map_err(|it| Failure::new(it.to_string()))?;
        let operations = Operations::of(document);
        all += operations.all().len();
        let (accepted, mut without) = trial.accepted(&operations)?;
        fs::write(&converted, accepted.to_string())?;
        refused.append(&mut without);
        part.spec = converted;
    }
    if let Some((operation, reason)) = refused.first() {
        let number = refused.len();
        let (path, method) = operation;
        let method = method.to_uppercase();
        prepared.note = Some(format!(
            "it refuses {number} of {all} operations, which are left out; of `{method} {path}` it says: {reason}"
        ));
    }
    Ok(())
}

pub(super) fn generate(tools: &Tools, prepared: &Prepared) -> Result<Usage, Failure> {
    let mut sum = Usage::default();
    let mut dependencies = Vec::new();
    let source = prepared.package.join("src");
    fs::create_dir_all(&source)?;
    for part in &prepared.document.parts {
        let package = prepared.package.join(&part.module);
        sum = sum + usage::measure(&command(tools, &part.spec, &package))?;
        let mut manifest = read_toml(&package.join("Cargo.toml"))?;
        manifest.retain(|key, _| key == "dependencies");
        dependencies.push(manifest);
        let module = source.join(format!("{}.rs", part.module));
        fs::rename(package.join("src/lib.rs"), module)?;
        fs::remove_dir_all(package)?;
    }
    complete(prepared, dependencies)?;
    Ok(sum)
}

/// The command that makes a package of a document.
fn command(tools: &Tools, document: &Path, package: &Path) -> Command {
    let mut command = tools.program("cargo-progenitor");
    command.args(["progenitor", "--name", "api", "--version", "0.1.0"]);
    command.arg("--input").arg(document);
    command.arg("--output").arg(package);
    command
}

/// Attempts to have a document accepted.
struct Trial<'a> {
    tools: &'a Tools,
    document: PathBuf,
    package: PathBuf,
    /// How many there were.
    attempts: Cell<usize>,
}

impl Trial<'_> {
    /// The document with the operations that progenitor accepts, and the others with the reasons.
    fn accepted(
        &self,
        operations: &Operations,
    ) -> Result<(Value, Vec<(Operation, Failure)>), Failure> {
        let all = operations.all();
        let mut refused = Vec::new();
        if self.make(operations, all).is_err() {
            // Without operations, what is refused are the schemas.
            self.make(operations, &[])?;
            self.search(operations, all, &mut refused)?;
        }
        let is_refused = |it: &&Operation| refused.iter().any(|(refused, _)| refused == *it);
        let accepted: Vec<Operation> = all.iter().filter(|it| !is_refused(it)).cloned().collect();
        if !refused.is_empty() {
            self.make(operations, &accepted)?;
        }
        Ok((operations.only(&accepted), refused))
    }

    /// Finds the operations of a list that are refused, by halves.
    fn search(
        &self,
        operations: &Operations,
        list: &[Operation],
        refused: &mut Vec<(Operation, Failure)>,
    ) -> Result<(), Failure> {
        let Err(reason) = self.make(operations, list) else {
            return Ok(());
        };
        if self.attempts.get() > PATIENCE {
            return Err(Failure::new(format!("refuses many operations: {reason}")));
        }
        match list {
            [] => Ok(()),
            [operation] => {
                refused.push((operation.clone(), reason));
                Ok(())
            }
            _ => {
                let (one, other) = list.split_at(list.len() / 2);
                self.search(operations, one, refused)?;
                self.search(operations, other, refused)
            }
        }
    }

    /// Tries to make a package with these operations alone.
    fn make(&self, operations: &Operations, wanted: &[Operation]) -> Result<(), Failure> {
        self.attempts.set(self.attempts.get() + 1);
        empty(&self.package)?;
        fs::write(&self.document, operations.only(wanted).to_string())?;
        run(&mut command(self.tools, &self.document, &self.package))
    }
}
