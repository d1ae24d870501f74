//! Queries (RFC 9535) of a tree.
//!
//! They are asked of a mirror of the tree as JSON, and answered by the steps to each node.

use serde_json::Value as Json;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostics::similar;
use crate::document::{Node, Value};

/// How deep the brackets of a query may be nested.
const DEEPEST: usize = 50;
/// How long a query may be, in bytes.
const LONGEST: usize = 4_000;
/// How many parts of a query are looked at for what may have been meant.
const MOST_PARTS: usize = 50;

/// A step from a node to one in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Item(usize),
    Key(String),
}

/// Takes a query, unless nobody could have written it.
pub(super) fn parse(text: &str) -> Result<JsonPath, String> {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > DEEPEST || text.len() > LONGEST {
        return Err("it is too long".to_owned());
    }
    JsonPath::parse(text)
        .map_err(|error| format!("nothing fits from character {} on", error.position() + 1))
}

/// Whether a query has a name such as `x-internal` outside of brackets, where only letters, digits and `_` are allowed.
pub(super) fn has_bare_hyphen(text: &str) -> bool {
    let mut is_quoted = false;
    text.bytes().any(|byte| {
        match byte {
            b'[' => is_quoted = true,
            b']' => is_quoted = false,
            _ => {}
        }
        byte == b'-' && !is_quoted
    })
}

/// The nodes that a query selects, each once, in the order of the tree.
pub(super) fn locate(mirror: &Json, path: &JsonPath) -> Vec<Vec<Step>> {
    let found = path.query_located(mirror).dedup();
    found
        .locations()
        .map(|location| {
            let steps = location.iter().map(|element| match element {
                PathElement::Name(name) => Step::Key((*name).to_owned()),
                PathElement::Index(index) => Step::Item(*index),
            });
            steps.collect()
        })
        .collect()
}

/// The node at the end of some steps.
pub(super) fn node<'n>(root: &'n Node, steps: &[Step]) -> Option<&'n Node> {
    steps.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => node.get(key),
        Step::Item(index) => node.items().get(*index),
    })
}

/// The same, to be changed.
pub(super) fn node_mut<'n>(root: &'n mut Node, steps: &[Step]) -> Option<&'n mut Node> {
    steps
        .iter()
        .try_fold(root, |node, step| match (&mut node.value, step) {
            (Value::Mapping(entries), Step::Key(key)) => {
                let entry = entries.iter_mut().find(|entry| *entry.key == **key);
                entry.map(|entry| &mut entry.value)
            }
            (Value::Sequence(items), Step::Item(index)) => items.get_mut(*index),
            _ => None,
        })
}

/// The value of the mirror at the end of some steps.
pub(super) fn mirrored<'m>(mirror: &'m mut Json, steps: &[Step]) -> Option<&'m mut Json> {
    steps.iter().try_fold(mirror, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()),
        Step::Item(index) => value.get_mut(*index),
    })
}

/// What a query that selects nothing may have meant: a key that is like the first that is not there.
pub(super) fn meant(mirror: &Json, text: &str) -> Option<String> {
    let parts = text.match_indices(['.', '[']).map(|(at, _)| at);
    let parts: Vec<usize> = parts.take(MOST_PARTS).collect();
    for at in parts.into_iter().rev().filter(|at| *at > 0) {
        let Ok(path) = JsonPath::parse(&text[..at]) else {
            continue;
        };
        let nodes = path.query(mirror);
        let Some(Json::Object(entries)) = nodes.first() else {
            continue;
        };
        let rest = text[at..].trim_start_matches(['.', '[', '\'', '"']);
        let quoted = text[at..].starts_with('[');
        let end = if quoted {
            rest.find(['\'', '"'])
        } else {
            rest.find(['.', '['])
        };
        let name = &rest[..end.unwrap_or(rest.len())];
        return similar(name, entries.keys().map(String::as_str)).map(str::to_owned);
    }
    None
}
