//! The settings of reviews: the levels of lint rules, and the changes that a reviewer has allowed.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::{Reader, join, place, pointer};
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::{JsonPointer, Place};

/// The level of a lint rule.
#[derive(Clone, Debug)]
pub struct LintLevel {
    /// The name of the rule. Whether there is such a rule, lint itself tells.
    pub rule: String,
    /// Its level.
    pub level: Level,
    /// The place of the key in the configuration, if that is a file.
    pub place: Option<Place>,
}

/// How lint treats the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It does not look for them.
    Allow,
    /// It reports them as warnings.
    Warn,
    /// It reports them as errors.
    Deny,
}

impl Level {
    /// Every level with its name in the configuration.
    pub const NAMES: [(&str, Self); 3] = [
        ("allow", Self::Allow),
        ("warn", Self::Warn),
        ("deny", Self::Deny),
    ];

    /// Returns the level of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.into_iter();
        names.find(|(it, _)| *it == name).map(|(_, level)| level)
    }

    /// Returns its name in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// A change of an API that a reviewer has allowed.
#[derive(Clone, Debug)]
pub struct AllowedChange {
    /// The fingerprint of the change, as `keywright diff` prints it.
    pub fingerprint: String,
    /// The reason for the decision.
    pub reason: String,
    /// The place of the fingerprint in the configuration, if that is a file.
    pub place: Option<Place>,
}

impl Reader<'_> {
    /// Reads `[lint]`.
    pub(super) fn lint(&mut self, root: &DeTable<'_>) -> Vec<LintLevel> {
        let Some(table) = self.table(root, "", "lint") else {
            return Vec::new();
        };
        let mut levels = Vec::new();
        for (key, value) in table {
            let rule = key.get_ref().to_string();
            let level = match value.get_ref() {
                DeValue::String(text) => Level::from_name(text),
                _ => None,
            };
            let at = pointer("lint").child(&rule);
            let Some(level) = level else {
                self.wrong_level(&rule, value, at);
                continue;
            };
            levels.push(LintLevel {
                place: Some(place(&self.source, key.span(), at)),
                rule,
                level,
            });
        }
        levels.sort_by_key(|it| it.place.as_ref().map(|place| place.span.start));
        levels
    }

    fn wrong_level(&mut self, rule: &str, value: &Spanned<DeValue<'_>>, at: JsonPointer) {
        let DeValue::String(stated) = value.get_ref() else {
            return self.wrong_type(&join("lint", rule), value, "a text");
        };
        let names = Level::NAMES.map(|(name, _)| name);
        let help = match similar(stated, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "the levels are `allow`, `warn` and `deny`".to_owned(),
        };
        let place = place(&self.source, value.span(), at);
        let message = format!("`{stated}` is not a lint level");
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
    }

    /// Reads `[[diff.allow]]`.
    pub(super) fn diff_allow(&mut self, root: &DeTable<'_>) -> Vec<AllowedChange> {
        let Some(diff) = self.table(root, "", "diff") else {
            return Vec::new();
        };
        self.only(diff, "diff", &["allow"]);
        let Some(value) = diff.get("allow") else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let wanted = "a list of tables, each written `[[diff.allow]]`";
            self.wrong_type("diff.allow", value, wanted);
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| self.allowed_change(index, item))
            .collect()
    }

    fn allowed_change(
        &mut self,
        index: usize,
        item: &Spanned<DeValue<'_>>,
    ) -> Option<AllowedChange> {
        let setting = format!("diff.allow.{index}");
        self.remember(&setting, item.span());
        let DeValue::Table(table) = item.get_ref() else {
            self.wrong_type(&setting, item, "a table");
            return None;
        };
        self.only(table, &setting, &["fingerprint", "reason"]);
        let help = "copy the fingerprint from the output of `keywright diff`";
        let fingerprint = self.required_text(table, &setting, "fingerprint", help);
        let help = "say why the change is right";
        let reason = self.required_text(table, &setting, "reason", help);
        let (fingerprint, reason) = fingerprint.zip(reason)?;
        let at = table.get("fingerprint")?;
        let pointer = pointer(&join(&setting, "fingerprint"));
        Some(AllowedChange {
            fingerprint,
            reason,
            place: Some(place(&self.source, at.span(), pointer)),
        })
    }
}
