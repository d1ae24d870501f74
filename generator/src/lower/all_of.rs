//! `allOf`, and a `$ref` with siblings: one flat type of everything that must hold.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::context::{Context, Role};
use super::object;
use super::schema::{self, Kind};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Additional, Type};
use crate::model::{Schema, SchemaId, SimpleType};

/// What a schema with `allOf` or with siblings of its `$ref` becomes.
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let parts = parts(cx, id);
    match parts[..] {
        // Nothing but a reference, wrapped to carry a description.
        [only] if only != id => schema::unwrapped(cx, only, role),
        _ if is_object(cx, &parts) => merge_objects(cx, &parts, role),
        _ => plain(cx, id, &parts, role),
    }
}

/// Whether an inline schema with `allOf` becomes an item; mirrors [`lower`].
pub(super) fn becomes_item(cx: &Context, id: SchemaId) -> bool {
    let parts = parts(cx, id);
    match parts[..] {
        [only] if only != id => schema::becomes_item(cx, only),
        _ => is_object(cx, &parts),
    }
}

/// The schemas that must all hold, flattened: branches of branches in their place, the schema's own keywords
/// last. Schemas that say nothing about values are left out. A schema that contains itself counts once.
fn parts(cx: &Context, id: SchemaId) -> Vec<SchemaId> {
    // A sole reference stays whole, so that it keeps its name.
    let schema = cx.schema(id);
    let branches: Vec<_> = schema
        .reference
        .iter()
        .chain(&schema.all_of)
        .copied()
        .collect();
    let telling: Vec<_> = branches
        .iter()
        .copied()
        .filter(|branch| says_something(cx.schema(*branch)))
        .collect();
    if let [only] = telling[..]
        && !has_own_keywords(schema)
    {
        return vec![only];
    }
    flattened(cx, id)
}

/// Everything that must hold for a schema, flattened, references followed.
pub(super) fn flattened(cx: &Context, id: SchemaId) -> Vec<SchemaId> {
    let mut parts = Vec::new();
    collect(cx, id, &mut HashSet::new(), &mut parts);
    parts
}

/// The properties that some schemas describe together, and the names of those that they demand. Where two
/// describe one property, the later counts.
pub(super) fn properties(
    cx: &Context,
    parts: &[SchemaId],
) -> (IndexMap<String, SchemaId>, HashSet<String>) {
    let mut properties = IndexMap::new();
    let mut required = HashSet::new();
    for part in parts {
        let part = cx.schema(*part);
        properties.extend(
            part.properties
                .iter()
                .map(|(name, schema)| (name.clone(), *schema)),
        );
        required.extend(part.required.iter().cloned());
    }
    (properties, required)
}

fn collect(cx: &Context, id: SchemaId, seen: &mut HashSet<SchemaId>, parts: &mut Vec<SchemaId>) {
    if !seen.insert(id) {
        return;
    }
    let schema = cx.schema(id);
    for branch in schema.reference.iter().chain(&schema.all_of) {
        collect(cx, *branch, seen, parts);
    }
    if has_own_keywords(schema) {
        parts.push(id);
    }
}

fn says_something(schema: &Schema) -> bool {
    schema.reference.is_some() || !schema.all_of.is_empty() || has_own_keywords(schema)
}

/// Whether a schema says anything about values itself, besides by `$ref` and `allOf`.
fn has_own_keywords(schema: &Schema) -> bool {
    let bare_object = schema.types == [SimpleType::Object]
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional_properties.is_none()
        && !(schema.reference.is_none() && schema.all_of.is_empty());
    !bare_object
        && (!schema.types.is_empty()
            || !schema.properties.is_empty()
            || !schema.required.is_empty()
            || schema.additional_properties.is_some()
            || !schema.pattern_properties.is_empty()
            || schema.enumeration.is_some()
            || schema.constant.is_some()
            || schema.items.is_some()
            || schema.format.is_some()
            || !schema.one_of.is_empty()
            || !schema.any_of.is_empty())
}

fn is_object(cx: &Context, parts: &[SchemaId]) -> bool {
    parts.iter().any(|part| {
        let part = cx.schema(*part);
        schema::inferred_types(part) == [SimpleType::Object] || !part.required.is_empty()
    })
}

/// One flat struct. A property that several parts describe is taken from the part that says most.
fn merge_objects(cx: &mut Context, parts: &[SchemaId], role: &Role) -> Kind {
    let mut properties: IndexMap<String, SchemaId> = IndexMap::new();
    let mut required = HashSet::new();
    let mut additional = Additional::Skipped;
    for part in parts {
        let part = cx.schema(*part);
        if !part.one_of.is_empty() || !part.any_of.is_empty() {
            cx.unsupported(
                &part.place,
                "`oneOf` or `anyOf` inside `allOf`",
                "left out of the struct",
            );
        }
        for (name, schema) in &part.properties {
            let chosen = properties
                .get(name)
                .map_or(*schema, |before| more_telling(cx, name, *before, *schema));
            properties.insert(name.clone(), chosen);
        }
        required.extend(part.required.iter().cloned());
        match object::additional(cx, part, role) {
            Additional::Skipped => {}
            stated => additional = stated,
        }
    }
    if properties.is_empty() && !matches!(additional, Additional::Denied) {
        let value = if let Additional::Kept(ty) = additional {
            ty
        } else {
            Type::Any
        };
        return Kind::Item(ir::ItemKind::Alias(Type::Map(Box::new(value))));
    }
    let properties = object::properties(properties, &required);
    Kind::Item(ir::ItemKind::Struct(object::structure(
        cx,
        &properties,
        additional,
        role,
    )))
}

/// Of two descriptions of one property, the one to go by: the later, unless it says less. When both state a
/// type and the types differ, no value satisfies both.
fn more_telling(cx: &mut Context, name: &str, before: SchemaId, after: SchemaId) -> SchemaId {
    if before == after {
        return before;
    }
    let (old, new) = (object::referred(cx, before), object::referred(cx, after));
    let (old_types, new_types) = (schema::inferred_types(old), schema::inferred_types(new));
    if new_types.is_empty()
        && new.enumeration.is_none()
        && new.all_of.is_empty()
        && new.one_of.is_empty()
    {
        return before;
    }
    if !old_types.is_empty() && !new_types.is_empty() && old_types != new_types {
        let place = cx.schema(after).place.clone();
        let other = cx.schema(before).place.clone();
        cx.report(
            Diagnostic::at(
                Code::ConflictingSchemas,
                &place,
                format!("`allOf` gives the property `{name}` two types that exclude each other"),
            )
            .label("this one is used")
            .related(&other, "the other type"),
        );
    }
    after
}

/// A type that is no object: the first part that states one decides.
fn plain(cx: &mut Context, id: SchemaId, parts: &[SchemaId], role: &Role) -> Kind {
    let typed = parts
        .iter()
        .copied()
        .find(|part| *part != id && cx.item_of(*part).is_some());
    let typed = typed.or_else(|| parts.iter().copied().find(|part| *part != id));
    match typed {
        Some(part) => Kind::Plain(schema::lower(cx, part, role)),
        None => Kind::Plain(own_type(cx, id, role)),
    }
}

/// The type that a schema states beside an `allOf` that says nothing.
fn own_type(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    let schema = cx.schema(id);
    match schema::inferred_types(schema)[..] {
        [SimpleType::Array] => super::array::lower(cx, schema, role),
        [SimpleType::Object] | [] | [_, _, ..] => Type::Any,
        [ty] => super::scalar::lower(cx, schema, ty),
    }
}
