//! A schema of OpenAPI as a schema of JSON Schema 2020-12, keyword by keyword.
//!
//! What is no keyword, or has a value that its keyword cannot have, is left out: it says nothing about instances.

use crate::document::{Entry, FileId, Node, Value as Tree};
use serde_json::{Map, Value, json};

use super::collector::{Collector, Dialect, Direction, reference};
use super::discriminate::discriminate;
use super::wide;

/// Which values an integer of a format may have (OpenAPI Format Registry).
const INTEGERS: [(&str, i128, i128); 8] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// Converts a schema of a file.
pub(super) fn convert<'s>(collector: &mut Collector<'s>, file: FileId, node: &'s Node) -> Value {
    if let Tree::Boolean(all) = node.value {
        return Value::Bool(all);
    }
    let mut schema = Map::new();
    let is_reference = node.get("$ref").is_some();
    for entry in node.entries() {
        let is_ignored =
            is_reference && collector.dialect == Dialect::Subset && &*entry.key != "$ref";
        if !is_ignored && let Some(value) = keyword(collector, file, entry) {
            schema.insert(entry.key.to_string(), value);
        }
    }
    for key in ["const", "enum"] {
        if let (Some(value), Some(stated)) = (schema.get(key), node.get(key)) {
            let value = as_meant(collector, file, stated, value, schema.get("type"));
            schema.insert(key.to_owned(), value);
        }
    }
    if collector.dialect == Dialect::Subset && !is_reference {
        subset(node, &mut schema);
    }
    if node.get("contentEncoding").and_then(Node::as_str) == Some("base64") {
        schema.insert("format".to_owned(), json!("byte"));
    }
    bound(&mut schema);
    if collector.direction != Direction::Both
        && !(is_reference && collector.dialect == Dialect::Subset)
    {
        direct(collector, file, node, &mut schema);
    }
    if let Some(discriminator) = node.get("discriminator") {
        discriminate(collector, file, node, discriminator, &mut schema);
    }
    Value::Object(schema)
}

/// A value, or a list of them, in which text is what is written: where the type says so, and of what only YAML takes
/// for a number where no type says anything.
fn as_meant(
    collector: &Collector<'_>,
    file: FileId,
    node: &Node,
    value: &Value,
    ty: Option<&Value>,
) -> Value {
    match (value, ty) {
        (Value::Array(values), _) => {
            let values = values.iter().zip(node.items());
            values
                .map(|(value, node)| as_meant(collector, file, node, value, ty))
                .collect()
        }
        (Value::Number(_) | Value::Bool(_), _) => {
            let (written, json) = (collector.written(file, node), value.to_string());
            let is_text = match ty {
                Some(ty) => *ty == json!("string") || *ty == json!(["string", "null"]),
                None => written != json,
            };
            if is_text {
                Value::from(written)
            } else {
                value.clone()
            }
        }
        _ => value.clone(),
    }
}

/// The value of a keyword; `None` for what says nothing.
fn keyword<'s>(collector: &mut Collector<'s>, file: FileId, entry: &'s Entry) -> Option<Value> {
    let node = &entry.value;
    let json = || node.to_json();
    match &*entry.key {
        "$ref" | "$dynamicRef" => {
            let target = collector.target(file, node.as_str()?)?;
            Some(Value::String(reference(collector.number(target))))
        }
        "items"
        | "additionalProperties"
        | "not"
        | "contains"
        | "propertyNames"
        | "if"
        | "then"
        | "else"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "contentSchema" => is_schema(node).then(|| convert(collector, file, node)),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
            let schemas: Vec<Value> = node
                .items()
                .iter()
                .map(|it| convert(collector, file, it))
                .collect();
            (!schemas.is_empty()).then_some(Value::Array(schemas))
        }
        "properties" | "dependentSchemas" => Some(map(collector, file, node.entries())),
        "patternProperties" => {
            let entries = node.entries().iter().filter(|it| is_pattern(&it.key));
            Some(map(collector, file, entries))
        }
        "type" => types(node),
        "const" => Some(json()),
        "enum" => (!node.items().is_empty()).then(json),
        "required" => {
            let names = node.items().iter().filter_map(|it| match &it.value {
                Tree::Number(_) => Some(collector.written(file, it)),
                _ => it.as_str(),
            });
            matches!(node.value, Tree::Sequence(_)).then(|| names.map(Value::from).collect())
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            Some(json()).filter(Value::is_number)
        }
        "multipleOf" => Some(json()).filter(|it| it.as_f64().is_some_and(|it| it > 0.0)),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
        | "minContains" | "maxContains" => Some(json()).filter(Value::is_u64),
        "uniqueItems" | "readOnly" | "writeOnly" | "x-keywright-sensitive" => {
            Some(json()).filter(Value::is_boolean)
        }
        "format" => Some(json()).filter(Value::is_string),
        "pattern" => node.as_str().filter(|it| is_pattern(it)).map(Value::from),
        "dependentRequired" => Some(json()).filter(Value::is_object),
        _ => None,
    }
}

