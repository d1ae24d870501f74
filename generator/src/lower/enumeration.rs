//! `enum` and `const`: open enumerations of texts, of whole numbers, or of both and more.

use super::schema::Kind;
use crate::ir::{Enumeration, EnumerationValues, ItemKind, Value, Variant};
use crate::model::{Schema, SimpleType};

/// Makes an enumeration of a schema that lists its values. Lists of booleans leave the plain type, since there
/// is hardly a choice, and so do lists of arrays or objects; the docs name the values.
pub(super) fn lower(schema: &Schema) -> Option<Kind> {
    if !becomes_item(schema) {
        return None;
    }
    let listed = values(schema)?;
    let fits = |ty: SimpleType| schema.types.is_empty() || schema.types.contains(&ty);
    let texts: Option<Vec<_>> = listed.iter().map(|value| value.as_str()).collect();
    let integers: Option<Vec<_>> = listed.iter().map(|value| value.as_i64()).collect();
    let values = match (texts, integers) {
        (Some(texts), _) if fits(SimpleType::String) => {
            EnumerationValues::Strings(variants(schema, texts.into_iter().map(str::to_owned)))
        }
        (_, Some(integers)) if fits(SimpleType::Integer) || fits(SimpleType::Number) => {
            EnumerationValues::Integers(variants(schema, integers.into_iter()))
        }
        _ => EnumerationValues::Mixed(variants(schema, listed.into_iter().cloned())),
    };
    Some(Kind::Item(ItemKind::Enumeration(Enumeration { values })))
}

/// Whether a schema becomes an enumeration.
pub(super) fn becomes_item(schema: &Schema) -> bool {
    values(schema).is_some_and(|values| {
        values
            .iter()
            .all(|value| !value.is_array() && !value.is_object())
            && values.iter().any(|value| !value.is_boolean())
    })
}

/// The values that a schema lists. A `const` is a list of one.
pub(super) fn values(schema: &Schema) -> Option<Vec<&Value>> {
    match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => Some(vec![constant]),
        (None, Some(values)) => Some(values.iter().collect()),
        (None, None) => None,
    }
}

/// The variants of a list of values, each value once. `x-enum-varnames` and `x-enum-descriptions` are lists
/// beside the values, by position.
fn variants<T: PartialEq + Clone>(
    schema: &Schema,
    values: impl Iterator<Item = T>,
) -> Vec<Variant<T>> {
    let mut variants: Vec<Variant<T>> = Vec::new();
    for (index, value) in values.enumerate() {
        if variants.iter().any(|variant| variant.value == value) {
            continue;
        }
        let beside = |keyword: &str| {
            Some(
                schema
                    .extensions
                    .get(keyword)?
                    .get(index)?
                    .as_str()?
                    .to_owned(),
            )
        };
        variants.push(Variant {
            value,
            rust_name: beside("x-enum-varnames").or_else(|| beside("x-enumNames")),
            description: beside("x-enum-descriptions").or_else(|| beside("x-enumDescriptions")),
        });
    }
    variants
}
