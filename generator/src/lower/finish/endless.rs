//! Types of which no value ends, since each demands another of its kind.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Item, ItemId, ItemKind, Presence, Type};

/// Makes the properties optional through which a type demands a value of itself. What servers send does end, so they
/// leave such a property out somewhere.
pub(in crate::lower) fn relax(api: &mut Api, diagnostics: &mut Diagnostics) {
    let ends = ends(&api.items);
    for item in &mut api.items {
        let ItemKind::Struct(structure) = &mut item.kind else {
            continue;
        };
        for field in &mut structure.fields {
            let is_demanded = field.presence == Presence::Required && field.boxed;
            if is_demanded && demanded(&field.ty).iter().any(|id| !ends[*id]) {
                field.presence = Presence::Optional;
                let message = format!(
                    "the required property `{}` contains another required value of its own type, without end",
                    field.wire_name
                );
                diagnostics.report(
                    Diagnostic::at(Code::ConflictingSchemas, &field.origin.place, message)
                        .label("read as optional")
                        .help("remove the property from `required`: no finite value can have it"),
                );
            }
        }
    }
}

/// Whether a value of each item can end: one of a struct does when those of its required properties do.
fn ends(items: &[Item]) -> Vec<bool> {
    let demands: Vec<Vec<usize>> = items.iter().map(demands).collect();
    let mut demanding: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for (index, demands) in demands.iter().enumerate() {
        for demand in demands {
            demanding[*demand].push(index);
        }
    }
    let mut left: Vec<usize> = demands.iter().map(Vec::len).collect();
    let mut ends = vec![false; items.len()];
    let mut open: Vec<usize> = (0..items.len()).filter(|index| left[*index] == 0).collect();
    while let Some(index) = open.pop() {
        ends[index] = true;
        for &user in &demanding[index] {
            left[user] -= 1;
            if left[user] == 0 {
                open.push(user);
            }
        }
    }
    ends
}

/// The items without which there is no value of an item.
fn demands(item: &Item) -> Vec<usize> {
    match &item.kind {
        ItemKind::Struct(it) => {
            let fields = it.fields.iter();
            let required = fields.filter(|field| field.presence == Presence::Required);
            required.flat_map(|field| demanded(&field.ty)).collect()
        }
        ItemKind::Alias(ty) => demanded(ty),
        // Unions keep what fits none of their types.
        ItemKind::Enumeration(_) | ItemKind::Union(_) => Vec::new(),
    }
}

/// The items without which there is no value of a type.
fn demanded(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Item(ItemId(id)) => vec![*id as usize],
        Type::Tuple(items) => items.iter().flat_map(demanded).collect(),
        _ => Vec::new(),
    }
}
