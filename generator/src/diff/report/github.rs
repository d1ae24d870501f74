//! For GitHub: annotations of the lines of a pull request.

use std::fmt::Write as _;

use super::text::{levels, line};
use crate::diff::{Change, Class, Diff, Level};

/// The changes as workflow commands: errors for what breaks, warnings for what needs a review, notices for the rest,
/// documentation left out. The worst come first, since GitHub shows only the first ten of each kind.
#[must_use]
pub fn github(diff: &Diff) -> String {
    let mut changes: Vec<&Change> = diff.changes.iter().collect();
    changes.retain(|it| it.rule.class() != Class::Docs);
    changes.sort_by_key(|it| std::cmp::Reverse(rank(it)));
    let mut text = String::new();
    for it in changes {
        let command = match (&it.allowed, rank(it)) {
            (Some(_), _) | (None, 0) => "notice",
            (None, 1) => "warning",
            (None, _) => "error",
        };
        let mut properties: Vec<String> = Vec::new();
        // The old document is not in the pull request.
        if let Some(place) = &it.new {
            let place = place.written();
            let at = place.line_column();
            properties.push(format!("file={}", property(&place.source.name)));
            properties.push(format!("line={}", at.line));
            properties.push(format!("col={}", at.column));
        }
        properties.push(format!(
            "title={}",
            property(&format!("{} ({})", it.rule.name(), levels(it)))
        ));
        let help = it.help.iter().map(|help| format!(". {help}"));
        let message = format!("{}: {}{}", it.path, it.message(), help.collect::<String>());
        let _ = writeln!(
            text,
            "::{command} {}::{}",
            properties.join(","),
            data(&message)
        );
    }
    text
}

fn rank(change: &Change) -> u8 {
    let highest = change.rule.published().max(change.rule.vendored());
    match highest {
        Level::Major => 2,
        _ if change.needs_review() => 1,
        _ => 0,
    }
}

/// The text of a command. What would end it, or begin another, is written by its number.
fn data(text: &str) -> String {
    line(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
