//! Turns a schema into its type.
//!
//! Only this file recurses from a schema to the schemas in it. The files next to it create the type of one schema from
//! the types of its parts, and none of them calls this one.

pub(super) mod alike;
mod branch_hints;
pub(super) mod constraints;
pub(super) mod enumeration;
mod labels;
pub(super) mod object;
mod one_of;
pub(super) mod place_name;
pub(super) mod scalar;
mod tuple;
pub(super) mod xml;

use super::context::{Context, Enter, Role};
use super::facts::Class;
use super::{docs, extension};
use crate::ir::{self, Additional, Struct, Type, Why};
use crate::model::{Schema, SchemaId};
use object::Property;

/// Makes an item of every component schema, in the document's order.
pub(super) fn lower_components(cx: &mut Context) {
    let components: Vec<_> = cx
        .description
        .component_schemas
        .iter()
        .map(|(name, id)| (name.clone(), *id))
        .collect();
    for (_, schema) in &components {
        cx.reserve(*schema);
    }
    for (name, schema) in components {
        let item = cx.item_of(schema).expect("components were reserved above");
        let stated = cx.schema(schema);
        let stated = extension::name(cx, &stated.place, &stated.extensions);
        let hint = stated.map_or(ir::NameHint::Own(name), ir::NameHint::Given);
        let kind = match kind_of(cx, schema, &Role::In(item, String::new())) {
            Kind::Item(kind) => kind,
            Kind::Plain(ty) => ir::ItemKind::Alias(ty),
        };
        fill(cx, item, schema, hint, kind);
    }
}

/// The type of a schema in some role. Whether it may also be null is [`Context::is_nullable`]'s to say.
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    if let Some(item) = cx.item_of(id) {
        return Type::Item(item);
    }
    let refused = match cx.enter(id) {
        Enter::Open => None,
        Enter::Again => Some("an inline schema that contains itself"),
        Enter::TooDeep => Some("an inline schema nested more than a thousand levels deep"),
    };
    if let Some(what) = refused {
        return unsupported(cx, id, what);
    }
    let ty = lower_new(cx, id, role);
    cx.leave(id);
    ty
}

/// The type of a schema that is met for the first time, or has no item.
fn lower_new(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    // What becomes an item may contain itself, so the item is reserved before its parts are lowered.
    let is_item = cx.class(id).is_item() || cx.replacements.contains(id);
    let reserved = is_item.then(|| cx.reserve(id));
    let parts = reserved.map_or_else(|| role.clone(), |item| Role::In(item, String::new()));
    let outer = cx.nesting;
    cx.nesting = if reserved.is_some() { 0 } else { outer };
    let kind = kind_of(cx, id, &parts);
    cx.nesting = outer;
    let kind = match (kind, reserved) {
        (Kind::Plain(ty), None) => return ty,
        (Kind::Plain(ty), Some(_)) => ir::ItemKind::Alias(ty),
        (Kind::Item(kind), _) => kind,
    };
    let item = reserved.unwrap_or_else(|| cx.reserve(id));
    let schema = cx.schema(id);
    let hint = place_name::hint(cx, schema, role);
    fill(cx, item, id, hint, kind);
    Type::Item(item)
}

/// The type of a schema where nothing else can say that it may be null.
pub(super) fn lower_value(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    let ty = lower(cx, id, role);
    if cx.is_nullable(id) { nullable(ty) } else { ty }
}

/// How deep arrays, tuples and maps may stand in each other.
const DEEPEST: usize = 64;

/// The type of a schema in an array, a tuple or a map. These have no names, so that the type is written out with all
/// that is in it.
pub(super) fn lower_inside(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    if cx.nesting >= DEEPEST {
        let what = format!("a schema nested in more than {DEEPEST} arrays or maps");
        return unsupported(cx, id, &what);
    }
    cx.nesting += 1;
    let ty = lower_value(cx, id, role);
    cx.nesting -= 1;
    ty
}

/// Any value, for a schema that is not supported.
fn unsupported(cx: &mut Context, id: SchemaId, what: &str) -> Type {
    let place = cx.schema(id).place.clone();
    cx.unsupported(&place, what, "read and written as any JSON value");
    cx.any(&place, Why::Circular)
}

/// A type that may also be null. `Any` may be so already.
fn nullable(ty: Type) -> Type {
    match ty {
        Type::Any | Type::Error | Type::Nullable(_) => ty,
        other => Type::Nullable(Box::new(other)),
    }
}

/// What a schema becomes.
enum Kind {
    /// A type with a name of its own.
    Item(ir::ItemKind),
    /// A type that others name too.
    Plain(Type),
}

