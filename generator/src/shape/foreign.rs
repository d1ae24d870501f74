//! What types of other crates mean for the models that hold them.

use super::{Cx, reach};
use crate::ir::{ItemId, ItemKind, NameHint, Presence, Type};

/// Returns for each item whether its type has no blank value: a type of another crate, and what holds one directly.
pub(super) fn without_blank(cx: &Cx<'_>) -> Vec<bool> {
    let items = &cx.api.items;
    let mut found: Vec<bool> = items.iter().map(|item| item.foreign.is_some()).collect();
    let mut is_done = !found.contains(&true);
    while !is_done {
        is_done = true;
        for (index, item) in items.iter().enumerate() {
            let holds = match &item.kind {
                ItemKind::Struct(it) => it.fields.iter().any(|field| {
                    field.presence == Presence::Required && is_without(&found, &field.ty)
                }),
                ItemKind::Alias(ty) => is_without(&found, ty),
                // These start out as an unknown value.
                ItemKind::Enumeration(_) | ItemKind::Union(_) => false,
            };
            if holds && !found[index] {
                found[index] = true;
                is_done = false;
            }
        }
    }
    found
}

/// Returns whether a type has no blank value. Options, lists and maps start out empty.
pub(super) fn is_without(without: &[bool], ty: &Type) -> bool {
    match ty {
        Type::Item(ItemId(index)) => without[*index as usize],
        Type::Tuple(items) => items.iter().any(|item| is_without(without, item)),
        _ => false,
    }
}

/// Marks the items that are not written because of types of other crates: those whose place these take, and the inline
/// ones that stand in no other item.
pub(super) fn mark_replaced(cx: &Cx<'_>, omitted: &mut [bool]) {
    let api = cx.api;
    if api.items.iter().all(|item| item.foreign.is_none()) {
        return;
    }
    let mut open = Vec::new();
    let is_component = |hint: &NameHint| matches!(hint, NameHint::Own(_) | NameHint::Given(_));
    let components = api.items.iter().enumerate();
    let components = components.filter(|(_, item)| is_component(&item.hint));
    open.extend(components.map(|(index, _)| index));
    for ty in api.mentioned_types() {
        reach::items_in(ty, &mut open);
    }
    let mut is_reached = vec![false; api.items.len()];
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut is_reached[index], true) {
            for ty in reach::types_in(&api.items[index]) {
                reach::items_in(ty, &mut open);
            }
        }
    }
    for ((item, is_reached), omitted) in api.items.iter().zip(is_reached).zip(omitted) {
        *omitted |= item.foreign.is_some() || !is_reached;
    }
}
