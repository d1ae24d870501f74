//! Settings that are kept as they are, to be checked against the document later.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::{Reader, span};
use crate::document::{Entry, Excerpt, JsonPointer, Node, NodeId, Value};

impl Reader<'_> {
    /// Returns the setting of a key, with all of its places.
    pub(super) fn excerpt(
        &self,
        at: &JsonPointer,
        table: &DeTable<'_>,
        key: &str,
    ) -> Option<Excerpt> {
        let (stated, value) = table.get_key_value(key)?;
        Some(Excerpt {
            place: self.place(stated.span(), at.child(key)),
            node: node(value),
        })
    }
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let kept = match value.get_ref() {
        DeValue::String(text) => Value::String(text.as_ref().into()),
        DeValue::Integer(number) => {
            let parsed = i128::from_str_radix(number.as_str(), number.radix());
            let text = parsed.map_or_else(|_| number.as_str().to_owned(), |it| it.to_string());
            Value::Number(text.into())
        }
        DeValue::Float(number) => Value::Number(number.as_str().into()),
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Datetime(moment) => Value::String(moment.to_string().into()),
        DeValue::Array(items) => Value::Sequence(items.iter().map(node).collect()),
        DeValue::Table(table) => Value::Mapping(entries(table)),
    };
    Node {
        // Nothing refers to what is in a configuration.
        id: NodeId(0),
        span: span(value.span()),
        value: kept,
    }
}

/// Returns the entries of a table, in the order of the file.
fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().as_ref().into(),
        key_span: span(key.span()),
        value: node(value),
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|it| it.key_span.start);
    entries
}
