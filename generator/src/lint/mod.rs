//! Lint: finds problems that make valid documents hard to use.
//!
//! The input is the output of the earlier stages, which is not changed. Each kind of finding is a rule of [`RULES`]: a
//! name, a code, a level and a function that checks it. There is a file for each family of rules. Findings that the
//! document allows at their place are removed last.

mod allow;
mod block;
mod bodies;
mod device;
#[cfg(feature = "mock")]
mod examples;
mod levels;
mod lists;
mod message;
mod names;
mod operations;
mod print;
mod rules;
mod secrets;
mod security;
mod session;
mod subject;
mod tags;
mod unions;
mod unused;
mod walk;
mod words;

pub use levels::Levels;
pub use print::to_markdown;
pub use rules::{RULES, Rule};
pub use subject::Subject;

use crate::config::Level;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};

/// Looks for everything that the rules are about, and reports it in the order of the document.
pub fn lint(subject: &Subject<'_>, levels: &Levels, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    for rule in RULES {
        if let Some(check) = rule.check.filter(|_| levels.level(rule) != Level::Allow) {
            check(subject, &mut found);
        }
    }
    allow::silence(subject, levels, &mut found);
    let before = diagnostics.len();
    for finding in found {
        diagnostics.report(leveled(finding, levels));
    }
    diagnostics.sort_from(before, &subject.spec.files);
}

/// A finding with the severity that its rule's level gives it, and the help of the rule if it has none of its own.
fn leveled(mut finding: Diagnostic, levels: &Levels) -> Diagnostic {
    if let Some(rule) = Rule::of(finding.code) {
        finding.severity = match levels.level(rule) {
            Level::Deny => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        };
        if finding.help.is_none() {
            finding = finding.help(rule.help);
        }
    }
    finding
}
