//! What changes mean together, and which version says so.

use super::{Change, Level};

/// The verdicts on a package, by how it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// For a crate that others depend on.
    pub published: Level,
    /// For a module in the crate of its callers, where `#[non_exhaustive]` does nothing.
    pub vendored: Level,
}

impl Verdicts {
    /// The highest level of any change, for each use. A change that was allowed counts: what it asks of callers is the same.
    #[must_use]
    pub fn of(changes: &[Change]) -> Self {
        let highest = |level: fn(&Change) -> Level| {
            let levels = changes.iter().map(level);
            levels.max().unwrap_or_default()
        };
        Self {
            published: highest(|it| it.rule.published()),
            vendored: highest(|it| it.rule.vendored()),
        }
    }
}

/// The version to publish after one, as Cargo reads versions: before 1.0.0, the first number that is not zero counts as
/// the major one. `None` when `version` is none of Semantic Versioning.
#[must_use]
pub fn next_version(version: &str, level: Level) -> Option<String> {
    let release = version.split(['-', '+']).next()?;
    let mut numbers = release.split('.').map(str::parse::<u64>);
    let mut number = || numbers.next()?.ok();
    let (major, minor, patch) = (number()?, number()?, number()?);
    if numbers.next().is_some() {
        return None;
    }
    let next = match (level, major, minor) {
        (Level::None, ..) => return Some(version.to_owned()),
        (Level::Major, 0, 0) => (0, 0, patch + 1),
        (Level::Major, 0, _) => (0, minor + 1, 0),
        (Level::Major, ..) => (major + 1, 0, 0),
        (Level::Minor, 1.., _) => (major, minor + 1, 0),
        (Level::Minor | Level::Patch, ..) => (major, minor, patch + 1),
    };
    let (major, minor, patch) = next;
    Some(format!("{major}.{minor}.{patch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_cargo() {
        let cases = [
            ("6.2.3", Level::Major, "7.0.0"),
            ("6.2.3", Level::Minor, "6.3.0"),
            ("6.2.3", Level::Patch, "6.2.4"),
            ("6.2.3", Level::None, "6.2.3"),
            ("0.4.5", Level::Major, "0.5.0"),
            ("0.4.5", Level::Minor, "0.4.6"),
            ("0.4.5", Level::Patch, "0.4.6"),
            ("0.0.7", Level::Major, "0.0.8"),
            ("6.0.0-rc.1", Level::Patch, "6.0.1"),
        ];
        for (version, level, next) in cases {
            assert_eq!(
                next_version(version, level).as_deref(),
                Some(next),
                "{version} {level:?}"
            );
        }
        assert_eq!(next_version("1.2", Level::Patch), None);
        assert_eq!(next_version("one", Level::Patch), None);
    }
}
