//! Names of items.

use super::{conflict, members, reserved, words};
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Item, ItemId, NameHint, TypeNames};

/// Names every item and its members.
pub(super) fn assign(api: &Api, _diagnostics: &mut Diagnostics) -> Vec<TypeNames> {
    let keys: Vec<String> = api.items.iter().map(key).collect();
    let wanted = api
        .items
        .iter()
        .zip(&keys)
        .map(|(item, key)| (key.as_str(), wanted(api, item)));
    let names = conflict::settle(wanted, reserved::MODELS, "model");
    names
        .into_iter()
        .zip(&api.items)
        .map(|(ty, item)| {
            let (members, rest) = members::assign(&item.kind);
            TypeNames { ty, members, rest }
        })
        .collect()
}

/// What settles a collision: components come before types that stand inside others.
fn key(item: &Item) -> String {
    let rank = match &item.hint {
        NameHint::Own(name) => return name.clone(),
        NameHint::Inner(..) => '\u{10FFFE}',
        NameHint::Operation(..) => '\u{10FFFF}',
    };
    format!("{rank}{}", item.origin.place.pointer)
}

/// The name that a type would have if no other wanted it: its own, or that of what it stands in and its role
/// there, `UserStatus`.
fn wanted(api: &Api, item: &Item) -> String {
    words::camel(&spelled_out(api, item))
}

fn spelled_out(api: &Api, item: &Item) -> String {
    match &item.hint {
        NameHint::Own(name) => name.clone(),
        NameHint::Inner(owner, role) => format!("{} {role}", owner_name(api, *owner)),
        NameHint::Operation(operation, role) => {
            let operation = &api[*operation];
            format!(
                "{} {role}",
                operation.rust_name.as_ref().unwrap_or(&operation.id)
            )
        }
    }
}

fn owner_name(api: &Api, owner: ItemId) -> String {
    spelled_out(api, &api[owner])
}
