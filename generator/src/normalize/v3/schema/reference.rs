//! `$ref` and `$dynamicRef` in a schema, and what may stand beside it.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, Value};
use crate::model::Schema;
use crate::normalize::cx::{At, Cx};

/// Reads a reference. One that leads nowhere has been reported.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, schema: &mut Schema, at: &At<'a>, entry: &'a Entry) {
    if !matches!(entry.value.value, Value::String(_)) {
        let child = at.child(entry);
        let message = format!("`{}` is {}, not a string", entry.key, entry.value.kind());
        let finding = cx.finding(Code::WrongType, &child, message);
        let help = "write a reference such as `'#/components/schemas/Pet'`";
        cx.diagnostics
            .report(finding.label("expected a reference").help(help));
        return;
    }
    let target = cx.schema_target(at);
    if target.is_none() && cx.target(at.node).is_some() {
        let text = entry.value.as_str().unwrap_or_default();
        let message = format!(
            "`{text}` can refer to several schemas with this `$dynamicAnchor`, depending on the path to it"
        );
        let finding = cx.finding(Code::UnsupportedFeature, &at.child(entry), message);
        let label = "read and written as any JSON value where the path does not decide";
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
    let message = format!("`{}` next to `$ref` is ignored", entry.key);
    let finding = Diagnostic::at(Code::UnknownField, &place, message).label("ignored");
    cx.diagnostics
        .report(finding.help("to keep both, move the reference into `allOf`"));
}
