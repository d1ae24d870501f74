//! Bodies, and the schemas that say what of them is secret.

use std::collections::HashSet;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::MASK;
use crate::conform::Bundle;
use crate::mock::contract::{Contract, MediaType, SchemaNumber};
use crate::mock::judge::{Values, of_request};

/// Reads a body without what is secret in it, and without what nothing describes. `None` where it has another form.
pub(super) fn read(
    contract: &Contract,
    form: &MediaType,
    content_type: &str,
    body: &Bytes,
) -> Option<Value> {
    let bundle = &contract.requests;
    let mask = |value: &Value, schema: Option<SchemaNumber>| {
        let schemas: Vec<&Value> = schema.map(|it| bundle.schema(it)).into_iter().collect();
        masked(bundle, value, &schemas)
    };
    match of_request(contract, form, content_type, body).ok()? {
        Values::Whole { values, unread } => {
            let mut value = mask(values.first()?, form.schema);
            // What is not looked into may be anything.
            for name in unread {
                if let Some(part) = value.get_mut(&name) {
                    *part = MASK.into();
                }
            }
            Some(value)
        }
        Values::Items(items) => {
            let mut items = items.iter().filter_map(|it| it.first());
            Some(match form.item {
                item @ Some(_) => items.map(|it| mask(it, item)).collect(),
                None => mask(&items.by_ref().cloned().collect(), form.schema),
            })
        }
        Values::Unread => None,
    }
}

/// Returns whether nothing that conforms to a schema is secret.
pub(super) fn is_open(bundle: &Bundle, schema: SchemaNumber) -> bool {
    is_open_below(bundle, bundle.schema(schema), &mut HashSet::new())
}

fn is_open_below<'b>(
    bundle: &'b Bundle,
    schema: &'b Value,
    followed: &mut HashSet<&'b str>,
) -> bool {
    let Value::Object(keywords) = schema else {
        return true;
    };
    let target = follow(bundle, keywords, followed);
    let parts = keywords.values().flat_map(|it| match it {
        Value::Array(items) => items.iter().collect(),
        // `properties` and its like hold schemas by name.
        Value::Object(fields) => fields.values().chain([it]).collect(),
        _ => Vec::new(),
    });
    let mut parts = target.into_iter().chain(parts);
    !is_secret(keywords) && parts.all(|it| is_open_below(bundle, it, followed))
}

/// Where a reference leads that has not been followed yet.
fn follow<'b>(
    bundle: &'b Bundle,
    keywords: &'b Map<String, Value>,
    followed: &mut HashSet<&'b str>,
) -> Option<&'b Value> {
    let reference = keywords.get("$ref").and_then(Value::as_str)?;
    followed
        .insert(reference)
        .then(|| bundle.target(reference))?
}

fn is_secret(keywords: &Map<String, Value>) -> bool {
    let is_set = |key: &str| keywords.get(key) == Some(&Value::Bool(true));
    keywords.get("format").and_then(Value::as_str) == Some("password")
        || is_set("writeOnly")
        || is_set("x-keywright-sensitive")
}

/// A value without what is secret by these schemas, which all describe it.
fn masked<'b>(bundle: &'b Bundle, value: &Value, schemas: &[&'b Value]) -> Value {
    let mut keywords = Vec::new();
    let mut followed = HashSet::new();
    for schema in schemas {
        collect(bundle, schema, &mut followed, &mut keywords);
    }
    let is_described = keywords.iter().any(|it| describes(it, value));
    if !is_described || keywords.iter().any(|it| is_secret(it)) {
        return MASK.into();
    }
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let schemas: Vec<&'b Value> = keywords
                    .iter()
                    .flat_map(|it| of_property(it, name))
                    .collect();
                (name.clone(), masked(bundle, value, &schemas))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            let items = items.iter().enumerate().map(|(index, value)| {
                let schemas: Vec<&'b Value> = keywords
                    .iter()
                    .filter_map(|it| of_item(it, index))
                    .collect();
                masked(bundle, value, &schemas)
            });
            items.collect()
        }
        scalar => scalar.clone(),
    }
}

/// Whether keywords speak of values of this JSON type. A text that stands where an object belongs may be anything.
fn describes(keywords: &Map<String, Value>, value: &Value) -> bool {
    let (ty, own): (&str, &[&str]) = match value {
        Value::Null => return true,
        Value::Bool(_) => ("boolean", &[]),
        Value::Number(_) => ("number", &[]),
        Value::String(_) => ("string", &["pattern", "format"]),
        Value::Array(_) => ("array", &["items", "prefixItems"]),
        Value::Object(_) => ("object", &OF_OBJECTS),
    };
    let is_type = |it: &Value| it == ty || (ty == "number" && it == "integer");
    match keywords.get("type") {
        Some(Value::Array(types)) => types.iter().any(is_type),
        Some(stated) => is_type(stated),
        None => {
            let mut values = keywords
                .get("enum")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            own.iter().any(|it| keywords.contains_key(*it))
                || values.any(|it| it == value)
                || keywords.get("const") == Some(value)
        }
    }
}

/// The keywords that speak of properties.
const OF_OBJECTS: [&str; 4] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
];

/// The keywords that are said of a value, by whatever the schema refers to or consists of. One that says nothing is not
/// among them.
fn collect<'b>(
    bundle: &'b Bundle,
    schema: &'b Value,
    followed: &mut HashSet<&'b str>,
    found: &mut Vec<&'b Map<String, Value>>,
) {
    const PARTS: [&str; 6] = ["allOf", "anyOf", "oneOf", "if", "then", "else"];
    let Value::Object(keywords) = schema else {
        return;
    };
    let is_said = |it: &String| *it != "$ref" && !PARTS.contains(&it.as_str());
    if keywords.keys().any(is_said) {
        found.push(keywords);
    }
    let target = follow(bundle, keywords, followed);
    let parts = PARTS.iter().filter_map(|it| keywords.get(*it));
    let parts = parts.flat_map(|it| match it {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    });
    for part in target.into_iter().chain(parts) {
        collect(bundle, part, followed, found);
    }
}

/// The schemas that describe a property.
fn of_property<'b>(keywords: &'b Map<String, Value>, name: &str) -> Vec<&'b Value> {
    let stated = keywords.get("properties").and_then(|it| it.get(name));
    if let Some(stated) = stated {
        return vec![stated];
    }
    let patterns = keywords.get("patternProperties").and_then(Value::as_object);
    let patterns = patterns.into_iter().flat_map(Map::values);
    let others = OF_OBJECTS[2..].iter();
    let others = others.filter_map(|it| keywords.get(*it));
    patterns.chain(others).collect()
}

/// The schema that describes an item.
fn of_item(keywords: &Map<String, Value>, index: usize) -> Option<&Value> {
    let first = keywords.get("prefixItems").and_then(|it| it.get(index));
    first.or_else(|| keywords.get("items"))
}
