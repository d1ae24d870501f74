//! OAS 3.1.1, Schema Object, and those of OAS 3.0.4 and 2.0, which have become the same.
//!
//! Each file reads a group of keywords. A keyword that depends on another is put into a [`Draft`] and comes to
//! its own at the end, since keywords have no order.

mod annotation;
mod array;
mod composition;
mod constraint;
mod object;
mod reference;
mod types;
mod xml;

use crate::diagnostics::Code;
use crate::document::{Entry, Value, reference_text};
use crate::model::{Schema, SchemaId};
use crate::normalize::cx::{At, Cx, MOST_SUGGESTIONS, Version};
use crate::normalize::object::unknown;
use crate::normalize::repair;

pub(in crate::normalize) use types::named as named_type;
pub(in crate::normalize) use xml::state_names;

/// A schema whose keywords have been read one by one.
struct Draft {
    schema: Schema,
    /// `nullable: true`, or what stands for it.
    nullable: bool,
    /// `null` is one of the types.
    null_type: bool,
    /// `exclusiveMinimum: true` (3.0)
    excludes_minimum: bool,
    /// `exclusiveMaximum: true` (3.0)
    excludes_maximum: bool,
    /// `unevaluatedProperties` (3.1)
    unevaluated_properties: Option<SchemaId>,
    /// `unevaluatedItems` (3.1)
    unevaluated_items: Option<SchemaId>,
    /// `type: file` (2.0), or what is meant by another type that there is not.
    meant_format: Option<&'static str>,
}

/// Reads every schema that has been met, and those that are met meanwhile.
pub(in crate::normalize) fn read_waiting(cx: &mut Cx<'_, '_>) {
    while let Some((id, at)) = cx.schemas.next() {
        let index = id.0 as usize;
        let mut schema = read(cx, &at);
        let known = &mut cx.schemas.schemas.0[index];
        schema.component = known.component.take();
        schema.description = known.description.take().or(schema.description);
        cx.schemas.schemas.0[index] = schema;
    }
    check_required(cx);
}

fn read<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>) -> Schema {
    let mut schema = Schema::any(cx.place(at));
    schema.is_copy = cx.is_copy(at);
    match &at.node.value {
        Value::Mapping(entries) => return read_keywords(cx, at, entries, schema),
        Value::Boolean(satisfiable) => schema.satisfiable = *satisfiable,
        Value::Null => {
            cx.warn(
                Code::WrongType,
                at,
                "the schema has no value; it allows every value",
            );
        }
        Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
            let kind = at.node.kind();
            let message = format!("expected a schema, found {kind}");
            let finding = cx.finding(Code::WrongType, at, message).harmless();
            let help = "write a mapping such as `{ type: string }`";
            cx.diagnostics
                .report(finding.label("any value is allowed").help(help));
        }
    }
    schema
}

/// Reads the keywords among the `entries` of a node into a schema.
pub(in crate::normalize) fn read_keywords<'a>(
    cx: &mut Cx<'a, '_>,
    at: &At<'a>,
    entries: impl IntoIterator<Item = &'a Entry>,
    schema: Schema,
) -> Schema {
    let mut draft = Draft {
        schema,
        nullable: false,
        null_type: false,
        excludes_minimum: false,
        excludes_maximum: false,
        unevaluated_properties: None,
        unevaluated_items: None,
        meant_format: None,
    };
    let ignores_siblings = cx.version < Version::V3_1 && reference_text(at.node).is_some();
    for entry in entries {
        if ignores_siblings && !reference::may_stand_beside(&entry.key) {
            reference::ignore_sibling(cx, at, entry);
        } else {
            keyword(cx, &mut draft, at, entry);
        }
    }
    types::finish(cx, &mut draft, at);
    annotation::check_default(cx, &draft.schema, at);
    constraint::finish(&mut draft);
    xml::finish(cx, &mut draft.schema, at);
    let mut schema = draft.schema;
    schema.additional_properties = schema
        .additional_properties
        .or(draft.unevaluated_properties);
    schema.items = schema.items.or(draft.unevaluated_items);
    schema
}

