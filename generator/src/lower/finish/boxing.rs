//! Finds the fields through which a type contains itself, and breaks aliases that lead only to themselves.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Branch, Choice, Docs, Field, Item, ItemId, ItemKind, JsonType, Type, Union, Untyped, Why,
};
use crate::lower::graph::strongly_connected;

/// Marks every field that needs a `Box`, and no other: those whose type leads back to their struct without a
/// `Vec` or a map between, which have an indirection of their own. An alias of nothing but itself has no Rust
/// type; it becomes any JSON value.
pub(in crate::lower) fn mark(api: &mut Api, diagnostics: &mut Diagnostics) {
    let circular = break_alias_circles(&mut api.items, diagnostics);
    api.untyped.extend(circular);
    let items = &mut api.items;
    let contained: Vec<Vec<usize>> = items.iter().map(contained).collect();
    let component = strongly_connected(&contained);
    let recursive = |from: usize, to: usize| {
        component[from] == component[to] && (from != to || contained[from].contains(&to))
    };
    for (index, item) in items.iter_mut().enumerate() {
        let ItemKind::Struct(structure) = &mut item.kind else {
            continue;
        };
        for field in &mut structure.fields {
            field.boxed = direct(&field.ty)
                .into_iter()
                .any(|target| recursive(index, target));
        }
    }
}

/// The items that a value of an item holds in itself.
fn contained(item: &Item) -> Vec<usize> {
    match &item.kind {
        ItemKind::Struct(structure) => structure
            .fields
            .iter()
            .flat_map(|field: &Field| direct(&field.ty))
            .collect(),
        ItemKind::Alias(ty) => direct(ty),
        // The branches of a union go through a `Box` whenever they hold more than a word.
        ItemKind::Enumeration(_) | ItemKind::Union(_) => Vec::new(),
    }
}

/// The items that a value of a type is or holds in itself.
fn direct(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Item(ItemId(id)) => vec![*id as usize],
        Type::Nullable(inner) => direct(inner),
        Type::Tuple(items) => items.iter().flat_map(direct).collect(),
        _ => Vec::new(),
    }
}

/// The JSON type of arrays and objects, and a word for it; a type that is neither has none.
fn of_many(ty: &Type) -> Option<(JsonType, &'static str)> {
    match ty {
        Type::Array(_) | Type::Tuple(_) => Some((JsonType::Array, "array")),
        Type::Map(_) => Some((JsonType::Object, "object")),
        _ => None,
    }
}

/// Replaces aliases that lead back to themselves through aliases alone, at any depth, since Rust has no
/// `type A = Vec<A>`: one in the circle becomes a union of one branch.
fn break_alias_circles(items: &mut [Item], diagnostics: &mut Diagnostics) -> Vec<Untyped> {
    let mut untyped = Vec::new();
    let named: Vec<Vec<usize>> = items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Alias(ty) => named(ty)
                .into_iter()
                .filter(|id| matches!(items[*id].kind, ItemKind::Alias(_)))
                .collect(),
            ItemKind::Struct(_) | ItemKind::Enumeration(_) | ItemKind::Union(_) => Vec::new(),
        })
        .collect();
    let component = strongly_connected(&named);
    for index in 0..items.len() {
        let circular = named[index]
            .iter()
            .any(|next| component[*next] == component[index]);
        if !circular {
            continue;
        }
        let ItemKind::Alias(ty) = &items[index].kind else {
            continue;
        };
        if let Some((json_type, hint)) = of_many(ty) {
            items[index].kind = ItemKind::Union(Union {
                branches: vec![Branch {
                    origin: items[index].origin.clone(),
                    hint: hint.to_owned(),
                    docs: Docs::default(),
                    ty: ty.clone(),
                    xml: items[index].xml.clone(),
                }],
                dispatch: vec![(json_type, Choice::Only(0))],
                is_open: false,
            });
            continue;
        }
        items[index].kind = ItemKind::Alias(Type::Any);
        untyped.push(Untyped {
            origin: items[index].origin.clone(),
            why: Why::Circular,
        });
        let message = "the schema refers only to itself";
        diagnostics.report(
            Diagnostic::at(
                Code::UnsupportedFeature,
                &items[index].origin.place,
                message,
            )
            .label("read and written as any JSON value"),
        );
    }
    untyped
}

/// The items that a type names, wherever in it.
fn named(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Item(ItemId(id)) => vec![*id as usize],
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Tuple(items) => items.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}
