//! Values as bytes.

use std::fmt::Write as _;

use bytes::Bytes;
use serde_json::Value;

use crate::media_type::{Family, essence};
use crate::mock::contract::{Contract, MediaType};
use crate::mock::text::text;
use crate::mock::xml;

/// The boundary of multipart bodies.
const BOUNDARY: &str = "keywright-boundary";

/// Writes a value in a form: the media type to state, and the body in the pieces in which it is sent.
#[must_use]
pub fn write(contract: &Contract, form: &MediaType, value: &Value) -> (String, Vec<Bytes>) {
    let name = concrete(form);
    let one = |text: String| vec![Bytes::from(text)];
    let body = match form.family {
        Family::Json => one(value.to_string()),
        Family::Form => one(form_text(value)),
        Family::Multipart => {
            return (
                format!("{name}; boundary={BOUNDARY}"),
                one(multipart(value)),
            );
        }
        Family::Lines => {
            let is_sequence = essence(&name).ends_with("json-seq");
            let start = if is_sequence { "\u{1e}" } else { "" };
            items(value)
                .map(|it| Bytes::from(format!("{start}{it}\n")))
                .collect()
        }
        Family::Events => items(value).map(|it| Bytes::from(event(it))).collect(),
        Family::Xml => one(match form.xml {
            Some(id) => xml::write(contract.looks(), id, value),
            None => text(value),
        }),
        Family::Text | Family::Range | Family::Other => one(text(value)),
    };
    (name, body)
}

/// The values that come one after the other.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    let (list, single) = match value {
        Value::Array(items) => (items.as_slice(), None),
        single => (&[][..], Some(single)),
    };
    list.iter().chain(single)
}

/// A media type that can be sent for a documented one, which may be a range.
fn concrete(form: &MediaType) -> String {
    if !form.name.contains('*') {
        return form.name.clone();
    }
    let name = match (form.family, essence(&form.name).as_str()) {
        (Family::Json, _) => "application/json",
        (_, "image/*") => "image/png",
        (_, "audio/*") => "audio/mpeg",
        (_, "video/*") => "video/mp4",
        (Family::Text, _) | (_, "text/*") => "text/plain",
        _ => "application/octet-stream",
    };
    name.to_owned()
}

/// An event (HTML standard, section 9.2). An object with `data` describes an event, and anything else is the data.
fn event(value: &Value) -> String {
    let mut event = String::new();
    let mut line = |field: &str, value: &Value| {
        for part in text(value).split('\n') {
            let _ = writeln!(event, "{field}: {part}");
        }
    };
    match value {
        Value::Object(fields) if fields.contains_key("data") => {
            for field in ["event", "id", "retry", "data"] {
                if let Some(value) = fields.get(field) {
                    line(field, value);
                }
            }
        }
        data => line("data", data),
    }
    event.push('\n');
    event
}

fn form_text(value: &Value) -> String {
    let encode = |it: &str| {
        percent_encoding::utf8_percent_encode(it, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let mut pairs = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        pairs.extend(
            values
                .iter()
                .map(|it| format!("{}={}", encode(name), encode(&text(it)))),
        );
    }
    pairs.join("&")
}

fn multipart(value: &Value) -> String {
    let mut body = String::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let media_type = match value {
            Value::Object(_) | Value::Array(_) => "application/json",
            _ => "text/plain",
        };
        let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
        let _ = write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {media_type}\r\n\r\n{}\r\n",
            text(value)
        );
    }
    let _ = write!(body, "--{BOUNDARY}--\r\n");
    body
}

/// A value as a header, in the style `simple` (OAS 3.1.1, Header Object).
pub(in crate::mock) fn header_text(value: &Value, explode: bool) -> String {
    match value {
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Object(fields) => {
            let between = if explode { "=" } else { "," };
            let pairs = fields
                .iter()
                .map(|(name, it)| format!("{name}{between}{}", text(it)));
            pairs.collect::<Vec<_>>().join(",")
        }
        scalar => text(scalar),
    }
}

/// A value as JSON in ASCII, as headers can have it.
pub(in crate::mock) fn ascii_json(value: &Value) -> String {
    let mut text = String::new();
    for unit in value.to_string().encode_utf16() {
        match u8::try_from(unit) {
            Ok(it) if it.is_ascii() => text.push(char::from(it)),
            _ => {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_in_a_header_is_ascii() {
        assert_eq!(
            ascii_json(&json!({ "a": "ü🦀" })),
            r#"{"a":"\u00fc\ud83e\udd80"}"#
        );
    }
}
