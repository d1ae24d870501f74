//! Strings, numbers and booleans, by type and format.

use super::context::Context;
use super::extension;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{IntegerFormat, Type};
use crate::model::{Schema, SimpleType};

/// The type of a schema whose JSON type is a scalar.
pub(super) fn lower(cx: &mut Context, schema: &Schema, ty: SimpleType) -> Type {
    let format = schema.format.as_deref();
    match ty {
        SimpleType::String => string(cx, schema, format),
        SimpleType::Integer => Type::Integer(integer(cx, schema, format)),
        SimpleType::Number => number(cx, schema, format),
        SimpleType::Boolean => Type::Boolean,
        SimpleType::Null => Type::Null,
        SimpleType::Array | SimpleType::Object => {
            unreachable!("arrays and objects have files of their own")
        }
    }
}

/// Formats of strings (OAS 3.1.1, Data Type Format, and its registry).
fn string(cx: &mut Context, schema: &Schema, format: Option<&str>) -> Type {
    if extension::is_sensitive(cx, &schema.place, &schema.extensions) {
        return Type::Secret;
    }
    if schema.content_encoding.as_deref() == Some("base64") {
        return Type::Base64;
    }
    match format {
        Some("password") => Type::Secret,
        Some("date-time") => Type::DateTime,
        Some("date") => Type::Date,
        Some("uuid") => Type::Uuid,
        Some("byte") => Type::Base64,
        Some("binary") => Type::Bytes,
        // A number that is written as text, which JavaScript could not hold otherwise.
        Some(other) if is_of_numbers(other) => Type::String,
        Some(other) if !is_string_format(other) => {
            unknown_format(cx, schema, other);
            Type::String
        }
        Some(_) | None => Type::String,
    }
}

/// Formats that a string may have. Those without a type of their own keep their text: a URL, say, that was
/// taken apart and put together again may come out with other bytes.
pub(super) fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "password"
            | "date-time"
            | "date"
            | "time"
            | "duration"
            | "uuid"
            | "byte"
            | "binary"
            | "email"
            | "idn-email"
            | "hostname"
            | "idn-hostname"
            | "ipv4"
            | "ipv6"
            | "ip"
            | "uri"
            | "url"
            | "uri-reference"
            | "iri"
            | "iri-reference"
            | "uri-template"
            | "json-pointer"
            | "relative-json-pointer"
            | "regex"
            | "base64url"
            | "char"
            | "commonmark"
            | "html"
            | "media-range"
            | "string"
            | "phone"
    )
}

/// Whether a format is one of numbers, with or without fractions.
pub(super) fn is_of_numbers(format: &str) -> bool {
    integer_format(format).is_some() || is_number_format(format)
}

/// Formats of numbers with fractions.
fn is_number_format(format: &str) -> bool {
    matches!(
        format,
        "float" | "double" | "decimal" | "number" | "float32" | "float64"
    )
}

fn integer(cx: &mut Context, schema: &Schema, format: Option<&str>) -> IntegerFormat {
    match format.map(|format| (integer_format(format), format)) {
        Some((Some(IntegerFormat::I32), _)) => widened(schema, IntegerFormat::I32),
        Some((Some(stated), _)) => stated,
        Some((None, other)) => {
            unknown_format(cx, schema, other);
            widened(schema, IntegerFormat::I64)
        }
        None => widened(schema, IntegerFormat::I64),
    }
}

/// Formats of integers, each as the type that holds all its values.
fn integer_format(format: &str) -> Option<IntegerFormat> {
    Some(match format {
        "int8" | "int16" | "int32" | "uint8" | "uint16" => IntegerFormat::I32,
        "uint32" => IntegerFormat::U32,
        "uint64" | "uint" => IntegerFormat::U64,
        "int64" | "int" | "integer" | "long" | "unix-time" | "unixtime" | "timestamp" => {
            IntegerFormat::I64
        }
        _ => return None,
    })
}

/// The narrowest type from a given one on that holds what the bounds of a schema allow.
fn widened(schema: &Schema, from: IntegerFormat) -> IntegerFormat {
    let number = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(whole);
    let least = [&schema.minimum, &schema.exclusive_minimum]
        .into_iter()
        .filter_map(number)
        .max();
    let most = [&schema.maximum, &schema.exclusive_maximum]
        .into_iter()
        .filter_map(number)
        .min();
    let fits = |low: i128, high: i128| {
        least.is_none_or(|it| it >= low) && most.is_none_or(|it| it <= high)
    };
    if from == IntegerFormat::I32 && fits(i32::MIN.into(), i32::MAX.into()) {
        IntegerFormat::I32
    } else if fits(i64::MIN.into(), i64::MAX.into()) {
        IntegerFormat::I64
    } else if least.is_some_and(|it| it >= 0) && fits(0, u64::MAX.into()) {
        IntegerFormat::U64
    } else {
        IntegerFormat::I128
    }
}

/// A bound as an integer. The bounds of 64 bits often went through a `double` on their way into a document, and
/// came out as the next power of two.
fn whole(bound: &serde_json::Number) -> Option<i128> {
    if let Some(exact) = bound.as_i128() {
        return Some(match exact {
            9_223_372_036_854_775_808 | 9_223_372_036_854_776_000 => i64::MAX.into(),
            -9_223_372_036_854_776_000 => i64::MIN.into(),
            exact => exact,
        });
    }
    match bound.as_f64()? {
        18_446_744_073_709_551_616.0 => Some(u64::MAX.into()),
        9_223_372_036_854_775_808.0 => Some(i64::MAX.into()),
        -9_223_372_036_854_775_808.0 => Some(i64::MIN.into()),
        float if float.fract() == 0.0 && float.abs() < 1e38 => format!("{float}").parse().ok(),
        _ => None,
    }
}

fn number(cx: &mut Context, schema: &Schema, format: Option<&str>) -> Type {
    match format {
        None => Type::Number,
        Some(known) if is_number_format(known) => Type::Number,
        Some(other) => match integer_format(other) {
            Some(IntegerFormat::I32) => Type::Integer(widened(schema, IntegerFormat::I32)),
            Some(stated) => Type::Integer(stated),
            None => {
                unknown_format(cx, schema, other);
                Type::Number
            }
        },
    }
}

/// Says that a format is not known, once for each format.
fn unknown_format(cx: &mut Context, schema: &Schema, format: &str) {
    if !cx.note_format(format) {
        return;
    }
    cx.report(
        Diagnostic::at(
            Code::UnknownFormat,
            &schema.place,
            format!("the format `{format}` is not known"),
        )
        .label("keeps the plain type, here and wherever else it stands"),
    );
}
