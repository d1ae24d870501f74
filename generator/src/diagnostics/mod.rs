//! Diagnostics: the faults of an input, their places, and their fixes.
//!
//! Every stage takes `&mut Diagnostics`, reports into it, and continues with a harmless value; the run stops between
//! stages if [`Diagnostics::has_errors`]. Nothing here prints: [`render`], [`to_json`] and [`to_sarif`] format
//! diagnostics, and the command line writes them. Every text of a diagnostic is one line without control characters,
//! whatever part of the input it repeats.

mod code;
mod explain;
mod json;
mod render;
mod repeats;
mod sarif;

pub use crate::similar::similar;
pub use code::{Code, Severity};
pub use explain::{Example, Explanation, catalog};
pub use json::to_json;
pub use render::{Style, one_line, render, render_repeats, summary};
pub use repeats::{Repeats, Shown, without_repeats};
pub use sarif::to_sarif;

use std::collections::{HashMap, HashSet};

use crate::document::{File, Place};

/// One finding about an input.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The kind of fault.
    pub code: Code,
    /// The severity: at first that of the code; `--strict` raises warnings to errors.
    pub severity: Severity,
    /// The message: one clause without a period, with identifiers in backticks.
    pub message: String,
    /// The place of the fault, or `None` for faults without a place in a file, such as an unreadable folder.
    pub place: Option<Place>,
    /// The text under the marked part of the line.
    pub label: Option<String>,
    /// Further places that explain the fault, each with a text.
    pub related: Vec<(Place, String)>,
    /// Facts that help to understand the message.
    pub notes: Vec<String>,
    /// The fix.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Returns a finding without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: one_line(&message.into()),
            place: None,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Returns a finding at a place.
    pub fn at(code: Code, place: &Place, message: impl Into<String>) -> Self {
        Self {
            place: Some(place.clone()),
            ..Self::new(code, message)
        }
    }

    /// Lowers the severity to a warning, if the fault does no harm here although its code is an error.
    #[must_use]
    pub fn harmless(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Sets the text under the marked part of the line.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(one_line(&label.into()));
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.related.push((place.clone(), one_line(&text.into())));
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(one_line(&note.into()));
        self
    }

    /// Sets the fix.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(&help.into()));
        self
    }

    /// Sets the fix, followed by the lines to write.
    #[must_use]
    pub fn help_with_lines(mut self, help: impl Into<String>, lines: &str) -> Self {
        let help = one_line(&help.into());
        let lines = std::iter::once(help).chain(lines.lines().map(one_line));
        self.help = Some(lines.collect::<Vec<_>>().join("\n"));
        self
    }
}

/// The findings of a run.
///
/// A shared part of a document may be read once per use; a finding in it is kept only once.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    known: HashSet<Finding>,
    strict: bool,
}

/// The identity of a finding: code, file, first byte and message.
type Finding = (Code, Option<(String, u32)>, String);

impl Diagnostics {
    /// Returns an empty collection. With `strict`, warnings are treated as errors.
    #[must_use]
    pub fn new(strict: bool) -> Self {
        Self {
            strict,
            ..Self::default()
        }
    }

    /// Adds a finding, unless it exists already. If it has no help, it gets that of its code. Its places become those
    /// where the text is written, which may be in an overlay.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        if self.strict && diagnostic.severity == Severity::Warning {
            diagnostic.severity = Severity::Error;
        }
        diagnostic.place = diagnostic.place.map(|place| place.written());
        for (place, _) in &mut diagnostic.related {
            *place = place.written();
        }
        let place = diagnostic
            .place
            .as_ref()
            .map(|place| (place.source.name.clone(), place.span.start));
        if self
            .known
            .insert((diagnostic.code, place, diagnostic.message.clone()))
        {
            if diagnostic.help.is_none() {
                diagnostic.help = diagnostic.code.advice().map(str::to_owned);
            }
            self.found.push(diagnostic);
        }
    }

    /// Returns `true` if warnings are treated as errors.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Returns `true` if there are errors, so that no output may be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|it| it.severity == Severity::Error)
    }

    /// Returns the findings in the order in which they were reported.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Returns the findings in reading order: first those without a place, then file by file in the order of names,
    /// each from start to end.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Diagnostic> {
        let mut findings: Vec<&Diagnostic> = self.found.iter().collect();
        findings.sort_by_key(|it| {
            let place = it.place.as_ref();
            place.map(|place| (place.source.name.as_str(), place.span.start))
        });
        findings
    }

    /// Returns the number of findings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns `true` if there are no findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Removes findings from index `start` on whose places no longer matter.
    pub fn drop_from(&mut self, start: usize, is_moot: impl Fn(&Place) -> bool) {
        let later = self.found.split_off(start);
        let kept = later.into_iter();
        let kept = kept.filter(|it| !it.place.as_ref().is_some_and(&is_moot));
        self.found.extend(kept);
    }

    /// Sorts the findings from index `start` on by `files` and places, for a stage that reads a document in another
    /// order.
    pub fn sort_from(&mut self, start: usize, files: &[File]) {
        let rank: HashMap<&str, usize> = files
            .iter()
            .enumerate()
            .map(|(rank, file)| (file.source.name.as_str(), rank))
            .collect();
        self.found[start..].sort_by_key(|it| {
            it.place.as_ref().map(|place| {
                (
                    rank.get(place.source.name.as_str()).copied(),
                    place.span.start,
                )
            })
        });
    }
}
