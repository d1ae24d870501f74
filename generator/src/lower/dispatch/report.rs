//! What is said of unions that cannot be told apart, and of discriminators that say what cannot be.

use indexmap::IndexMap;

use super::discriminator::Misfits;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;
use crate::ir::{Choice, Item, JsonType, TagValue, Union};

/// How many values a message names.
const NAMED: usize = 3;

/// Reports which branches of a union nothing but trial tells apart. Where the property that tells them is missing,
/// there is nothing else to go by, and nothing is reported.
pub(super) fn trials(
    item: &Item,
    union: &Union,
    dispatch: &[(JsonType, Choice)],
    diagnostics: &mut Diagnostics,
) {
    let mut found = Vec::new();
    for (_, choice) in dispatch {
        collect(choice, String::new(), &mut found);
    }
    let mut messages = found.into_iter().map(|(branches, place)| {
        let names = branches
            .iter()
            .map(|it| format!("`{}`", union.branches[*it].hint));
        let names: Vec<String> = names.collect();
        format!("{} cannot be told apart{place}", names.join(" and "))
    });
    let Some(message) = messages.next() else {
        return;
    };
    let mut finding = Diagnostic::at(Code::AmbiguousUnion, &branches_of(item), message)
        .label("each branch is tried; the match with the fewest unread properties wins");
    for message in messages.by_ref().take(NAMED) {
        finding = finding.note(message);
    }
    let more = messages.count();
    if more > 0 {
        finding = finding.note(format!("the same is true in {more} more cases"));
    }
    diagnostics.report(finding.help(
        "give each branch a property with its own `const`, or add a `discriminator` with a `mapping`",
    ));
}

/// The place of the keyword that lists the branches of a union.
fn branches_of(item: &Item) -> Place {
    let schema = &item.origin.place;
    let keywords = ["oneOf", "anyOf"].map(|it| schema.keyword(it));
    let mut found = keywords.into_iter();
    found
        .find(|it| it.pointer != schema.pointer)
        .unwrap_or_else(|| schema.clone())
}

/// The trials in a choice, each with the values that lead to it, in words.
fn collect<'c>(choice: &'c Choice, place: String, found: &mut Vec<(&'c [usize], String)>) {
    match choice {
        Choice::Only(_) | Choice::Key { .. } => {}
        Choice::Trial { branches, .. } if branches.len() < 2 => {}
        Choice::Trial { branches, .. } => found.push((branches, place)),
        Choice::Tag {
            property,
            values,
            other,
            ..
        } => {
            let mut alike: IndexMap<&Choice, Vec<&TagValue>> = IndexMap::new();
            for (value, choice) in values.iter().filter(|(_, it)| it.sole().is_none()) {
                alike.entry(choice).or_default().push(value);
            }
            for (choice, values) in alike {
                let place = format!("{place} where `{property}` is {}", words(&values));
                collect(choice, place, found);
            }
            if let Some(other) = other {
                collect(
                    other,
                    format!("{place} where `{property}` is something else"),
                    found,
                );
            }
        }
    }
}

/// "`a` or `b`", "`a`, `b`, `c` or one of 12 others".
fn words(values: &[&TagValue]) -> String {
    let named = values.iter().take(NAMED);
    let mut named: Vec<String> = named.map(|it| format!("`{it}`")).collect();
    let more = values.len().saturating_sub(NAMED);
    let last = match more {
        0 => named.pop().unwrap_or_default(),
        1 => "one other".to_owned(),
        more => format!("one of {more} others"),
    };
    if named.is_empty() {
        return last;
    }
    format!("{} or {last}", named.join(", "))
}

/// Reports what a mapping says that cannot be.
pub(super) fn misfits(
    item: &Item,
    property: &str,
    misfits: &Misfits<'_>,
    diagnostics: &mut Diagnostics,
) {
    let quoted = |values: &[&str]| {
        let values: Vec<String> = values.iter().map(|it| format!("`{it}`")).collect();
        values.join(", ")
    };
    if !misfits.values.is_empty() {
        let values = quoted(&misfits.values);
        let message =
            format!("the `discriminator` maps values that `{property}` cannot have: {values}");
        diagnostics.report(
            Diagnostic::at(
                Code::ImpossibleTag,
                &item.origin.place.keyword("discriminator"),
                message,
            )
            .label("these entries of the mapping have no effect")
            .help("map only values that the schema of the property allows"),
        );
    }
    if !misfits.targets.is_empty() {
        let values = quoted(&misfits.targets);
        let message =
            format!("the `discriminator` maps values to schemas that are not branches: {values}");
        diagnostics.report(
            Diagnostic::at(
                Code::ForeignBranch,
                &item.origin.place.keyword("discriminator"),
                message,
            )
            .label("these values are read as `Unknown`")
            .help("add the schemas to the branches, or remove these entries from the `mapping`"),
        );
    }
}
