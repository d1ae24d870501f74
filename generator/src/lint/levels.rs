//! The levels of the rules.

use std::collections::BTreeMap;

use super::rules::{RULES, Rule};
use crate::config::{Level, LintLevel};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};

/// The levels of all rules.
#[derive(Clone, Debug, Default)]
pub struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// Reads stated levels; of several for one rule the last counts. Unknown rules are reported.
    #[must_use]
    pub fn of<'l>(
        stated: impl IntoIterator<Item = &'l LintLevel>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut levels = Self::default();
        for LintLevel { rule, level, place } in stated {
            let Some(known) = Rule::by_name(rule) else {
                let message = format!("there is no lint rule `{rule}`");
                let mut finding = Diagnostic::new(Code::InvalidConfig, message);
                finding.place.clone_from(place);
                diagnostics.report(finding.help(meant(rule)));
                continue;
            };
            levels.0.insert(known.name, *level);
        }
        levels
    }

    /// Returns the level of a rule.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> Level {
        self.0.get(rule.name).copied().unwrap_or(rule.level)
    }
}

/// What to do about the name of an unknown rule.
pub(super) fn meant(rule: &str) -> String {
    match similar(rule, RULES.iter().map(|it| it.name)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`keywright lint --list` shows all rules".to_owned(),
    }
}
