//! The values of `format` that are known (OAS 3.1.1, Data Type Format, and its registry).

use crate::ir::IntegerFormat;

/// Formats that a string may have. Those without a type of their own keep their text: a URL, say, that was
/// taken apart and put together again may come out with other bytes.
pub(in crate::lower) fn is_string_format(format: &str) -> bool {
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
pub(in crate::lower) fn is_of_numbers(format: &str) -> bool {
    integer_format(format).is_some() || is_number_format(format)
}

/// Formats of numbers with fractions.
pub(in crate::lower) fn is_number_format(format: &str) -> bool {
    matches!(
        format,
        "float" | "double" | "decimal" | "number" | "float32" | "float64"
    )
}

/// Formats of integers, each as the type that holds all its values.
pub(in crate::lower) fn integer_format(format: &str) -> Option<IntegerFormat> {
    Some(match format {
        "int8" | "int16" | "int32" | "uint8" | "uint16" => IntegerFormat::I32,
        "uint32" => IntegerFormat::U32,
        "uint64" | "uint" => IntegerFormat::U64,
        "int64" | "int" | "integer" | "long" | "unix-time" | "unixtime" | "timestamp" => {
            IntegerFormat::I64
        }
        "int128" => IntegerFormat::I128,
        "uint128" => IntegerFormat::U128,
        _ => return None,
    })
}
