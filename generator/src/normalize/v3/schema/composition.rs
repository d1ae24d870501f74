//! `allOf`, `anyOf`, `oneOf`, `not` and `discriminator`.

use indexmap::IndexMap;

use super::{Draft, array};
use crate::diagnostics::Code;
use crate::document::{Entry, Node, Value, reference_text};
use crate::model::{Discriminator, SchemaId};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    draft: &mut Draft,
    entry: &Entry,
    child: impl FnOnce() -> At<'a>,
) -> bool {
    match &*entry.key {
        "allOf" => {
            draft.schema.all_of = array::list(cx, &child(), "allOf");
            cx.schemas.branches.extend(&draft.schema.all_of);
        }
        "anyOf" => draft.schema.any_of = alternatives(cx, draft, &child(), "anyOf"),
        "oneOf" => draft.schema.one_of = alternatives(cx, draft, &child(), "oneOf"),
        "not" => draft.schema.not = Some(cx.schema(child())),
        "if" | "then" | "else" => {
            let condition = cx.schema(child());
            draft.schema.conditional.push(condition);
            cx.schemas.branches.insert(condition);
        }
        "dependentSchemas" | "dependencies" => dependent(cx, draft, &child()),
        "discriminator" => draft.schema.discriminator = discriminator(cx, child()).map(Box::new),
        _ => return false,
    }
    true
}

/// Schemas that hold when a property is there.
fn dependent<'a>(cx: &mut Cx<'a, '_>, draft: &mut Draft, at: &At<'a>) {
    if !cx.may_have(at, "dependentSchemas", at.node.entries().len()) {
        return;
    }
    for entry in at.node.entries() {
        let child = at.child(entry);
        // Older JSON Schema has lists of names among the schemas.
        if !matches!(child.node.value, Value::Sequence(_)) {
            let condition = cx.schema(child);
            draft.schema.conditional.push(condition);
            cx.schemas.branches.insert(condition);
        }
    }
}

/// The branches without the null ones, which become a type of the schema.
fn alternatives<'a>(
    cx: &mut Cx<'a, '_>,
    draft: &mut Draft,
    at: &At<'a>,
    key: &str,
) -> Vec<SchemaId> {
    if !matches!(at.node.value, Value::Sequence(_)) {
        return array::list(cx, at, key);
    }
    if !cx.may_have(at, key, at.node.items().len()) {
        return Vec::new();
    }
    let mut branches = Vec::new();
    for item in at.items() {
        if allows_only_null(cx, &item) {
            draft.null_type = true;
        } else {
            branches.push(cx.schema(item));
        }
    }
    cx.schemas.branches.extend(&branches);
    branches
}

/// Whether a branch says `null` and nothing else.
fn allows_only_null(cx: &Cx<'_, '_>, at: &At<'_>) -> bool {
    let target;
    let mut node = at.node;
    if node.entries().len() == 1 && reference_text(node).is_some() {
        let Some(found) = cx.target(node) else {
            return false;
        };
        target = found;
        node = target.node;
    }
    let is_null = |node: &Node| matches!(node.value, Value::Null);
    let only =
        |items: &[Node], test: &dyn Fn(&Node) -> bool| !items.is_empty() && items.iter().all(test);
    let is_null_type = |node: &Node| node.as_str() == Some("null");
    node.get("type")
        .is_some_and(|it| is_null_type(it) || only(it.items(), &is_null_type))
        || node.get("const").is_some_and(is_null)
        || node
            .get("enum")
            .is_some_and(|it| only(it.items(), &is_null))
}

/// OAS 3.1.1, Discriminator Object. A bare name is what 2.0 has in its stead; the values of the property are
/// then the names of definitions, as they are here without a `mapping`.
fn discriminator<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Discriminator> {
    if let Value::String(property) = &at.node.value {
        if cx.version > Version::V2 {
            let message =
                "`discriminator` is a bare name, as in OpenAPI 2.0; it is read as `propertyName`";
            cx.warn(Code::RepairedKeyword, &at, message);
        }
        return Some(Discriminator {
            property: property.to_string(),
            mapping: IndexMap::new(),
            otherwise: None,
        });
    }
    if cx.version == Version::V2 {
        let message =
            "`discriminator` is an object, as in OpenAPI 3.0; it is read as it would be there";
        cx.warn(Code::RepairedKeyword, &at, message);
    }
    let mut object = Object::read(cx, at, "discriminator object")?;
    let property = object.required_text(cx, "propertyName");
    let mut mapping = IndexMap::new();
    let mut otherwise = None;
    for (entry, at) in object.map(cx, "mapping") {
        if at.node.as_str().is_none() {
            let message = format!("the name of a schema is a string, not {}", at.node.kind());
            let finding = cx.finding(Code::WrongType, &at, message);
            cx.diagnostics
                .report(finding.label("expected a schema name or a URI"));
        }
        if let Some(target) = cx.schema_target(&at) {
            mapping.insert(entry.key.to_string(), cx.schema(target));
        }
    }
    if cx.version >= Version::V3_2 {
        otherwise = object
            .child(cx, "defaultMapping")
            .and_then(|at| cx.schema_target(&at))
            .map(|target| cx.schema(target));
    }
    object.finish(cx);
    Some(Discriminator {
        property: property?,
        mapping,
        otherwise,
    })
}
