//! For people at a terminal.

use std::fmt::Write as _;

use super::About;
use super::text::{counts, levels, line, place};
use crate::diff::{Change, Class, Diff, Level};

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const GREEN: &str = "\u{1b}[1;32m";
const BLUE: &str = "\u{1b}[34m";
const PLAIN: &str = "\u{1b}[0m";

/// The diff with the colors of a terminal. Whoever writes it elsewhere strips them.
#[must_use]
pub fn terminal(diff: &Diff, about: &About) -> String {
    let mut text = String::new();
    for class in Class::ALL {
        let changes = diff.changes.iter().filter(|it| it.rule.class() == class);
        let changes: Vec<&Change> = changes.collect();
        if changes.is_empty() {
            continue;
        }
        let review = match class {
            Class::Security | Class::Wire => " (needs review)",
            _ => "",
        };
        let _ = writeln!(text, "{BOLD}{}{PLAIN}{review}", class.title());
        for it in changes {
            change(&mut text, it);
        }
        text.push('\n');
    }
    summary(&mut text, diff, about);
    text
}

fn color(level: Level) -> &'static str {
    match level {
        Level::Major => RED,
        Level::Minor => YELLOW,
        Level::Patch | Level::None => GREEN,
    }
}

fn change(text: &mut String, it: &Change) {
    let color = color(it.rule.published().max(it.rule.vendored()));
    let _ = writeln!(
        text,
        "  {color}{}{PLAIN} {BOLD}{}{PLAIN}",
        levels(it),
        line(&it.path)
    );
    let _ = writeln!(text, "      {}", line(&it.message()));
    let at = match (&it.old, &it.new) {
        (Some(old), Some(new)) if place(old) != place(new) => {
            format!("{} (before: {})", place(new), place(old))
        }
        (_, Some(new)) => place(new),
        (Some(old), None) => format!("{} (removed)", place(old)),
        (None, None) => String::new(),
    };
    if !at.is_empty() {
        let _ = writeln!(text, "      {BLUE}-->{PLAIN} {}", line(&at));
    }
    if let Some(help) = &it.help {
        let _ = writeln!(text, "      help: {}", line(help));
    }
    if let Some(reason) = &it.allowed {
        let _ = writeln!(text, "      allowed: {}", line(reason));
    }
    let _ = writeln!(text, "      {} {}", it.rule.name(), it.fingerprint);
}

fn summary(text: &mut String, diff: &Diff, about: &About) {
    if diff.changes.is_empty() {
        let _ = writeln!(
            text,
            "no changes for callers between {} and {}",
            line(&about.old),
            line(&about.new)
        );
        return;
    }
    let _ = writeln!(text, "{}", counts(diff));
    let (published, vendored) = (diff.verdicts.published, diff.verdicts.vendored);
    let _ = writeln!(
        text,
        "verdict: {}{}{PLAIN} for a published crate, {}{}{PLAIN} for a vendored module",
        color(published),
        published.as_str(),
        color(vendored),
        vendored.as_str()
    );
    if let (Some(version), Some(next)) = (&about.version, about.next_version(diff)) {
        if about.is_version_raised(diff) {
            let new = about.new_version.as_deref().unwrap_or_default();
            let _ = writeln!(
                text,
                "version: {} after {}, which is enough",
                line(new),
                line(version)
            );
        } else {
            let _ = writeln!(text, "version: publish {next} after {}", line(version));
        }
    }
}
