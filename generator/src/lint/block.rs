//! The lines of an extension, ready to be pasted into a document.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::document::Place;

/// Returns an extension as YAML, or as JSON.
pub(super) fn lines_of(name: &str, value: Map<String, Value>, is_json: bool) -> String {
    let mut extension = Map::new();
    extension.insert(name.to_owned(), Value::Object(value));
    if is_json {
        return members(&Value::Object(extension));
    }
    let mut out = String::new();
    yaml(&extension, 0, &mut out);
    out
}

/// Whether the file of a place is JSON.
pub(super) fn is_json(place: &Place) -> bool {
    place.source.text.trim_start().starts_with('{')
}

/// The members of an object as they stand in a larger one.
fn members(object: &Value) -> String {
    let text = format!("{object:#}");
    let lines = text.lines().filter(|it| it.starts_with(' '));
    let lines = lines.map(|it| it.strip_prefix("  ").unwrap_or(it));
    lines.collect::<Vec<_>>().join("\n")
}

fn yaml(entries: &Map<String, Value>, depth: usize, out: &mut String) {
    for (key, value) in entries {
        // Writing into a string does not fail.
        let _ = write!(out, "{:1$}{key}:", "", depth * 2, key = scalar(key));
        match value {
            Value::Object(inner) => {
                out.push('\n');
                yaml(inner, depth + 1, out);
            }
            Value::String(text) => {
                let _ = writeln!(out, " {}", scalar(text));
            }
            other => {
                let _ = writeln!(out, " {other}");
            }
        }
    }
}

/// A text of YAML, in quotation marks unless it is a plain word that cannot be anything else.
fn scalar(text: &str) -> String {
    const OTHERS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '/');
    let starts_plain = text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/');
    let is_other = OTHERS.iter().any(|it| text.eq_ignore_ascii_case(it));
    if starts_plain && text.chars().all(is_plain) && !is_other {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn quotes_what_yaml_would_read_otherwise() {
        assert_eq!(scalar("x-keywright-session"), "x-keywright-session");
        assert_eq!(scalar("/refresh_token"), "/refresh_token");
        assert_eq!(scalar("$response.body#/a"), "'$response.body#/a'");
        assert_eq!(scalar("it's"), "'it''s'");
        assert_eq!(scalar("No"), "'No'");
        assert_eq!(scalar("2fa"), "'2fa'");
    }
}
