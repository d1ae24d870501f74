//! Makes names unique in their scope.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::reserved;
use crate::ir::Ident;

/// Settles the names of one scope, given as wire name and wanted name. A name that is taken by the language
/// or by `taken` gets `suffix`. Of several that want one name, the one whose wire name is that name already
/// keeps it, else the first in the alphabet; the others are numbered in the alphabet of their wire names, so
/// that neither order nor unrelated names matter.
pub(super) fn settle<'a>(
    wanted: impl Iterator<Item = (&'a str, String)>,
    taken: &[&str],
    suffix: &str,
) -> Vec<Ident> {
    let wanted: Vec<_> = wanted
        .map(|(wire, name)| (wire, free(name, taken, suffix)))
        .collect();
    let mut rivals: HashMap<&str, BTreeSet<(bool, &str, usize)>> = HashMap::new();
    for (index, (wire, name)) in wanted.iter().enumerate() {
        rivals
            .entry(name)
            .or_default()
            .insert((*wire != name.trim_end_matches('_'), wire, index));
    }
    let mut used: HashSet<String> = rivals.keys().map(|name| (*name).to_owned()).collect();
    let mut settled: Vec<String> = wanted.iter().map(|(_, name)| name.clone()).collect();
    for (_, name) in &wanted {
        // Each scope of rivals is dealt with once, at the first of them that comes by.
        let Some(rivals) = rivals.remove(name.as_str()) else {
            continue;
        };
        let mut number = 2;
        for (_, _, index) in rivals.into_iter().skip(1) {
            let unique = loop {
                let candidate = numbered(name, number);
                number += 1;
                if used.insert(candidate.clone()) {
                    break candidate;
                }
            };
            settled[index] = unique;
        }
    }
    settled.into_iter().map(Ident).collect()
}

/// A name that neither the language nor the surrounding code has taken.
pub(super) fn free(name: String, taken: &[&str], suffix: &str) -> String {
    if !taken.contains(&name.as_str()) {
        return reserved::escape(name);
    }
    let is_type = name.chars().next().is_some_and(char::is_uppercase);
    if is_type {
        format!("{name}{}", super::words::camel(suffix))
    } else {
        format!("{name}_{suffix}")
    }
}

/// A name with a number. The underscore that kept a keyword apart has nothing to do any more.
fn numbered(name: &str, number: usize) -> String {
    let is_type = name.chars().next().is_some_and(char::is_uppercase);
    let name = name.trim_end_matches('_');
    if is_type {
        format!("{name}{number}")
    } else {
        format!("{name}_{number}")
    }
}
