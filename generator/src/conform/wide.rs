//! Whole numbers that are beyond their format by so little that a number of 64 bits with fractions cannot tell.
//!
//! A text of JSON that no integer of 64 bits can hold becomes such a number, and -9223372036854775809 is -2^63 then. So it
//! counts that it is none of the integers.

use jsonschema::{Keyword, ValidationError};
use serde_json::Value;

/// The keyword of a schema whose numbers are integers of 64 bits. Its value is whether these have signs.
pub(super) const KEYWORD: &str = "x-keywright-signed";

/// -2^63 and 2^63
const LEAST: f64 = -9_223_372_036_854_775_808.0;
const SIGNED: f64 = 9_223_372_036_854_775_808.0;
/// 2^64
const UNSIGNED: f64 = 18_446_744_073_709_551_616.0;

/// What judges numbers by the keyword.
struct Fits {
    is_signed: bool,
}

impl<'i> Keyword<'i> for Fits {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            return Ok(());
        }
        Err(ValidationError::custom(
            "it is beyond the integers of its format",
        ))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let Some(number) = instance.as_f64().filter(|_| instance.is_f64()) else {
            return true;
        };
        if self.is_signed {
            LEAST < number && number < SIGNED
        } else {
            number < UNSIGNED
        }
    }
}

/// What judges numbers by a value of the keyword.
pub(super) fn keyword(value: &Value) -> Box<dyn for<'i> Keyword<'i>> {
    Box::new(Fits {
        is_signed: *value == Value::Bool(true),
    })
}
