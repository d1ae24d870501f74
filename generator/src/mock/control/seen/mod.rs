//! Requests as they are shown: without anything that may be secret.
//!
//! Only what the document describes is shown, and of that nothing that it calls a secret: credentials, passwords, what
//! only servers read, what the extensions name. Of everything else there is the name and a mask.

mod body;
mod places;

use http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::Panel;
use super::moment::moment;
use crate::mock::contract::{Contract, Form, Operation, Parameter};
use crate::mock::judge::{Finding, form_of};
use crate::mock::state::{Record, State};
use crate::mock::urlencoded::{decoded, fields};
use crate::model::ParameterLocation;
use places::Places;

/// What is shown in the place of what is not.
pub(super) const MASK: &str = "***";
/// How many characters of a text are shown.
const LONGEST: usize = 500;

/// Headers that are the same whatever is sent.
const HARMLESS: [&str; 12] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "host",
    "keywright-misbehave",
    "prefer",
    "transfer-encoding",
    "user-agent",
];

/// A request as it is shown.
pub(super) struct Seen<'r> {
    /// The request.
    pub(super) record: &'r Record,
    /// The path.
    pub(super) path: String,
    /// The parameters of the query.
    pub(super) query: Vec<(String, String)>,
    /// The headers.
    headers: Vec<(String, String)>,
    /// What the body holds; null where it cannot be shown.
    pub(super) body: Value,
}

impl<'r> Seen<'r> {
    /// Masks a request.
    pub(super) fn of(record: &'r Record, panel: &Panel<'_>) -> Self {
        let screen = Screen::of(record, panel);
        let (path, query) = record
            .target
            .split_once('?')
            .unwrap_or((&record.target, ""));
        Self {
            record,
            path: screen.path(path),
            query: screen.query(query),
            headers: screen.headers(record),
            body: screen.body(record),
        }
    }

    /// Returns the request as JSON.
    pub(super) fn to_json(&self) -> Value {
        let record = self.record;
        let object = |pairs: &[(String, String)]| {
            let mut object = Map::new();
            for (name, value) in pairs {
                let values = object.entry(name).or_insert_with(|| json!([]));
                values
                    .as_array_mut()
                    .into_iter()
                    .for_each(|it| it.push(value.as_str().into()));
            }
            object
        };
        json!({
            "number": record.number,
            "at": moment(record.at),
            "method": record.method,
            "path": self.path,
            "query": object(&self.query),
            "headers": object(&self.headers),
            "bytes": record.body.len(),
            "body": self.body,
            "module": record.module,
            "operation": record.operation,
            "status": record.status,
            "rule": record.rule,
            "findings": record.findings.iter().map(Finding::to_json).collect::<Vec<_>>(),
        })
    }
}

/// What of a request may be shown.
struct Screen<'p> {
    panel: &'p Panel<'p>,
    /// The document, and the operations that go by the name that was recorded.
    operations: Vec<(&'p Contract, &'p Operation)>,
    /// Where secrets travel.
    places: Places,
}

impl<'p> Screen<'p> {
    fn of(record: &Record, panel: &'p Panel<'_>) -> Self {
        let is_meant = |contract: &Contract, operation: &Operation| {
            record.module.as_ref() == Some(&contract.module)
                && record.operation.as_ref() == Some(&operation.id)
        };
        let operations = all(panel).filter(|(contract, it)| is_meant(contract, it));
        let operations: Vec<_> = operations.collect();
        Self {
            places: Places::of(panel.contracts, &operations),
            operations,
            panel,
        }
    }

