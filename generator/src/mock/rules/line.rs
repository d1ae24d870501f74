//! A misbehaviour in a line: `status=503, retry-after=2, delay=100ms`.

use http::HeaderMap;
use serde_json::{Map, Number, Value};

use super::fault::Fault;
use super::keys;
use super::rule::Effect;

/// The header by which a request asks for a misbehaviour.
pub const HEADER: &str = "keywright-misbehave";

/// Reads the misbehaviour that a request asks for by its header; `None` when it has none.
///
/// # Errors
///
/// When it says something that it cannot mean: everything that is wrong with it.
#[must_use]
pub fn from_header(headers: &HeaderMap) -> Option<Result<Effect, Vec<Fault>>> {
    let values = headers.get_all(HEADER).iter();
    let values: Vec<_> = values
        .map(|it| String::from_utf8_lossy(it.as_bytes()))
        .collect();
    (!values.is_empty()).then(|| fields(&values.join(",")).and_then(|it| keys::effect(&it)))
}

/// Takes a line apart: `key=value` pairs with commas between them. A key alone is true. A value that has commas is in
/// double quotes.
pub(in crate::mock) fn fields(line: &str) -> Result<Map<String, Value>, Vec<Fault>> {
    let mut fields = Map::new();
    for item in items(line) {
        let (key, value) = match item.split_once('=') {
            Some((key, value)) => (key.trim(), value_of(value.trim())),
            None => (item.trim(), Value::Bool(true)),
        };
        if fields.insert(key.to_owned(), value).is_some() {
            let message = format!("`{key}` is given twice");
            return Err(vec![Fault::of_key(key, message, "give it once")]);
        }
    }
    Ok(fields)
}

/// What stands between commas, except for those in double quotes.
fn items(line: &str) -> Vec<&str> {
    let (mut items, mut start) = (Vec::new(), 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, it) in line.char_indices() {
        match it {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = is_quoted,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                items.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&line[start..]);
    items.retain(|it| !it.trim().is_empty());
    items
}

fn value_of(text: &str) -> Value {
    let quoted = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    if let Some(quoted) = quoted {
        return Value::String(unescaped(quoted));
    }
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => text
            .parse::<Number>()
            .map_or_else(|_| Value::from(text), Value::Number),
    }
}

/// A text of which each backslash stands for what follows it (RFC 9110, section 5.6.4).
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(it) = characters.next() {
        plain.extend(if it == '\\' {
            characters.next()
        } else {
            Some(it)
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_a_line_apart() {
        let read = |line: &str| {
            fields(line)
                .map(Value::Object)
                .map_err(|it| it[0].to_string())
        };
        let expected = json!({
            "status": 503, "delay": "100ms", "drop": true, "body": "a, \"b\"", "html": false, "skew": -5,
        });
        let line = r#"status=503, delay = 100ms,drop,, body="a, \"b\"", html=false, skew=-5"#;
        assert_eq!(read(line), Ok(expected));
        assert_eq!(
            read("drop, drop"),
            Err("`drop` is given twice: give it once".to_owned())
        );
        assert_eq!(read(""), Ok(json!({})));
        assert_eq!(read("body=\"open, x"), Ok(json!({ "body": "\"open, x" })));
    }
}
