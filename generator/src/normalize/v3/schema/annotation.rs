//! Keywords that say something about a value and not which values there are.

use serde_json::Value as Json;

use super::{Draft, xml};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::model::{Schema, SimpleType};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::v3::tag;
use crate::normalize::{object, repair, values};

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    schema: &mut Schema,
    at: &At<'a>,
    entry: &'a Entry,
) -> bool {
    let key = &*entry.key;
    let child = || at.child(entry);
    match key {
        "title" => schema.title = prose(cx, &child(), key),
        "description" => schema.description = prose(cx, &child(), key),
        // A Reference Object has a summary since 3.1; beside a schema's reference it is meant likewise.
        "summary" => schema.title = schema.title.take().or_else(|| prose(cx, &child(), key)),
        "default" => schema.default = Some(values::of_keyword(cx, &child(), at.node, key)),
        "example" => {
            let example = values::fitted(cx, at.file, &entry.value, at.node).json;
            schema.examples.insert(0, example);
        }
        "examples" => examples(cx, schema, at.node, &child()),
        "deprecated" => schema.deprecated = repair::boolean(cx, &child(), key).unwrap_or(false),
        "readOnly" => schema.read_only = repair::boolean(cx, &child(), key).unwrap_or(false),
        "writeOnly" => schema.write_only = repair::boolean(cx, &child(), key).unwrap_or(false),
        "contentEncoding" => schema.content_encoding = prose(cx, &child(), key),
        "contentMediaType" => schema.content_media_type = prose(cx, &child(), key),
        "xml" => schema.xml = xml::read(cx, child()).map(Box::new),
        "externalDocs" => schema.external_docs = tag::docs(cx, child()).map(Box::new),
        _ => return false,
    }
    true
}

fn prose(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str) -> Option<String> {
    repair::text(cx, at, key)
}

/// `examples` is a list in a schema; as a mapping, as media types have it, its values are meant.
fn examples<'a>(cx: &mut Cx<'a, '_>, schema: &mut Schema, node: &'a Node, at: &At<'a>) {
    match &at.node.value {
        Value::Sequence(items) => {
            let read = |it: &Node| values::fitted(cx, at.file, it, node).json;
            schema.examples.extend(items.iter().map(read));
        }
        Value::Null
        | Value::Boolean(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Mapping(_) => {
            let message = format!(
                "`examples` is {}, not a list; it is ignored",
                at.node.kind()
            );
            cx.warn(Code::WrongType, at, message);
        }
    }
}

/// Says that a default is no value of its schema. It is shown to readers, and otherwise of no use.
pub(super) fn check_default(cx: &mut Cx<'_, '_>, schema: &Schema, at: &At<'_>) {
    let Some(default) = schema.default.as_ref().filter(|it| !it.is_null()) else {
        return;
    };
    let mut entries = at.node.entries().iter();
    let Some(entry) = entries.find(|it| &*it.key == "default") else {
        return;
    };
    let types = values::types(cx, at.node);
    let is_listed = |listed: &Vec<Json>| listed.contains(default);
    let (message, keyword) = if !types.is_empty() && !types.iter().any(|ty| is_of(default, *ty)) {
        let names: Vec<_> = types
            .iter()
            .map(|ty| format!("`{}`", ty.as_str()))
            .collect();
        (
            format!("`default` does not have the type {}", names.join(" or ")),
            "type",
        )
    } else if !schema.enumeration.as_ref().is_none_or(is_listed) {
        (
            "`default` is not one of the `enum` values".to_owned(),
            "enum",
        )
    } else {
        return;
    };
    let finding = cx.finding(Code::UnfitDefault, &at.child(entry), message);
    let mut finding = finding.label("only shown in the documentation");
    let mut entries = at.node.entries().iter();
    if let Some(stated) = entries.find(|it| &*it.key == keyword) {
        let text = format!("`{keyword}` does not allow it");
        finding = finding.related(&cx.place(&at.child(stated)), text);
    }
    cx.diagnostics
        .report(finding.help("use a value that the schema allows, or remove `default`"));
}

/// Whether a value is of a type. A number that was too large for one is text by now.
fn is_of(value: &Json, ty: SimpleType) -> bool {
    match ty {
        SimpleType::Null => value.is_null(),
        SimpleType::Boolean => value.is_boolean(),
        SimpleType::Integer => value.as_f64().is_some_and(|it| it.fract() == 0.0),
        SimpleType::Number => value.is_number(),
        SimpleType::String => value.is_string(),
        SimpleType::Array => value.is_array(),
        SimpleType::Object => value.is_object(),
    }
}

/// Keeps an extension. `x-nullable` is what 2.0 documents say, which have no `nullable`, and survives in
/// converted ones.
pub(super) fn extension<'a>(cx: &mut Cx<'a, '_>, draft: &mut Draft, at: &At<'a>, entry: &'a Entry) {
    object::check_extension(cx, at, entry);
    if &*entry.key == "x-nullable" && matches!(entry.value.value, Value::Boolean(true)) {
        if cx.version > Version::V2 {
            let place = cx.key_place(at, entry);
            let message = "`x-nullable` is read as `nullable`";
            let finding = Diagnostic::at(Code::RepairedKeyword, &place, message);
            cx.diagnostics.report(finding);
        }
        draft.nullable = true;
    }
    let key = &*entry.key;
    let value = match key {
        "x-ms-enum" => named_values(cx, at, &entry.value),
        _ if key.starts_with("x-enum") => values::texts(cx, at.file, &entry.value),
        _ => entry.value.to_json(),
    };
    draft.schema.extensions.insert(key.to_owned(), value);
}

/// An extension whose `values` are objects, each with a `value` of the schema and words for it.
fn named_values<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>, extension: &'a Node) -> Json {
    let mut json = extension.to_json();
    let listed = extension.get("values").map_or(&[][..], Node::items);
    let list = json.get_mut("values").and_then(Json::as_array_mut);
    for (item, node) in list.into_iter().flatten().zip(listed) {
        for entry in node.entries() {
            let node = &entry.value;
            item[&*entry.key] = if &*entry.key == "value" {
                values::fitted(cx, at.file, node, at.node).json
            } else {
                values::texts(cx, at.file, node)
            };
        }
    }
    json
}
