//! Whether two types hold the same values in the same way, so that one of them is enough.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::ir::{Item, ItemId, ItemKind, Struct, Type, Value};
use crate::lower::context::Context;
use crate::lower::facts;
use crate::model::{Schema, SchemaId};

/// How deep types that are no components may stand in each other to be compared.
const DEEPEST: usize = 32;

/// Whether values of one type are values of the other, read and written alike. Types made of inline schemas are
/// compared by what they consist of, components by their identity.
pub(in crate::lower) fn alike(cx: &Context, one: &Type, other: &Type) -> bool {
    types(cx, one, other, DEEPEST)
}

/// A number that is the same for types that are alike, and for most others another.
pub(in crate::lower) fn shape(cx: &Context, ty: &Type) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash(cx, ty, &mut hasher);
    hasher.finish()
}

fn hash(cx: &Context, ty: &Type, hasher: &mut DefaultHasher) {
    std::mem::discriminant(ty).hash(hasher);
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => hash(cx, inner, hasher),
        Type::Tuple(items) => items.len().hash(hasher),
        Type::Item(id) => match inline(cx, *id).map(|it| &it.kind) {
            Some(ItemKind::Struct(it)) => {
                let names = it.fields.iter().map(|field| &field.wire_name);
                names.for_each(|name| name.hash(hasher));
            }
            Some(ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Alias(_)) => {}
            None => id.hash(hasher),
        },
        plain => plain.hash(hasher),
    }
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
    let (Some(item), Some(twin)) = (inline(cx, one), inline(cx, other)) else {
        return false;
    };
    if item.xml != twin.xml {
        return false;
    }
    let (schema, of_twin) = (cx.schema(cx.schema_of(one)), cx.schema(cx.schema_of(other)));
    match (&item.kind, &twin.kind) {
        (ItemKind::Struct(one), ItemKind::Struct(other)) => {
            structs(cx, one, other, depth) && booleans(cx, schema, of_twin, one)
        }
        (ItemKind::Enumeration(one), ItemKind::Enumeration(other)) => one.values == other.values,
        (ItemKind::Union(one), ItemKind::Union(other)) => {
            one.is_open == other.is_open
                && one.branches.len() == other.branches.len()
                && one
                    .branches
                    .iter()
                    .zip(&other.branches)
                    .all(|(one, other)| types(cx, &one.ty, &other.ty, depth))
                && discriminators(schema, of_twin)
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

/// Whether two objects list the same values for properties whose types do not say which there are.
fn booleans(cx: &Context, one: &Schema, other: &Schema, fields: &Struct) -> bool {
    let listed = |schema: &Schema, name: &str| -> Option<&[Value]> {
        let property = cx.referred(*schema.properties.get(name)?);
        facts::values(property)
    };
    let mut fields = fields.fields.iter().filter(|it| it.ty == Type::Boolean);
    fields.all(|it| listed(one, &it.wire_name) == listed(other, &it.wire_name))
}

/// Whether two choices of the same branches are decided alike.
fn discriminators(one: &Schema, other: &Schema) -> bool {
    let is_same = |branch: SchemaId, twin: SchemaId| {
        let index = |schema: &Schema, id| schema.one_of.iter().position(|it| *it == id);
        let place = index(one, branch);
        branch == twin || (place.is_some() && place == index(other, twin))
    };
    match (&one.discriminator, &other.discriminator) {
        (None, None) => true,
        (Some(stated), Some(of_twin)) => {
            let has_twin = |(value, branch): (&String, &SchemaId)| {
                let twin = of_twin.mapping.get(value);
                twin.is_some_and(|twin| is_same(*branch, *twin))
            };
            stated.property == of_twin.property
                && stated.mapping.len() == of_twin.mapping.len()
                && stated.mapping.iter().all(has_twin)
                && match (stated.otherwise, of_twin.otherwise) {
                    (Some(branch), Some(twin)) => is_same(branch, twin),
                    (branch, twin) => branch == twin,
                }
        }
        _ => false,
    }
}

/// An item that is no component and is made already.
fn inline<'a>(cx: &'a Context, id: ItemId) -> Option<&'a Item> {
    if cx.is_component(id) {
        return None;
    }
    // A type of the user's own is like no other.
    cx.made(id).filter(|item| item.foreign.is_none())
}
