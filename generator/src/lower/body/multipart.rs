//! Multipart bodies: an object whose properties are parts (OAS 3.1.1, Encoding Object and "Encoding multipart Media
//! Types").

use super::style;
use crate::ir::{
    self, Additional, BodyEncoding, Item, ItemKind, NameHint, Part, PartEncoding, Parts, Presence,
    Struct, Type,
};
use crate::lower::context::{Context, Role};
use crate::lower::docs;
use crate::lower::facts::Class;
use crate::lower::schema::{self, object};
use crate::media_type::{self, Family};
use crate::model::{Encoding, MediaType, Schema, SchemaId};

/// Which rules a body follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A form, whose parts have names (RFC 7578).
    Form,
    /// Any other, whose parts say what they are (RFC 2046, section 5.1; RFC 2387).
    Mixed,
}

impl Kind {
    /// What a media type stands for. A range is sent as a form.
    fn of(name: &str) -> Self {
        let essence = media_type::essence(name);
        if essence == "multipart/form-data" || essence.contains('*') {
            Self::Form
        } else {
            Self::Mixed
        }
    }
}

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
    let target = cx.target(id);
    cx.class(target) == Class::Struct && !cx.schema(target).properties.is_empty()
}

/// Says that what a schema demands of parts is left to the caller.
fn report_unnamed(cx: &mut Context, id: SchemaId) {
    let target = cx.target(id);
    let what = match cx.class(target) {
        Class::Choice => "a choice between parts",
        Class::Array | Class::Tuple => "a list of parts",
        _ => return,
    };
    let place = &cx.schema(target).place;
    cx.unsupported(place, what, "the caller adds the parts one by one");
}

/// The struct of a schema. Bodies of one schema share it, where their parts are written alike.
fn structure(cx: &mut Context, content: &MediaType, id: SchemaId, role: &Role) -> Type {
    let target = cx.target(id);
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
        Some(name) => {
            let word = match Kind::of(&content.name) {
                Kind::Form => "form".to_owned(),
                Kind::Mixed => ir::media_type_words(&content.name),
            };
            NameHint::Own(format!("{name} {word}"))
        }
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
        foreign: None,
    };
    cx.fill(item, made);
    cx.note_form(target, item);
    Type::Item(item)
}