    /// A text, unless it is a secret that the stand-in itself knows.
    fn text(&self, text: &str) -> String {
        if is_known(self.panel, text) {
            return MASK.to_owned();
        }
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        }
    }

    /// The path; its template where it has a parameter that is secret.
    fn path(&self, path: &str) -> String {
        let segments: Vec<&str> = path.split('/').collect();
        let mut templates = all(self.panel).filter(|(contract, operation)| {
            let is_secret =
                |it: &Parameter| it.location == ParameterLocation::Path && !is_open(contract, it);
            operation.parameters.iter().any(is_secret)
                && operation.path.matched(&segments).is_some()
        });
        if let Some((_, operation)) = templates.next() {
            return operation.path.text.clone();
        }
        let known = |it: &str| match self.text(&decoded(it)).as_str() {
            MASK => MASK.to_owned(),
            _ => it.to_owned(),
        };
        let segments: Vec<String> = segments.into_iter().map(known).collect();
        self.text(&segments.join("/"))
    }

    fn query(&self, query: &str) -> Vec<(String, String)> {
        let fields = fields(query).into_iter();
        fields
            .map(|(name, value)| {
                let is_shown = self.is_described(ParameterLocation::Query, &name)
                    && !self.places.query.contains(&name);
                let value = if is_shown {
                    self.text(&value)
                } else {
                    MASK.to_owned()
                };
                (name, value)
            })
            .collect()
    }

    fn headers(&self, record: &Record) -> Vec<(String, String)> {
        let shown = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            let name = name.as_str();
            let is_shown = !self.places.headers.contains(name)
                && (HARMLESS.contains(&name) || self.is_described(ParameterLocation::Header, name));
            let value = if is_shown {
                self.text(&String::from_utf8_lossy(value.as_bytes()))
            } else {
                MASK.to_owned()
            };
            (name.to_owned(), value)
        };
        record.headers.iter().map(shown).collect()
    }

    /// Whether the operation has a parameter of this name, and nothing of it is secret.
    fn is_described(&self, location: ParameterLocation, name: &str) -> bool {
        let mut described = self.operations.iter().flat_map(|(contract, operation)| {
            let parameters = operation.parameters.iter();
            let own = parameters.filter(|it| {
                it.location == location
                    && match location {
                        ParameterLocation::Header => it.name.eq_ignore_ascii_case(name),
                        _ => it.name == name,
                    }
            });
            own.map(|it| is_open(contract, it))
        });
        let first = described.next();
        first == Some(true) && described.all(|it| it)
    }

    fn body(&self, record: &Record) -> Value {
        let content_type = record.headers.get(CONTENT_TYPE);
        let content_type = content_type
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default();
        let Some((contract, operation)) = self.operations.first() else {
            return Value::Null;
        };
        let form = operation
            .body
            .as_ref()
            .and_then(|it| form_of(&it.content, content_type));
        let read = form.and_then(|form| body::read(contract, form, content_type, &record.body));
        let Some(mut value) = read else {
            return Value::Null;
        };
        for pointer in &self.places.body {
            if let Some(place) = value.pointer_mut(pointer) {
                *place = MASK.into();
            }
        }
        self.shown(value)
    }

    fn shown(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => items.into_iter().map(|it| self.shown(it)).collect(),
            Value::Object(fields) => {
                let fields = fields.into_iter();
                Value::Object(fields.map(|(name, it)| (name, self.shown(it))).collect())
            }
            other => other,
        }
    }
}

fn all<'p>(panel: &'p Panel<'_>) -> impl Iterator<Item = (&'p Contract, &'p Operation)> {
    let contracts = panel.contracts.iter();
    contracts.flat_map(|contract| contract.operations.iter().map(move |it| (contract, it)))
}

/// Whether the values of a parameter may be shown.
fn is_open(contract: &Contract, parameter: &Parameter) -> bool {
    let number = match &parameter.form {
        Form::Style { schema, .. } => *schema,
        Form::Content(content) => content.schema,
    };
    number.is_some_and(|it| body::is_open(&contract.requests, it))
}

/// Whether a text is a credential that the stand-in has issued or was given.
fn is_known(panel: &Panel<'_>, text: &str) -> bool {
    let State { tokens, flows, .. } = &*panel.state;
    let mut given = panel.settings.credentials.iter();
    tokens.get(text).is_some()
        || flows.has(text)
        || given.any(|(_, it)| it == text || it.split_once(':').is_some_and(|it| it.1 == text))
}
