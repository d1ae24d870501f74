//! `properties`, `required` and the keywords about further properties.

use indexmap::{IndexMap, IndexSet};

use super::Draft;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{Entry, Value};
use crate::model::{Schema, SchemaId};
use crate::normalize::cx::{At, Cx};
use crate::normalize::repair;

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    draft: &mut Draft,
    entry: &Entry,
    child: impl FnOnce() -> At<'a>,
) -> bool {
    let schema = &mut draft.schema;
    match &*entry.key {
        "properties" => schema.properties = map(cx, child(), "properties"),
        "patternProperties" => {
            schema.pattern_properties = map(cx, child(), "patternProperties").into();
        }
        "additionalProperties" => schema.additional_properties = Some(cx.schema(child())),
        "unevaluatedProperties" => draft.unevaluated_properties = Some(cx.schema(child())),
        "contentSchema" => schema.content_schema = Some(cx.schema(child())),
        "propertyNames" => schema.property_names = Some(cx.schema(child())),
        "required" => schema.required = required(cx, &child()),
        _ => return false,
    }
    true
}

/// A mapping from names to schemas.
fn map<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, key: &str) -> IndexMap<String, SchemaId> {
    let Some(at) = repair::referenced_map(cx, at, key) else {
        return IndexMap::new();
    };
    match &at.node.value {
        Value::Mapping(entries) if !cx.may_have(&at, key, entries.len()) => IndexMap::new(),
        Value::Mapping(entries) => {
            let schemas = entries
                .iter()
                .map(|entry| (entry.key.to_string(), cx.schema(at.child(entry))));
            schemas.collect()
        }
        Value::Null
        | Value::Boolean(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Sequence(_) => {
            let message = format!("`{key}` is {}, not a mapping", at.node.kind());
            let finding = cx.finding(Code::WrongType, &at, message);
            let finding = finding.label("expected a mapping from names to schemas");
            let help = "write each entry as `name: { type: string }`";
            cx.diagnostics.report(finding.help(help));
            IndexMap::new()
        }
    }
}

/// The names of required properties. A boolean is what JSON Schema had in draft 3, at the property itself;
/// it has no effect since.
fn required(cx: &mut Cx<'_, '_>, at: &At<'_>) -> Vec<String> {
    match &at.node.value {
        Value::Sequence(names) if !cx.may_have(at, "required", names.len()) => Vec::new(),
        Value::Sequence(_) => {
            let names = at
                .items()
                .filter_map(|it| repair::text(cx, &it, "required"));
            let names: IndexSet<String> = names.collect();
            names.into_iter().collect()
        }
        Value::Boolean(_) | Value::String(_) => {
            let finding = cx.finding(
                Code::WrongType,
                at,
                format!(
                    "`required` is {}, not a list; it is ignored",
                    at.node.kind()
                ),
            );
            let help = "list the required property names at the object that has the properties: `required: [id, name]`";
            cx.diagnostics.report(finding.harmless().help(help));
            Vec::new()
        }
        Value::Null | Value::Number(_) | Value::Mapping(_) => {
            let message = format!("`required` is {}, not a list", at.node.kind());
            let finding = cx.finding(Code::WrongType, at, message);
            let help = "list the required property names: `required: [id, name]`";
            cx.diagnostics
                .report(finding.label("expected a list of names").help(help));
            Vec::new()
        }
    }
}

/// Reports a required property that the schema does not describe.
pub(super) fn report_unknown_required(
    diagnostics: &mut Diagnostics,
    schema: &Schema,
    name: &str,
    suggest: bool,
) {
    let message = format!("`required` lists `{name}`, but `properties` does not define it");
    // To look for the name takes time, and there may be as many names as there are nodes.
    let place = if suggest {
        schema.place.keyword_value("required", name)
    } else {
        schema.place.clone()
    };
    let mut finding = Diagnostic::at(Code::UnknownRequiredProperty, &place, message)
        .label("read as a required property of any type");
    let few = suggest && schema.properties.len() <= 100 && schema.required.len() <= 100;
    let described = schema.properties.keys().filter(|_| few).map(String::as_str);
    let optional = described.filter(|it| !schema.required.iter().any(|required| required == it));
    if let Some(meant) = similar(name, optional) {
        finding = finding.help(format!("a property with a similar name exists: `{meant}`"));
    } else {
        let help = format!("define `{name}` under `properties`, or remove it from `required`");
        finding = finding.help(help);
    }
    diagnostics.report(finding);
}
