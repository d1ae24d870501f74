//! The lines of an `x-keywright-session`, ready to be pasted into the document.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::roles::{Grant, Roles, Sends};
use crate::document::JsonPointer;
use crate::extensions::SESSION;
use crate::ir::OperationId;
use crate::lint::subject::Subject;

/// Returns the extension as YAML, or as JSON.
pub(super) fn lines(subject: &Subject<'_>, roles: &Roles, is_json: bool) -> String {
    let operation = |id: OperationId| json!(subject.api[id].id);
    let mut session = Map::new();
    let acquire = grant(
        &roles.acquire,
        operation(roles.acquire.operation),
        &Sends::new(),
    );
    session.insert("acquire".to_owned(), acquire);
    if let Some((renew, sends)) = &roles.renew {
        let renew = grant(renew, operation(renew.operation), sends);
        session.insert("renew".to_owned(), renew);
    }
    if let Some((revoke, sends)) = &roles.revoke {
        let mut entries = Map::new();
        entries.insert("operation".to_owned(), operation(*revoke));
        insert_sends(&mut entries, sends);
        session.insert("revoke".to_owned(), Value::Object(entries));
    }
    let mut extension = Map::new();
    extension.insert(SESSION.to_owned(), Value::Object(session));
    if is_json {
        return members(&Value::Object(extension));
    }
    let mut out = String::new();
    yaml(&extension, 0, &mut out);
    out
}

fn grant(grant: &Grant, operation: Value, sends: &Sends) -> Value {
    let mut entries = Map::new();
    entries.insert("operation".to_owned(), operation);
    insert_sends(&mut entries, sends);
    let mut received = |key: &str, pointer: &JsonPointer| {
        entries.insert(key.to_owned(), json!(format!("$response.body{pointer}")));
    };
    received("token", &grant.token);
    if let Some(pointer) = &grant.refresh_token {
        received("refreshToken", pointer);
    }
    if let Some((key, pointer)) = &grant.expiry {
        received(key, pointer);
    }
    Value::Object(entries)
}

fn insert_sends(entries: &mut Map<String, Value>, sends: &Sends) {
    if sends.is_empty() {
        return;
    }
    let sends = sends.iter();
    let sends = sends.map(|(to, what)| (to.as_str().to_owned(), json!(what.as_str())));
    entries.insert("send".to_owned(), Value::Object(sends.collect()));
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
