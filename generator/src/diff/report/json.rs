//! For programs.

use serde_json::{Value, json as value};

use super::About;
use crate::diff::{Change, Diff};
use crate::document::Place;

/// The JSON Schema of what [`json`] gives.
pub const SCHEMA: &str = include_str!("diff.schema.json");

/// The diff as JSON; [`SCHEMA`] describes it.
#[must_use]
pub fn json(diff: &Diff, about: &About) -> String {
    let changes: Vec<Value> = diff.changes.iter().map(change).collect();
    let document = value!({
        "old": { "name": about.old, "version": about.version },
        "new": { "name": about.new, "version": about.new_version },
        "verdicts": {
            "published": diff.verdicts.published.as_str(),
            "vendored": diff.verdicts.vendored.as_str(),
        },
        "nextVersion": about.next_version(diff),
        "changes": changes,
    });
    format!("{document:#}\n")
}

fn change(it: &Change) -> Value {
    value!({
        "rule": it.rule.name(),
        "class": it.rule.class().as_str(),
        "published": it.rule.published().as_str(),
        "vendored": it.rule.vendored().as_str(),
        "needsReview": it.needs_review(),
        "path": it.path,
        "message": it.message(),
        "before": it.before,
        "after": it.after,
        "old": it.old.as_ref().map(place),
        "new": it.new.as_ref().map(place),
        "help": it.help,
        "fingerprint": it.fingerprint,
        "allowed": it.allowed,
    })
}

fn place(place: &Place) -> Value {
    // A node that an overlay adds stands there.
    let place = place.written();
    let at = place.line_column();
    value!({
        "file": place.source.name,
        "line": at.line,
        "column": at.column,
        "pointer": place.pointer.as_str(),
    })
}
