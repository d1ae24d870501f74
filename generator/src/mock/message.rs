//! Parts of requests and answers, by the places that the extensions name.

use bytes::Bytes;
use http::HeaderName;
use http::header::HOST;
use serde_json::{Map, Value};

use super::answer::Reply;
use super::text::text;
use super::urlencoded;
use crate::ir::MessagePart;

/// A part of a request as text.
pub(super) fn read(request: &http::Request<Bytes>, part: &MessagePart) -> Option<String> {
    match part {
        MessagePart::Header(name) => {
            let value = request.headers().get(name.as_str())?;
            value.to_str().ok().map(str::to_owned)
        }
        MessagePart::Query(name) => urlencoded::field(request.uri().query()?, name),
        MessagePart::Body(pointer) => {
            let body: Value = serde_json::from_slice(request.body()).ok()?;
            match body.pointer(pointer)? {
                Value::String(text) => Some(text.clone()),
                Value::Null => None,
                other => Some(other.to_string()),
            }
        }
    }
}

/// The scheme and authority at which a request arrived. A host that has not the form of one is not repeated.
pub(super) fn origin(request: &http::Request<Bytes>) -> String {
    let host = request.headers().get(HOST).and_then(|it| it.to_str().ok());
    let is_of_host = |it: char| it.is_ascii_alphanumeric() || "-._:[]".contains(it);
    let host = host.filter(|it| !it.is_empty() && it.chars().all(is_of_host));
    format!("http://{}", host.unwrap_or("localhost"))
}

/// A part of an answer that is to have a value.
pub(super) struct Written<'w> {
    /// The value of its body.
    pub(super) body: &'w mut Value,
    /// The headers that it is to have.
    pub(super) headers: &'w mut Vec<(String, String)>,
}

impl Written<'_> {
    /// Sets a part. A number that stands where text does becomes text.
    pub(super) fn set(&mut self, part: &MessagePart, value: impl Into<Value>) {
        let value = value.into();
        match part {
            MessagePart::Header(name) => self.headers.push((name.clone(), text(&value))),
            MessagePart::Body(pointer) => {
                let place = place(self.body, pointer);
                *place = if place.is_string() {
                    Value::String(text(&value))
                } else {
                    value
                };
            }
            // Answers have no query.
            MessagePart::Query(_) => {}
        }
    }

    /// A part as it is.
    pub(super) fn get(&self, part: &MessagePart) -> Option<&Value> {
        match part {
            MessagePart::Body(pointer) => self.body.pointer(pointer),
            MessagePart::Header(_) | MessagePart::Query(_) => None,
        }
    }
}

/// Adds the headers that were set to an answer.
pub(super) fn add_headers(reply: &mut Reply, headers: &[(String, String)]) {
    for (name, value) in headers {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            reply.set_header(name, value);
        }
    }
}

/// The value that a pointer (RFC 6901) leads to, made where it is not there.
fn place<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Value {
    let mut here = value;
    for token in pointer.split('/').skip(1) {
        let key = token.replace("~1", "/").replace("~0", "~");
        let index = key.parse::<usize>().ok();
        let index = index.filter(|it| here.get(it).is_some());
        if let Some(index) = index {
            here = &mut here[index];
            continue;
        }
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        // It is an object: what is not there is null.
        here = &mut here[key];
    }
    here
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sets_parts_that_are_there_and_parts_that_are_not() {
        let mut body = json!({ "expires": "1", "list": [{}], "in": 5 });
        let mut headers = Vec::new();
        let mut written = Written {
            body: &mut body,
            headers: &mut headers,
        };
        let part = |pointer: &str| MessagePart::Body(pointer.to_owned());
        written.set(&part("/expires"), 60);
        written.set(&part("/in"), 60);
        written.set(&part("/list/0/a~1b"), "T");
        written.set(&part("/new/token"), "T");
        written.set(&MessagePart::Header("X-Token".to_owned()), "T");
        let expected = json!({
            "expires": "60", "list": [{ "a/b": "T" }], "in": 60, "new": { "token": "T" },
        });
        assert_eq!(body, expected);
        assert_eq!(headers, [("X-Token".to_owned(), "T".to_owned())]);
        written_whole(&mut json!("x"));
    }

    fn written_whole(body: &mut Value) {
        *place(body, "") = json!("T");
        assert_eq!(*body, json!("T"));
    }
}
