//! `enum` and `const`: open enumerations of texts, of whole numbers, or of both and more.

use std::collections::HashSet;
use std::hash::Hash;

use super::labels::{self, Label};
use crate::ir::{Enumeration, EnumerationValues, Value, Variant};
use crate::lower::context::Context;
use crate::lower::facts;
use crate::model::{Schema, SimpleType};

/// Makes an enumeration of a schema that lists its values.
pub(super) fn lower(cx: &mut Context, schema: &Schema) -> Enumeration {
    let listed = facts::values(schema).unwrap_or_default();
    let labels = labels::of(cx, schema, listed);
    let fits = |ty: SimpleType| schema.types.is_empty() || schema.types.contains(&ty);
    let texts: Option<Vec<_>> = listed.iter().map(Value::as_str).collect();
    let integers: Option<Vec<_>> = listed.iter().map(Value::as_i64).collect();
    let values = match (texts, integers) {
        (Some(texts), _) if fits(SimpleType::String) => {
            EnumerationValues::Strings(variants(labels, texts.into_iter().map(str::to_owned)))
        }
        (_, Some(integers)) if fits(SimpleType::Integer) || fits(SimpleType::Number) => {
            EnumerationValues::Integers(variants(labels, integers.into_iter()))
        }
        _ => EnumerationValues::Mixed(variants(labels, listed.iter().cloned())),
    };
    Enumeration { values }
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