/// Reads one keyword.
fn keyword<'a>(cx: &mut Cx<'a, '_>, draft: &mut Draft, at: &At<'a>, entry: &'a Entry) {
    let key = &*entry.key;
    let child = || at.child(entry);
    if key.starts_with("x-") {
        annotation::extension(cx, draft, at, entry);
        return;
    }
    if is_empty(entry) {
        let message = format!("`{key}` has no value; it is ignored");
        cx.warn(Code::WrongType, &child(), message);
        return;
    }
    if matches!(key, "allOf" | "anyOf" | "oneOf") {
        cx.values.hold(at.node, &entry.value);
    }
    let is_known = types::read(cx, draft, at, entry)
        || object::read(cx, draft, entry, child)
        || array::read(cx, draft, at, entry)
        || composition::read(cx, draft, entry, child)
        || annotation::read(cx, &mut draft.schema, at, entry)
        || constraint::read(cx, draft, at, entry);
    if is_known {
        if cx.version < Version::V3_1 && SINCE_3_1.contains(&key) {
            repair::foreign_keyword(cx, at, entry, Version::V3_1, "it would be there");
        } else if cx.version < Version::V3_0 && SINCE_3_0.contains(&key) {
            repair::foreign_keyword(cx, at, entry, Version::V3_0, "it would be there");
        }
    } else if key == "$ref" || (key == "$dynamicRef" && at.node.get("$ref").is_none()) {
        reference::read(cx, &mut draft.schema, at, entry);
    } else if OTHER_KEYWORDS.contains(&key) {
        let place = cx.key_place(at, entry);
        draft.schema.other_keywords.push((key.to_owned(), place));
    } else if !(WITHOUT_MEANING.contains(&key)
        || cx.version == Version::V2 && key == "collectionFormat")
    {
        unknown(cx, at, entry, "schema", KEYWORDS);
    }
}

/// Whether a keyword has no value: `null` is what YAML gives for a key alone. It means something only where any value
/// may stand, and as a type.
fn is_empty(entry: &Entry) -> bool {
    let key = &*entry.key;
    let may_be_null = matches!(key, "const" | "default" | "example" | "type");
    let lists = [KEYWORDS, SINCE_3_0, SINCE_3_1, OTHER_KEYWORDS];
    matches!(entry.value.value, Value::Null)
        && !may_be_null
        && lists.iter().any(|keywords| keywords.contains(&key))
}

/// Keywords that the model has a field for, and that 2.0 does not have.
const SINCE_3_0: &[&str] = &["anyOf", "deprecated", "not", "oneOf", "writeOnly"];

/// Keywords that the model has a field for, and that 3.0 does not have.
const SINCE_3_1: &[&str] = &[
    "const",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentSchemas",
    "else",
    "examples",
    "if",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that the model only lists.
const OTHER_KEYWORDS: &[&str] = &[
    "$dynamicRef",
    "$recursiveAnchor",
    "$recursiveRef",
    "$vocabulary",
    "additionalItems",
    "contains",
    "dependentRequired",
    "maxContains",
    "minContains",
];

/// Keywords that say nothing about a value: comments, and places to refer to.
const WITHOUT_MEANING: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "definitions",
];

/// What an unknown keyword may have been meant to be.
const KEYWORDS: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Every required property should be described, unless another schema may do so.
fn check_required(cx: &mut Cx<'_, '_>) {
    let mut findings = 0;
    for (index, schema) in cx.schemas.schemas.0.iter().enumerate() {
        let id = SchemaId(u32::try_from(index).expect("schemas are numbered in 32 bits"));
        let is_open = schema.reference.is_some()
            || schema
                .additional_properties
                .is_some_and(|it| cx.schemas.schemas[it].satisfiable)
            || !(schema.all_of.is_empty() && schema.any_of.is_empty() && schema.one_of.is_empty())
            || !schema.pattern_properties.is_empty();
        if schema.properties.is_empty() || is_open || cx.schemas.branches.contains(&id) {
            continue;
        }
        for name in schema
            .required
            .iter()
            .filter(|name| !schema.properties.contains_key(*name))
        {
            findings += 1;
            let suggest = findings <= MOST_SUGGESTIONS;
            object::report_unknown_required(cx.diagnostics, schema, name, suggest);
        }
    }
}
