//! How many lines of the output an edit touches.

use std::collections::BTreeSet;

use similar::{ChangeTag, TextDiff};

use crate::outcome::Outcome;

/// How many lines an edit touches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touched {
    /// The lines of the code that are gone.
    pub removed: usize,
    /// The lines of the code that are new.
    pub added: usize,
    /// The files that differ.
    pub files: usize,
    /// The lines of the surface that are gone, and those that are new.
    pub surface: (usize, usize),
}

/// Counts the lines that an edit touches.
#[must_use]
pub fn touched(of: &Outcome) -> Touched {
    let (old, new) = (of.old.files(), of.new.files());
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut touched = Touched {
        surface: differing(&of.old.surface(), &of.new.surface()),
        ..Touched::default()
    };
    for path in paths {
        let text = |files: &crate::outcome::Files| files.get(path).cloned().unwrap_or_default();
        let (removed, added) = differing(&text(&old), &text(&new));
        touched.removed += removed;
        touched.added += added;
        touched.files += usize::from(removed + added > 0);
    }
    touched
}

fn differing(old: &str, new: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(old, new);
    let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
    (count(ChangeTag::Delete), count(ChangeTag::Insert))
}
