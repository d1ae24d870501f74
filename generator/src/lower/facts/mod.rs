//! Facts about the values of a schema, for the rest of `lower`.

mod class;
mod formats;

pub(super) use class::Class;
pub(super) use formats::{integer_format, is_number_format, is_of_numbers, is_string_format};

use crate::model::{Schema, SimpleType};
use serde_json::Value;

/// The values that a schema lists. A `const` is a list of one.
pub(super) fn values(schema: &Schema) -> Option<&[Value]> {
    let constant = schema.constant.as_ref().map(std::slice::from_ref);
    constant.or(schema.enumeration.as_deref())
}

/// The only value that a schema allows, where that is a text, a whole number of 64 bits or a boolean.
pub(super) fn only_value(schema: &Schema) -> Option<Value> {
    let (first, others) = values(schema)?.split_first()?;
    let is_exact = first.is_string() || first.is_boolean() || first.is_i64();
    (is_exact && others.iter().all(|it| it == first)).then(|| first.clone())
}

/// Whether the values that a schema lists make an enumeration. Lists of booleans leave the plain type, since there is
/// hardly a choice, and so do lists of arrays or objects.
pub(super) fn is_enumeration(schema: &Schema) -> bool {
    let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
    values(schema)
        .is_some_and(|values| values.iter().all(is_scalar) && !values.iter().all(Value::is_boolean))
}

/// `type`, or what the other keywords imply: a document that says `properties` means an object.
pub(super) fn types(schema: &Schema) -> Vec<SimpleType> {
    if !schema.types.is_empty() {
        return schema.types.clone();
    }
    let listed = values(schema).and_then(type_of_all);
    listed.or_else(|| implied(schema)).into_iter().collect()
}

/// The type of listed values that are no enumeration.
fn type_of_all(listed: &[Value]) -> Option<SimpleType> {
    let all = |test: fn(&Value) -> bool| !listed.is_empty() && listed.iter().all(test);
    match () {
        () if all(Value::is_boolean) => Some(SimpleType::Boolean),
        () if all(Value::is_array) => Some(SimpleType::Array),
        () if all(Value::is_object) => Some(SimpleType::Object),
        () => None,
    }
}

/// The one type that has the keywords of a schema.
fn implied(schema: &Schema) -> Option<SimpleType> {
    let object = !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.pattern_properties.is_empty();
    let array = schema.items.is_some() || !schema.prefix_items.is_empty();
    let string = schema.format.as_deref().is_some_and(is_string_format);
    match (object, array, string) {
        (true, false, _) => Some(SimpleType::Object),
        (false, true, _) => Some(SimpleType::Array),
        (false, false, true) => Some(SimpleType::String),
        _ => None,
    }
}
