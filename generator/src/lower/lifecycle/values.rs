//! The values of an extension that name no part of a message: durations and statuses.

use std::time::Duration;

use super::expression;
use super::reader::Reader;
use crate::document::{ExcerptNode, Place, Value};

/// The duration of a key.
pub(super) fn duration<'a>(
    reader: &mut Reader<'a, '_>,
    key: &str,
    node: &ExcerptNode<'a>,
) -> Option<Duration> {
    const HELP: &str = "write a number and a unit: `90s`, `30m`, `24h` or `7d`";
    let text = reader.text(key, node, HELP)?;
    let duration = expression::duration(text);
    if duration.is_none() {
        reader.fault(&node.place(), format!("`{text}` is not a duration"), HELP);
    }
    duration
}

/// The statuses of failures that a key lists, each once, and where each stands.
pub(super) fn statuses<'a>(
    reader: &mut Reader<'a, '_>,
    key: &str,
    list: &ExcerptNode<'a>,
) -> Vec<(u16, Place)> {
    const HELP: &str = "list status codes such as `401`, each from 400 to 599";
    if !matches!(list.node.value, Value::Sequence(_)) {
        let message = format!("`{key}` is {}, not a list", list.node.kind());
        reader.fault(&list.key_place(), message, HELP);
    }
    let mut statuses: Vec<(u16, Place)> = Vec::new();
    for item in list.items() {
        // Responses are listed by text, so that statuses are often text elsewhere, too.
        let status = match &item.node.value {
            Value::Number(text) | Value::String(text) => text.parse::<u16>().ok(),
            _ => None,
        };
        match status.filter(|it| (400..600).contains(it)) {
            Some(status) if statuses.iter().any(|(it, _)| *it == status) => {}
            Some(status) => statuses.push((status, item.place())),
            None => {
                let message = format!("an item of `{key}` is not an error status");
                reader.fault(&item.place(), message, HELP);
            }
        }
    }
    statuses
}
