//! Values of answers: those that the document gives, or else some made from its schemas. They always conform.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::conform::{Bundle, Instances, Manner, Reading};
use crate::document::Place;
use crate::media_type::Family;
use crate::mock::contract::{Contract, Form, MediaType, Parameter};

/// How often it is tried to make a value.
const ATTEMPTS: usize = 40;
/// How many values come one after the other in a stream.
const ITEMS: usize = 3;

/// A form of an answer: the document, its place there, and its name. Of 2.0, several stand at one place.
type Key = (String, String, String);

/// The values of answers, which are always the same for the same seed.
#[derive(Debug)]
pub struct Answers {
    seed: String,
    /// What has been made: there are as many of them as the documents have forms.
    made: Mutex<HashMap<Key, Result<Arc<Value>, MadeError>>>,
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MadeError {
    /// The document has no example of this name.
    NoExample(String),
    /// Nothing that was made conforms to the schema.
    Nothing(String),
}

impl fmt::Display for MadeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoExample(name) => write!(f, "the document has no example `{name}` here"),
            Self::Nothing(at) => {
                write!(f, "no value was found that conforms to the schema at {at}")
            }
        }
    }
}

impl Answers {
    /// Creates answers that depend on nothing but the documents and this text.
    #[must_use]
    pub fn new(seed: impl Into<String>) -> Self {
        Self {
            seed: seed.into(),
            made: Mutex::default(),
        }
    }

    /// Returns the value of a form of an answer. One of a form whose values come one after the other is a list of them.
    ///
    /// # Errors
    ///
    /// When there is no such example, or nothing conforms to the schema.
    pub fn value(
        &self,
        contract: &Contract,
        form: &MediaType,
        example: Option<&str>,
    ) -> Result<Arc<Value>, MadeError> {
        if let Some(name) = example {
            let mut named = form.examples.iter();
            let found = named.find(|(known, _)| known.as_deref() == Some(name));
            let found = found.map(|(_, it)| Arc::new(it.clone()));
            return found.ok_or_else(|| MadeError::NoExample(name.to_owned()));
        }
        self.remembered(contract, &form.place, &form.name, || {
            self.make(&contract.responses, form)
        })
    }

    /// A value that is made once.
    fn remembered(
        &self,
        contract: &Contract,
        place: &Place,
        name: &str,
        new: impl FnOnce() -> Result<Value, MadeError>,
    ) -> Result<Arc<Value>, MadeError> {
        let pointer = format!("{}#{}", place.source.name, place.pointer.as_str());
        let key = (contract.module.clone(), pointer, name.to_owned());
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(key)
            .or_insert_with(|| new().map(Arc::new))
            .clone()
    }

    fn make(&self, bundle: &Bundle, form: &MediaType) -> Result<Value, MadeError> {
        let is_list = matches!(form.family, Family::Lines | Family::Events);
        if let (true, Some(number)) = (is_list, form.item) {
            let item = |index| self.instance(bundle, number, &form.place, &[], index);
            return (0..ITEMS).map(item).collect();
        }
        match form.schema {
            Some(number) => {
                let examples: Vec<&Value> = form.examples.iter().map(|(_, it)| it).collect();
                self.instance(bundle, number, &form.place, &examples, 0)
            }
            None => Ok(form
                .examples
                .first()
                .map_or_else(|| unknown(form), |(_, it)| it.clone())),
        }
    }

    /// Returns the value of a header; `None` when nothing conforms to its schema.
    #[must_use]
    pub fn header(&self, contract: &Contract, header: &Parameter) -> Option<Arc<Value>> {
        let number = match &header.form {
            Form::Style { schema, .. } => *schema,
            Form::Content(content) => content.schema,
        };
        let make = || match number {
            Some(number) => {
                let examples: Vec<&Value> = header.examples.iter().collect();
                self.instance(&contract.responses, number, &header.place, &examples, 0)
            }
            None => Ok(Value::from("text")),
        };
        self.remembered(contract, &header.place, &header.name, make)
            .ok()
    }

    /// A value that conforms to a schema: an example, if one does.
    fn instance(
        &self,
        bundle: &Bundle,
        number: usize,
        place: &Place,
        examples: &[&Value],
        index: usize,
    ) -> Result<Value, MadeError> {
        let seed = format!("{}{}{index}", self.seed, place.pointer.as_str());
        for reading in [Reading::Strict, Reading::Loose] {
            let Some(validator) = bundle.validator(number, reading) else {
                continue;
            };
            if let Some(example) = examples.iter().find(|it| validator.is_valid(it)) {
                return Ok((*example).clone());
            }
            for manner in [Manner::Plain, Manner::Odd] {
                let mut instances = Instances::new(bundle, manner, &seed);
                let mut made = (0..ATTEMPTS).filter_map(|_| instances.make(number));
                if let Some(value) = made.find(|it| validator.is_valid(it)) {
                    return Ok(value);
                }
            }
        }
        Err(MadeError::Nothing(Contract::locate(place)))
    }
}

/// The value of a form of which nothing is known.
fn unknown(form: &MediaType) -> Value {
    match form.family {
        Family::Json | Family::Form | Family::Multipart => Value::Object(serde_json::Map::new()),
        Family::Lines => Value::Array(vec![Value::Object(serde_json::Map::new())]),
        Family::Events => Value::Array(vec![Value::from("text")]),
        Family::Xml => Value::from("<text/>"),
        Family::Text | Family::Range | Family::Other => Value::from("text"),
    }
}
