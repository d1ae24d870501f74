//! `oneOf`, `anyOf` and lists of types: a value of one of several types.
//!
//! `oneOf` and lists of types become unions. `anyOf` does too, unless all its branches are objects that
//! nothing tells apart: a value may satisfy several of these at once, so they become one struct that has the
//! fields of all, and nothing of such a value is lost.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::all_of;
use super::context::{Context, Role};
use super::object::{self, Property};
use super::schema::{self, Kind};
use super::{docs, scalar};
use crate::ir::{self, Additional, Branch, ItemKind, Type, Union};
use crate::model::{Schema, SchemaId, SimpleType};

/// What becomes of a schema with branches.
enum Plan {
    /// The only branch that says anything.
    Sole(SchemaId),
    /// Texts, of which some branch lists a few: an open enumeration holds them all.
    Texts(SchemaId),
    /// One struct with the fields of all.
    Merged(Vec<SchemaId>),
    /// A union of schemas.
    Branches(Vec<SchemaId>),
    /// A union of plain types.
    Types,
    /// An object with properties of its own and branches besides.
    Mixed,
}

/// Whether a schema is a value of one of several types.
pub(super) fn applies(cx: &Context, id: SchemaId) -> bool {
    plan(cx, id).is_some()
}

/// Whether such a schema becomes an item.
pub(super) fn becomes_item(cx: &Context, id: SchemaId) -> bool {
    match plan(cx, id) {
        None => false,
        Some(Plan::Sole(branch) | Plan::Texts(branch)) => schema::becomes_item(cx, branch),
        Some(Plan::Merged(_) | Plan::Branches(_) | Plan::Types | Plan::Mixed) => true,
    }
}

/// The only branch of a schema that has no other and says nothing else.
pub(super) fn sole_branch(schema: &Schema) -> Option<SchemaId> {
    match (&schema.one_of[..], &schema.any_of[..]) {
        ([branch], []) | ([], [branch]) if schema.properties.is_empty() => Some(*branch),
        _ => None,
    }
}

/// What a schema becomes that [`applies`].
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    match plan(cx, id) {
        Some(Plan::Sole(branch) | Plan::Texts(branch)) => schema::unwrapped(cx, branch, role),
        Some(Plan::Merged(branches)) => merged(cx, &branches, role),
        Some(Plan::Branches(branches)) => union(cx, id, &branches, role),
        Some(Plan::Types) => Kind::Item(ItemKind::Union(types(cx, id, role))),
        Some(Plan::Mixed) => mixed(cx, id, role),
        None => Kind::Plain(Type::Any),
    }
}

fn plan(cx: &Context, id: SchemaId) -> Option<Plan> {
    let schema = cx.schema(id);
    if let Some(branch) = sole_branch(schema) {
        return Some(Plan::Sole(branch));
    }
    let branches: Vec<_> = schema
        .one_of
        .iter()
        .chain(&schema.any_of)
        .copied()
        .filter(|branch| is_telling(cx.schema(*branch)))
        .collect();
    if branches.is_empty() {
        let several = schema.enumeration.is_none()
            && schema.types.len() > 1
            && !matches!(
                schema.types[..],
                [SimpleType::Integer, SimpleType::Number]
                    | [SimpleType::Number, SimpleType::Integer]
            );
        return several.then_some(Plan::Types);
    }
    if !schema.properties.is_empty() || !(schema.one_of.is_empty() || schema.any_of.is_empty()) {
        return Some(Plan::Mixed);
    }
    if let [branch] = branches[..] {
        return Some(Plan::Sole(branch));
    }
    if let Some(branch) = texts(cx, &branches) {
        return Some(Plan::Texts(branch));
    }
    let any_of = schema.one_of.is_empty() && schema.discriminator.is_none();
    if any_of
        && branches.iter().all(|branch| is_object(cx, *branch))
        && !has_constant_tag(cx, &branches)
    {
        return Some(Plan::Merged(branches));
    }
    Some(Plan::Branches(branches))
}

