//! Whether two types hold the same values in the same way, so that one of them is enough.

use super::context::Context;
use crate::ir::{Item, ItemId, ItemKind, Struct, Type};

/// How deep types that are no components may stand in each other to be compared.
const DEEPEST: usize = 32;

/// Whether values of one type are values of the other, read and written alike. Types made of inline schemas are
/// compared by what they consist of, components by their identity.
pub(super) fn alike(cx: &Context, one: &Type, other: &Type) -> bool {
    types(cx, one, other, DEEPEST)
}

fn types(cx: &Context, one: &Type, other: &Type, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    match (one, other) {
        (Type::Item(one), Type::Item(other)) if one != other => items(cx, *one, *other, depth),
        (Type::Array(one), Type::Array(other))
        | (Type::Map(one), Type::Map(other))
        | (Type::Nullable(one), Type::Nullable(other)) => types(cx, one, other, depth),
        (Type::Tuple(one), Type::Tuple(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| types(cx, one, other, depth))
        }
        (one, other) => one == other,
    }
}

fn items(cx: &Context, one: ItemId, other: ItemId, depth: usize) -> bool {
    let (Some(one), Some(other)) = (inline(cx, one), inline(cx, other)) else {
        return false;
    };
    if one.xml != other.xml {
        return false;
    }
    match (&one.kind, &other.kind) {
        (ItemKind::Struct(one), ItemKind::Struct(other)) => structs(cx, one, other, depth),
        (ItemKind::Enumeration(one), ItemKind::Enumeration(other)) => one.values == other.values,
        (ItemKind::Union(one), ItemKind::Union(other)) => {
            one.branches.len() == other.branches.len()
                && one
                    .branches
                    .iter()
                    .zip(&other.branches)
                    .all(|(one, other)| types(cx, &one.ty, &other.ty, depth))
        }
        (ItemKind::Alias(one), ItemKind::Alias(other)) => types(cx, one, other, depth),
        _ => false,
    }
}

fn structs(cx: &Context, one: &Struct, other: &Struct, depth: usize) -> bool {
    one.fields.len() == other.fields.len()
        && one.additional == other.additional
        && one.parts == other.parts
        && one.fields.iter().zip(&other.fields).all(|(one, other)| {
            one.wire_name == other.wire_name
                && one.xml == other.xml
                && one.presence == other.presence
                && types(cx, &one.ty, &other.ty, depth)
        })
}

/// An item that is no component and is made already.
fn inline<'a>(cx: &'a Context, id: ItemId) -> Option<&'a Item> {
    if cx.is_component(id) {
        return None;
    }
    cx.made(id)
}
