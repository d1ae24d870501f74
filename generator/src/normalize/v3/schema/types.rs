//! `type`, `format`, `nullable`, `enum` and `const`: which values a schema allows at all.

use serde_json::Value as Json;

use super::Draft;
use crate::diagnostics::{Code, similar};
use crate::document::{Entry, Value};
use crate::model::{Extensions, SimpleType};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::{repair, values};

/// The types, by name.
const TYPES: [(&str, SimpleType); 7] = [
    ("null", SimpleType::Null),
    ("boolean", SimpleType::Boolean),
    ("integer", SimpleType::Integer),
    ("number", SimpleType::Number),
    ("string", SimpleType::String),
    ("array", SimpleType::Array),
    ("object", SimpleType::Object),
];

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    draft: &mut Draft,
    at: &At<'a>,
    entry: &'a Entry,
) -> bool {
    match &*entry.key {
        "type" => types(cx, draft, at, entry),
        "format" => {
            draft.schema.format = repair::text(cx, &at.child(entry), "format");
        }
        "nullable" => {
            if cx.version != Version::V3_0 {
                repair::foreign_keyword(cx, at, entry, Version::V3_0, "an additional type `null`");
            }
            draft.nullable |= repair::boolean(cx, &at.child(entry), "nullable").unwrap_or(false);
        }
        "enum" => {
            let child = at.child(entry);
            if !cx.may_have(&child, "enum", entry.value.items().len()) {
                return true;
            }
            draft.schema.enumeration = Some(if matches!(entry.value.value, Value::Sequence(_)) {
                values::list(cx, &child, at.node, "enum")
            } else {
                let kind = entry.value.kind();
                let message =
                    format!("`enum` is {kind}, not a list; it is read as a list with one value");
                let finding = cx.finding(Code::WrongType, &child, message).harmless();
                let help = "write a list, even for one value: `enum: [VALUE]`";
                cx.diagnostics
                    .report(finding.label("expected a list").help(help));
                vec![values::of_keyword(cx, &child, at.node, "enum")]
            });
        }
        "const" => {
            let value = values::of_keyword(cx, &at.child(entry), at.node, "const");
            draft.schema.constant = Some(value);
        }
        _ => return false,
    }
    true
}

/// Reads `type`, a name or (since 3.1) a list of names.
fn types<'a>(cx: &mut Cx<'a, '_>, draft: &mut Draft, at: &At<'a>, entry: &'a Entry) {
    let child = at.child(entry);
    match &entry.value.value {
        Value::Sequence(_) => {
            if cx.version < Version::V3_1 {
                repair::foreign_keyword(cx, at, entry, Version::V3_1, "a list of types");
            }
            for item in child.items() {
                simple_type(cx, draft, &item);
            }
        }
        Value::String(name) => {
            if &**name == "null" && cx.version < Version::V3_1 {
                let message =
                    "the type `null` comes from OpenAPI 3.1; it is read as it would be there";
                cx.warn(Code::RepairedKeyword, &child, message);
            }
            simple_type(cx, draft, &child);
        }
        // `type: null` without quotes is the null value in YAML.
        Value::Null if cx.version >= Version::V3_1 => {
            cx.warn(
                Code::WrongType,
                &child,
                "`type` is null without quotes; it is read as `'null'`",
            );
            draft.null_type = true;
        }
        Value::Null => cx.warn(
            Code::WrongType,
            &child,
            "`type` has no value; it is ignored",
        ),
        Value::Boolean(_) | Value::Number(_) | Value::Mapping(_) => {
            let message = format!(
                "`type` is {}, not a string; it is ignored",
                entry.value.kind()
            );
            let finding = cx.finding(Code::WrongType, &child, message).harmless();
            let help = "write a type such as `string` or `integer`";
            cx.diagnostics
                .report(finding.label("expected a type").help(help));
        }
    }
}

fn simple_type(cx: &mut Cx<'_, '_>, draft: &mut Draft, at: &At<'_>) {
    let Some(name) = at.node.as_str() else {
        if at.is_null() {
            draft.null_type = true;
            return;
        }
        let message = format!("a type is a string, not {}; it is ignored", at.node.kind());
        cx.warn(Code::WrongType, at, message);
        return;
    };
    match TYPES.iter().find(|(known, _)| *known == name) {
        Some((_, SimpleType::Null)) => draft.null_type = true,
        Some((_, ty)) if !draft.schema.types.contains(ty) => draft.schema.types.push(*ty),
        Some(_) => {}
        None if meant(cx, draft, at, name) => {}
        None => {
            let message = format!("`{name}` is not a type; it is ignored");
            let finding = cx.finding(Code::InvalidValue, at, message).harmless();
            let finding = finding.label("expected a type such as `string`");
            let names = TYPES.iter().map(|(name, _)| *name);
            let help = match similar(name, names) {
                Some(meant) => format!("a type with a similar name exists: `{meant}`"),
                None => "remove `type` to allow every value, or use one of `string`, `integer`, `number`, `boolean`, `array`, `object`".to_owned(),
            };
            cx.diagnostics.report(finding.help(help));
        }
    }
}

