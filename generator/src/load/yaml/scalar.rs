//! What a YAML scalar means: the core schema of YAML 1.2 (section 10.3).
//!
//! `yes`, dates and `1_000` are text, as YAML 1.2 says, whatever older readers make of them.

use crate::document::Value;

/// The value of a plain scalar without a tag.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        _ => number(text).map_or_else(|| Value::String(text.into()), Value::Number),
    }
}

/// The value of a scalar with a tag of the core schema, by the part after `tag:yaml.org,2002:`; `None` when the
/// text is not of that type. Unknown tags say nothing about JSON's types, so their values are text.
pub(super) fn tagged(tag: &str, text: &str) -> Option<Value> {
    let value = plain(text);
    match (tag, &value) {
        ("null", Value::Null)
        | ("bool", Value::Boolean(_))
        | ("int" | "float", Value::Number(_)) => Some(value),
        ("null" | "bool" | "int" | "float", _) => None,
        _ => Some(Value::String(text.into())),
    }
}

/// A number in JSON's notation. The numbers that JSON lacks are kept as YAML writes them.
fn number(text: &str) -> Option<Box<str>> {
    if !text.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it)) {
        return None;
    }
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) if text.starts_with('-') => ("-", digits),
        Some(digits) => ("", digits),
        None => ("", text),
    };
    match digits {
        ".inf" | ".Inf" | ".INF" => return Some(format!("{sign}.inf").into()),
        ".nan" | ".NaN" | ".NAN" if digits == text => return Some(".nan".into()),
        _ => {}
    }
    if digits == text
        && let Some(whole) = other_base(text)
    {
        return Some(whole);
    }
    decimal(sign, digits)
}

/// `0o17` and `0x1F`. One beyond 128 bits is text.
fn other_base(text: &str) -> Option<Box<str>> {
    let (digits, base) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(digits), _) => (digits, 8),
        (None, Some(digits)) => (digits, 16),
        (None, None) => return None,
    };
    let digits = Some(digits).filter(|it| !it.starts_with('+'))?;
    Some(u128::from_str_radix(digits, base).ok()?.to_string().into())
}

/// `007`, `1.`, `.5`, `1e3`, which JSON writes `7`, `1.0`, `0.5`, `1e3`.
fn decimal(sign: &str, text: &str) -> Option<Box<str>> {
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let power = exponent.get(1..).unwrap_or_default();
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let has_digits = !whole.is_empty() || fraction.is_some_and(|it| !it.is_empty());
    let well_formed = digits(whole) && digits(fraction.unwrap_or_default()) && digits(power);
    if !has_digits || !well_formed || (power.is_empty() && !exponent.is_empty()) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = match fraction {
        None => String::new(),
        Some("") => ".0".to_owned(),
        Some(fraction) => format!(".{fraction}"),
    };
    Some(format!("{sign}{whole}{fraction}{exponent}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match plain(text) {
            Value::Null => "null".to_owned(),
            Value::Boolean(it) => it.to_string(),
            Value::Number(it) => format!("number {it}"),
            Value::String(it) => format!("text {it}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn types_plain_scalars() {
        let table = [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("True", "true"),
            ("yes", "text yes"),
            ("12", "number 12"),
            ("+12", "number 12"),
            ("-012", "number -12"),
            ("0", "number 0"),
            ("0o17", "number 15"),
            ("0x1F", "number 31"),
            ("0x", "text 0x"),
            ("-0x1", "text -0x1"),
            ("1.", "number 1.0"),
            (".5", "number 0.5"),
            ("-.5e+3", "number -0.5e+3"),
            ("1e3", "number 1e3"),
            ("1e", "text 1e"),
            (".", "text ."),
            ("-", "text -"),
            ("1.2.3", "text 1.2.3"),
            ("2024-01-02", "text 2024-01-02"),
            ("1_000", "text 1_000"),
            ("12:30", "text 12:30"),
            ("-.INF", "number -.inf"),
            (".NaN", "number .nan"),
            (
                "123456789012345678901234567890",
                "number 123456789012345678901234567890",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn honors_tags() {
        assert!(matches!(tagged("str", "12"), Some(Value::String(_))));
        assert!(matches!(tagged("int", "12"), Some(Value::Number(_))));
        assert!(tagged("int", "x").is_none());
        assert!(matches!(tagged("binary", "12"), Some(Value::String(_))));
    }
}