/// Makes what a schema becomes. `role` is where its parts stand.
fn kind_of(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let schema = cx.schema(id);
    report_other_keywords(cx, schema);
    let plain = match cx.class(id) {
        Class::Choice => return Kind::Item(choice(cx, id, role)),
        Class::Enumeration(_) => {
            let made = enumeration::lower(cx, schema);
            return Kind::Item(ir::ItemKind::Enumeration(made));
        }
        Class::Struct => return Kind::Item(ir::ItemKind::Struct(structure(cx, schema, role))),
        Class::Map => map(cx, schema, role),
        Class::Tuple => tuple(cx, id, role),
        Class::Array => array(cx, schema, role),
        Class::Name(target) => lower(cx, target, role),
        Class::Scalar(ty) => scalar::lower(cx, schema, ty),
        Class::Any => cx.any(&schema.place, Why::Empty),
        Class::Never => never(cx, schema),
    };
    Kind::Plain(plain)
}

/// A choice of branches. How they are told apart is found when all items are there.
fn choice(cx: &mut Context, id: SchemaId, role: &Role) -> ir::ItemKind {
    let branches = &cx.schema(id).one_of;
    let hints = branch_hints::of_branches(cx, id, branches);
    let made = branches.iter().zip(&hints).map(|(branch, hint)| {
        let ty = lower_value(cx, *branch, &role.part(hint.text()));
        one_of::branch(cx, *branch, hint, ty)
    });
    let made = made.collect();
    one_of::lower(cx, id, made)
}

fn structure(cx: &mut Context, object: &Schema, role: &Role) -> Struct {
    let additional = additional(cx, object, role);
    let properties = object::properties(cx, object).into_iter();
    let mut fields: Vec<_> = properties.map(|it| field(cx, &it, role)).collect();
    if additional == Additional::Skipped {
        fields.extend(object::undescribed(cx, object));
    }
    Struct {
        fields,
        additional,
        parts: None,
    }
}

/// The field of a property.
pub(super) fn field(cx: &mut Context, property: &Property<'_>, role: &Role) -> ir::Field {
    let schema = cx.schema(property.schema);
    let rust_name = extension::property_name(cx, role, property.name, schema);
    let word = rust_name.as_deref().unwrap_or(property.name);
    let ty = lower(cx, property.schema, &role.part(word));
    object::field(cx, property, rust_name, ty)
}

/// What an object says of properties that it does not describe (JSON Schema 2020-12, core 10.3.2.3). An
/// absent `additionalProperties` allows them too, but hardly any document means that they matter.
pub(super) fn additional(cx: &mut Context, object: &Schema, role: &Role) -> Additional {
    match object.additional_properties {
        None => Additional::Skipped,
        Some(id) if !cx.schema(id).satisfiable => Additional::Denied,
        Some(id) => Additional::Kept(lower_inside(cx, id, &role.part("value"))),
    }
}

fn map(cx: &mut Context, object: &Schema, role: &Role) -> Type {
    let value = match additional(cx, object, role) {
        Additional::Kept(ty) => ty,
        Additional::Skipped | Additional::Denied => cx.any(&object.place, Why::Properties),
    };
    Type::Map(Box::new(value))
}

fn array(cx: &mut Context, array: &Schema, role: &Role) -> Type {
    let item = match array.items {
        Some(items) => lower_inside(cx, items, &role.part("item")),
        None => cx.any(&array.place, Why::Items),
    };
    Type::Array(Box::new(item))
}

/// An array that has a schema for each of its items. It has no name, and is the same wherever it stands.
fn tuple(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    if let Some(known) = cx.tuple(id) {
        return known.clone();
    }
    let array = cx.schema(id);
    let items = (1..).zip(&array.prefix_items);
    let items =
        items.map(|(place, item)| lower_inside(cx, *item, &role.part(&format!("item {place}"))));
    let items = items.collect();
    let ty = tuple::lower(cx, array, items);
    cx.note_tuple(id, ty.clone());
    ty
}

/// A schema that no value satisfies.
fn never(cx: &mut Context, schema: &Schema) -> Type {
    let what = "the schema `false`";
    cx.unsupported(&schema.place, what, "read and written as any JSON value");
    cx.any(&schema.place, Why::Unsatisfiable)
}

fn fill(cx: &mut Context, item: ir::ItemId, id: SchemaId, hint: ir::NameHint, kind: ir::ItemKind) {
    let schema = cx.schema(id);
    let made = ir::Item {
        origin: ir::Origin {
            place: schema.place.clone(),
        },
        hint,
        docs: docs::schema(schema),
        deprecated: schema.deprecated,
        examples: schema.examples.clone(),
        xml: xml::of_item(cx, id),
        kind,
        foreign: cx.replacements.get(id),
    };
    cx.fill(item, made);
}

/// Says which keywords of JSON Schema have no effect on the type.
fn report_other_keywords(cx: &mut Context, schema: &Schema) {
    for (keyword, place) in &schema.other_keywords {
        cx.unsupported(place, &format!("`{keyword}`"), "has no effect on the type");
    }
    if schema.content_schema.is_some() {
        let keyword = "`contentSchema` outside server-sent events";
        let place = schema.place.keyword("contentSchema");
        cx.unsupported(&place, keyword, "has no effect on the type");
    }
    if schema.not.is_some() {
        let place = schema.place.keyword("not");
        cx.unsupported(&place, "`not`", "has no effect on the type");
    }
}
