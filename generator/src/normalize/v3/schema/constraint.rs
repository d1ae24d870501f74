//! Keywords that bound numbers, lengths and counts. A client is right without them, so their faults do no
//! harm.

use super::Draft;
use crate::diagnostics::Code;
use crate::document::{Entry, Value};
use crate::model;
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::repair;

/// Reads a keyword, if it is one of these.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    draft: &mut Draft,
    at: &At<'a>,
    entry: &'a Entry,
) -> bool {
    let key = &*entry.key;
    let child = || at.child(entry);
    let schema = &mut draft.schema;
    match key {
        "minimum" => schema.bounds.minimum = number(cx, &child(), key),
        "maximum" => schema.bounds.maximum = number(cx, &child(), key),
        "exclusiveMinimum" => match bound(cx, at, entry) {
            Bound::Flag(flag) => draft.excludes_minimum = flag,
            Bound::Number(number) => schema.bounds.exclusive_minimum = number,
        },
        "exclusiveMaximum" => match bound(cx, at, entry) {
            Bound::Flag(flag) => draft.excludes_maximum = flag,
            Bound::Number(number) => schema.bounds.exclusive_maximum = number,
        },
        "multipleOf" => schema.bounds.multiple_of = number(cx, &child(), key),
        "minLength" => schema.bounds.min_length = count(cx, &child(), key),
        "maxLength" => schema.bounds.max_length = count(cx, &child(), key),
        "minItems" => schema.bounds.min_items = count(cx, &child(), key),
        "maxItems" => schema.bounds.max_items = count(cx, &child(), key),
        "minProperties" => schema.bounds.min_properties = count(cx, &child(), key),
        "maxProperties" => schema.bounds.max_properties = count(cx, &child(), key),
        "pattern" => schema.bounds.pattern = repair::text(cx, &child(), key),
        "uniqueItems" => {
            schema.bounds.unique_items = repair::boolean(cx, &child(), key).unwrap_or(false);
        }
        _ => return false,
    }
    true
}

/// Makes the boolean bounds of 2.0 and 3.0 numeric: `minimum: 1, exclusiveMinimum: true` is `exclusiveMinimum: 1`.
pub(super) fn finish(draft: &mut Draft) {
    let schema = &mut draft.schema;
    if draft.excludes_minimum {
        schema.bounds.exclusive_minimum = schema.bounds.minimum.take();
    }
    if draft.excludes_maximum {
        schema.bounds.exclusive_maximum = schema.bounds.maximum.take();
    }
}

/// The value of `exclusiveMinimum` or `exclusiveMaximum`.
enum Bound {
    /// As in 3.0
    Flag(bool),
    /// As since 3.1
    Number(Option<model::Bound>),
}

fn bound<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>, entry: &'a Entry) -> Bound {
    if let Value::Boolean(flag) = &entry.value.value {
        if cx.version >= Version::V3_1 {
            repair::foreign_keyword(cx, at, entry, Version::V3_0, "it would be there");
        }
        return Bound::Flag(*flag);
    }
    if cx.version < Version::V3_1 && matches!(entry.value.value, Value::Number(_)) {
        repair::foreign_keyword(cx, at, entry, Version::V3_1, "it would be there");
    }
    Bound::Number(number(cx, &at.child(entry), &entry.key))
}

/// A number. One in quotes is meant as a number.
fn number(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str) -> Option<model::Bound> {
    let (Value::Number(text) | Value::String(text)) = &at.node.value else {
        let message = format!("`{key}` is {}, not a number; it is ignored", at.node.kind());
        cx.wrong_type(at, message, "a number");
        return None;
    };
    let number = model::Bound::read(text);
    if number.is_none() || matches!(at.node.value, Value::String(_)) {
        let message = match number {
            Some(_) => format!("`{key}` is a string, not a number; it is read as a number"),
            None if matches!(at.node.value, Value::String(_)) => {
                format!("`{key}` is a string, not a number; it is ignored")
            }
            None => format!("`{key}` is not a JSON number; it is ignored"),
        };
        let finding = cx.finding(Code::WrongType, at, message).harmless();
        let help = "write a number without quotes";
        cx.diagnostics
            .report(finding.label("expected a number").help(help));
    }
    number
}

/// A count: a whole number that is not negative.
fn count(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str) -> Option<u64> {
    let number = number(cx, at, key)?;
    let whole = number.value().as_u64().or_else(|| {
        // `1.0` is a whole number in JSON Schema (draft 2020-12, section 6.3).
        number.to_string().strip_suffix(".0")?.parse().ok()
    });
    if whole.is_none() {
        let message = format!("`{key}` is not a non-negative integer; it is ignored");
        let finding = cx.finding(Code::InvalidValue, at, message).harmless();
        let help = "write an integer such as `0` or `10`";
        cx.diagnostics.report(finding.label("ignored").help(help));
    }
    whole
}
