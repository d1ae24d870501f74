//! Names of fields and variants.

use super::conflict::{Case, Scope, Wish, settle};
use crate::ir::{
    Additional, Branch, Enumeration, EnumerationValues, Ident, ItemKind, Struct, Union, Variant,
};

/// The variant that keeps a value which the document does not list.
const UNKNOWN: &str = "Unknown";
/// The field that keeps properties which the document does not list.
const ADDITIONAL: &str = "additional_properties";

/// The variants of an enumeration or a union.
const VARIANTS: Scope<'_> = Scope {
    case: Case::Camel,
    taken: &[UNKNOWN],
    suffix: "value",
};

/// The names of an item's members, and of the member that keeps the rest, where there is one.
pub(super) fn assign(kind: &ItemKind) -> (Vec<Ident>, Option<Ident>) {
    match kind {
        ItemKind::Struct(it) => fields(it),
        ItemKind::Enumeration(it) => (
            settle(&values(it), VARIANTS),
            Some(super::ident(UNKNOWN.to_owned())),
        ),
        ItemKind::Union(it) => (
            settle(&branches(it), VARIANTS),
            Some(super::ident(UNKNOWN.to_owned())),
        ),
        ItemKind::Alias(_) => (Vec::new(), None),
    }
}

fn fields(it: &Struct) -> (Vec<Ident>, Option<Ident>) {
    let is_kept = matches!(it.additional, Additional::Kept(_));
    let scope = Scope {
        case: Case::Snake,
        taken: if is_kept { &[ADDITIONAL] } else { &[] },
        suffix: "field",
    };
    let wishes: Vec<_> = it
        .fields
        .iter()
        .map(|field| Wish::of(&field.wire_name, field.rust_name.as_ref()))
        .collect();
    let rest = is_kept.then(|| super::ident(ADDITIONAL.to_owned()));
    (settle(&wishes, scope), rest)
}

fn values(it: &Enumeration) -> Vec<Wish> {
    match &it.values {
        EnumerationValues::Strings(variants) => variants.iter().map(value).collect(),
        EnumerationValues::Integers(variants) => variants.iter().map(value).collect(),
        EnumerationValues::Mixed(variants) => variants.iter().map(value).collect(),
    }
}

fn value<T: ToString>(variant: &Variant<T>) -> Wish {
    Wish::of(&variant.value.to_string(), variant.rust_name.as_ref())
}

fn branches(it: &Union) -> Vec<Wish> {
    let branch = |branch: &Branch| {
        let mut twins = it.branches.iter().filter(|it| it.hint == branch.hint);
        let is_sole = twins.nth(1).is_none();
        // How a hint is spelled tells it from other hints, and not from the same.
        let wish = if is_sole { Wish::of } else { Wish::plain };
        wish(&branch.hint, None).at(branch.origin.place.pointer.as_str())
    };
    it.branches.iter().map(branch).collect()
}
