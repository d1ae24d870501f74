//! Multipart bodies: an object whose properties are parts (OAS 3.1.1, Encoding Object and "Encoding multipart Media
//! Types").

use super::context::{Context, Role};
use super::media_type::{self, Family};
use super::{docs, object, payload};
use crate::ir::{
    self, Additional, BodyEncoding, Item, ItemKind, NameHint, Part, PartEncoding, Parts, Presence,
    Struct, Type,
};
use crate::model::{Encoding, MediaType, Schema, SchemaId};

/// The type of a body: a struct of parts, or parts of any names where the schema names none.
pub(super) fn lower(cx: &mut Context, content: &MediaType, role: &Role) -> (BodyEncoding, Type) {
    let ty = match content.schema {
        Some(schema) if names_parts(cx, schema) => structure(cx, content, schema, role),
        Some(schema) => {
            report_unnamed(cx, schema);
            Type::Multipart
        }
        None => Type::Multipart,
    };
    (BodyEncoding::Multipart, ty)
}

/// Whether a schema says which parts there are.
fn names_parts(cx: &Context, id: SchemaId) -> bool {
    let schema = object::referred(cx, id);
    schema.one_of.is_empty() && !schema.properties.is_empty()
}

/// Says that what a schema demands of parts is left to the caller.
fn report_unnamed(cx: &mut Context, id: SchemaId) {
    let schema = object::referred(cx, id);
    let what = if !schema.one_of.is_empty() {
        "a choice of parts"
    } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
        "a list of parts"
    } else {
        return;
    };
    let place = &schema.place;
    cx.unsupported(place, what, "the parts are put together by hand");
}

/// The struct of a schema. Bodies of one schema share it, where their parts are written alike.
fn structure(cx: &mut Context, content: &MediaType, id: SchemaId, role: &Role) -> Type {
    let target = target(cx, id);
    let schema = cx.schema(target);
    let mark = cx.mark();
    let item = cx.reserve_apart(target);
    let inside = Role::In(item, String::new());
    let made = lower_struct(cx, content, schema, &inside);
    if let Some(known) = cx.form(target, made.parts.as_ref()) {
        cx.roll_back(&mark);
        return Type::Item(known);
    }
    let hint = match &schema.component {
        Some(name) => NameHint::Own(format!("{name} form")),
        None => role.hint(),
    };
    let made = Item {
        origin: ir::Origin {
            place: schema.place.clone(),
        },
        hint,
        docs: docs::schema(schema),
        deprecated: schema.deprecated,
        examples: Vec::new(),
        xml: None,
        kind: ItemKind::Struct(made),
    };
    cx.fill(item, made);
    cx.note_form(target, item);
    Type::Item(item)
}

/// The schema at the end of the references.
fn target(cx: &Context, id: SchemaId) -> SchemaId {
    const LONG: usize = 1_000;
    let next = |id: &SchemaId| cx.schema(*id).reference;
    let chain = std::iter::successors(Some(id), next).take(LONG);
    chain.last().unwrap_or(id)
}

fn lower_struct(cx: &mut Context, content: &MediaType, schema: &Schema, role: &Role) -> Struct {
    let (mut fields, mut parts) = (Vec::new(), Vec::new());
    for (name, property) in &schema.properties {
        let is_required = schema.required.contains(name);
        if !is_required && !cx.schema(*property).satisfiable {
            continue;
        }
        let mut field = object::field(cx, name, *property, is_required, role);
        let stated = content.encoding.get(name);
        let (ty, part) = part(cx, field.ty, Some(*property), stated);
        field.ty = ty;
        // There is no part for `null`.
        field.presence = match field.presence {
            Presence::Required => Presence::Required,
            Presence::Nullable | Presence::Optional | Presence::OptionalNullable => {
                Presence::Optional
            }
        };
        fields.push(field);
        parts.push(part);
    }
    let mut rest = None;
    let additional = match object::additional(cx, schema, role) {
        Additional::Kept(ty) => {
            let (ty, part) = part(cx, ty, schema.additional_properties, None);
            rest = Some(part);
            Additional::Kept(ty)
        }
        other => other,
    };
    let parts = Some(Parts {
        fields: parts,
        rest,
    });
    Struct {
        fields,
        additional,
        parts,
    }
}

/// How a property is written, and what that makes of its type. Each item of an array is a part of its own.
fn part(
    cx: &Context,
    ty: Type,
    schema: Option<SchemaId>,
    stated: Option<&Encoding>,
) -> (Type, Part) {
    let style = stated.filter(|it| it.style.is_some() || it.explode.is_some() || it.allow_reserved);
    if let Some(style) = style.and_then(payload::stated) {
        let part = Part {
            encoding: PartEncoding::Style(style),
            media_type: None,
            headers: Vec::new(),
        };
        return (ty, part);
    }
    let item = match cx.resolve(&ty) {
        Type::Array(item) => Some((**item).clone()),
        _ => None,
    };
    let is_list = item.is_some();
    let single = item.unwrap_or(ty);
    let schema = schema.map(|id| object::referred(cx, id));
    let schema = match schema.and_then(|it| it.items) {
        Some(items) if is_list => Some(object::referred(cx, items)),
        _ => schema,
    };
    let media_types = stated.and_then(|it| it.content_type.as_deref());
    let encoding = encoding(cx, &single, schema, media_types);
    let headers: Vec<String> = stated
        .map(|it| {
            it.headers
                .iter()
                .map(|header| header.name.clone())
                .collect()
        })
        .unwrap_or_default();
    let single = match &encoding {
        PartEncoding::File => Type::File,
        _ if headers.is_empty() => single,
        _ => Type::Part(Box::new(single)),
    };
    let ty = if is_list {
        Type::Array(Box::new(single))
    } else {
        single
    };
    let default = (encoding == PartEncoding::Json).then(|| "application/json".to_owned());
    let content = schema.and_then(|it| it.content_media_type.clone());
    let part = Part {
        media_type: media_types.and_then(only).or(content).or(default),
        encoding,
        headers,
    };
    (ty, part)
}

/// How a single value is written: as the stated media types say, or else by its type: bytes for text in binary and
/// for what has no type, JSON for objects and arrays, text for the rest.
fn encoding(
    cx: &Context,
    ty: &Type,
    schema: Option<&Schema>,
    media_types: Option<&str>,
) -> PartEncoding {
    let stated = media_types
        .or_else(|| {
            let schema = schema.filter(|it| it.content_encoding.is_none());
            schema.and_then(|it| it.content_media_type.as_deref())
        })
        .map(|names| Family::of(names.split(',').next().unwrap_or_default()));
    match (cx.resolve(ty), stated) {
        (Type::Bytes, _) | (Type::String, Some(Family::Other | Family::Range)) => {
            PartEncoding::File
        }
        (_, Some(Family::Json)) => PartEncoding::Json,
        (Type::Any, Some(Family::Text)) => PartEncoding::Text,
        (Type::Any, _) => PartEncoding::File,
        (ty, _) if cx.is_scalar(ty) => PartEncoding::Text,
        _ => PartEncoding::Json,
    }
}

/// The media type, where a list of them holds but one and that is no range.
fn only(names: &str) -> Option<String> {
    let is_one = !names.contains(',') && !media_type::essence(names).contains('*');
    is_one.then(|| names.trim().to_owned())
}
