//! Finds out in which direction values of each item travel.

use crate::ir::{Additional, Api, ItemId, ItemKind, Type};

/// Marks every item that requests or responses hold, directly or inside others.
pub(super) fn mark(api: &mut Api) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for operation in &api.operations {
        sent.extend(
            operation
                .arguments
                .iter()
                .filter_map(|argument| item(&argument.ty)),
        );
        sent.extend(
            operation
                .body
                .iter()
                .filter_map(|body| item(&body.payload.ty)),
        );
        for response in &operation.responses {
            received.extend(
                response
                    .payload
                    .iter()
                    .filter_map(|payload| item(&payload.ty)),
            );
            received.extend(
                response
                    .headers
                    .iter()
                    .filter_map(|header| item(&header.ty)),
            );
        }
    }
    for id in reachable(api, sent) {
        api.items[id].usage.request = true;
    }
    for id in reachable(api, received) {
        api.items[id].usage.response = true;
    }
}

/// The items that some items lead to, themselves included.
fn reachable(api: &Api, mut open: Vec<ItemId>) -> Vec<usize> {
    let mut seen = vec![false; api.items.len()];
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        match &api[id].kind {
            ItemKind::Struct(structure) => {
                open.extend(structure.fields.iter().filter_map(|field| item(&field.ty)));
                if let Additional::Kept(ty) = &structure.additional {
                    open.extend(item(ty));
                }
            }
            ItemKind::Alias(ty) => open.extend(item(ty)),
            ItemKind::Union(union) => {
                open.extend(union.branches.iter().filter_map(|branch| item(&branch.ty)));
            }
            ItemKind::Enumeration(_) => {}
        }
    }
    seen.into_iter()
        .enumerate()
        .filter_map(|(id, seen)| seen.then_some(id))
        .collect()
}

/// The item that a type names, wherever in it.
fn item(ty: &Type) -> Option<ItemId> {
    match ty {
        Type::Item(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => item(inner),
        _ => None,
    }
}
