//! What emitters ask again and again about the types of an API, found out once, in linear time.

use crate::ir::{Additional, Api, Item, ItemId, ItemKind, Type};

/// Facts about the items of an API, by [`ItemId`].
#[derive(Debug)]
pub(super) struct Facts {
    secret: Vec<bool>,
}

impl Facts {
    /// Looks through an API.
    pub(super) fn of(api: &Api) -> Self {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.items.len()];
        let mut secret = vec![false; api.items.len()];
        let mut found = Vec::new();
        for (index, item) in api.items.iter().enumerate() {
            for ty in types_in(item) {
                for ty in cores(ty) {
                    match ty {
                        Type::Secret if !secret[index] => {
                            secret[index] = true;
                            found.push(index);
                        }
                        Type::Item(id) => users[id.0 as usize].push(index),
                        _ => {}
                    }
                }
            }
        }
        // Who holds a holder of a secret holds one.
        while let Some(index) = found.pop() {
            for user in std::mem::take(&mut users[index]) {
                if !std::mem::replace(&mut secret[user], true) {
                    found.push(user);
                }
            }
        }
        Self { secret }
    }

    /// Whether a value of the type holds a secret, directly or inside.
    pub(super) fn holds_secret(&self, ty: &Type) -> bool {
        cores(ty).into_iter().any(|ty| match ty {
            Type::Secret => true,
            Type::Item(ItemId(index)) => self.secret[*index as usize],
            _ => false,
        })
    }
}

/// The types inside lists, tuples and maps.
fn cores(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
            cores(inner)
        }
        Type::Tuple(items) => items.iter().flat_map(cores).collect(),
        plain => vec![plain],
    }
}

/// The types that an item directly consists of.
pub(super) fn types_in(item: &Item) -> Vec<&Type> {
    match &item.kind {
        ItemKind::Struct(it) => {
            let fields = it.fields.iter().map(|field| &field.ty);
            let rest = match &it.additional {
                Additional::Kept(ty) => Some(ty),
                Additional::Skipped | Additional::Denied => None,
            };
            fields.chain(rest).collect()
        }
        ItemKind::Union(it) => it.branches.iter().map(|branch| &branch.ty).collect(),
        ItemKind::Enumeration(_) => Vec::new(),
        ItemKind::Alias(ty) => vec![ty],
    }
}
