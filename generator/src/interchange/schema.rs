//! Schemas in the form that 3.0 has for them.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Context, extend, external_docs, object, text};
use crate::model::{Bound, Discriminator, Schema, SchemaId, SimpleType};

/// A schema where it is used: a reference, when it is a component.
pub(super) fn used(cx: &mut Context, id: SchemaId) -> Value {
    match cx.names.schemas.get(&id) {
        Some(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        None => write(cx, id),
    }
}

/// A schema, written out.
pub(super) fn write(cx: &mut Context, id: SchemaId) -> Value {
    let schema = &cx.description.schemas[id];
    let mut written = keywords(cx, schema);
    if let Some(target) = schema.reference {
        let target = used(cx, target);
        // Beside a 3.0 reference nothing counts; siblings need an `allOf`.
        if written.is_empty() {
            return target;
        }
        let mut branches = vec![target];
        if let Some(Value::Array(others)) = written.remove("allOf") {
            branches.extend(others);
        }
        written.insert("allOf".to_owned(), Value::Array(branches));
    }
    Value::Object(written)
}

fn keywords(cx: &mut Context, schema: &Schema) -> Map<String, Value> {
    let mut written = object([
        ("title", text(schema.title.as_ref())),
        ("description", text(schema.description.as_ref())),
        ("format", format(schema)),
        ("pattern", text(schema.bounds.pattern.as_ref())),
        ("default", schema.default.clone()),
        ("example", schema.examples.first().cloned()),
        ("enum", enumeration(schema)),
        ("multipleOf", schema.bounds.multiple_of.as_ref().map(number)),
        ("minLength", schema.bounds.min_length.map(Value::from)),
        ("maxLength", schema.bounds.max_length.map(Value::from)),
        ("minItems", schema.bounds.min_items.map(Value::from)),
        ("maxItems", schema.bounds.max_items.map(Value::from)),
        (
            "minProperties",
            schema.bounds.min_properties.map(Value::from),
        ),
        (
            "maxProperties",
            schema.bounds.max_properties.map(Value::from),
        ),
        (
            "required",
            (!schema.required.is_empty()).then(|| json!(schema.required)),
        ),
        (
            "externalDocs",
            schema.external_docs.as_deref().map(external_docs),
        ),
        ("nullable", flag(schema.nullable)),
        ("deprecated", flag(schema.deprecated)),
        ("readOnly", flag(schema.read_only)),
        ("writeOnly", flag(schema.write_only)),
        ("uniqueItems", flag(schema.bounds.unique_items)),
    ]);
    bounds(schema, &mut written);
    subschemas(cx, schema, &mut written);
    types(cx, schema, &mut written);
    if !schema.satisfiable {
        written.insert("not".to_owned(), json!({}));
    }
    report(cx, schema);
    for (keyword, place) in &schema.other_keywords {
        cx.not_expressible(place, &format!("`{keyword}`"));
    }
    extend(&mut written, &schema.extensions);
    written
}

/// Reports what has no place in a schema of 3.0.
fn report(cx: &mut Context, schema: &Schema) {
    let is_base64 = schema.content_encoding.as_deref() == Some("base64");
    for (keyword, is_there) in [
        (
            "`if`, `then`, `else` or `dependentSchemas`",
            !schema.conditional.is_empty(),
        ),
        ("`prefixItems`", !schema.prefix_items.is_empty()),
        ("`patternProperties`", !schema.pattern_properties.is_empty()),
        ("`propertyNames`", schema.property_names.is_some()),
        ("`contentSchema`", schema.content_schema.is_some()),
        (
            "`contentEncoding`",
            schema.content_encoding.is_some() && !is_base64,
        ),
        ("`contentMediaType`", schema.content_media_type.is_some()),
        // 3.0 could, and the library has no field for it.
        ("`xml`", schema.xml.is_some()),
        (
            "more than one example of a schema",
            schema.examples.len() > 1,
        ),
    ] {
        if is_there {
            cx.not_expressible(&schema.place, keyword);
        }
    }
}

/// `format`, or what says `contentEncoding: base64` in 3.0.
fn format(schema: &Schema) -> Option<Value> {
    let is_base64 = schema.content_encoding.as_deref() == Some("base64");
    text(schema.format.as_ref()).or_else(|| is_base64.then(|| json!("byte")))
}

fn flag(set: bool) -> Option<Value> {
    set.then_some(Value::Bool(true))
}

/// `const` is an `enum` of one; null, which `nullable` says, must be listed too.
fn enumeration(schema: &Schema) -> Option<Value> {
    let mut values = match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => vec![constant.clone()],
        (None, Some(values)) => values.clone(),
        (None, None) => return None,
    };
    // 3.0 wants each value once; a set of their texts keeps this quick for many.
    let mut seen = HashSet::new();
    values.retain(|value| seen.insert(value.to_string()));
    if schema.nullable && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    Some(Value::Array(values))
}

fn number(bound: &Bound) -> Value {
    Value::Number(bound.value().clone())
}

/// Exclusive bounds are booleans beside the bound. Of two bounds on one side only the stricter counts.
fn bounds(schema: &Schema, written: &mut Map<String, Value>) {
    let size = |it: &Bound| it.value().as_f64().unwrap_or_default();
    let sides = [
        (
            "minimum",
            "exclusiveMinimum",
            &schema.bounds.minimum,
            &schema.bounds.exclusive_minimum,
            1.0,
        ),
        (
            "maximum",
            "exclusiveMaximum",
            &schema.bounds.maximum,
            &schema.bounds.exclusive_maximum,
            -1.0,
        ),
    ];
    for (bound, marker, inclusive, exclusive, sign) in sides {
        let exclusive = exclusive.as_ref().filter(|it| {
            inclusive
                .as_ref()
                .is_none_or(|other| size(it) * sign >= size(other) * sign)
        });
        if let Some(value) = exclusive.or(inclusive.as_ref()) {
            written.insert(bound.to_owned(), number(value));
        }
        if exclusive.is_some() {
            written.insert(marker.to_owned(), Value::Bool(true));
        }
    }
}

