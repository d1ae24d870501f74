//! What is wrong with a request or response.

use std::fmt;
use std::sync::Arc;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use crate::conform::Bundle;
use crate::document::{Place, Spec};
use crate::mock::contract::Contract;
use crate::mock::xml::Looks;

/// A part of a request or response.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The path.
    Path,
    /// The method.
    Method,
    /// A parameter of the path, the query, a header or a cookie: the word for the place, and the name.
    Parameter(&'static str, String),
    /// The credentials.
    Credential,
    /// The media type of the body.
    MediaType,
    /// The body: a JSON pointer into it.
    Body(String),
    /// The status of a response.
    Status,
}

/// "query parameter `limit`", "body /name"
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("path"),
            Self::Method => f.write_str("method"),
            Self::Parameter(place, name) => write!(f, "{place} `{name}`"),
            Self::Credential => f.write_str("credential"),
            Self::MediaType => f.write_str("media type"),
            Self::Body(pointer) if pointer.is_empty() => f.write_str("body"),
            Self::Body(pointer) => write!(f, "body {pointer}"),
            Self::Status => f.write_str("status"),
        }
    }
}

/// Something that is wrong. It says nothing of what was sent, which may be secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Finding {
    /// In which part.
    pub part: Part,
    /// What is wrong.
    pub message: String,
    /// Where the document says otherwise: `specs/tvmaze.yaml:12:5`.
    pub document: Option<String>,
}

impl Finding {
    /// Creates a finding.
    pub fn new(part: Part, message: impl Into<String>, place: Option<&Place>) -> Self {
        Self {
            part,
            message: message.into(),
            document: place.map(Contract::locate),
        }
    }

    /// Returns the finding as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "in": self.part.to_string(),
            "message": self.message,
            "document": self.document,
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.message)?;
        match &self.document {
            Some(at) => write!(f, " ({at})"),
            None => Ok(()),
        }
    }
}

/// How many findings one value may have.
const MOST: usize = 20;

/// What is wrong, without anything of the value; nor are names shown that only the value has.
fn message(error: &ValidationError<'_>) -> String {
    let more = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected.len(),
        ValidationErrorKind::PropertyNames { .. } => {
            return "the name of a property does not conform".to_owned();
        }
        _ => return error.masked_with("it").to_string(),
    };
    match more {
        1 => "it has a property that is not allowed".to_owned(),
        _ => format!("it has {more} properties that are not allowed"),
    }
}

/// What validates values against schemas, and where these stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schemas<'c> {
    pub(super) spec: &'c Spec,
    pub(super) bundle: &'c Bundle,
    pub(super) looks: Looks<'c>,
}

impl<'c> Schemas<'c> {
    /// The schemas of requests.
    pub(super) fn of_requests(contract: &'c Contract) -> Self {
        Self {
            spec: &contract.spec,
            bundle: &contract.requests,
            looks: contract.looks(),
        }
    }

    /// The schemas of responses.
    pub(super) fn of_responses(contract: &'c Contract) -> Self {
        Self {
            spec: &contract.spec,
            bundle: &contract.responses,
            looks: contract.looks(),
        }
    }

    pub(super) fn validator(&self, number: usize) -> Option<Arc<Validator>> {
        self.bundle
            .validator(number, crate::conform::Reading::Strict)
    }

    /// Whether a value conforms.
    pub(super) fn is_valid(&self, number: usize, value: &Value) -> bool {
        let validator = self.validator(number);
        validator.is_none_or(|it| it.is_valid(value))
    }

    /// What is wrong with a value. `part` makes the part of a JSON pointer into it.
    pub(super) fn validate(
        &self,
        number: usize,
        value: &Value,
        part: &dyn Fn(&str) -> Part,
        findings: &mut Vec<Finding>,
    ) {
        let Some(validator) = self.validator(number) else {
            return;
        };
        let errors = validator.iter_errors(value).take(MOST);
        findings.extend(errors.map(|error| Finding {
            part: part(error.instance_path().as_str()),
            message: message(&error),
            document: self.locate(&error),
        }));
    }

    /// Where the keyword stands that a value does not conform to.
    fn locate(&self, error: &ValidationError<'_>) -> Option<String> {
        let (file, pointer) = self.bundle.place(self.spec, error.schema_path().as_str())?;
        let node = crate::conform::references::at(self.spec, file, &pointer)?;
        Some(Contract::locate(
            &self.spec.file(file).place(node.span, pointer),
        ))
    }
}
