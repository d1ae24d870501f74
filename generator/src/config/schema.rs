//! Prints the JSON Schema with which editors complete and check `keywright.toml`.

use serde_json::{Map, Value as Json, json};

use super::keys::{Key, Kind, known};

/// Returns the JSON Schema of a configuration, in draft 7, which the TOML extensions of editors support.
#[must_use]
pub fn schema() -> String {
    let mut schema = table(&known());
    let head = [
        ("$schema", json!("http://json-schema.org/draft-07/schema#")),
        ("title", json!("keywright.toml")),
        ("description", json!("The configuration of Keywright.")),
    ];
    let head = head.map(|(key, it)| (key.to_owned(), it));
    let mut whole: Map<String, Json> = head.into_iter().collect();
    whole.append(&mut schema);
    let text = serde_json::to_string_pretty(&whole);
    text.expect("JSON values can be written") + "\n"
}

/// The schema of a table with these keys.
fn table(keys: &[Key]) -> Map<String, Json> {
    let properties: Map<String, Json> = keys
        .iter()
        .map(|key| (key.name.to_owned(), Json::Object(property(key))))
        .collect();
    let required = keys.iter().filter(|key| key.is_required);
    let required: Vec<_> = required.map(|key| key.name).collect();
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Json::Object(properties));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema.insert("additionalProperties".into(), json!(false));
    schema
}

fn property(key: &Key) -> Map<String, Json> {
    let mut schema = Map::new();
    schema.insert("description".into(), json!(key.doc));
    if let Some(default) = key.default.as_deref().and_then(value) {
        schema.insert("default".into(), default);
    }
    schema.append(&mut of_kind(&key.kind));
    schema
}

/// A value in TOML as JSON.
fn value(text: &str) -> Option<Json> {
    let table: Map<String, Json> = toml::from_str(&format!("it = {text}")).ok()?;
    table.into_iter().next().map(|(_, value)| value)
}

fn of_kind(kind: &Kind) -> Map<String, Json> {
    let schema = match kind {
        Kind::Text | Kind::Path => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::Choice(choices) => {
            let (names, docs): (Vec<_>, Vec<_>) = choices.iter().copied().unzip();
            json!({ "type": "string", "enum": names, "x-taplo": { "docs": { "enumValues": docs } } })
        }
        Kind::List(kind) => json!({ "type": "array", "items": of_kind(kind) }),
        Kind::Table(keys) => return table(keys),
        Kind::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
        Kind::Map { value, .. } => {
            json!({ "type": "object", "additionalProperties": of_kind(value) })
        }
        Kind::TextOr(kind) => json!({ "anyOf": [{ "type": "string" }, of_kind(kind)] }),
        Kind::Kept(kind) => return of_kind(kind),
    };
    match schema {
        Json::Object(schema) => schema,
        _ => Map::new(),
    }
}