fn lower_struct(cx: &mut Context, content: &MediaType, schema: &Schema, role: &Role) -> Struct {
    let kind = Kind::of(&content.name);
    let (mut fields, mut parts) = (Vec::new(), Vec::new());
    for property in object::properties(cx, schema) {
        let mut field = schema::field(cx, &property, role);
        let stated = content.encoding.get(property.name);
        let (ty, part) = part(cx, kind, field.ty, Some(property.schema), stated);
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
    let additional = match schema::additional(cx, schema, role) {
        Additional::Kept(ty) => {
            let (ty, part) = part(cx, kind, ty, schema.additional_properties, None);
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
    cx: &mut Context,
    kind: Kind,
    ty: Type,
    schema: Option<SchemaId>,
    stated: Option<&Encoding>,
) -> (Type, Part) {
    if kind == Kind::Form
        && let Some(style) = stated
            .filter(|it| has_style(it))
            .and_then(style::of_property)
    {
        let part = Part {
            encoding: PartEncoding::Style(style),
            media_type: None,
            transfer_encoding: None,
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
    let schema = schema.map(|id| cx.referred(id));
    let schema = match schema.and_then(|it| it.items) {
        Some(items) if is_list => Some(cx.referred(items)),
        _ => schema,
    };
    let media_types = MediaTypes::of(schema, stated);
    let encoding = encoding(cx, &single, schema, &media_types);
    if encoding == PartEncoding::File && !is_bytes(cx, &single) {
        report_unwritten(cx, schema, stated, &media_types);
    }
    let headers: Vec<String> = stated
        .map(|it| {
            it.headers
                .iter()
                .map(|header| header.name.clone())
                .collect()
        })
        .unwrap_or_default();
    let transfer_encoding = (kind == Kind::Mixed && matches!(cx.resolve(&single), Type::Base64))
        .then(|| "base64".to_owned());
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
    let part = Part {
        media_type: media_types.of_part(kind, &encoding, transfer_encoding.is_some()),
        encoding,
        transfer_encoding,
        headers,
    };
    (ty, part)
}

/// Whether the document says how the pairs of a value are written.
fn has_style(encoding: &Encoding) -> bool {
    encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved
}

/// The media types that a part may have, the preferred first.
struct MediaTypes {
    names: Vec<String>,
    /// Whether the schema says so, of what a text holds.
    is_content: bool,
}

impl MediaTypes {
    /// Those of the Encoding Object, or else of the schema.
    fn of(schema: Option<&Schema>, stated: Option<&Encoding>) -> Self {
        let content = schema.and_then(|it| it.content_media_type.as_deref());
        let stated = stated.and_then(|it| it.content_type.as_deref());
        let names = stated.or(content).unwrap_or_default().split(',');
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        Self {
            names: names.map(str::to_owned).collect(),
            is_content: stated.is_none(),
        }
    }

    /// The family of the preferred one.
    fn family(&self) -> Option<Family> {
        self.names.first().map(|name| Family::of(name))
    }

    /// The first that JSON can be sent as.
    fn json(&self) -> Option<&String> {
        let is_json = |name: &&String| match Family::of(name) {
            Family::Json => true,
            Family::Text => media_type::is_likely_json_text(name),
            Family::Other => media_type::is_likely_json(name),
            _ => false,
        };
        self.names.iter().find(is_json)
    }

    /// Whether all of them are of formats that nothing is written in.
    fn is_unwritten(&self) -> bool {
        let has_range = self.family() == Some(Family::Range);
        !self.names.is_empty() && !has_range && self.json().is_none()
    }

    /// The one that a part is sent with, unless the caller says otherwise. Text that says nothing is plain, and of forms
    /// in the characters of the form (RFC 7578, section 5.1.2).
    fn of_part(&self, kind: Kind, encoding: &PartEncoding, is_encoded: bool) -> Option<String> {
        let first = self.names.first().filter(|name| !name.contains('*'));
        match (encoding, kind) {
            (PartEncoding::Json, _) => {
                let json = self.json().or(first).map(String::as_str);
                Some(json.unwrap_or("application/json").to_owned())
            }
            (PartEncoding::Text | PartEncoding::Value, Kind::Mixed) => {
                let usual = if is_encoded {
                    "application/octet-stream"
                } else {
                    "text/plain; charset=utf-8"
                };
                Some(first.map_or(usual, String::as_str).to_owned())
            }
            _ => first.cloned(),
        }
    }
}

/// Whether a value is bytes, or may be of any type.
fn is_bytes(cx: &Context, ty: &Type) -> bool {
    matches!(cx.resolve(ty), Type::Bytes | Type::String | Type::Any)
}

/// Says that a value is left to the caller.
fn report_unwritten(
    cx: &mut Context,
    schema: Option<&Schema>,
    stated: Option<&Encoding>,
    media_types: &MediaTypes,
) {
    let place = stated.map(|it| &it.place);
    if let Some(place) = place.or(schema.map(|it| &it.place)) {
        let names = media_types.names.join(", ");
        let what = format!("writing `{names}`");
        cx.unsupported(place, &what, "the caller passes bytes");
    }
}

/// Whether a value is one of several types, some of which are scalars.
fn has_scalars(cx: &Context, ty: &Type) -> bool {
    match cx.resolve(ty) {
        Type::Nullable(inner) => has_scalars(cx, inner),
        Type::Item(id) => match cx.made(*id).map(|it| &it.kind) {
            Some(ItemKind::Union(it)) => it.branches.iter().any(|it| cx.is_scalar(&it.ty)),
            _ => false,
        },
        _ => false,
    }
}

/// How a single value is written: as the media types say, or else by its type: bytes for text in binary and for what has
/// no type, JSON for objects and arrays, text for the rest. A text that holds JSON is sent as it is.
fn encoding(
    cx: &Context,
    ty: &Type,
    schema: Option<&Schema>,
    media_types: &MediaTypes,
) -> PartEncoding {
    let content_encoding = schema.and_then(|it| it.content_encoding.as_deref());
    let is_raw = matches!(content_encoding, Some("binary" | "8bit" | "7bit"));
    let stated = media_types
        .family()
        .filter(|_| !media_types.is_content || content_encoding.is_none());
    match (cx.resolve(ty), stated) {
        (Type::Bytes, _) | (Type::String, Some(Family::Other | Family::Range)) => {
            PartEncoding::File
        }
        (Type::String, _) if is_raw => PartEncoding::File,
        (Type::String, Some(Family::Json)) if media_types.is_content => PartEncoding::Text,
        (Type::Any, Some(Family::Text)) => PartEncoding::Text,
        (Type::Any, Some(Family::Json)) => PartEncoding::Json,
        (Type::Any, _) => PartEncoding::File,
        (ty, stated) if cx.is_scalar(ty) => match stated {
            Some(Family::Json) => PartEncoding::Json,
            _ => PartEncoding::Text,
        },
        _ if media_types.is_unwritten() => PartEncoding::File,
        (ty, None) if has_scalars(cx, ty) => PartEncoding::Value,
        _ => PartEncoding::Json,
    }
}
