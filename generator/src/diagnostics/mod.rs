//! What is wrong with an input, where, and what to do about it.
//!
//! Every stage takes `&mut Diagnostics`, reports into it and goes on with a harmless value; the run stops
//! between stages when [`Diagnostics::has_errors`] says so. Nothing here prints: [`render`], [`to_json`]
//! and [`to_sarif`] make text of diagnostics, the command line writes it. Every text of a diagnostic is one line that does nothing to a terminal,
//! whatever of the input it repeats.

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
    /// Which kind of fault this is.
    pub code: Code,
    /// How bad it is; starts as the code's own severity, `--strict` raises warnings.
    pub severity: Severity,
    /// What is wrong, in one clause without a period; identifiers in backticks.
    pub message: String,
    /// Where it is wrong. `None` for faults without a place in a file, such as an unreadable folder.
    pub place: Option<Place>,
    /// What to say under the marked text.
    pub label: Option<String>,
    /// Further places that explain the fault, with a text each.
    pub related: Vec<(Place, String)>,
    /// Facts that help to understand the message.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding without a place.
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

    /// A finding at a place.
    pub fn at(code: Code, place: &Place, message: impl Into<String>) -> Self {
        Self {
            place: Some(place.clone()),
            ..Self::new(code, message)
        }
    }

    /// Makes it a warning, where the fault is of a kind that is an error elsewhere but does no harm here.
    #[must_use]
    pub fn harmless(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Says what the marked text is.
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

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(&help.into()));
        self
    }

    /// Says what to do, and shows the lines that do it below.
    #[must_use]
    pub fn help_with_lines(mut self, help: impl Into<String>, lines: &str) -> Self {
        let help = one_line(&help.into());
        let lines = std::iter::once(help).chain(lines.lines().map(one_line));
        self.help = Some(lines.collect::<Vec<_>>().join("\n"));
        self
    }
}

/// Collects the findings of a run.
///
/// A shared part of a document may be read once per use; what is wrong in it is kept once.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    known: HashSet<Finding>,
    strict: bool,
}

/// What makes two findings the same: code, file, first byte and message.
type Finding = (Code, Option<(String, u32)>, String);

impl Diagnostics {
    /// An empty collector. With `strict`, every warning counts as an error.
    #[must_use]
    pub fn new(strict: bool) -> Self {
        Self {
            strict,
            ..Self::default()
        }
    }

    /// Adds a finding, unless it is there already. Without help of its own it gets its code's. Its places become those at
    /// which the text is written, which may be in an overlay.
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

    /// Whether every warning counts as an error.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Whether anything was found that forbids writing output.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|it| it.severity == Severity::Error)
    }

    /// The findings, in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// The findings in the order in which a reader meets them: those without a place, then file by file in the order of
    /// their names, each from its start to its end. Which stage made a finding does not show.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Diagnostic> {
        let mut findings: Vec<&Diagnostic> = self.found.iter().collect();
        findings.sort_by_key(|it| {
            let place = it.place.as_ref();
            place.map(|place| (place.source.name.as_str(), place.span.start))
        });
        findings
    }

    /// How many findings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Drops the findings from number `start` on at places that do not matter any more.
    pub fn drop_from(&mut self, start: usize, is_moot: impl Fn(&Place) -> bool) {
        let later = self.found.split_off(start);
        let kept = later.into_iter();
        let kept = kept.filter(|it| !it.place.as_ref().is_some_and(&is_moot));
        self.found.extend(kept);
    }

    /// Puts the findings from number `start` on into the order of `files` and of the places in them, for a
    /// stage that reads a document in another order.
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
