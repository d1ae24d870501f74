//! Strings, numbers and booleans, by type and format.

use crate::diagnostics::{Code, Diagnostic, similar};
use crate::ir::{IntegerFormat, Type, Why};
use crate::lower::context::Context;
use crate::lower::extension;
use crate::lower::facts::{integer_format, is_number_format, is_of_numbers, is_string_format};
use crate::model::{Bound, Schema, SimpleType};

/// The type of a schema whose JSON type is a scalar.
pub(super) fn lower(cx: &mut Context, schema: &Schema, ty: SimpleType) -> Type {
    let format = schema.format.as_deref();
    match ty {
        SimpleType::String => string(cx, schema, format),
        SimpleType::Integer => integer(cx, schema, format),
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

fn integer(cx: &mut Context, schema: &Schema, format: Option<&str>) -> Type {
    let known = format.and_then(integer_format);
    if let (None, Some(other)) = (known, format) {
        unknown_format(cx, schema, other);
    }
    match known {
        None => widened(cx, schema, IntegerFormat::I64),
        Some(stated) => of_format(cx, schema, stated),
    }
}

/// The type of an integer whose format is known. Many a document has a bound that 32 bits do not hold beside `int32`;
/// a bound beyond 64 bits is what became of theirs in a `double`.
fn of_format(cx: &mut Context, schema: &Schema, stated: IntegerFormat) -> Type {
    match stated {
        IntegerFormat::I32 => widened(cx, schema, stated),
        stated => Type::Integer(stated),
    }
}

/// The narrowest type from a given one on that holds what the bounds of a schema allow.
fn widened(cx: &mut Context, schema: &Schema, from: IntegerFormat) -> Type {
    let least = Whole::least(schema);
    let most = Whole::most(schema);
    let fits = |low: i128, high: u128| {
        least.is_none_or(|it| it >= Whole::of(low))
            && most.is_none_or(|it| it <= Whole::Large(high))
    };
    let is_positive = least.is_some_and(|it| it >= Whole::of(0));
    let format =
        if from == IntegerFormat::I32 && fits(i32::MIN.into(), i32::MAX.unsigned_abs().into()) {
            IntegerFormat::I32
        } else if fits(i64::MIN.into(), i64::MAX.unsigned_abs().into()) {
            IntegerFormat::I64
        } else if is_positive && fits(0, u64::MAX.into()) {
            IntegerFormat::U64
        } else if fits(i128::MIN, i128::MAX.unsigned_abs()) {
            IntegerFormat::I128
        } else if is_positive && fits(0, u128::MAX) {
            IntegerFormat::U128
        } else {
            return beyond(cx, schema);
        };
    Type::Integer(format)
}

/// The type of an integer for which Rust has none.
fn beyond(cx: &mut Context, schema: &Schema) -> Type {
    cx.report(
        Diagnostic::at(
            Code::UnboundedInteger,
            &schema.place,
            "the bounds of this integer exceed every integer type",
        )
        .label("read and written as any JSON value; enable `arbitrary_precision` of `serde_json` to keep all digits")
        .help("use bounds that fit a Rust integer, or a `format` such as `int64`"),
    );
    cx.any(&schema.place, Why::Unbounded)
}

/// A bound of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whole {
    /// Less than any of 128 bits.
    Below,
    /// Less than zero.
    Negative(i128),
    /// Zero and more.
    Large(u128),
    /// More than any of 128 bits.
    Above,
}

impl Whole {
    /// The least value that the bounds of a schema allow.
    fn least(schema: &Schema) -> Option<Self> {
        let minimum = schema.bounds.minimum.as_ref().and_then(Self::of_bound);
        let excluded = schema
            .bounds
            .exclusive_minimum
            .as_ref()
            .and_then(Self::of_bound);
        let excluded = excluded.map(|it| match it {
            Self::Large(value) => value.checked_add(1).map_or(Self::Above, Self::Large),
            Self::Negative(value) => Self::of(value + 1),
            other => other,
        });
        minimum.max(excluded)
    }

    /// The greatest value that the bounds of a schema allow.
    fn most(schema: &Schema) -> Option<Self> {
        let maximum = schema.bounds.maximum.as_ref().and_then(Self::of_bound);
        let excluded = schema
            .bounds
            .exclusive_maximum
            .as_ref()
            .and_then(Self::of_bound);
        let excluded = excluded.map(|it| match it {
            Self::Large(value) => value.checked_sub(1).map_or(Self::of(-1), Self::Large),
            Self::Negative(value) => value.checked_sub(1).map_or(Self::Below, Self::of),
            other => other,
        });
        let bounds = maximum.into_iter().chain(excluded);
        bounds.min()
    }

    fn of(value: i128) -> Self {
        u128::try_from(value).map_or(Self::Negative(value), Self::Large)
    }

    /// A bound as an integer; `None` when it is none.
    fn of_bound(bound: &Bound) -> Option<Self> {
        let Some(digits) = bound.digits() else {
            return Self::of_number(bound.value());
        };
        let signed = || digits.parse().ok().map(Self::of);
        let unsigned = || digits.parse().ok().map(Self::Large);
        let beyond = if digits.starts_with('-') {
            Self::Below
        } else {
            Self::Above
        };
        Some(signed().or_else(unsigned).unwrap_or(beyond))
    }

    /// A number as an integer; `None` when it is none. The bounds of 128 bits, which no `double` is, are taken for what
    /// they became in one: `1.7014118346046923e+38`.
    fn of_number(bound: &serde_json::Number) -> Option<Self> {
        const SIGNED_END: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
        const UNSIGNED_END: f64 = 340_282_366_920_938_463_463_374_607_431_768_211_456.0;
        if let Some(exact) = bound.as_i128() {
            return Some(Self::of(exact));
        }
        match bound.as_f64()? {
            SIGNED_END => Some(Self::of(i128::MAX)),
            UNSIGNED_END => Some(Self::Large(u128::MAX)),
            float if float.fract() != 0.0 => None,
            float if float < -SIGNED_END => Some(Self::Below),
            float if float > UNSIGNED_END => Some(Self::Above),
            // Without a fraction, a `double` is written as an integer, with zeros for the digits that it has lost.
            float if float < 0.0 => float.to_string().parse().ok().map(Self::of),
            float => float.to_string().parse().ok().map(Self::Large),
        }
    }
}

fn number(cx: &mut Context, schema: &Schema, format: Option<&str>) -> Type {
    match format.map(|it| (integer_format(it), it)) {
        Some((Some(stated), _)) => of_format(cx, schema, stated),
        Some((None, other)) if !is_number_format(other) => {
            unknown_format(cx, schema, other);
            Type::Number
        }
        Some(_) | None => Type::Number,
    }
}

/// Says that a format is not known, once for each format.
fn unknown_format(cx: &mut Context, schema: &Schema, format: &str) {
    if !cx.note_format(format) {
        return;
    }
    let message = format!("the format `{format}` is unknown");
    let place = schema.place.keyword_value("format", format);
    let finding = Diagnostic::at(Code::UnknownFormat, &place, message)
        .label("the value keeps its plain type, here and everywhere else");
    cx.report(match similar(format, MEANT) {
        Some(meant) => finding.help(format!("a format with a similar name exists: `{meant}`")),
        None => finding,
    });
}

/// The formats that are meant by unknown ones: those that have a type of their own.
const MEANT: [&str; 12] = [
    "date-time",
    "date",
    "uuid",
    "uri",
    "byte",
    "binary",
    "password",
    "int32",
    "int64",
    "float",
    "double",
    "email",
];
