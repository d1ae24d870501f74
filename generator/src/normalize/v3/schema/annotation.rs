//! Keywords that say something about a value and not which values there are.

use super::{Draft, xml};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::model::Schema;
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::repair;
use crate::normalize::v3::tag;

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    schema: &mut Schema,
    entry: &'a Entry,
    child: impl FnOnce() -> At<'a>,
) -> bool {
    let key = &*entry.key;
    match key {
        "title" => schema.title = prose(cx, &child(), key),
        "description" => schema.description = prose(cx, &child(), key),
        // A Reference Object has a summary since 3.1; beside a schema's reference it is meant likewise.
        "summary" => schema.title = schema.title.take().or_else(|| prose(cx, &child(), key)),
        "default" => schema.default = Some(entry.value.to_json()),
        "example" => schema.examples.insert(0, entry.value.to_json()),
        "examples" => examples(cx, schema, &child()),
        "deprecated" => schema.deprecated = repair::boolean(cx, &child(), key).unwrap_or(false),
        "readOnly" => schema.read_only = repair::boolean(cx, &child(), key).unwrap_or(false),
        "writeOnly" => schema.write_only = repair::boolean(cx, &child(), key).unwrap_or(false),
        "contentEncoding" => schema.content_encoding = prose(cx, &child(), key),
        "contentMediaType" => schema.content_media_type = prose(cx, &child(), key),
        "xml" => schema.xml = xml::read(cx, child()),
        "externalDocs" => schema.external_docs = tag::docs(cx, child()),
        _ => return false,
    }
    true
}

fn prose(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str) -> Option<String> {
    repair::text(cx, at, key)
}

/// `examples` is a list in a schema; as a mapping, as media types have it, its values are meant.
fn examples(cx: &mut Cx<'_, '_>, schema: &mut Schema, at: &At<'_>) {
    match &at.node.value {
        Value::Sequence(items) => schema.examples.extend(items.iter().map(Node::to_json)),
        Value::Null
        | Value::Boolean(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Mapping(_) => {
            let message = format!(
                "`examples` is {}, not a list, and is ignored",
                at.node.kind()
            );
            cx.warn(Code::WrongType, at, message);
        }
    }
}

/// Keeps an extension. `x-nullable` is what 2.0 documents say, which have no `nullable`, and survives in
/// converted ones.
pub(super) fn extension(cx: &mut Cx<'_, '_>, draft: &mut Draft, at: &At<'_>, entry: &Entry) {
    if &*entry.key == "x-nullable" && matches!(entry.value.value, Value::Boolean(true)) {
        if cx.version > Version::V2 {
            let place = cx.key_place(at, entry);
            let message = "`x-nullable` was read as a further type `null`";
            let finding = Diagnostic::at(Code::RepairedKeyword, &place, message);
            cx.diagnostics.report(finding);
        }
        draft.nullable = true;
    }
    draft
        .schema
        .extensions
        .insert(entry.key.to_string(), entry.value.to_json());
}
