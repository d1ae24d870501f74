//! For the callers of a new version: what to change in their code.

use std::fmt::Write as _;

use super::About;
use super::text::{code, line};
use crate::diff::{Change, Class, Diff, Level};

/// A section: its title, and what stands in it.
type Section = (&'static str, fn(&Change) -> bool);

/// Every file of notes begins with this, so that no other file is overwritten.
pub const NOTES_MARK: &str = "<!-- Written by keywright. -->";

/// Notes on upgrading, as Markdown: what breaks, what is done differently, and what is new. Documentation is left out.
#[must_use]
pub fn notes(diff: &Diff, about: &About) -> String {
    let title = match (&about.version, about.next_version(diff)) {
        (Some(version), Some(next)) => {
            let new = if about.is_version_raised(diff) {
                about.new_version.clone().unwrap_or(next)
            } else {
                next
            };
            format!("Upgrading from {} to {}", line(version), line(&new))
        }
        _ => "Upgrading".to_owned(),
    };
    let mut text = format!("{NOTES_MARK}\n# {title}\n");
    let sections: [Section; 4] = [
        ("What to change in your code", |it| {
            it.rule.published() == Level::Major
        }),
        (
            "What to change where the client is a module of your crate",
            |it| it.rule.published() < Level::Major && it.rule.vendored() == Level::Major,
        ),
        ("What works differently", |it| {
            !it.is_breaking()
                && matches!(
                    it.rule.class(),
                    Class::Security | Class::Wire | Class::Behavior | Class::Traits | Class::Source
                )
        }),
        ("What is new", |it| {
            !it.is_breaking() && it.rule.class() == Class::Additive
        }),
    ];
    let mut is_empty = true;
    for (title, is_in) in sections {
        let changes: Vec<&Change> = diff.changes.iter().filter(|it| is_in(it)).collect();
        if changes.is_empty() {
            continue;
        }
        is_empty = false;
        let _ = writeln!(text, "\n## {title}\n");
        for it in changes {
            change(&mut text, it);
        }
    }
    if is_empty {
        text.push_str("\nNothing changes for callers.\n");
    }
    text
}

fn change(text: &mut String, it: &Change) {
    let _ = write!(text, "- {}: {}", code(&it.path), lower(it.rule.summary()));
    match (&it.before, &it.after) {
        (Some(before), Some(after)) => {
            let _ = write!(
                text,
                ".\n  Before: {}\n  After: {}",
                code(before),
                code(after)
            );
        }
        (Some(one), None) | (None, Some(one)) => {
            let _ = write!(text, ": {}", code(one));
        }
        (None, None) => {}
    }
    if let Some(help) = &it.help {
        let _ = write!(text, "\n  To do: {}", line(help));
    }
    text.push('\n');
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        // `new` and the like stay as they are.
        Some(first) if first != '`' => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
