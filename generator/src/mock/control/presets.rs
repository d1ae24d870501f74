//! The form by which the page adds a rule.

use serde_json::{Map, Value, json};

use super::Refusal;
use crate::mock::rules;

/// What usually goes wrong: the name in the form, the words on the page, and the keys of the rule.
pub(super) fn all() -> [(&'static str, &'static str, Value); 8] {
    [
        (
            "unauthorized-once",
            "401 once",
            json!({ "status": 401, "times": 1 }),
        ),
        ("forbidden", "403 always", json!({ "status": 403 })),
        (
            "too-many",
            "429 once, Retry-After: 1",
            json!({ "status": 429, "retry-after": 1, "times": 1 }),
        ),
        (
            "unavailable",
            "503 once, Retry-After: 1",
            json!({ "status": 503, "retry-after": 1, "times": 1 }),
        ),
        ("slow", "2 seconds late", json!({ "delay": 2 })),
        (
            "expire",
            "Tokens expire, once",
            json!({ "tokens": "expire", "times": 1 }),
        ),
        (
            "proxy",
            "502 with a proxy's HTML page",
            json!({ "html": true }),
        ),
        ("drop", "Connection closed", json!({ "drop": true })),
    ]
}

/// The rule that the form describes: by what usually goes wrong, or by a misbehaviour in a line.
pub(super) fn rule(fields: &Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let mut rule = match (text("effect"), text("preset")) {
        (Some(line), _) => rules::fields(line).map_err(|faults| {
            let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Refusal::bad(messages.join("; "))
        })?,
        (None, Some(name)) => {
            let found = all().into_iter().find(|(known, ..)| *known == name);
            match found {
                Some((.., Value::Object(keys))) => keys,
                _ => return Err(Refusal::bad("the form does not have this misbehaviour")),
            }
        }
        (None, None) => return Err(Refusal::bad("choose what goes wrong")),
    };
    // The page names an operation with its module before it, since two APIs may have one of the same name.
    if let Some((module, operation)) = text("operation").and_then(|it| it.split_once('/')) {
        rule.insert("module".to_owned(), module.into());
        rule.insert("operation".to_owned(), operation.into());
    }
    if let Some(times) = text("times") {
        let number = times.trim().parse::<u64>().map(Value::from);
        rule.insert("times".to_owned(), number.unwrap_or_else(|_| times.into()));
    }
    Ok(rule)
}
