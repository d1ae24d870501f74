//! `enum` and `const`: open enumerations of texts or whole numbers.

use super::context::Context;
use super::labels::{self, Label};
use super::schema::Kind;
use crate::ir::{Enumeration, EnumerationValues, ItemKind, Value, Variant};
use crate::model::Schema;

/// Makes an enumeration of a schema that lists its values, if all are texts or all are whole numbers.
/// Values of other types leave the plain type, whose docs name them.
pub(super) fn lower(cx: &mut Context, schema: &Schema) -> Option<Kind> {
    let listed = values(schema)?;
    if !becomes_item(schema) {
        cx.unsupported(
            &schema.place,
            "an `enum` of values that are neither all texts nor all integers",
            "any value of the type is allowed",
        );
        return None;
    }
    let labels = labels::of(cx, schema, &listed);
    let strings: Option<Vec<_>> = listed.iter().map(|value| value.as_str()).collect();
    let values = match strings {
        Some(texts) => {
            EnumerationValues::Strings(variants(labels, texts.into_iter().map(str::to_owned)))
        }
        None => EnumerationValues::Integers(variants(
            labels,
            listed.iter().filter_map(|value| value.as_i64()),
        )),
    };
    Some(Kind::Item(ItemKind::Enumeration(Enumeration { values })))
}

/// Whether a schema becomes an enumeration.
pub(super) fn becomes_item(schema: &Schema) -> bool {
    values(schema).is_some_and(|values| {
        !values.is_empty()
            && (values.iter().all(|value| value.is_string())
                || values.iter().all(|value| value.as_i64().is_some()))
    })
}

/// The values that a schema lists. A `const` is a list of one.
fn values(schema: &Schema) -> Option<Vec<&Value>> {
    match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => Some(vec![constant]),
        (None, Some(values)) => Some(values.iter().collect()),
        (None, None) => None,
    }
}

/// The variants of a list of values, each value once.
fn variants<T: PartialEq + Clone>(
    labels: Vec<Label>,
    values: impl Iterator<Item = T>,
) -> Vec<Variant<T>> {
    let mut variants: Vec<Variant<T>> = Vec::new();
    for (value, label) in values.zip(labels) {
        if variants.iter().any(|variant| variant.value == value) {
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
