//! `$ref` and `$dynamicRef` in a schema, and what may stand beside it.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, Value};
use crate::model::Schema;
use crate::normalize::cx::{At, Cx};

/// Reads a reference. One that leads nowhere has been reported.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, schema: &mut Schema, at: &At<'a>, entry: &'a Entry) {
    if !matches!(entry.value.value, Value::String(_)) {
        let child = at.child(entry);
        cx.report(
            Code::WrongType,
            &child,
            format!("`{}` is {}, not text", entry.key, entry.value.kind()),
        );
        return;
    }
    let target = cx.schema_target(at);
    if target.is_none() && cx.target(at.node).is_some() {
        let text = entry.value.as_str().unwrap_or_default();
        let message = format!(
            "`{text}` leads to one of several schemas that have this `$dynamicAnchor`, by the way to it"
        );
        let finding = cx.finding(Code::UnsupportedFeature, &at.child(entry), message);
        let label = "read and written as any JSON value where no way tells which one";
        cx.diagnostics.report(finding.label(label));
    }
    schema.reference = target.map(|target| cx.schema(target));
}

/// Whether a keyword counts beside a `$ref` of 3.0. OAS 3.0.4 (Reference Object) ignores all of them; here
/// those count that do not change what the schema allows, and `nullable`, which everybody means.
pub(super) fn may_stand_beside(key: &str) -> bool {
    const ANNOTATIONS: &[&str] = &[
        "$ref",
        "default",
        "deprecated",
        "description",
        "example",
        "externalDocs",
        "nullable",
        "readOnly",
        "summary",
        "title",
        "writeOnly",
        "xml",
    ];
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

/// Reports a keyword that does not count beside a `$ref`, unless it only repeats what the target says: many
/// write `type: object` there.
pub(super) fn ignore_sibling(cx: &mut Cx<'_, '_>, at: &At<'_>, entry: &Entry) {
    let stated = cx
        .target(at.node)
        .and_then(|target| target.node.get(&entry.key)?.as_str());
    if stated.is_some() && stated == entry.value.as_str() {
        return;
    }
    let place = cx.key_place(at, entry);
    let message = format!("`{}` is ignored beside `$ref`", entry.key);
    let finding = Diagnostic::at(Code::UnknownField, &place, message);
    cx.diagnostics
        .report(finding.help("put the reference into `allOf` to have both"));
}
