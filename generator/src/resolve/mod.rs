//! Resolves every `$ref`: any JSON pointer, in the same file or another one.
//!
//! It runs after `load`, which has loaded every file that can be loaded. A reference that leads nowhere is reported
//! here once and is missing from [`References`]; so is a reference that leads back to itself.

mod cycle;
mod report;

use crate::diagnostics::Diagnostics;
use crate::document::{
    FileId, Found, JsonPointer, Kind, Outcome, References, Spec, Start, Visited, follow,
};

/// How many findings say what may have been meant: to look for that takes time, and there may be as many as
/// there are nodes.
const MOST_SUGGESTIONS: usize = 200;

/// A reference with the file that it stands in.
type Located<'a> = (FileId, Found<'a>);

/// Finds the target of every reference that can be reached from the entry document.
#[must_use]
pub fn resolve<'a>(spec: &'a Spec, diagnostics: &mut Diagnostics) -> References<'a> {
    let before = diagnostics.len();
    let mut references = References::default();
    let mut led: Vec<Located<'a>> = Vec::new();
    let start = Start {
        file: FileId(0),
        pointer: JsonPointer::root(),
        kind: Kind::Document,
    };
    follow(
        spec,
        vec![start],
        &mut Visited::default(),
        &mut |file, found, outcome| {
            match outcome {
                Outcome::Target(target) => {
                    references.targets.insert(found.node.id, target.clone());
                    led.push((file, found));
                }
                // `load` has tried to read the file, and said why it could not.
                Outcome::UnknownFile { .. } => {}
                Outcome::Missing { .. }
                | Outcome::UnknownAnchor { .. }
                | Outcome::UnknownName(_)
                | Outcome::Fault(_) => {
                    let suggest = diagnostics.len() - before < MOST_SUGGESTIONS;
                    diagnostics.report(report::unresolved(spec, file, &found, outcome, suggest));
                }
            }
        },
    );
    cycle::cut(spec, &led, &mut references, diagnostics);
    diagnostics.sort_from(before, &spec.files);
    references
}

#[cfg(test)]
mod tests;
