//! The settings of reviews: the levels of lint rules, and the changes that a reviewer has allowed.

use toml::de::DeTable;

use super::table::{Reader, items, table, text};
use crate::document::{JsonPointer, Place};

/// The level of a lint rule.
#[derive(Clone, Debug)]
pub struct LintLevel {
    /// The name of the rule. Lint itself checks that the rule exists.
    pub rule: String,
    /// Its level.
    pub level: Level,
    /// The place of the key in the configuration, if that is a file.
    pub place: Option<Place>,
}

/// The level of a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Findings are not reported.
    Allow,
    /// Findings are warnings.
    Warn,
    /// Findings are errors.
    Deny,
}

impl Level {
    /// Every level with its name in the configuration.
    pub const NAMES: [(&str, Self); 3] = [
        ("allow", Self::Allow),
        ("warn", Self::Warn),
        ("deny", Self::Deny),
    ];

    /// Returns the level with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.into_iter();
        names.find(|(it, _)| *it == name).map(|(_, level)| level)
    }

    /// Returns the name in the configuration.
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
    pub(super) fn lint(&self, root: &DeTable<'_>) -> Vec<LintLevel> {
        let at = JsonPointer::root().child("lint");
        let levels = table(root, "lint").into_iter().flatten();
        let levels = levels.filter_map(|(key, value)| {
            let rule = key.get_ref().to_string();
            Some(LintLevel {
                level: Level::from_name(value.get_ref().as_str()?)?,
                place: Some(self.place(key.span(), at.child(&rule))),
                rule,
            })
        });
        let mut levels: Vec<_> = levels.collect();
        levels.sort_by_key(|it| it.place.as_ref().map(|place| place.span.start));
        levels
    }

    /// Reads `[[diff.allow]]`.
    pub(super) fn diff_allow(&self, root: &DeTable<'_>) -> Vec<AllowedChange> {
        let at = JsonPointer::root().child("diff").child("allow");
        let allowed = table(root, "diff").map_or(&[][..], |diff| items(diff, "allow"));
        let allowed = allowed.iter().enumerate();
        let allowed = allowed.filter_map(|(index, item)| {
            let item = item.get_ref().as_table()?;
            let at = at.item(index).child("fingerprint");
            Some(AllowedChange {
                fingerprint: text(item, "fingerprint")?,
                reason: text(item, "reason")?,
                place: Some(self.place(item.get("fingerprint")?.span(), at)),
            })
        });
        allowed.collect()
    }
}
