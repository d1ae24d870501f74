//! A JSON value as a file of YAML or JSON.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::lines::{self, is_hidden};

/// The longest key that a YAML reader takes without a `?` before it (YAML 1.2.2, section 7.4.2), with room for
/// escapes.
const LONGEST_KEY: usize = 200;

/// Writes JSON, with a line for each value.
#[must_use]
pub fn json(value: &Value) -> String {
    lines::json(value)
}

/// Writes YAML 1.2 that readers of YAML 1.1 take for the same: what they could take for something else than text
/// stands in quotes.
#[must_use]
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(map) if !map.is_empty() => mapping(&mut out, map, 0, false),
        Value::Array(items) if !items.is_empty() => sequence(&mut out, items, 0),
        _ => {
            scalar(&mut out, value, 0);
            out.push('\n');
        }
    }
    out
}

/// Writes the lines of a mapping. The first stands behind the dash of a list that it is in, if `is_item`.
fn mapping(out: &mut String, map: &Map<String, Value>, depth: usize, is_item: bool) {
    for (number, (name, value)) in map.iter().enumerate() {
        if !(is_item && number == 0) {
            indent(out, depth);
        }
        if name.len() > LONGEST_KEY {
            let _ = write!(out, "? {}\n{:2$}", quoted(name), "", depth * 2);
        } else {
            out.push_str(&inline(name));
        }
        out.push(':');
        match value {
            Value::Object(map) if !map.is_empty() => {
                out.push('\n');
                mapping(out, map, depth + 1, false);
            }
            Value::Array(items) if !items.is_empty() => {
                out.push('\n');
                sequence(out, items, depth + 1);
            }
            _ => {
                out.push(' ');
                scalar(out, value, depth + 1);
                out.push('\n');
            }
        }
    }
}

fn sequence(out: &mut String, items: &[Value], depth: usize) {
    for item in items {
        indent(out, depth);
        out.push('-');
        match item {
            Value::Object(map) if !map.is_empty() => {
                out.push(' ');
                mapping(out, map, depth + 1, true);
            }
            Value::Array(items) if !items.is_empty() => {
                out.push('\n');
                sequence(out, items, depth + 1);
            }
            _ => {
                out.push(' ');
                scalar(out, item, depth + 1);
                out.push('\n');
            }
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    let _ = write!(out, "{:1$}", "", depth * 2);
}

/// Writes everything that has no lines of its own; a text of several lines gets them at `depth`.
fn scalar(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::String(text) if is_block(text) => {
            out.push_str(if text.ends_with('\n') { "|" } else { "|-" });
            for line in text.trim_end_matches('\n').split('\n') {
                out.push('\n');
                if !line.is_empty() {
                    indent(out, depth.max(1));
                    out.push_str(line);
                }
            }
        }
        Value::String(text) => out.push_str(&inline(text)),
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

/// Whether a text can stand as it is, line by line (YAML 1.2.2, section 8.1.2): without characters that need an
/// escape, without a space before its first character, and with at most one line end at its end.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && text.chars().all(|it| it == '\n' || !needs_escape(it))
        && text
            .lines()
            .all(|line| line.is_empty() || !line.trim().is_empty())
}

/// A text in one line: plain where that cannot be mistaken, or else in quotes.
fn inline(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().any(needs_escape) {
        quoted(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Words that YAML 1.1 takes for null or for a boolean.
const TAKEN: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

fn is_plain(text: &str) -> bool {
    let starts = |it: char| it.is_ascii_alphabetic() || matches!(it, '/' | '_' | '$');
    let goes_on = |it: char| it.is_alphanumeric() || " /_$.,+()-".contains(it);
    text.starts_with(starts)
        && !text.ends_with(' ')
        && text.chars().all(goes_on)
        && !TAKEN.iter().any(|it| it.eq_ignore_ascii_case(text))
}

/// Text in double quotes (YAML 1.2.2, section 5.7).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for it in text.chars() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if needs_escape(it) => {
                let _ = write!(out, "\\U{:08x}", u32::from(it));
            }
            _ => out.push(it),
        }
    }
    out.push('"');
    out
}

/// Whether a character is not printed, or is taken for a line end by some.
fn needs_escape(it: char) -> bool {
    is_hidden(it) || matches!(it, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::yaml;
    use crate::diagnostics::Diagnostics;
    use crate::load::{Limits, from_text};

    #[test]
    fn writes_what_people_read() {
        let value = json!({
            "openapi": "3.0.3",
            "a b": [1, true, null, "No", "2020-01-01", "it's: so", {}, []],
            "text": "One.\n\n- two\n",
            "list": [{ "a": "x\ny", "b": [[1], { "c": "\u{1b}" }] }],
            "200": { "/pets/{id}": -1.5 },
        });
        assert_snapshot!(yaml(&value), @r#"
        openapi: '3.0.3'
        a b:
          - 1
          - true
          - null
          - 'No'
          - '2020-01-01'
          - 'it''s: so'
          - {}
          - []
        text: |
          One.

          - two
        list:
          - a: |-
              x
              y
            b:
              -
                - 1
              - c: "\U0000001b"
        '200':
          '/pets/{id}': -1.5
        "#);
    }

    fn values() -> impl Strategy<Value = Value> {
        let text = "([a-zA-Z0-9 :#'\"\\-?|>{}\\[\\],&*!%@`~\\\\\n\t.é=<\u{85}\u{feff}]{0,12}|(yes|null|~|0x1f|1e3|<<){1})";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|it| json!(f64::from(it) / 4.0)),
            text.prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            let pairs = prop::collection::vec((text, inner.clone()), 0..4);
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(Value::Array),
                pairs.prop_map(|it| Value::Object(it.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_can_be_read(value in values()) {
            let text = yaml(&json!({ "value": value }));
            let mut found = Diagnostics::default();
            let spec = from_text("a.yaml", &text, &Limits::default(), &mut found);
            let read = spec.map(|it| it.entry().root.to_json());
            prop_assert_eq!(read, Some(json!({ "value": value })), "{}", text);
        }
    }
}
