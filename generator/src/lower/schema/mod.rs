//! A schema -> its type: decides which kind of type it is and hands over to the file for that kind.

pub(super) mod alike;
mod array;
mod branch_hints;
pub(super) mod constraints;
pub(super) mod enumeration;
pub(super) mod labels;
pub(super) mod object;
mod one_of;
pub(super) mod scalar;
pub(super) mod xml;

use super::context::{Context, Enter, Role};
use super::{docs, extension};
use crate::document::Place;
use crate::ir::{self, Type};
use crate::model::{Schema, SchemaId, SimpleType};

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

/// The type of a schema in some role. Whether it may also be null is [`is_nullable`]'s to say.
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    if let Some(item) = cx.item_of(id) {
        return Type::Item(item);
    }
    let refused = match cx.enter(id) {
        Enter::Open => None,
        Enter::Again => Some("an inline schema that contains itself"),
        Enter::TooDeep => Some("an inline schema in more than a thousand others"),
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
    let reserved = becomes_item(cx, id).then(|| cx.reserve(id));
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
    let hint = hint(cx, schema, role);
    fill(cx, item, id, hint, kind);
    Type::Item(item)
}

/// The type of a schema where nothing else can say that it may be null.
pub(super) fn lower_value(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    let ty = lower(cx, id, role);
    if is_nullable(cx, id) {
        nullable(ty)
    } else {
        ty
    }
}

/// How deep arrays, tuples and maps may stand in each other.
const DEEPEST: usize = 64;

/// The type of a schema in an array, a tuple or a map. These have no names, so that the type is written out with all
/// that is in it.
pub(super) fn lower_inside(cx: &mut Context, id: SchemaId, role: &Role) -> Type {
    if cx.nesting >= DEEPEST {
        let what = format!("a schema in more than {DEEPEST} arrays or maps");
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
    cx.any(&place, ir::Why::Circular)
}

/// A type that may also be null. `Any` may be so already.
fn nullable(ty: Type) -> Type {
    match ty {
        Type::Any | Type::Error | Type::Nullable(_) => ty,
        other => Type::Nullable(Box::new(other)),
    }
}

/// What a schema becomes.
pub(super) enum Kind {
    /// A type with a name of its own.
    Item(ir::ItemKind),
    /// A type that others name too.
    Plain(Type),
}

/// Decides what a schema becomes. `role` is where its parts stand.
pub(super) fn kind_of(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let schema = cx.schema(id);
    report_other_keywords(cx, schema);
    if let Some(target) = schema.reference {
        return Kind::Plain(lower(cx, target, role));
    }
    if !schema.one_of.is_empty() {
        return one_of::lower(cx, id, role);
    }
    if let Some(kind) = enumeration::lower(cx, schema) {
        return kind;
    }
    match main_type(cx, schema) {
        Some(SimpleType::Object) => object::lower(cx, schema, role),
        Some(SimpleType::Array) => Kind::Plain(array::lower(cx, id, schema, role)),
        Some(ty) => Kind::Plain(scalar::lower(cx, schema, ty)),
        None if schema.satisfiable => Kind::Plain(cx.any(&schema.place, ir::Why::Empty)),
        None => Kind::Plain(cx.any(&schema.place, ir::Why::Unsatisfiable)),
    }
}

/// Whether an inline schema becomes an item: mirrors [`kind_of`] without making anything.
fn becomes_item(cx: &Context, id: SchemaId) -> bool {
    let schema = cx.schema(id);
    if cx.item_of(id).is_some() || schema.reference.is_some() {
        return false;
    }
    !schema.one_of.is_empty()
        || enumeration::becomes_item(schema)
        || (inferred_types(schema) == [SimpleType::Object] && object::becomes_item(cx, schema))
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
    };
    cx.fill(item, made);
}

/// The one type that decides about a schema, or `None` when it may be of any.
fn main_type(cx: &mut Context, schema: &Schema) -> Option<SimpleType> {
    if !schema.satisfiable {
        cx.unsupported(
            &schema.place,
            "the schema `false`",
            "read and written as any JSON value",
        );
        return None;
    }
    match inferred_types(schema)[..] {
        [ty] => Some(ty),
        // Every integer is a number.
        [SimpleType::Integer, SimpleType::Number] | [SimpleType::Number, SimpleType::Integer] => {
            Some(SimpleType::Number)
        }
        // None is stated, or several, whose values `enum` lists.
        [..] => None,
    }
}