/// Types that there are not, and the type and format that are meant.
const MEANT: [(&str, SimpleType, Option<&str>); 14] = [
    ("bool", SimpleType::Boolean, None),
    ("date", SimpleType::String, Some("date")),
    ("date-time", SimpleType::String, Some("date-time")),
    ("datetime", SimpleType::String, Some("date-time")),
    ("dict", SimpleType::Object, None),
    ("double", SimpleType::Number, Some("double")),
    ("file", SimpleType::String, Some("binary")),
    ("float", SimpleType::Number, Some("float")),
    ("int", SimpleType::Integer, None),
    ("list", SimpleType::Array, None),
    ("long", SimpleType::Integer, Some("int64")),
    ("map", SimpleType::Object, None),
    ("str", SimpleType::String, None),
    ("uuid", SimpleType::String, Some("uuid")),
];

/// The type of a name, or the one that is meant by it.
pub(in crate::normalize) fn named(name: &str) -> Option<SimpleType> {
    let lower = name.to_ascii_lowercase();
    let meant = MEANT.iter().map(|(known, ty, _)| (*known, *ty));
    let mut known = TYPES.into_iter().chain(meant);
    known.find(|(known, _)| *known == lower).map(|(_, ty)| ty)
}

/// Reads a type that there is not as the one that is meant, if that is clear. `file` is one of 2.0, for the
/// fields of forms and for whole responses, where `v2` reads it.
fn meant(cx: &mut Cx<'_, '_>, draft: &mut Draft, at: &At<'_>, name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let same = TYPES.iter().find(|(known, _)| *known == lower);
    let same = same.map(|(_, ty)| (*ty, None));
    let other = || MEANT.iter().find(|(known, _, _)| *known == lower);
    let Some((ty, format)) = same.or_else(|| other().map(|(_, ty, format)| (*ty, *format))) else {
        return false;
    };
    let format_words = format.map_or(String::new(), |it| format!(" with `format: {it}`"));
    let words = format!("it is read as `{}`{format_words}", ty.as_str());
    if lower == "file" {
        let message =
            format!("the type `file` comes from OpenAPI 2.0 and is not for schemas; {words}");
        cx.warn(Code::RepairedKeyword, at, message);
    } else {
        let message = format!("`{name}` is not a type; {words}");
        cx.warn(Code::InvalidValue, at, message);
    }
    if ty == SimpleType::Null {
        draft.null_type = true;
    } else if !draft.schema.types.contains(&ty) {
        draft.schema.types.push(ty);
        draft.meant_format = format;
    }
    true
}

/// Folds every way to say that null is allowed into one.
pub(super) fn finish(cx: &mut Cx<'_, '_>, draft: &mut Draft, at: &At<'_>) {
    let schema = &mut draft.schema;
    if schema.format.is_none() {
        schema.format = draft.meant_format.map(str::to_owned);
    }
    if draft.null_type
        && schema.types.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
    {
        schema.types.push(SimpleType::Null);
    }
    schema.nullable = draft.nullable || draft.null_type;
    if schema.constant == Some(Json::Null) {
        // Null is a type in the model and no listed value; another type beside it allows no value at all.
        schema.constant = None;
        schema.types = vec![SimpleType::Null];
        schema.nullable = true;
    }
    let has_null = schema
        .enumeration
        .as_ref()
        .is_some_and(|values| values.contains(&Json::Null));
    if !has_null {
        return;
    }
    if !schema.types.is_empty() && !schema.nullable {
        let message = "`enum` contains null, but the type does not allow it; null is allowed";
        cx.warn(Code::RepairedKeyword, at, message);
    }
    schema.nullable = true;
    if let Some(values) = &mut schema.enumeration {
        take_null_out(&mut schema.extensions, values);
        values.retain(|value| *value != Json::Null);
        if values.is_empty() {
            schema.enumeration = None;
            schema.types = vec![SimpleType::Null];
        }
    }
}

/// Takes what extensions say of null out of their lists, so that their entries stand beside the other values.
fn take_null_out(extensions: &mut Extensions, values: &[Json]) {
    for (key, list) in extensions {
        if let Json::Array(list) = list
            && key.starts_with("x-enum")
            && list.len() == values.len()
        {
            let mut values = values.iter();
            list.retain(|_| values.next() != Some(&Json::Null));
        }
    }
}
