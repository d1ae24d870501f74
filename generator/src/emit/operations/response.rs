//! What an operation is: its description, its types, and which status of a response gives which value or error.

use std::collections::BTreeSet;

use super::description;
use super::reader::Reader;
use crate::emit::context::Cx;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::ir::{StatusPattern, Success};
use crate::output::Unformatted;

/// `impl Operation for GetPet`
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Unformatted {
    let shape = operation.shape;
    let [operation_trait, raw, outcome] = [
        "super::runtime::Operation",
        "super::runtime::RawResponse",
        "super::runtime::Outcome",
    ]
    .map(|path| written::name(cx, path));
    let mut written = Written::default();
    written.line(0, format!("impl {operation_trait} for {} {{", shape.name));
    description::describe(cx, &mut written, operation);
    written.blank();
    let headers = shape.headers.as_ref();
    let headers = headers.map_or_else(|| "()".to_owned(), |it| it.name.to_string());
    let output = written::ty(cx, &shape.output);
    written.line(1, format!("type Output = {output};"));
    written.line(1, format!("type Headers = {headers};"));
    written.line(1, format!("type Error = {};", shape.error));
    written.blank();
    written.line(1, format!("fn read(response: {raw}) -> {outcome}<Self> {{"));
    emit_arms(cx, &mut written, operation);
    written.line(1, "}");
    written.line(0, "}");
    written.finish()
}

/// The match over the status: single statuses, then ranges, then the rest.
fn emit_arms(cx: &Cx<'_>, written: &mut Written, operation: Operation<'_>) {
    let mut arms: Vec<Arm> = Vec::new();
    let responses = operation
        .ir
        .responses
        .iter()
        .zip(&operation.shape.responses);
    for (index, (response, shape)) in responses.enumerate() {
        let reader = Reader::of(cx, operation, index);
        if reader.is_rough() {
            written.roughen();
        }
        let read = reader.call();
        if shape.is_success {
            let result = success(cx, operation, index, &read);
            Arm::add(&mut arms, response.status, result, true);
        }
        if shape.is_failure {
            let (error, variant) = (&operation.shape.error, &shape.variant);
            let result = format!("Err({error}::{variant}({read}?))");
            Arm::add(&mut arms, response.status, result, false);
        }
    }
    if matches!(operation.ir.success, Success::Undocumented) {
        let result = "Ok(response.empty()?)".to_owned();
        Arm::add(&mut arms, StatusPattern::Range(2), result, true);
    }
    let has_default = arms
        .iter()
        .any(|arm| arm.patterns.iter().any(|it| matches!(it, Pattern::Rest)));
    if !has_default {
        arms.push(Arm {
            patterns: vec![Pattern::Rest],
            result: rest(cx, operation),
        });
    }
    arms.sort_by_key(|arm| arm.patterns.iter().map(Pattern::rank).max());
    let codes: BTreeSet<u16> = arms.iter().flat_map(Arm::codes).collect();
    written.line(2, "match response.status() {");
    for arm in &arms {
        written.line(3, arm.text(&codes));
    }
    written.line(2, "}");
}

/// How a success gives its value.
fn success(cx: &Cx<'_>, operation: Operation<'_>, index: usize, read: &str) -> String {
    let Some(success) = &operation.shape.success else {
        return format!("Ok({read}?)");
    };
    let response = written::name(cx, "super::runtime::Response");
    let shape = &operation.shape.responses[index];
    let variant = format!("{}::{}", success.name, shape.variant);
    if shape.body.is_unit() {
        format!("Ok({response}::map({read}?, |()| {variant}))")
    } else {
        format!("Ok({response}::map({read}?, {variant}))")
    }
}

/// What happens with a status that the document does not list: a success may still be as documented, where
/// the document knows one kind of success only.
fn rest(cx: &Cx<'_>, operation: Operation<'_>) -> String {
    let reader = match &operation.ir.success {
        Success::One(indices) => indices
            .first()
            .map(|index| Reader::of(cx, operation, *index)),
        Success::Undocumented => Some(Reader::Method("empty")),
        Success::Several(_) => None,
    };
    match reader {
        Some(reader) => format!("Ok(response.undocumented({})?)", reader.path(cx)),
        None => "Err(response.unexpected().into())".to_owned(),
    }
}

/// One arm: statuses, and what they give.
struct Arm {
    patterns: Vec<Pattern>,
    result: String,
}

/// Which statuses an arm is for.
#[derive(PartialEq)]
enum Pattern {
    Code(u16),
    Range(u8),
    Rest,
}

impl Arm {
    /// Adds a status. Where the same is done for several, they share an arm.
    fn add(arms: &mut Vec<Self>, status: StatusPattern, result: String, success: bool) {
        let pattern = match status {
            StatusPattern::Code(code) => Pattern::Code(code),
            StatusPattern::Range(digit) => Pattern::Range(digit),
            // A response for every status describes a success only where there is one.
            StatusPattern::Default if success => Pattern::Range(2),
            StatusPattern::Default => Pattern::Rest,
        };
        if arms.iter().any(|arm| arm.patterns.contains(&pattern)) {
            return;
        }
        let same = |arm: &&mut Self| {
            arm.result == result && arm.patterns.iter().all(|it| it.rank() == pattern.rank())
        };
        match arms.iter_mut().find(same) {
            Some(arm) => arm.patterns.push(pattern),
            None => arms.push(Self {
                patterns: vec![pattern],
                result,
            }),
        }
    }

    /// The single statuses among its own.
    fn codes(&self) -> impl Iterator<Item = u16> {
        self.patterns.iter().filter_map(|it| match it {
            Pattern::Code(code) => Some(*code),
            Pattern::Range(_) | Pattern::Rest => None,
        })
    }

    fn text(&self, codes: &BTreeSet<u16>) -> String {
        let patterns = self.patterns.iter().map(|it| it.text(codes));
        let patterns: Vec<String> = patterns.collect();
        format!("{} => {},", patterns.join(" | "), self.result)
    }
}

impl Pattern {
    fn rank(&self) -> u8 {
        match self {
            Self::Code(_) => 0,
            Self::Range(_) => 1,
            Self::Rest => 2,
        }
    }

    /// Writes the pattern. `codes` have arms of their own, so that a range neither starts nor ends with one of them.
    fn text(&self, codes: &BTreeSet<u16>) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Range(digit) => {
                let start = u16::from(*digit) * 100;
                let all = start..=start + 99;
                let first = all.clone().find(|it| !codes.contains(it));
                let last = all.rev().find(|it| !codes.contains(it));
                let (first, last) = (first.unwrap_or(start), last.unwrap_or(start + 99));
                format!("{first}..={last}")
            }
            Self::Rest => "_".to_owned(),
        }
    }
}
