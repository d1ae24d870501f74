//! Whether models keep what a document allows: instances made from its schemas are read and written again.
//!
//! What is allowed is decided without the stages that make the models: see [`keywright::conform`]. [`sample`] makes
//! values from the schemas. Whoever has compiled the models says what becomes of an instance, and [`Sample::judge`] whether that
//! is right.

pub mod types;

use std::sync::Arc;

use jsonschema::Validator;
use keywright::conform::{Bundle, Direction, Instances, Manner, Part, Reading};
use keywright::document::Spec;
use serde_json::{Map, Number, Value, json};

use types::ModelType;

/// How often it is tried to make an instance.
const ATTEMPTS: usize = 4;

/// Instances of a type of the models.
#[derive(Debug)]
pub struct Sample {
    /// What says whether they conform.
    validator: Arc<Validator>,
    /// The instances, each of which conforms.
    pub instances: Vec<Value>,
    /// How many more were made that did not conform.
    pub discarded: usize,
    /// Why the first of these did not.
    pub reason: Option<String>,
}

/// What is wrong with a round trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The instance cannot be read, or what was read cannot be written.
    Refused(String),
    /// What is written means something else, at this place.
    Differs(String),
    /// What is written does not conform any more.
    DoesNotConform(String),
    /// So many values of unions are read as being of none of their types.
    Unknown(usize),
}

/// What became of an instance that was read and written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// What was written.
    pub json: &'a [u8],
    /// How many values of unions were read as being of none of their types.
    pub unknown: usize,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(message) => write!(f, "refused: {message}"),
            Self::Differs(at) => write!(f, "differs at {at}"),
            Self::DoesNotConform(message) => write!(f, "no longer conforms: {message}"),
            Self::Unknown(count) => write!(f, "read as unknown: {count} of its values"),
        }
    }
}

/// The schemas of the types, as far as the document has them where the types say.
///
/// # Errors
///
/// When `jsonschema` does not take what the document says for JSON Schema.
pub fn bundle(spec: &Spec, types: &[ModelType]) -> Result<Bundle, String> {
    let part = |ty: &ModelType| {
        Some(Part::Stated {
            at: (ty.file(spec)?, ty.pointer()),
            tie: tie(ty),
        })
    };
    Bundle::of(spec, Direction::Both, types.iter().filter_map(part))
}

/// What must be true of the instances of a type beside its schema.
fn tie(ty: &ModelType) -> Option<Value> {
    let tags = ty.tags.iter();
    let tags: Map<String, Value> = tags
        .map(|(name, value)| (name.clone(), json!({ "const": value })))
        .collect();
    (!tags.is_empty()).then(|| json!({ "properties": tags }))
}

/// Makes up to `count` instances of a type, always the same. `None` when the document has no schema where the type
/// says.
#[must_use]
pub fn sample(bundle: &Bundle, spec: &Spec, ty: &ModelType, count: usize) -> Option<Sample> {
    let schema = bundle.schema_at(ty.file(spec)?, &ty.pointer())?;
    let mut sample = Sample {
        validator: bundle.validator(schema, Reading::Strict)?,
        instances: Vec::new(),
        discarded: 0,
        reason: None,
    };
    sample.fill(bundle, schema, ty, count);
    if sample.instances.is_empty()
        && let Some(loose) = bundle.validator(schema, Reading::Loose)
    {
        sample.validator = loose;
        sample.fill(bundle, schema, ty, count);
    }
    Some(sample)
}

impl Sample {
    /// Makes instances, of which those that do not conform are discarded.
    fn fill(&mut self, bundle: &Bundle, schema: usize, ty: &ModelType, count: usize) {
        let mut made = Instances::new(bundle, Manner::Odd, &ty.name);
        for _ in 0..count * ATTEMPTS {
            let reason = match made.make(schema) {
                // Where a type is used says whether null stands for it, not the type.
                Some(Value::Null) if !ty.holds_null => continue,
                Some(instance) => match self.validator.validate(&instance) {
                    Ok(()) => {
                        self.instances.push(instance);
                        None
                    }
                    Err(error) => Some(format!("{error} at {}", error.instance_path())),
                },
                None => Some("nothing could be made".to_owned()),
            };
            self.discarded += usize::from(reason.is_some());
            self.reason = self.reason.take().or(reason);
            if self.instances.len() == count {
                break;
            }
        }
    }
}

impl Sample {
    /// Says what is wrong with a round trip: `outcome` is what was written, or why nothing was.
    #[must_use]
    pub fn judge(&self, instance: &Value, outcome: Result<Written<'_>, String>) -> Option<Fault> {
        let Written { json, unknown } = match outcome {
            Ok(written) => written,
            Err(message) => return Some(Fault::Refused(message)),
        };
        let written: Value = match serde_json::from_slice(json) {
            Ok(written) => written,
            Err(error) => {
                return Some(Fault::Refused(format!(
                    "what is written is not JSON: {error}"
                )));
            }
        };
        if let Some(at) = difference(instance, &written, "#") {
            return Some(Fault::Differs(at));
        }
        if let Err(error) = self.validator.validate(&written) {
            return Some(Fault::DoesNotConform(error.to_string()));
        }
        (unknown > 0).then_some(Fault::Unknown(unknown))
    }
}

/// Where two values mean something else: the first place, and both values there. Numbers are compared by value.
pub(crate) fn difference(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) if is_same(a, b) => None,
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (a, b))| difference(a, b, &format!("{at}/{index}")))
        }
        (Value::Object(a), Value::Object(b)) => {
            let lost = a.iter().find_map(|(key, a)| match b.get(key) {
                Some(b) => difference(a, b, &format!("{at}/{key}")),
                None => Some(format!("{at}/{key}: {a} is lost")),
            });
            let added = || b.iter().find(|(key, _)| !a.contains_key(*key));
            lost.or_else(|| added().map(|(key, b)| format!("{at}/{key}: {b} is new")))
        }
        (one, other) if one == other => None,
        (one, other) => Some(format!("{at}: {one} became {other}")),
    }
}

/// Whether two numbers have the same value. What `serde_json` reads may be the `f64` beside the nearest one.
fn is_same(one: &Number, other: &Number) -> bool {
    let is_integer = |it: &Number| it.is_i64() || it.is_u64();
    match (one.as_f64(), other.as_f64()) {
        (Some(a), Some(b)) if !(is_integer(one) && is_integer(other)) => {
            (a - b).abs() <= f64::EPSILON * a.abs()
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_of_meaning_not_of_spelling() {
        let found = |one, other| difference(&one, &other, "#").unwrap_or_default();
        assert_eq!(
            found(
                json!({ "a": 1.0, "b": [null] }),
                json!({ "b": [null], "a": 1 })
            ),
            ""
        );
        assert_eq!(
            found(
                json!([9_007_199_254_740_993_i64]),
                json!([9_007_199_254_740_992_i64])
            ),
            "#/0: 9007199254740993 became 9007199254740992"
        );
        assert_eq!(
            found(json!({ "a": { "b": 1 } }), json!({ "a": {} })),
            "#/a/b: 1 is lost"
        );
        assert_eq!(found(json!({}), json!({ "a": null })), "#/a: null is new");
        assert_eq!(found(json!(null), json!(false)), "#: null became false");
    }
}