/// `type`, or what the other keywords imply: a document that says `properties` means an object.
pub(super) fn inferred_types(schema: &Schema) -> Vec<SimpleType> {
    if !schema.types.is_empty() {
        return schema.types.clone();
    }
    if let Some(listed) = enumeration::values(schema) {
        let all =
            |test: fn(&ir::Value) -> bool| !listed.is_empty() && listed.iter().all(|it| test(it));
        let ty = [
            (SimpleType::Boolean, all(ir::Value::is_boolean)),
            (SimpleType::Array, all(ir::Value::is_array)),
            (SimpleType::Object, all(ir::Value::is_object)),
        ];
        if let Some((ty, _)) = ty.into_iter().find(|(_, fits)| *fits) {
            return vec![ty];
        }
    }
    let object = !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.pattern_properties.is_empty();
    let array = schema.items.is_some() || !schema.prefix_items.is_empty();
    let string = schema
        .format
        .as_deref()
        .is_some_and(scalar::is_string_format);
    match (object, array, string) {
        (true, false, _) => vec![SimpleType::Object],
        (false, true, _) => vec![SimpleType::Array],
        (false, false, true) => vec![SimpleType::String],
        _ => Vec::new(),
    }
}

/// Whether a schema allows null, itself or by what it refers to.
pub(super) fn is_nullable(cx: &Context, id: SchemaId) -> bool {
    // Names of names are few; a schema that only names itself says nothing, however long one follows it.
    const NAMES: usize = 32;
    let mut schema = cx.schema(id);
    for _ in 0..NAMES {
        match schema.reference {
            _ if schema.nullable => return true,
            Some(target) => schema = cx.schema(target),
            None => return false,
        }
    }
    false
}

/// What the item of an inline schema is called after: what it stands in. One that a reference leads into from
/// elsewhere is called after its own place, so that its name does not depend on who comes by first.
fn hint(cx: &mut Context, schema: &Schema, role: &Role) -> ir::NameHint {
    // The name of a property is its field's.
    if !extension::is_property(schema)
        && let Some(name) = extension::name(cx, &schema.place, &schema.extensions)
    {
        return ir::NameHint::Given(name);
    }
    let is_inside = match role {
        Role::In(owner, _) => {
            let owner = &cx.schema(cx.schema_of(*owner)).place;
            owner.source.name == schema.place.source.name
                && schema
                    .place
                    .pointer
                    .as_str()
                    .starts_with(owner.pointer.as_str())
        }
        Role::Of(..) | Role::At(_) => false,
    };
    match place_name(cx, &schema.place) {
        Some(name) if !is_inside && !schema.is_copy => ir::NameHint::Own(name),
        _ => role.hint(),
    }
}

/// The name that a place in the components or in another file gives a schema: the words of its pointer that
/// are names and not keywords.
pub(super) fn place_name(cx: &Context, place: &Place) -> Option<String> {
    const KEYWORDS: [&str; 7] = [
        "$defs",
        "definitions",
        "properties",
        "schema",
        "content",
        "application/json",
        "headers",
    ];
    let mut segments: Vec<String> = place.pointer.segments().collect();
    let is_elsewhere = place.source.name != cx.description.place.source.name;
    if is_of_operation(&segments) {
        return None;
    }
    // How many segments say where components stand; 2.0 has them at the root.
    let holder = match segments.first().map(String::as_str) {
        Some("components") => 2,
        Some("$defs" | "definitions" | "parameters" | "responses" | "schemas") => 1,
        _ => 0,
    };
    if holder > 0 && segments.len() > holder {
        segments.drain(..holder);
    } else if !is_elsewhere {
        return None;
    }
    segments.retain(|segment| !KEYWORDS.contains(&segment.as_str()));
    if segments.is_empty() {
        let file = place.source.name.rsplit('/').next().unwrap_or_default();
        segments.extend(file.split('.').next().map(str::to_owned));
    }
    Some(segments.join(" "))
}

/// Whether a pointer leads into an operation, or into the parameters of all operations of a path: what stands there
/// is called after these.
fn is_of_operation(segments: &[String]) -> bool {
    const METHODS: [&str; 9] = [
        "delete", "get", "head", "options", "patch", "post", "put", "query", "trace",
    ];
    const PARTS: [&str; 4] = ["callbacks", "parameters", "requestBody", "responses"];
    let is_part = |pair: &[String]| match pair {
        [method, part] => METHODS.contains(&method.as_str()) && PARTS.contains(&part.as_str()),
        _ => false,
    };
    let is_shared = matches!(segments, [first, index, ..]
        if first == "parameters" && index.bytes().all(|it| it.is_ascii_digit()));
    is_shared || segments.windows(2).any(is_part)
}

/// Says which keywords of JSON Schema have no effect on the type.
fn report_other_keywords(cx: &mut Context, schema: &Schema) {
    for (keyword, place) in &schema.other_keywords {
        cx.unsupported(place, &format!("`{keyword}`"), "has no effect on the type");
    }
    if schema.content_schema.is_some() {
        let keyword = "`contentSchema` of a text that is no event's";
        cx.unsupported(&schema.place, keyword, "has no effect on the type");
    }
    if schema.not.is_some() {
        cx.unsupported(&schema.place, "`not`", "has no effect on the type");
    }
}
