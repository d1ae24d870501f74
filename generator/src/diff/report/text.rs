//! What all reports have in common.

use std::fmt::Write as _;

use crate::diff::{Change, Diff, Level};
use crate::document::Place;

/// `major`, or `minor, major if vendored` where the two uses differ.
pub(super) fn levels(change: &Change) -> String {
    let (published, vendored) = (change.rule.published(), change.rule.vendored());
    if published == vendored {
        published.as_str().to_owned()
    } else {
        format!("{}, {} if vendored", published.as_str(), vendored.as_str())
    }
}

/// `specs/tvmaze.yaml:12:5`
pub(super) fn place(place: &Place) -> String {
    let place = place.written();
    let at = place.line_column();
    format!("{}:{}:{}", place.source.name, at.line, at.column)
}

/// `3 changes: 1 major, 2 minor`
pub(super) fn counts(diff: &Diff) -> String {
    let total = diff.changes.len();
    let noun = if total == 1 { "change" } else { "changes" };
    let mut text = format!("{total} {noun}");
    let highest = |change: &Change| change.rule.published().max(change.rule.vendored());
    let levels = [Level::Major, Level::Minor, Level::Patch];
    let counts = levels.iter().filter_map(|level| {
        let count = diff
            .changes
            .iter()
            .filter(|it| highest(it) == *level)
            .count();
        (count > 0).then(|| format!("{count} {}", level.as_str()))
    });
    let counts: Vec<String> = counts.collect();
    if !counts.is_empty() {
        let _ = write!(text, ": {}", counts.join(", "));
    }
    text
}

/// A text in one line, without characters that do something to a terminal or cannot be seen.
pub(super) fn line(text: &str) -> String {
    crate::diagnostics::one_line(text)
}

/// Text of a document as code of Markdown: the fence is longer than any run of backticks in it (CommonMark, Code spans).
pub(super) fn code(text: &str) -> String {
    let text = line(text);
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let runs = text.split(|it| it != '`').map(str::len);
    let longest = runs.max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
