//! Values that are a single text: in attributes, and in elements without child elements.

use super::element::is_space;
use super::json::from_slice;
use super::shape::Content;
use super::{Tree, style};

/// Returns a value as a single text, or `None` for null. The items of a list are separated by spaces, as in XML Schema.
/// Any other value without a text form is written as JSON.
pub(super) fn text(value: &Tree) -> Option<String> {
    match value {
        Tree::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(text).collect();
            Some(items.join(" "))
        }
        // A whole number may be of a type that has fractions.
        Tree::Number(number) => Some(number.strip_suffix(".0").unwrap_or(number).to_owned()),
        Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::Object(_) => style::text(value),
    }
}

/// Returns the value of a text. A text in the wrong format stays a text, for the model to refuse.
pub(super) fn value(content: &Content, text: &str) -> Tree {
    let plain = || Tree::String(text.to_owned());
    match content {
        Content::String | Content::Any => plain(),
        Content::Number => number(text).unwrap_or_else(plain),
        Content::Boolean => boolean(text).unwrap_or_else(plain),
        Content::List(item) => {
            let items = text.split(is_space).filter(|text| !text.is_empty());
            Tree::Array(items.map(|text| value(&item.content, text)).collect())
        }
        Content::Union(union) => {
            let mut shapes = union.branches.iter();
            let read = shapes.find_map(|shape| exact(&shape.content, text));
            read.unwrap_or_else(plain)
        }
        Content::Of(content) => value(content, text),
        Content::Nested(shape) => value(&shape.content, text),
        Content::Object(_) | Content::ObjectWith(..) | Content::Tuple(_) | Content::Map(_) => {
            from_slice(text.as_bytes()).unwrap_or_else(|_| plain())
        }
    }
}

/// Returns the value of a text, if it has the format of the content and the content is not plain text.
pub(super) fn exact(content: &Content, text: &str) -> Option<Tree> {
    match content {
        Content::Number => number(text).filter(|value| *value != Tree::Null),
        Content::Boolean => boolean(text).filter(|value| *value != Tree::Null),
        Content::Of(content) => exact(content, text),
        Content::Nested(shape) => exact(&shape.content, text),
        Content::Union(union) => {
            let mut shapes = union.branches.iter();
            shapes.find_map(|shape| exact(&shape.content, text))
        }
        _ => None,
    }
}

/// Reads a number as in XML Schema, which also allows `+1`, `007`, `.5` and `1.`. An empty text is null.
fn number(text: &str) -> Option<Tree> {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return Some(Tree::Null);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = digits
        .find(['e', 'E'])
        .map_or((digits, ""), |at| digits.split_at(at));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    let json = [sign, whole, point, fraction, exponent].concat();
    match from_slice(json.as_bytes()) {
        Ok(number @ Tree::Number(_)) => Some(number),
        _ => None,
    }
}

/// Reads a boolean as in XML Schema. An empty text is null.
fn boolean(text: &str) -> Option<Tree> {
    match text.trim_matches(is_space) {
        "true" | "1" => Some(Tree::Bool(true)),
        "false" | "0" => Some(Tree::Bool(false)),
        "" => Some(Tree::Null),
        _ => None,
    }
}
