//! Actions: what an overlay changes, and where.

use serde_json_path::JsonPath;

use super::{Edition, Reader, get, query};
use crate::document::{ExcerptNode, Value};

/// The keys of an action.
const OF_1_0: [&str; 4] = ["target", "description", "update", "remove"];
const OF_1_1: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// An action.
pub(super) struct Action<'a> {
    /// Which nodes it changes.
    pub(super) target: Query<'a>,
    pub(super) change: Change<'a>,
}

/// A query, and where it stands.
pub(super) struct Query<'a> {
    pub(super) text: &'a str,
    pub(super) path: JsonPath,
    pub(super) at: ExcerptNode<'a>,
}

/// What an action does with its target.
pub(super) enum Change<'a> {
    /// Merges a value into it.
    Update(ExcerptNode<'a>),
    /// Merges a node of the document into it.
    Copy(Query<'a>),
    Remove,
}

/// Reads the actions of an overlay. What is wrong with one costs only that.
pub(super) fn read<'a>(
    reader: &mut Reader<'_>,
    root: &ExcerptNode<'a>,
    edition: Edition,
) -> Vec<Action<'a>> {
    const HELP: &str = "list at least one action: `- target: $.info` with `update` or `remove`";
    let Some(actions) = get(root, "actions") else {
        reader.fault(root, "the overlay has no `actions`", HELP);
        return Vec::new();
    };
    if !matches!(&actions.node.value, Value::Sequence(items) if !items.is_empty()) {
        let message = match &actions.node.value {
            Value::Sequence(_) => "`actions` is empty".to_owned(),
            _ => format!("`actions` is {}, not a list", actions.node.kind()),
        };
        reader.fault(&actions, message, HELP);
    }
    let actions = actions.items();
    actions
        .filter_map(|at| action(reader, &at, edition))
        .collect()
}

fn action<'a>(
    reader: &mut Reader<'_>,
    at: &ExcerptNode<'a>,
    edition: Edition,
) -> Option<Action<'a>> {
    if !matches!(at.node.value, Value::Mapping(_)) {
        let message = format!("an action is {}, not a mapping", at.node.kind());
        reader.fault(at, message, "write `target`, and `update` or `remove`");
        return None;
    }
    let keys: &[&str] = match edition {
        Edition::V1_0 => &OF_1_0,
        Edition::V1_1 => &OF_1_1,
    };
    reader.check_keys(at, "action", keys);
    let Some(target) = get(at, "target") else {
        let help = "say which nodes the action changes: `target: $.paths['/pets']`";
        reader.fault(at, "the action has no `target`", help);
        return None;
    };
    let target = query(reader, "target", &target)?;
    let change = change(reader, at, edition)?;
    Some(Action { target, change })
}

fn change<'a>(
    reader: &mut Reader<'_>,
    at: &ExcerptNode<'a>,
    edition: Edition,
) -> Option<Change<'a>> {
    let update = get(at, "update");
    let copy = get(at, "copy").filter(|_| edition == Edition::V1_1);
    let removes = match get(at, "remove") {
        None => false,
        Some(remove) => {
            let Value::Boolean(value) = remove.node.value else {
                let message = format!("`remove` is {}, not a boolean", remove.node.kind());
                reader.fault(&remove, message, "write `remove: true`");
                return None;
            };
            value
        }
    };
    match (removes, update, copy) {
        (true, update, copy) => {
            if let Some(other) = update.or(copy) {
                let message = "an action that removes its target does nothing else";
                let help = "keep `remove`, or write a second action for the other change";
                reader.warn(&other, message, help);
            }
            Some(Change::Remove)
        }
        (false, Some(_), Some(copy)) => {
            let message = "an action has both `update` and `copy`";
            reader.fault(&copy, message, "write two actions");
            None
        }
        (false, Some(update), None) => Some(Change::Update(update)),
        (false, None, Some(copy)) => query(reader, "copy", &copy).map(Change::Copy),
        (false, None, None) => {
            let message = "the action changes nothing";
            reader.fault(at, message, "add `update` or `remove: true`");
            None
        }
    }
}

fn query<'a>(reader: &mut Reader<'_>, key: &str, at: &ExcerptNode<'a>) -> Option<Query<'a>> {
    const HELP: &str = "write a JSONPath of RFC 9535: `$.paths['/pets'].get`";
    let Some(text) = at.node.as_str() else {
        let message = format!("`{key}` is {}, not text", at.node.kind());
        reader.fault(at, message, HELP);
        return None;
    };
    match query::parse(text) {
        Ok(path) => Some(Query {
            text,
            path,
            at: at.clone(),
        }),
        Err(why) => {
            let help = if query::has_bare_hyphen(text) {
                "put a name with a hyphen into brackets: `$['x-internal']`"
            } else {
                HELP
            };
            reader.fault(at, format!("`{key}` is not a JSONPath: {why}"), help);
            None
        }
    }
}