fn types(cx: &mut Context, schema: &Schema, written: &mut Map<String, Value>) {
    // Every integer is a number.
    let has_number = schema.types.contains(&SimpleType::Number);
    let types = schema.types.iter().copied();
    let types: Vec<_> = types
        .filter(|ty| !(has_number && *ty == SimpleType::Integer))
        .collect();
    match types[..] {
        [] => {}
        [SimpleType::Null] => {
            cx.not_expressible(&schema.place, "the type `null`");
        }
        [ty] => typed(ty, written),
        [..] => {
            let branches: Vec<_> = types
                .iter()
                .map(|ty| branch(*ty, &types, written))
                .collect();
            for ty in types {
                for keyword in keywords_of(ty) {
                    written.remove(*keyword);
                }
            }
            written.remove("format");
            if written.contains_key("anyOf") {
                // Both must hold.
                let all_of = written.entry("allOf").or_insert_with(|| json!([]));
                if let Value::Array(all_of) = all_of {
                    all_of.push(json!({ "anyOf": branches }));
                }
            } else {
                written.insert("anyOf".to_owned(), Value::Array(branches));
            }
        }
    }
}

/// Says the type. 3.0 demands `items` of every array.
fn typed(ty: SimpleType, written: &mut Map<String, Value>) {
    written.insert("type".to_owned(), json!(ty.as_str()));
    if ty == SimpleType::Array {
        written.entry("items").or_insert_with(|| json!({}));
    }
}

/// One of several types, with the keywords that are about it.
fn branch(ty: SimpleType, types: &[SimpleType], written: &Map<String, Value>) -> Value {
    let mut branch = Map::new();
    typed(ty, &mut branch);
    for keyword in keywords_of(ty) {
        if let Some(value) = written.get(*keyword) {
            branch.insert((*keyword).to_owned(), value.clone());
        }
    }
    // A format is of text, unless it is one of numbers or there is no text.
    let format = written.get("format").and_then(Value::as_str);
    let is_numeric = |it: &str| {
        ["int", "uint", "float", "double"]
            .iter()
            .any(|of| it.starts_with(of))
    };
    let is_text = !format.is_some_and(is_numeric) && types.contains(&SimpleType::String);
    let has_format = match ty {
        SimpleType::String => is_text,
        SimpleType::Integer | SimpleType::Number => !is_text,
        _ => false,
    };
    if let Some(format) = format.filter(|_| has_format) {
        branch.insert("format".to_owned(), json!(format));
    }
    Value::Object(branch)
}

/// The keywords that are about values of one type alone.
fn keywords_of(ty: SimpleType) -> &'static [&'static str] {
    match ty {
        SimpleType::Null | SimpleType::Boolean => &[],
        SimpleType::Integer | SimpleType::Number => &[
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "multipleOf",
        ],
        SimpleType::String => &["pattern", "minLength", "maxLength"],
        SimpleType::Array => &["items", "minItems", "maxItems", "uniqueItems"],
        SimpleType::Object => &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
    }
}

fn subschemas(cx: &mut Context, schema: &Schema, written: &mut Map<String, Value>) {
    if !schema.properties.is_empty() {
        let properties = schema
            .properties
            .iter()
            .map(|(name, id)| (name.clone(), used(cx, *id)))
            .collect();
        written.insert("properties".to_owned(), Value::Object(properties));
    }
    if let Some(items) = schema.items {
        let items = used(cx, items);
        written.insert("items".to_owned(), items);
    }
    if let Some(id) = schema.additional_properties {
        let value = if cx.description.schemas[id].satisfiable {
            used(cx, id)
        } else {
            Value::Bool(false)
        };
        written.insert("additionalProperties".to_owned(), value);
    }
    for (keyword, branches) in [
        ("allOf", &schema.all_of),
        ("anyOf", &schema.any_of),
        ("oneOf", &schema.one_of),
    ] {
        if branches.is_empty() {
            continue;
        }
        let branches = branches.iter().map(|id| used(cx, *id));
        written.insert(keyword.to_owned(), branches.collect());
    }
    if let Some(not) = schema.not {
        let not = used(cx, not);
        written.insert("not".to_owned(), not);
    }
    if let Some(it) = &schema.discriminator {
        let it = discriminator(cx, schema, it);
        written.insert("discriminator".to_owned(), it);
    }
}

fn discriminator(cx: &mut Context, schema: &Schema, discriminator: &Discriminator) -> Value {
    if discriminator.otherwise.is_some() {
        cx.not_expressible(&schema.place, "`defaultMapping`");
    }
    // What it maps to is a component, or has become one.
    let targets = discriminator.mapping.iter();
    let mapping: Map<_, _> = targets
        .filter_map(|(value, id)| Some((value.clone(), used(cx, *id).get("$ref")?.clone())))
        .collect();
    Value::Object(object([
        ("propertyName", Some(json!(discriminator.property))),
        (
            "mapping",
            (!mapping.is_empty()).then_some(Value::Object(mapping)),
        ),
    ]))
}
