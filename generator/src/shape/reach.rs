//! Which items go which way: what is sent, what is received, and what nothing mentions.

use super::{Cx, Direction};
use crate::ir::{Additional, Item, ItemId, ItemKind, Type};

/// The id of the item with an index.
pub(super) fn item_id(index: usize) -> ItemId {
    ItemId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The types that an item directly consists of. What a type of another crate consists of is its own matter.
pub(super) fn types_in(item: &Item) -> Vec<&Type> {
    if item.foreign.is_some() {
        return Vec::new();
    }
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

/// The items in a type, inside lists, tuples and maps.
pub(super) fn items_in(ty: &Type, found: &mut Vec<usize>) {
    match ty {
        Type::Item(ItemId(index)) => found.push(*index as usize),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
            items_in(inner, found);
        }
        Type::Tuple(items) => items.iter().for_each(|it| items_in(it, found)),
        _ => {}
    }
}

/// Which way the values of each item go. What no operation mentions may go both ways.
pub(super) fn directions(cx: &Cx<'_>) -> Vec<Direction> {
    let api = cx.api;
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        sent.extend(operation.arguments.iter().map(|it| &it.ty));
        let bodies = operation.body.iter().flat_map(|it| &it.payloads);
        sent.extend(bodies.map(|it| &it.ty));
        for response in &operation.responses {
            received.extend(response.payloads.iter().map(|it| &it.ty));
            received.extend(response.headers.iter().map(|it| &it.ty));
        }
    }
    for incoming in &api.incoming {
        received.extend(incoming.arguments.iter().map(|it| &it.ty));
        let bodies = incoming.body.iter().flat_map(|it| &it.payloads);
        received.extend(bodies.map(|it| &it.ty));
        for response in &incoming.responses {
            sent.extend(response.payloads.iter().map(|it| &it.ty));
        }
    }
    let contained: Vec<Vec<usize>> = api.items.iter().map(contained).collect();
    let (sent, received) = (reached(&contained, &sent), reached(&contained, &received));
    let mut directions: Vec<Direction> = sent
        .into_iter()
        .zip(received)
        .map(|(sent, received)| Direction { sent, received })
        .collect();
    // Who has no operations has the types for uses of their own; otherwise, what none mentions is there to be read.
    let has_operations = !api.operations.is_empty();
    let mut open: Vec<usize> = Vec::new();
    for (index, it) in directions.iter_mut().enumerate() {
        if !it.sent && !it.received {
            (it.sent, it.received) = (!has_operations, true);
            open.extend(&contained[index]);
        }
    }
    // What can be read consists of what can.
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut directions[index].received, true) {
            open.extend(&contained[index]);
        }
    }
    directions
}

fn contained(item: &Item) -> Vec<usize> {
    let mut found = Vec::new();
    for ty in types_in(item) {
        items_in(ty, &mut found);
    }
    found
}

/// Which items types consist of, directly or not.
fn reached(contained: &[Vec<usize>], from: &[&Type]) -> Vec<bool> {
    let mut reached = vec![false; contained.len()];
    let mut open = Vec::new();
    for ty in from {
        items_in(ty, &mut open);
    }
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut reached[index], true) {
            open.extend(&contained[index]);
        }
    }
    reached
}

/// Which items hold a secret, directly or inside.
pub(super) fn secrets(cx: &Cx<'_>) -> Vec<bool> {
    let items = &cx.api.items;
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut secret = vec![false; items.len()];
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if types_in(item).into_iter().any(is_secret) {
            secret[index] = true;
            found.push(index);
        }
        for inner in contained(item) {
            users[inner].push(index);
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
    secret
}

/// Whether a type is a secret, inside lists, tuples and maps.
fn is_secret(ty: &Type) -> bool {
    match ty {
        Type::Secret => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
            is_secret(inner)
        }
        Type::Tuple(items) => items.iter().any(is_secret),
        _ => false,
    }
}
