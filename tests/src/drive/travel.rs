//! Which values can travel at all: what cannot, the client refuses, as it should.

use keywright::ir::{Argument, ParameterKind, Serialization};
use keywright::model::Style;
use serde_json::Value;

/// Whether a value can be sent as an argument: what cannot, the client refuses.
pub(super) fn can_travel(argument: &Argument, value: &Value) -> bool {
    let texts = texts(value);
    match argument.kind {
        ParameterKind::Path => {
            let is_step = |it: &String| {
                it.is_empty() || it.contains("..") || it == "." || it.starts_with("./")
            };
            !texts.is_empty() && !texts.iter().any(is_step)
        }
        ParameterKind::Header => {
            let is_plain =
                |it: &String| it.bytes().all(|it| (b' '..0x7f).contains(&it)) && it.trim() == it;
            texts.iter().all(is_plain)
        }
        // These are sent as they are.
        ParameterKind::Cookie
            if matches!(
                argument.serialization,
                Serialization::Text
                    | Serialization::Style {
                        style: Style::Cookie,
                        ..
                    }
            ) =>
        {
            let is_plain = |it: &String| {
                it.bytes()
                    .all(|it| it.is_ascii_graphic() && it != b';' && it != b'=')
            };
            texts.iter().all(is_plain)
        }
        ParameterKind::Cookie | ParameterKind::Query | ParameterKind::QueryString => true,
    }
}

/// Whether XML has all characters of a value, and names for all of its properties (XML 1.0, sections 2.2 and 2.3).
pub(super) fn is_xml(value: &Value) -> bool {
    let is_text =
        |it: &str| !it.contains(|letter: char| letter.is_control() && !letter.is_whitespace());
    let is_name = |it: &str| it.starts_with(char::is_alphabetic) && !it.contains([' ', ':', '/']);
    match value {
        Value::String(text) => is_text(text),
        Value::Array(items) => items.iter().all(is_xml),
        Value::Object(properties) => properties
            .iter()
            .all(|(name, it)| is_name(name) && is_xml(it)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Every text in a value, and every number.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(properties) => {
            let properties = properties.iter();
            properties
                .flat_map(|(name, it)| std::iter::once(name.clone()).chain(texts(it)))
                .collect()
        }
        scalar @ (Value::Bool(_) | Value::Number(_)) => vec![scalar.to_string()],
    }
}
