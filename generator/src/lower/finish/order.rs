//! Puts the items into the document's order: an inline type follows the type that it stands in.

use crate::ir::{
    Additional, Api, Argument, Body, Item, ItemId, ItemKind, NameHint, Response, Type,
};

/// Sorts the items, and renumbers every mention of one. Components were made first, in their order; the
/// types inside them, which were made later, move behind the one that they stand in.
pub(in crate::lower) fn restore(api: &mut Api) {
    let order = depth_first(&api.items);
    let mut new_id = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        new_id[*old] = u32::try_from(new).expect("item numbers are 32 bits wide");
    }
    let mut items: Vec<_> = std::mem::take(&mut api.items)
        .into_iter()
        .map(Some)
        .collect();
    api.items = order.iter().filter_map(|old| items[*old].take()).collect();
    let renumber = |id: &mut ItemId| id.0 = new_id[id.0 as usize];
    for item in &mut api.items {
        renumber_item(item, &renumber);
    }
    for operation in &mut api.operations {
        let parts = (&mut operation.arguments, &mut operation.body);
        renumber_exchange(parts, &mut operation.responses, &renumber);
    }
    for incoming in &mut api.incoming {
        let parts = (&mut incoming.arguments, &mut incoming.body);
        renumber_exchange(parts, &mut incoming.responses, &renumber);
    }
}

/// What is in a request, and in what answers it.
fn renumber_exchange(
    (arguments, body): (&mut Vec<Argument>, &mut Option<Body>),
    responses: &mut [Response],
    renumber: &impl Fn(&mut ItemId),
) {
    let arguments = arguments.iter_mut().map(|argument| &mut argument.ty);
    let body = body.iter_mut().flat_map(|body| &mut body.payloads);
    let body = body.map(|payload| &mut payload.ty);
    for ty in arguments.chain(body) {
        renumber_type(ty, renumber);
    }
    for response in responses {
        let headers = response.headers.iter_mut().map(|header| &mut header.ty);
        let payload = response.payloads.iter_mut().map(|payload| &mut payload.ty);
        for ty in headers.chain(payload) {
            renumber_type(ty, renumber);
        }
    }
}

/// Every item, each followed by those that stand in it.
fn depth_first(items: &[Item]) -> Vec<usize> {
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut open = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match item.hint {
            NameHint::Inner(owner, _) => inner[owner.0 as usize].push(index),
            NameHint::Given(_)
            | NameHint::Own(_)
            | NameHint::Operation(..)
            | NameHint::Words(_) => open.push(index),
        }
    }
    open.reverse();
    let mut order = Vec::with_capacity(items.len());
    while let Some(index) = open.pop() {
        order.push(index);
        open.extend(inner[index].iter().rev());
    }
    order
}

fn renumber_item(item: &mut Item, renumber: &impl Fn(&mut ItemId)) {
    if let NameHint::Inner(owner, _) = &mut item.hint {
        renumber(owner);
    }
    match &mut item.kind {
        ItemKind::Struct(structure) => {
            for field in &mut structure.fields {
                renumber_type(&mut field.ty, renumber);
            }
            if let Additional::Kept(ty) = &mut structure.additional {
                renumber_type(ty, renumber);
            }
        }
        ItemKind::Alias(ty) => renumber_type(ty, renumber),
        ItemKind::Union(union) => {
            for branch in &mut union.branches {
                renumber_type(&mut branch.ty, renumber);
            }
        }
        ItemKind::Enumeration(_) => {}
    }
}

fn renumber_type(ty: &mut Type, renumber: &impl Fn(&mut ItemId)) {
    match ty {
        Type::Item(id) => renumber(id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
            renumber_type(inner, renumber);
        }
        Type::Tuple(items) => items
            .iter_mut()
            .for_each(|item| renumber_type(item, renumber)),
        _ => {}
    }
}
