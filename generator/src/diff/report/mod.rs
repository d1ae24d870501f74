//! A diff as text: for a terminal, for a pull request, for programs, and for the callers of a new version.

mod github;
mod json;
mod markdown;
mod notes;
mod terminal;
mod text;

pub use github::github;
pub use json::{SCHEMA, json};
pub use markdown::markdown;
pub use notes::{NOTES_MARK, notes};
pub use terminal::terminal;

use super::{Diff, next_version};

/// What a report says besides the changes.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What the old side is called: `HEAD`, the path of a document.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// The version of the old package, if it has one.
    pub version: Option<String>,
    /// The version of the new package, if it has one.
    pub new_version: Option<String>,
}

impl About {
    /// The version to publish, if the old one is known and something has changed.
    #[must_use]
    pub fn next_version(&self, diff: &Diff) -> Option<String> {
        let version = self.version.as_deref()?;
        next_version(version, diff.verdicts.published)
    }

    /// Whether the new package has a version already that says what the changes mean.
    #[must_use]
    pub fn is_version_raised(&self, diff: &Diff) -> bool {
        let numbers = |version: &str| -> Vec<u64> {
            let release = version.split(['-', '+']).next().unwrap_or_default();
            release
                .split('.')
                .filter_map(|it| it.parse().ok())
                .collect()
        };
        match (self.next_version(diff), &self.new_version) {
            (Some(next), Some(new)) => numbers(new) >= numbers(&next),
            _ => false,
        }
    }
}
