//! `enum` and `const`: open enumerations of texts, of whole numbers, or of both and more.

use std::collections::HashSet;
use std::hash::Hash;

use super::labels::{self, Label};
use crate::ir::{Enumeration, EnumerationValues, ItemKind, Value, Variant};
use crate::lower::context::Context;
use crate::lower::schema::Kind;
use crate::model::{Schema, SimpleType};

/// Makes an enumeration of a schema that lists its values. Lists of booleans leave the plain type, since there
/// is hardly a choice, and so do lists of arrays or objects; the docs name the values.
pub(super) fn lower(cx: &mut Context, schema: &Schema) -> Option<Kind> {
    if !becomes_item(schema) {
        return None;
    }
    let listed = values(schema)?;
    let labels = labels::of(cx, schema, &listed);
    let fits = |ty: SimpleType| schema.types.is_empty() || schema.types.contains(&ty);
    let texts: Option<Vec<_>> = listed.iter().map(|value| value.as_str()).collect();
    let integers: Option<Vec<_>> = listed.iter().map(|value| value.as_i64()).collect();
    let values = match (texts, integers) {
        (Some(texts), _) if fits(SimpleType::String) => {
            EnumerationValues::Strings(variants(labels, texts.into_iter().map(str::to_owned)))
        }
        (_, Some(integers)) if fits(SimpleType::Integer) || fits(SimpleType::Number) => {
            EnumerationValues::Integers(variants(labels, integers.into_iter()))
        }
        _ => EnumerationValues::Mixed(variants(labels, listed.into_iter().cloned())),
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
pub(in crate::lower) fn values(schema: &Schema) -> Option<Vec<&Value>> {
    match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => Some(vec![constant]),
        (None, Some(values)) => Some(values.iter().collect()),
        (None, None) => None,
    }
}

/// The variants of a list of values, each value once.
fn variants<T: Hash + Eq + Clone>(
    labels: Vec<Label>,
    values: impl Iterator<Item = T>,
) -> Vec<Variant<T>> {
    let mut variants: Vec<Variant<T>> = Vec::new();
    let mut known = HashSet::new();
    for (value, label) in values.zip(labels) {
        if !known.insert(value.clone()) {
            continue;
        }
        variants.push(Variant {
            value,
            rust_name: label.name,
            description: label.description,
        });
    }
    variants
}