fn is_schema(node: &Node) -> bool {
    matches!(node.value, Tree::Mapping(_) | Tree::Boolean(_))
}

fn map<'s>(
    collector: &mut Collector<'s>,
    file: FileId,
    entries: impl IntoIterator<Item = &'s Entry>,
) -> Value {
    let schemas = entries
        .into_iter()
        .map(|it| (it.key.to_string(), convert(collector, file, &it.value)));
    Value::Object(schemas.collect())
}

fn types(node: &Node) -> Option<Value> {
    let is_type = |it: &&str| {
        [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ]
        .contains(it)
    };
    match &node.value {
        Tree::String(name) => is_type(&&**name).then(|| Value::from(&**name)),
        Tree::Sequence(names) => {
            let names: Vec<&str> = names
                .iter()
                .filter_map(Node::as_str)
                .filter(is_type)
                .collect();
            (!names.is_empty()).then(|| Value::from(names))
        }
        _ => None,
    }
}

/// Whether a text is a regular expression that `jsonschema` takes.
fn is_pattern(text: &str) -> bool {
    jsonschema::options()
        .build(&json!({ "pattern": text }))
        .is_ok()
}

/// What 2.0 and 3.0 say in words of their own (OAS 3.0.4, Schema Object).
fn subset(node: &Node, schema: &mut Map<String, Value>) {
    let is_true =
        |key: &str| matches!(node.get(key).map(|it| &it.value), Some(Tree::Boolean(true)));
    if (is_true("nullable") || is_true("x-nullable"))
        && let Some(Value::String(ty)) = schema.get("type")
    {
        schema.insert("type".to_owned(), json!([ty, "null"]));
    }
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if is_true(exclusive)
            && let Some(number) = schema.remove(bound)
        {
            schema.insert(exclusive.to_owned(), number);
        }
    }
}

/// What is said of requests or responses alone, and values that the document gives (OAS 3.0.4, Schema Object, Fixed
/// Fields: `readOnly`, `writeOnly`, `example`).
fn direct<'s>(
    collector: &Collector<'s>,
    file: FileId,
    node: &'s Node,
    schema: &mut Map<String, Value>,
) {
    let excused = match collector.direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
        Direction::Both => return,
    };
    if let Some(Value::Array(names)) = schema.get_mut("required") {
        names.retain(|name| {
            let property = name.as_str().and_then(|it| node.get("properties")?.get(it));
            !property.is_some_and(|it| collector.has_flag(file, it, excused))
        });
    }
    let listed = node.get("examples").map_or(&[][..], Node::items).iter();
    let single = ["example", "x-example"]
        .into_iter()
        .filter_map(|key| node.get(key));
    let examples = single.chain(listed).chain(node.get("default"));
    let ty = schema.get("type");
    let examples = examples.map(|it| as_meant(collector, file, it, &it.to_json(), ty));
    let examples: Vec<Value> = examples.collect();
    if !examples.is_empty() {
        schema.insert("examples".to_owned(), Value::Array(examples));
    }
}

/// Keeps a number within what its format can hold.
fn bound(schema: &mut Map<String, Value>) {
    let is_number = |it: &Value| it == "integer" || it == "number";
    let may_be_number = schema.get("type").is_some_and(|it| match it {
        Value::Array(types) => types.iter().any(is_number),
        ty => is_number(ty),
    });
    let format = schema
        .get("format")
        .and_then(Value::as_str)
        .filter(|_| may_be_number);
    if let Some(format @ ("int64" | "uint64")) = format {
        let is_signed = Value::Bool(format == "int64");
        schema.insert(wide::KEYWORD.to_owned(), is_signed);
    }
    let format = schema.get("format").and_then(Value::as_str);
    let format = format.filter(|_| may_be_number);
    let Some((_, least, most)) = INTEGERS.iter().find(|(name, _, _)| format == Some(name)) else {
        return;
    };
    let [least, most] =
        [least, most].map(|it| Value::Number(it.to_string().parse().expect("it is a number")));
    let bounds = json!({ "minimum": least, "maximum": most, "multipleOf": 1 });
    match schema.get_mut("allOf").and_then(Value::as_array_mut) {
        Some(all) => all.push(bounds),
        None => drop(schema.insert("allOf".to_owned(), json!([bounds]))),
    }
}
