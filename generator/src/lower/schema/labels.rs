//! What the values of an `enum` are called and mean. OpenAPI cannot say it; several extensions can.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::extensions::{VALUE_DESCRIPTIONS, VALUE_NAMES, VALUES};
use crate::lower::context::Context;
use crate::model::Schema;

/// What a value is called, and what it means.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
}

/// The labels of a schema's values, in their order. A name of the configuration, `/enum/0`, goes first.
pub(super) fn of(cx: &mut Context, schema: &Schema, values: &[Value]) -> Vec<Label> {
    let names = texts(cx, schema, values, &VALUE_NAMES, "name");
    let descriptions = texts(cx, schema, values, &VALUE_DESCRIPTIONS, "description");
    let listed = schema.place.pointer.child("enum");
    let mut labels = Vec::new();
    for (index, (name, description)) in names.into_iter().zip(descriptions).enumerate() {
        let place = Place {
            pointer: listed.item(index),
            ..schema.place.clone()
        };
        let given = cx.renames.name(&place).map(str::to_owned);
        let name = given.or(name.filter(|name| !name.is_empty()));
        labels.push(Label { name, description });
    }
    report_repeated(cx, schema, &labels);
    labels
}

/// What the first of the `keywords` that the schema has says of each value; without any, what [`VALUES`] says.
fn texts(
    cx: &mut Context,
    schema: &Schema,
    values: &[Value],
    keywords: &[&str],
    field: &str,
) -> Vec<Option<String>> {
    let stated = keywords
        .iter()
        .find_map(|keyword| Some((*keyword, schema.extensions.get(*keyword)?)));
    match stated {
        Some((keyword, Value::Array(list))) => {
            if list.len() != values.len() {
                let (stated, values) = (list.len(), values.len());
                let message = format!("`{keyword}` has {stated} entries for {values} values");
                report(cx, schema, message, "what is there counts by position");
            }
            let texts = list.iter().map(|text| text.as_str().map(str::to_owned));
            texts
                .chain(std::iter::repeat(None))
                .take(values.len())
                .collect()
        }
        Some((keyword, Value::Object(map))) => {
            let known: HashSet<String> = values.iter().map(text).collect();
            let unknown = map.keys().find(|key| !known.contains(*key));
            if let Some(unknown) = unknown {
                let message = format!(
                    "`{keyword}` has an entry for `{unknown}`, which is not an `enum` value"
                );
                report(cx, schema, message, "ignored");
            }
            let entry = |value: &Value| map.get(&text(value))?.as_str().map(str::to_owned);
            values.iter().map(entry).collect()
        }
        Some((keyword, _)) => {
            let message = format!("`{keyword}` is neither a list nor a mapping");
            report(cx, schema, message, "ignored");
            vec![None; values.len()]
        }
        None => {
            let objects = schema.extensions.get(VALUES);
            let objects = objects.and_then(|it| it.get("values")?.as_array());
            let of_value = |object: &'_ Value| Some((text(object.get("value")?), object.clone()));
            // Of several objects for one value the first counts.
            let objects = objects.into_iter().flatten().rev().filter_map(of_value);
            let objects: HashMap<String, Value> = objects.collect();
            let entry = |value: &Value| {
                let stated = objects.get(&text(value))?.get(field)?;
                stated.as_str().map(str::to_owned)
            };
            values.iter().map(entry).collect()
        }
    }
}

/// A value as a key of a mapping.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Says which names are given twice: then the second has no effect.
fn report_repeated(cx: &mut Context, schema: &Schema, labels: &[Label]) {
    let mut known = BTreeSet::new();
    for name in labels.iter().filter_map(|label| label.name.as_ref()) {
        if !known.insert(name) {
            let message = format!("two `enum` values have the name `{name}`");
            report(
                cx,
                schema,
                message,
                "one of them is named after its value instead",
            );
        }
    }
}

fn report(cx: &mut Context, schema: &Schema, message: String, consequence: &str) {
    let finding = Diagnostic::at(Code::InvalidExtension, &schema.place, message);
    cx.report(finding.label(consequence.to_owned()));
}
