//! Every text of a document: values, and names that the document is free to choose.

use serde_json::{Map, Value};

/// The fields whose values are structure: they take one of a few values, or have to be what is named elsewhere. The
/// endpoints of flows are URLs of which something is made only if they are nothing else.
const STRUCTURE: &[&str] = &[
    "$ref",
    "authorizationUrl",
    "format",
    "in",
    "mapping",
    "openIdConnectUrl",
    "openapi",
    "operationId",
    "parent",
    "propertyName",
    "refreshUrl",
    "required",
    "scheme",
    "security",
    "style",
    "tags",
    "tokenUrl",
    "type",
];

/// The objects whose keys are names that nothing else refers to.
const NAMED: &[&str] = &[
    "callbacks",
    "content",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "onEvent",
    "properties",
    "scopes",
    "webhooks",
];

/// A copy of a document with a payload in place of every text.
pub(crate) fn replaced(document: &Value, payload: &str) -> Value {
    let mut copy = document.clone();
    Replacer { payload, count: 0 }.value(&mut copy, "");
    copy
}

struct Replacer<'p> {
    payload: &'p str,
    count: usize,
}

impl Replacer<'_> {
    /// A payload that differs from all others, where equal ones would be a fault.
    fn unique(&mut self) -> String {
        self.count += 1;
        format!("{}{}", self.payload, self.count)
    }

    /// Replaces the texts of a value that is the field `name`.
    fn value(&mut self, value: &mut Value, name: &str) {
        match value {
            Value::String(text) if matches!(name, "name" | "enum" | "x-enum-varnames") => {
                *text = self.unique();
            }
            Value::String(text) => self.payload.clone_into(text),
            Value::Array(items) => items.iter_mut().for_each(|it| self.value(it, name)),
            Value::Object(map) => self.object(map, name),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn object(&mut self, map: &mut Map<String, Value>, name: &str) {
        for (key, mut value) in std::mem::take(map) {
            // Other bodies have no model.
            let is_name = NAMED.contains(&name) && key != "application/json";
            if is_name || !STRUCTURE.contains(&key.as_str()) {
                self.value(&mut value, &key);
            }
            let key = if is_name { self.unique() } else { key };
            map.insert(key, value);
        }
    }
}
