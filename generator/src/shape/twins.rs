//! Inline types that are equal in everything: one is written, the others are other names of it.
//!
//! A document repeats `enum: [asc, desc]` wherever something is sorted. Each place keeps its name, so that no edit
//! elsewhere renames it; and a type that has a name in the document is never another one's twin.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::Cx;
use super::reach::item_id;
use crate::ir::{
    Additional, EnumerationValues, Item, ItemId, ItemKind, NameHint, Struct, Type, Union,
};

/// How deeply equal types may be in each other to be found. What is deeper stays apart.
const ROUNDS: usize = 16;

/// For each item, which one is written in its place: itself, unless it is another's twin.
pub(super) fn find(cx: &Cx<'_>, omitted: &[bool], told_at_fields: &[bool]) -> Vec<usize> {
    let items = &cx.api.items;
    let mut twins: Vec<usize> = (0..items.len()).collect();
    let candidates: Vec<usize> = (0..items.len())
        .filter(|index| !omitted[*index] && is_inline(&items[*index]))
        .collect();
    // Types of equal types are found to be equal in the next round.
    for _ in 0..ROUNDS {
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for &index in candidates.iter().filter(|index| twins[**index] == **index) {
            let text = text(cx, index, told_at_fields[index], &twins);
            groups.entry(text).or_default().push(index);
        }
        let mut is_done = true;
        for group in groups.into_values().filter(|group| group.len() > 1) {
            is_done = false;
            let name = |index: &usize| cx.names.types[*index].ty.as_str();
            let first = group
                .iter()
                .min_by_key(|index| (name(index).len(), name(index)));
            if let Some(&first) = first {
                for index in group {
                    twins[index] = first;
                }
            }
        }
        if is_done {
            break;
        }
        for index in 0..twins.len() {
            twins[index] = twins[twins[index]];
        }
    }
    twins
}

fn is_inline(item: &Item) -> bool {
    if item.foreign.is_some() {
        return false;
    }
    match &item.hint {
        NameHint::Inner(..) | NameHint::Operation(..) | NameHint::Words(_) => true,
        NameHint::Given(_) | NameHint::Own(_) => false,
    }
}

/// A type without aliases and with one twin for all: two types of which these are equal are one in Rust.
pub(super) fn identity(cx: &Cx<'_>, ty: &Type) -> Type {
    map(&cx.api.unaliased(ty), &cx.twins)
}

fn map(ty: &Type, twins: &[usize]) -> Type {
    match ty {
        Type::Item(ItemId(index)) => Type::Item(item_id(twins[*index as usize])),
        Type::Array(inner) => Type::Array(Box::new(map(inner, twins))),
        Type::Map(inner) => Type::Map(Box::new(map(inner, twins))),
        Type::Nullable(inner) => Type::Nullable(Box::new(map(inner, twins))),
        Type::Part(inner) => Type::Part(Box::new(map(inner, twins))),
        Type::Tuple(items) => Type::Tuple(items.iter().map(|it| map(it, twins)).collect()),
        other => other.clone(),
    }
}

/// Everything that a type is, as text: two items with the same text are the same but for their names.
fn text(cx: &Cx<'_>, index: usize, is_told_at_field: bool, twins: &[usize]) -> String {
    let (item, names) = (&cx.api.items[index], &cx.names.types[index]);
    let mut text = format!("{:?} {:?} {:?}", item.deprecated, item.xml, names.rest);
    if !is_told_at_field {
        let _ = write!(text, "{:?} {:?}", item.docs, item.examples);
    }
    let members = &names.members;
    match &item.kind {
        ItemKind::Struct(it) => {
            structure(&mut text, it, members, twins);
            let tags = it.fields.iter().map(|field| cx.tags.value(index, field));
            let _ = write!(text, "{:?}", tags.collect::<Vec<_>>());
        }
        ItemKind::Enumeration(it) => {
            let _ = match &it.values {
                EnumerationValues::Strings(them) => write!(text, "{them:?}{members:?}"),
                EnumerationValues::Integers(them) => write!(text, "{them:?}{members:?}"),
                EnumerationValues::Mixed(them) => write!(text, "{them:?}{members:?}"),
            };
        }
        ItemKind::Union(it) => union(&mut text, it, members, twins),
        ItemKind::Alias(ty) => {
            let _ = write!(text, "{:?}", map(ty, twins));
        }
    }
    text
}

fn structure(text: &mut String, it: &Struct, names: &[crate::ir::Ident], twins: &[usize]) {
    for (field, name) in it.fields.iter().zip(names) {
        let ty = map(&field.ty, twins);
        let what = (&field.wire_name, name, ty, field.presence, field.boxed);
        let told = (
            &field.docs,
            &field.default,
            &field.examples,
            &field.constraints,
        );
        let marks = (
            field.deprecated,
            field.read_only,
            field.write_only,
            &field.xml,
        );
        let _ = write!(text, "{what:?}{told:?}{marks:?}");
    }
    let _ = match &it.additional {
        Additional::Kept(ty) => write!(text, "{:?}{:?}", map(ty, twins), it.parts),
        other => write!(text, "{other:?}{:?}", it.parts),
    };
}

fn union(text: &mut String, it: &Union, names: &[crate::ir::Ident], twins: &[usize]) {
    for (branch, name) in it.branches.iter().zip(names) {
        let ty = map(&branch.ty, twins);
        let _ = write!(text, "{:?}", (name, ty, &branch.docs, &branch.xml));
    }
    let _ = write!(text, "{:?}{:?}", it.dispatch, it.is_open);
}
