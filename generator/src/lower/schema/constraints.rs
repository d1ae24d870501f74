//! What a schema demands of a value besides its type, in words for the docs. The client does not check it:
//! the server does, and what a server sends must be readable even where it breaks its own rules.

use crate::lower::facts;
use crate::model::{Bound, Schema};

/// The demands, each a clause.
pub(in crate::lower) fn describe(schema: &Schema) -> Vec<String> {
    let mut clauses = Vec::new();
    if let Some(values) = facts::values(schema).filter(|_| !facts::is_enumeration(schema)) {
        let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        clauses.push(values.join(" or "));
    }
    range(
        &mut clauses,
        schema.bounds.min_length,
        schema.bounds.max_length,
        "character",
        "characters",
    );
    range(
        &mut clauses,
        schema.bounds.min_items,
        schema.bounds.max_items,
        "item",
        "items",
    );
    range(
        &mut clauses,
        schema.bounds.min_properties,
        schema.bounds.max_properties,
        "property",
        "properties",
    );
    let mut number = |text: &str, bound: &Option<Bound>| {
        clauses.extend(bound.as_ref().map(|bound| format!("{text} {bound}")));
    };
    number("at least", &schema.bounds.minimum);
    number("more than", &schema.bounds.exclusive_minimum);
    number("at most", &schema.bounds.maximum);
    number("less than", &schema.bounds.exclusive_maximum);
    number("a multiple of", &schema.bounds.multiple_of);
    if schema.bounds.unique_items {
        clauses.push("no item twice".to_owned());
    }
    clauses.extend(
        schema
            .bounds
            .pattern
            .as_ref()
            .map(|pattern| format!("matches `{pattern}`")),
    );
    clauses
}

fn range(clauses: &mut Vec<String>, min: Option<u64>, max: Option<u64>, one: &str, many: &str) {
    let noun = |count: u64| if count == 1 { one } else { many };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => {
            clauses.push(format!("exactly {min} {}", noun(min)));
        }
        (Some(min), Some(max)) => clauses.push(format!("{min} to {max} {many}")),
        (Some(min), None) => clauses.push(format!("at least {min} {}", noun(min))),
        (None, Some(max)) => clauses.push(format!("at most {max} {}", noun(max))),
        (None, None) => {}
    }
}
