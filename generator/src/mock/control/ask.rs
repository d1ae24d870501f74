//! Requests of the control interface, taken apart.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Map, Value};

use super::{ROOT, Refusal};
use crate::media_type::essence;
use crate::mock::urlencoded::fields;

/// The field by which a form names a method that forms do not have.
const METHOD: &str = "_method";

/// A request of the control interface.
pub(super) struct Ask<'r> {
    /// The method; `GET` also for `HEAD`.
    pub(super) method: String,
    /// Whether there is a slash after the root.
    pub(super) is_below_root: bool,
    /// The path below the root.
    pub(super) segments: Vec<&'r str>,
    /// What is sent.
    pub(super) input: Input,
    query: Vec<(String, String)>,
    is_of_browser: bool,
}

/// What a request sends.
pub(super) enum Input {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(Value),
    /// A form. What has no value is left out.
    Form(Map<String, Value>),
}

impl<'r> Ask<'r> {
    /// Takes a request apart.
    pub(super) fn of(request: &'r http::Request<Bytes>) -> Result<Self, Refusal> {
        let headers = request.headers();
        let path = request.uri().path();
        let below = path.strip_prefix(ROOT).unwrap_or_default();
        let mut input = input(headers, request.body())?;
        let mut method = request.method().as_str().to_owned();
        if let Input::Form(fields) = &mut input
            && let Some(Value::String(stated)) = fields.remove(METHOD)
        {
            method = stated;
        }
        if method == "HEAD" {
            "GET".clone_into(&mut method);
        }
        let segments = below.strip_prefix('/').map(|it| it.split('/').collect());
        Ok(Self {
            method,
            is_below_root: !below.is_empty(),
            segments: segments.unwrap_or_default(),
            query: fields(request.uri().query().unwrap_or_default()),
            is_of_browser: text(headers, &ACCEPT).contains("text/html"),
            input,
        })
    }

    /// Returns a parameter of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.query.iter();
        let found = parameters.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns a property of the JSON, or a field of the form.
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        match &self.input {
            Input::Nothing => None,
            Input::Json(value) => value.get(name),
            Input::Form(fields) => fields.get(name),
        }
    }

    /// Returns whether a person will see the answer.
    pub(super) fn is_of_browser(&self) -> bool {
        self.is_of_browser
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &http::HeaderName) -> &'h str {
    let value = headers.get(name).and_then(|it| it.to_str().ok());
    value.unwrap_or_default()
}

fn input(headers: &HeaderMap, body: &Bytes) -> Result<Input, Refusal> {
    let content_type = essence(text(headers, &CONTENT_TYPE));
    let is_json = matches!(body.first(), Some(b'{' | b'['));
    if body.is_empty() {
        return Ok(Input::Nothing);
    }
    // `curl --data` calls everything a form.
    if content_type == "application/x-www-form-urlencoded" && !is_json {
        let fields = fields(&String::from_utf8_lossy(body)).into_iter();
        let fields = fields.filter(|(_, value)| !value.is_empty());
        let fields = fields.map(|(name, value)| (name, Value::String(value)));
        return Ok(Input::Form(fields.collect()));
    }
    let value = serde_json::from_slice(body);
    value.map(Input::Json).map_err(|error| {
        Refusal::bad(format!(
            "the body is not JSON, from line {}, column {} on",
            error.line(),
            error.column()
        ))
    })
}
