//! A schema of OpenAPI as a schema of JSON Schema 2020-12, keyword by keyword.
//!
//! What is no keyword, or has a value that its keyword cannot have, is left out: it says nothing about instances.

use keywright::document::{Entry, FileId, Node, Value as Tree};
use serde_json::{Map, Value, json};

use super::bundle::{Collector, reference};
use crate::references::Target;

/// The kinds of JSON Schema that OpenAPI has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// That of 2.0 and 3.0: `nullable`, bounds that are exclusive by a boolean, nothing beside `$ref`.
    Subset,
    /// That of 3.1 and later.
    Draft202012,
}

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
        | "unevaluatedItems" => is_schema(node).then(|| convert(collector, file, node)),
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
        "uniqueItems" => Some(json()).filter(Value::is_boolean),
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

/// Ties each branch of a union to the values that a discriminator gives it (OAS 3.1.1, Discriminator Object). To JSON
/// Schema it is an annotation; but what contradicts it, no service sends.
fn discriminate<'s>(
    collector: &mut Collector<'s>,
    file: FileId,
    node: &'s Node,
    discriminator: &'s Node,
    schema: &mut Map<String, Value>,
) {
    let Some(property) = discriminator.get("propertyName").and_then(Node::as_str) else {
        return;
    };
    let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
    for key in ["oneOf", "anyOf"] {
        let branches = node.get(key).map_or(&[][..], Node::items).iter();
        let targets = branches.map(|branch| {
            let reference = branch.get("$ref").and_then(Node::as_str);
            reference.and_then(|text| collector.target(file, text))
        });
        let targets: Vec<Option<Target<'s>>> = targets.collect();
        let said = targets.iter().map(|target| {
            let target = target.as_ref()?;
            Some(Said::of(collector, target, property))
        });
        let said: Vec<Option<Said>> = said.collect();
        // A branch that does not describe the property has it as the others do.
        let common = said.iter().flatten().find_map(|it| it.ty.clone());
        let Some(Value::Array(converted)) = schema.get_mut(key) else {
            continue;
        };
        for ((target, said), converted) in targets.iter().zip(said).zip(converted) {
            let (Some(target), Some(said)) = (target, said) else {
                continue;
            };
            let ty = said.ty.clone().or_else(|| common.clone());
            let names = names(collector, file, mapping, target);
            let implied = target.pointer.segments().next_back();
            let mut tie = json!({ "required": [property] });
            if let Some(values) = said.tied(names, implied, ty.as_deref()) {
                tie["properties"] = json!({ property: { "enum": values } });
            }
            *converted = json!({ "allOf": [converted.take(), tie] });
        }
    }
}

/// What a branch says itself of the property that tells it from others.
#[derive(Default)]
struct Said {
    values: Option<Vec<Value>>,
    default: Option<Value>,
    ty: Option<String>,
}

impl Said {
    fn of(collector: &Collector<'_>, schema: &Target<'_>, property: &str) -> Self {
        let mut said = Self::default();
        said.add(collector, schema, property, DEEPEST);
        said
    }

    /// Adds what a schema and its parts say; what comes first counts.
    fn add(&mut self, collector: &Collector<'_>, schema: &Target<'_>, name: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if let Some(property) = schema.node.get("properties").and_then(|it| it.get(name)) {
            let property = Target {
                node: property,
                ..schema.clone()
            };
            self.describe(collector, &property, depth);
        }
        for part in parts(collector, schema) {
            self.add(collector, &part, name, depth);
        }
    }

    /// Adds what the schema of the property and its parts say.
    fn describe(&mut self, collector: &Collector<'_>, property: &Target<'_>, depth: usize) {
        let node = property.node;
        let constant = node.get("const").map(|it| vec![it.to_json()]);
        let listed = || {
            let listed = node.get("enum")?.items().iter();
            Some(listed.map(Node::to_json).collect())
        };
        let values = std::mem::take(&mut self.values);
        self.values = values.or(constant).or_else(listed);
        let default = self.default.take();
        self.default = default.or_else(|| Some(node.get("default")?.to_json()));
        let ty = self.ty.take();
        self.ty = ty.or_else(|| Some(node.get("type")?.as_str()?.to_owned()));
        for part in parts(collector, property) {
            if let Some(depth) = depth.checked_sub(1) {
                self.describe(collector, &part, depth);
            }
        }
    }

    /// The values that the branch has; `None` for all that it allows. The mapping goes before its name, and what it
    /// says itself before both where these cannot be.
    fn tied(
        self,
        names: Vec<String>,
        implied: Option<String>,
        ty: Option<&str>,
    ) -> Option<Vec<Value>> {
        let has_names = !names.is_empty();
        let typed = |text: String| match ty {
            Some("integer" | "number") => text.parse::<i64>().ok().map(Value::from),
            Some("boolean") => text.parse::<bool>().ok().map(Value::from),
            _ => Some(Value::String(text)),
        };
        let is_allowed = |value: &Value| match (&self.values, &self.default) {
            (Some(values), _) => values.contains(value),
            (None, Some(default)) => value == default || has_names,
            (None, None) => true,
        };
        let texts = if has_names {
            names
        } else {
            implied.into_iter().collect()
        };
        let values: Vec<Value> = texts
            .into_iter()
            .filter_map(typed)
            .filter(is_allowed)
            .collect();
        let default = || self.values.is_none().then_some(self.default)?;
        match values[..] {
            [] => default().map(|it| vec![it]),
            [..] => Some(values),
        }
    }
}

/// The schemas that a schema refers to or consists of.
fn parts<'s>(collector: &Collector<'s>, schema: &Target<'s>) -> Vec<Target<'s>> {
    let of_all = schema.node.get("allOf").map_or(&[][..], Node::items).iter();
    let of_all = of_all.map(|node| Target {
        node,
        ..schema.clone()
    });
    let reference = schema.node.get("$ref").and_then(Node::as_str);
    let target = reference.and_then(|text| collector.target(schema.file, text));
    target.into_iter().chain(of_all).collect()
}

/// The texts that a mapping gives to a schema.
fn names(
    collector: &Collector<'_>,
    file: FileId,
    mapping: &[Entry],
    schema: &Target<'_>,
) -> Vec<String> {
    let leads_there = |text: &str| {
        let component = format!("#/components/schemas/{text}");
        let targets = [text, component.as_str()].map(|it| collector.target(file, it));
        let mut targets = targets.iter().flatten();
        targets.any(|it| it.file == schema.file && it.pointer == schema.pointer)
    };
    let is_meant = |it: &&Entry| it.value.as_str().is_some_and(leads_there);
    let mapped = mapping.iter().filter(is_meant);
    mapped.map(|it| it.key.to_string()).collect()
}

/// How many references and parts are gone through in search of a property.
const DEEPEST: usize = 8;
