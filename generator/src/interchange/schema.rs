//! Schemas in the form that 3.0 has for them.

use serde_json::{Map, Value, json};

use super::{Context, extend, external_docs, object, text};
use crate::model::{Schema, SchemaId, SimpleType};

/// A component schema, written out.
pub(super) fn component(cx: &mut Context, id: SchemaId) -> Value {
    cx.open.push(id);
    let written = write(cx, id);
    cx.open.pop();
    written
}

/// A schema where it is used: a reference, when it is a component.
pub(super) fn used(cx: &mut Context, id: SchemaId) -> Value {
    let schema = &cx.description.schemas[id];
    if let Some(name) = &schema.component
        && cx.description.component_schemas.get(name) == Some(&id)
    {
        return json!({ "$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1")) });
    }
    if cx.open.contains(&id) {
        cx.not_expressible(&schema.place, "that an inline schema contains itself");
        return json!({});
    }
    component(cx, id)
}

fn write(cx: &mut Context, id: SchemaId) -> Value {
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
        ("format", text(schema.format.as_ref())),
        ("pattern", text(schema.pattern.as_ref())),
        ("default", schema.default.clone()),
        ("example", schema.examples.first().cloned()),
        ("enum", enumeration(schema)),
        ("multipleOf", schema.multiple_of.clone().map(Value::Number)),
        ("minLength", schema.min_length.map(Value::from)),
        ("maxLength", schema.max_length.map(Value::from)),
        ("minItems", schema.min_items.map(Value::from)),
        ("maxItems", schema.max_items.map(Value::from)),
        ("minProperties", schema.min_properties.map(Value::from)),
        ("maxProperties", schema.max_properties.map(Value::from)),
        (
            "required",
            (!schema.required.is_empty()).then(|| json!(schema.required)),
        ),
        (
            "externalDocs",
            schema.external_docs.as_ref().map(external_docs),
        ),
        ("nullable", flag(schema.nullable)),
        ("deprecated", flag(schema.deprecated)),
        ("readOnly", flag(schema.read_only)),
        ("writeOnly", flag(schema.write_only)),
        ("uniqueItems", flag(schema.unique_items)),
    ]);
    bounds(schema, &mut written);
    types(cx, schema, &mut written);
    subschemas(cx, schema, &mut written);
    if !schema.satisfiable {
        written.insert("not".to_owned(), json!({}));
    }
    if !schema.conditional.is_empty() {
        cx.not_expressible(&schema.place, "`if`, `then`, `else` or `dependentSchemas`");
    }
    for (keyword, place) in &schema.other_keywords {
        cx.not_expressible(place, &format!("`{keyword}`"));
    }
    extend(&mut written, &schema.extensions);
    written
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
    if schema.nullable && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    Some(Value::Array(values))
}

/// Exclusive bounds are booleans beside the bound. Of two bounds on one side only the stricter counts.
fn bounds(schema: &Schema, written: &mut Map<String, Value>) {
    let number = |it: &serde_json::Number| it.as_f64().unwrap_or_default();
    let sides = [
        (
            "minimum",
            "exclusiveMinimum",
            &schema.minimum,
            &schema.exclusive_minimum,
            1.0,
        ),
        (
            "maximum",
            "exclusiveMaximum",
            &schema.maximum,
            &schema.exclusive_maximum,
            -1.0,
        ),
    ];
    for (bound, marker, inclusive, exclusive, sign) in sides {
        let exclusive = exclusive.as_ref().filter(|it| {
            inclusive
                .as_ref()
                .is_none_or(|other| number(it) * sign >= number(other) * sign)
        });
        if let Some(value) = exclusive.or(inclusive.as_ref()) {
            written.insert(bound.to_owned(), Value::Number(value.clone()));
        }
        if exclusive.is_some() {
            written.insert(marker.to_owned(), Value::Bool(true));
        }
    }
}

fn types(cx: &mut Context, schema: &Schema, written: &mut Map<String, Value>) {
    match schema.types[..] {
        [] => {}
        [SimpleType::Null] => {
            cx.not_expressible(&schema.place, "the type `null`");
        }
        [ty] => {
            written.insert("type".to_owned(), json!(ty.as_str()));
            // 3.0 demands `items` of every array.
            if ty == SimpleType::Array && schema.items.is_none() {
                written.insert("items".to_owned(), json!({}));
            }
        }
        [..] if schema.any_of.is_empty() => {
            let branches = schema.types.iter().map(|ty| match ty {
                SimpleType::Array => json!({ "type": "array", "items": {} }),
                other => json!({ "type": other.as_str() }),
            });
            written.insert("anyOf".to_owned(), branches.collect());
        }
        [..] => cx.not_expressible(
            &schema.place,
            "that a value has one of several types and satisfies `anyOf`",
        ),
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
        if !branches.is_empty() {
            let branches = branches.iter().map(|id| used(cx, *id)).collect();
            written.insert(keyword.to_owned(), Value::Array(branches));
        }
    }
    if let Some(not) = schema.not {
        let not = used(cx, not);
        written.insert("not".to_owned(), not);
    }
    if let Some(discriminator) = &schema.discriminator {
        let mapping: Map<_, _> = discriminator
            .mapping
            .iter()
            .filter_map(|(value, id)| {
                let target = used(cx, *id);
                Some((value.clone(), target.get("$ref")?.clone()))
            })
            .collect();
        let written_discriminator =
            json!({ "propertyName": discriminator.property, "mapping": mapping });
        written.insert("discriminator".to_owned(), written_discriminator);
    }
    if !schema.prefix_items.is_empty() {
        cx.not_expressible(&schema.place, "`prefixItems`");
    }
    if !schema.pattern_properties.is_empty() {
        cx.not_expressible(&schema.place, "`patternProperties`");
    }
}
