//! What is public in a client, as rustdoc lists it.

use std::collections::BTreeSet;
use std::path::Path;

use keywright::diff::{Change, Class, Level, Rule};

use crate::outcome::Outcome;
use crate::row::Row;

/// The public items of a crate with their types, a line each.
pub type Items = BTreeSet<String>;

/// Reads what rustdoc wrote.
///
/// # Panics
///
/// If it is in another format than expected.
#[must_use]
pub fn items(path: &Path) -> Items {
    let api = public_api::Builder::from_rustdoc_json(path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build();
    let api = api.unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    api.items().map(ToString::to_string).collect()
}

/// What the lists say otherwise than the changes do.
#[must_use]
pub fn fault(row: &Row, outcome: &Outcome, old: &Items, new: &Items) -> Option<String> {
    let removed: Vec<&String> = old.difference(new).collect();
    let added: Vec<&String> = new.difference(old).collect();
    let changes = &outcome.diff.changes;
    if removed.is_empty() && added.is_empty() {
        let classes = [Class::Source, Class::Traits, Class::Additive];
        let mut told = changes.iter();
        let told = told.find(|it| classes.contains(&it.rule.class()) && !is_unlisted(it.rule));
        let told = told.filter(|_| row.no_witness.is_none());
        return told.map(|it| format!("no public item differs, but: {}", it.message()));
    }
    if removed.is_empty()
        && outcome.diff.verdicts.published == Level::Major
        && row.no_witness.is_none()
    {
        return Some(format!("only additions: {added:?}"));
    }
    let is_breaking = |it: &&Change| {
        it.rule.published() == Level::Major
            || matches!(it.rule.class(), Class::Source | Class::Traits)
    };
    let names: BTreeSet<String> = changes.iter().filter(is_breaking).flat_map(names).collect();
    let untold: Vec<&&String> = removed
        .iter()
        .filter(|item| {
            let item = plain(item);
            !names.iter().any(|name| item.contains(name))
        })
        .collect();
    (!untold.is_empty()).then(|| format!("no change tells of {untold:?}; now {added:?}"))
}

/// Whether a rule is about what no list of items has: attributes, and what the manifest says.
fn is_unlisted(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Deprecated
            | Rule::Undeprecated
            | Rule::FeatureAdded
            | Rule::FeatureRemoved
            | Rule::FeatureMoved
            | Rule::RustVersionRaised
            | Rule::DependencyAdded
            | Rule::DependencyReplaced
            | Rule::RuntimeItemAdded
            | Rule::RuntimeItemRemoved
    )
}

/// The names that a change tells of: the last parts of its path, and what was before.
fn names(change: &Change) -> Vec<String> {
    let is_inside = |it: char| it.is_alphanumeric() || it == '_';
    let parts: Vec<&str> = change
        .path
        .split(|it| !is_inside(it))
        .filter(|it| !it.is_empty())
        .collect();
    let last = parts.iter().rev().take(2);
    let before = change
        .before
        .iter()
        .flat_map(|it| it.split(|it| !is_inside(it)));
    let names = last.copied().chain(before).map(plain);
    names
        .filter(|it| it.len() > 2 && it != "models" && it != "client")
        .collect()
}

/// A name without what tells a method from a type.
fn plain(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}
