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
        SimpleType::Null => {
            cx.unsupported(
                &schema.place,
                "the type `null`",
                "read and written as any JSON value",
            );
            Type::Any
        }
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

fn integer(cx: &mut Context, schema: &Schema, format: Option<&str>) -> IntegerFormat {
    match format {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => IntegerFormat::I32,
        Some("uint32") => IntegerFormat::U32,
        Some("uint64") => IntegerFormat::U64,
        Some("int64" | "integer" | "long" | "unix-time" | "timestamp") | None => IntegerFormat::I64,
        Some(other) => {
            unknown_format(cx, schema, other);
            IntegerFormat::I64
        }
    }
}

fn number(cx: &mut Context, schema: &Schema, format: Option<&str>) -> Type {
    match format {
        Some("int32") => Type::Integer(IntegerFormat::I32),
        Some("int64") => Type::Integer(IntegerFormat::I64),
        Some("float" | "double" | "decimal" | "number") | None => Type::Number,
        Some(other) => {
            unknown_format(cx, schema, other);
            Type::Number
        }
    }
}

fn unknown_format(cx: &mut Context, schema: &Schema, format: &str) {
    cx.report(
        Diagnostic::at(
            Code::UnknownFormat,
            &schema.place,
            format!("the format `{format}` is not known"),
        )
        .label("keeps the plain type"),
    );
}
