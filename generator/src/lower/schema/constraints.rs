//! What a schema demands of a value besides its type, in words for the docs. The client does not check it:
//! the server does, and what a server sends must be readable even where it breaks its own rules.

use crate::lower::facts;
use crate::model::{Bound, Bounds, Schema, SimpleType};

/// The demands, each a clause. A keyword is about the values of one type, and demands nothing of others (JSON Schema
/// 2020-12 validation, section 6).
pub(in crate::lower) fn describe(schema: &Schema) -> Vec<String> {
    let mut clauses = Vec::new();
    if let Some(values) = facts::values(schema).filter(|_| !facts::is_enumeration(schema)) {
        let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        clauses.push(values.join(" or "));
    }
    clauses.extend(describe_bounds(&schema.types, &schema.bounds));
    clauses
}

/// What bounds demand of values of these types, or of any.
fn describe_bounds(types: &[SimpleType], bounds: &Bounds) -> Vec<String> {
    let may_be = |ty| types.is_empty() || types.contains(&ty);
    let mut clauses = Vec::new();
    if may_be(SimpleType::String) {
        let (min, max) = (bounds.min_length, bounds.max_length);
        clauses.extend(range(min, max, "character", "characters"));
    }
    if may_be(SimpleType::Array) {
        clauses.extend(range(bounds.min_items, bounds.max_items, "item", "items"));
    }
    if may_be(SimpleType::Object) {
        let (min, max) = (bounds.min_properties, bounds.max_properties);
        clauses.extend(range(min, max, "property", "properties"));
    }
    if may_be(SimpleType::Number) || may_be(SimpleType::Integer) {
        let clause = |text: &str, bound: &Option<Bound>| {
            let bound = bound.as_ref();
            bound.map(|bound| format!("{text} {bound}"))
        };
        clauses.extend(clause("at least", &bounds.minimum));
        clauses.extend(clause("more than", &bounds.exclusive_minimum));
        clauses.extend(clause("at most", &bounds.maximum));
        clauses.extend(clause("less than", &bounds.exclusive_maximum));
        clauses.extend(clause("a multiple of", &bounds.multiple_of));
    }
    if may_be(SimpleType::Array) && bounds.unique_items {
        clauses.push("no item twice".to_owned());
    }
    if may_be(SimpleType::String) {
        let pattern = bounds.pattern.as_ref();
        clauses.extend(pattern.map(|pattern| format!("matches `{pattern}`")));
    }
    clauses
}

/// How many there may be of something.
fn range(min: Option<u64>, max: Option<u64>, one: &str, many: &str) -> Option<String> {
    let noun = |count: u64| if count == 1 { one } else { many };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min} {}", noun(min))),
        (Some(min), Some(max)) => Some(format!("{min} to {max} {many}")),
        (Some(min), None) => Some(format!("at least {min} {}", noun(min))),
        (None, Some(max)) => Some(format!("at most {max} {}", noun(max))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_demands_nothing_of_another_type() {
        let bounds = Bounds {
            unique_items: true,
            min_length: Some(1),
            pattern: Some("^a".to_owned()),
            max_properties: Some(2),
            max_items: Some(3),
            ..Bounds::default()
        };
        assert!(describe_bounds(&[SimpleType::Integer], &bounds).is_empty());
        assert_eq!(
            describe_bounds(&[], &bounds).join(", "),
            "at least 1 character, at most 3 items, at most 2 properties, no item twice, matches `^a`"
        );
    }
}