/// Whether a branch says what a value is. One that only demands properties describes no type of its own.
fn is_telling(branch: &Schema) -> bool {
    branch.reference.is_some() || !branch.all_of.is_empty() || {
        let only_required = !branch.required.is_empty()
            && branch.properties.is_empty()
            && branch.enumeration.is_none()
            && branch.additional_properties.is_none()
            && branch.one_of.is_empty()
            && branch.any_of.is_empty();
        !only_required
            && branch.satisfiable
            && (schema::is_structural(branch) || branch.not.is_none())
    }
}

/// When all branches are plain texts, the one that lists values; it accepts all others too.
fn texts(cx: &Context, branches: &[SchemaId]) -> Option<SchemaId> {
    let is_text = |branch: &SchemaId| {
        let branch = object::referred(cx, *branch);
        let listed = branch
            .enumeration
            .as_ref()
            .is_some_and(|values| values.iter().all(serde_json::Value::is_string));
        let listed = listed
            || branch
                .constant
                .as_ref()
                .is_some_and(serde_json::Value::is_string);
        let plain = branch.types == [SimpleType::String] && branch.format.is_none();
        (listed || plain)
            && branch.all_of.is_empty()
            && branch.one_of.is_empty()
            && branch.any_of.is_empty()
    };
    let listing = |branch: &&SchemaId| object::referred(cx, **branch).enumeration.is_some();
    let plain = |branch: &SchemaId| {
        let branch = object::referred(cx, *branch);
        branch.enumeration.is_none() && branch.constant.is_none()
    };
    let found = branches.iter().find(listing).copied();
    (branches.iter().all(is_text) && branches.iter().any(plain)).then_some(found?)
}

fn is_object(cx: &Context, branch: SchemaId) -> bool {
    let parts = all_of::flattened(cx, branch);
    !parts.is_empty()
        && parts.iter().all(|part| {
            let part = cx.schema(*part);
            schema::inferred_types(part) == [SimpleType::Object]
                && part.one_of.is_empty()
                && part.any_of.is_empty()
        })
}

/// Whether every branch demands some property and gives it a constant of its own.
fn has_constant_tag(cx: &Context, branches: &[SchemaId]) -> bool {
    let constants: Vec<_> = branches
        .iter()
        .map(|branch| constants(cx, *branch))
        .collect();
    let Some(first) = constants.first() else {
        return false;
    };
    first.iter().any(|(name, _)| {
        let mut seen = HashSet::new();
        constants.iter().all(|branch| {
            branch
                .iter()
                .find(|(other, _)| other == name)
                .is_some_and(|(_, value)| seen.insert(value.clone()))
        })
    })
}

/// The properties that a branch demands and gives a constant text, and that text.
fn constants(cx: &Context, branch: SchemaId) -> Vec<(String, String)> {
    let (properties, required) = all_of::properties(cx, &all_of::flattened(cx, branch));
    properties
        .iter()
        .filter(|(name, _)| required.contains(*name))
        .filter_map(|(name, property)| {
            let property = object::referred(cx, *property);
            let sole = match property.enumeration.as_deref() {
                Some([value]) => Some(value),
                _ => property.constant.as_ref(),
            };
            Some((name.clone(), sole?.as_str()?.to_owned()))
        })
        .collect()
}

/// A union of schemas. How its branches are told apart is found when all items are there.
fn union(cx: &mut Context, id: SchemaId, branches: &[SchemaId], role: &Role) -> Kind {
    let branches: Vec<_> = branches
        .iter()
        .map(|branch| (*branch, branch_hint(cx, *branch)))
        .collect();
    let lowered = branches
        .into_iter()
        .map(|(branch, hint)| {
            let ty = schema::lower_value(cx, branch, &role.part(&hint));
            let schema = cx.schema(branch);
            let origin = ir::Origin {
                place: schema.place.clone(),
            };
            Branch {
                origin,
                hint,
                docs: docs::property(schema, object::referred(cx, branch)),
                ty,
            }
        })
        .collect();
    cx.note_union(id);
    Kind::Item(ItemKind::Union(Union {
        branches: lowered,
        dispatch: Vec::new(),
    }))
}

