//! Names of fields and variants.

use super::{conflict, words};
use crate::ir::{Additional, EnumerationValues, Ident, ItemKind, Variant};

/// The variant that keeps a value which the document does not list.
const UNKNOWN: &str = "Unknown";
/// The field that keeps properties which the document does not list.
const ADDITIONAL: &str = "additional_properties";

/// The names of an item's members, and of the member that keeps the rest, where there is one.
pub(super) fn assign(kind: &ItemKind) -> (Vec<Ident>, Option<Ident>) {
    match kind {
        ItemKind::Struct(structure) => {
            let wanted = structure.fields.iter().map(|field| {
                (
                    field.wire_name.as_str(),
                    words::snake(field.rust_name.as_ref().unwrap_or(&field.wire_name)),
                )
            });
            let rest = matches!(structure.additional, Additional::Kept(_))
                .then(|| super::ident(ADDITIONAL.to_owned()));
            let taken: &[&str] = if rest.is_some() { &[ADDITIONAL] } else { &[] };
            (conflict::settle(wanted, taken, "field"), rest)
        }
        ItemKind::Enumeration(enumeration) => {
            let members = match &enumeration.values {
                EnumerationValues::Strings(variants) => variant_names(variants),
                EnumerationValues::Integers(variants) => variant_names(variants),
                EnumerationValues::Mixed(variants) => variant_names(variants),
            };
            (members, Some(super::ident(UNKNOWN.to_owned())))
        }
        ItemKind::Union(union) => {
            let wanted = union
                .branches
                .iter()
                .map(|branch| (branch.hint.as_str(), words::camel(&branch.hint)));
            let members = conflict::settle(wanted, &[UNKNOWN], "value");
            (members, Some(super::ident(UNKNOWN.to_owned())))
        }
        ItemKind::Alias(_) => (Vec::new(), None),
    }
}

fn variant_names<T: ToString>(variants: &[Variant<T>]) -> Vec<Ident> {
    let values: Vec<String> = variants
        .iter()
        .map(|variant| variant.value.to_string())
        .collect();
    let wanted = values.iter().zip(variants).map(|(value, variant)| {
        (
            value.as_str(),
            words::camel(variant.rust_name.as_ref().unwrap_or(value)),
        )
    });
    conflict::settle(wanted, &[UNKNOWN], "value")
}
