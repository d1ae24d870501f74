//! `items` and `prefixItems`.

use super::Draft;
use crate::diagnostics::Code;
use crate::document::{Entry, Value};
use crate::model::SchemaId;
use crate::normalize::cx::{At, Cx};

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    draft: &mut Draft,
    at: &At<'a>,
    entry: &'a Entry,
) -> bool {
    let schema = &mut draft.schema;
    let is_list = matches!(entry.value.value, Value::Sequence(_));
    match &*entry.key {
        "items" if is_list => {
            let child = at.child(entry);
            let message = "`items` is a list, as in older JSON Schema; it is read as `prefixItems`";
            cx.warn(Code::RepairedKeyword, &child, message);
            schema.prefix_items = list(cx, &child, "items");
        }
        "items" => schema.items = Some(cx.schema(at.child(entry))),
        "additionalItems"
            if at
                .node
                .get("items")
                .is_some_and(|it| !it.items().is_empty()) =>
        {
            schema.items = Some(cx.schema(at.child(entry)));
        }
        "unevaluatedItems" => draft.unevaluated_items = Some(cx.schema(at.child(entry))),
        "prefixItems" => schema.prefix_items = list(cx, &at.child(entry), "prefixItems"),
        _ => return false,
    }
    true
}

/// A list of schemas.
pub(super) fn list<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>, key: &str) -> Vec<SchemaId> {
    if !matches!(at.node.value, Value::Sequence(_)) {
        let message = format!("`{key}` is {}, not a list", at.node.kind());
        let finding = cx.finding(Code::WrongType, at, message);
        cx.diagnostics.report(
            finding
                .label("expected a list of schemas")
                .help("start each schema with `- `"),
        );
    }
    if !cx.may_have(at, key, at.node.items().len()) {
        return Vec::new();
    }
    at.items().map(|item| cx.schema(item)).collect()
}