/// What a branch is called after: its component, its title, the constant that marks it, or its type.
fn branch_hint(cx: &Context, branch: SchemaId) -> String {
    let schema = cx.schema(branch);
    let target = object::referred(cx, branch);
    let own = schema.component.as_ref().or(target.component.as_ref());
    if let Some(name) = own.or(schema.title.as_ref()) {
        return name.clone();
    }
    if let Some((_, constant)) = constants(cx, branch).into_iter().next() {
        return constant;
    }
    let word = match schema::inferred_types(target)[..] {
        [ty] => ty.as_str(),
        _ => "value",
    };
    match target.format.as_deref() {
        Some(format) => format!("{format} {word}"),
        None => word.to_owned(),
    }
}

/// A union of the types that `type` lists, each with the keywords that apply to it.
fn types(cx: &mut Context, id: SchemaId, role: &Role) -> Union {
    let schema = cx.schema(id);
    let origin = ir::Origin {
        place: schema.place.clone(),
    };
    let numbers = schema.types.contains(&SimpleType::Number);
    let branches = schema
        .types
        .iter()
        .filter(|ty| !(numbers && **ty == SimpleType::Integer))
        .map(|ty| {
            let word = ty.as_str();
            let lowered = match ty {
                SimpleType::Array => super::array::lower(cx, schema, &role.part(word)),
                SimpleType::Object => object::map(cx, schema, &role.part(word)),
                SimpleType::Null => Type::Any,
                scalar => scalar::lower(cx, schema, *scalar),
            };
            Branch {
                origin: origin.clone(),
                hint: word.to_owned(),
                docs: ir::Docs::default(),
                ty: lowered,
            }
        })
        .collect();
    Union {
        branches,
        dispatch: Vec::new(),
    }
}

/// One struct with the fields of all branches. A field is demanded when every branch demands it.
fn merged(cx: &mut Context, branches: &[SchemaId], role: &Role) -> Kind {
    let mut properties: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
    let mut required: Option<HashSet<String>> = None;
    for branch in branches {
        let (of_branch, demanded) = all_of::properties(cx, &all_of::flattened(cx, *branch));
        for (name, schema) in of_branch {
            properties.entry(name).or_default().push(schema);
        }
        required = Some(match required {
            None => demanded,
            Some(before) => before.intersection(&demanded).cloned().collect(),
        });
    }
    let required = required.unwrap_or_default();
    let properties: Vec<_> = properties
        .into_iter()
        .map(|(name, schemas)| Property {
            required: required.contains(&name),
            schema: schemas[0],
            conflicting: !alike(cx, &schemas),
            name,
        })
        .collect();
    Kind::Item(ItemKind::Struct(object::structure(
        cx,
        &properties,
        Additional::Skipped,
        role,
    )))
}

/// Whether schemas give a property the same type.
fn alike(cx: &Context, schemas: &[SchemaId]) -> bool {
    let first = object::referred(cx, schemas[0]);
    schemas.iter().all(|schema| {
        let other = object::referred(cx, *schema);
        let scalar = matches!(
            other.types[..],
            [SimpleType::String | SimpleType::Integer | SimpleType::Number | SimpleType::Boolean]
        );
        std::ptr::eq(first, other)
            || (scalar
                && first.types == other.types
                && first.format == other.format
                && first.enumeration == other.enumeration
                && first.constant == other.constant)
    })
}

/// An object with properties of its own and branches besides: a struct of the former, which keeps whatever
/// the branches add.
fn mixed(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let schema = cx.schema(id);
    if schema.properties.is_empty() {
        cx.unsupported(
            &schema.place,
            "`oneOf` beside `anyOf`",
            "read and written as any JSON value",
        );
        return Kind::Item(ItemKind::Alias(Type::Any));
    }
    cx.unsupported(
        &schema.place,
        "`oneOf` or `anyOf` beside `properties`",
        "what the branches add is kept as further properties of any JSON value",
    );
    let (properties, required) = all_of::properties(cx, &[id]);
    let properties = object::properties(properties, &required);
    Kind::Item(ItemKind::Struct(object::structure(
        cx,
        &properties,
        Additional::Kept(Type::Any),
        role,
    )))
}
