//! What a body may be: of the media types of a request body or a response to payloads, each of one type.

use std::collections::HashMap;

use super::{multipart, style};
use crate::ir::{self, BodyEncoding, Form, Payload, Type};
use crate::lower::context::{Context, Role};
use crate::lower::schema;
use crate::lower::schema::alike::{alike, shape};
use crate::lower::schema::xml;
use crate::media_type::{self, Family};
use crate::model::{MediaType, SchemaId};

/// Which way a body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Direction {
    /// From the caller: the caller chooses the form.
    Sent,
    /// To the caller, who takes what comes.
    Received,
}

/// The payloads of a body, JSON before everything else, and then in the document's order.
pub(in crate::lower) fn lower_all(
    cx: &mut Context,
    content: &[MediaType],
    role: &Role,
    direction: Direction,
) -> Vec<Payload> {
    let mut ordered: Vec<&MediaType> = content.iter().collect();
    ordered.sort_by_key(|it| match Family::of(&it.name) {
        Family::Json if media_type::essence(&it.name) == "application/json" => 0,
        Family::Json => 1,
        _ => 2,
    });
    let mut made_so_far = Payloads::default();
    for content in ordered {
        // What is called after the body alone is the preferred payload's.
        let role = if made_so_far.all.is_empty() {
            role.clone()
        } else {
            role.part(&ir::media_type_words(&content.name))
        };
        let mark = cx.mark();
        let Some(mut made) = lower(cx, content, &role, direction, &made_so_far) else {
            continue;
        };
        let shape = shape(cx, &made.ty);
        let like = made_so_far.of_shape(shape);
        // One type is enough for what is described twice.
        let twin = like.iter().map(|index| &made_so_far.all[*index]);
        if let Some(known) = twin.into_iter().find(|it| alike(cx, &it.ty, &made.ty)) {
            made.ty = known.ty.clone();
            cx.roll_back(&mark);
        }
        let joins = |index: &usize| {
            let known = &made_so_far.all[*index];
            match direction {
                Direction::Sent => is_other_name(cx, known, &made),
                Direction::Received => is_other_form(cx, known, &made),
            }
        };
        if let Some(index) = like.iter().copied().find(joins) {
            let known = &mut made_so_far.all[index];
            known.forms.extend(made.forms);
            if known.examples.is_empty() {
                known.examples = made.examples;
            }
            known.xml = known.xml.take().or(made.xml);
        } else {
            made_so_far.push(made, shape);
        }
    }
    made_so_far.all
}

/// The payloads of a body that are made already.
#[derive(Default)]
struct Payloads {
    all: Vec<Payload>,
    /// By the shape of their types: only those of one shape can be alike.
    by_shape: HashMap<u64, Vec<usize>>,
}

impl Payloads {
    fn of_shape(&self, shape: u64) -> &[usize] {
        self.by_shape
            .get(&shape)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn push(&mut self, payload: Payload, shape: u64) {
        self.by_shape.entry(shape).or_default().push(self.all.len());
        self.all.push(payload);
    }
}

/// Whether a payload is sent as another is, but under another name that says nothing more.
fn is_other_name(cx: &Context, known: &Payload, made: &Payload) -> bool {
    let (one, other) = (known.form(), made.form());
    one.encoding == other.encoding
        && matches!(one.encoding, BodyEncoding::Json | BodyEncoding::Xml)
        && media_type::is_common(&one.media_type)
        && media_type::is_common(&other.media_type)
        && known.xml == made.xml
        && alike(cx, &known.ty, &made.ty)
}

/// Whether two payloads are read alike, and give the same.
pub(in crate::lower) fn is_same(cx: &Context, one: &Payload, other: &Payload) -> bool {
    one.forms == other.forms && one.xml == other.xml && alike(cx, &one.ty, &other.ty)
}

/// Whether a payload gives the reader the same as another.
fn is_other_form(cx: &Context, known: &Payload, made: &Payload) -> bool {
    use std::mem::discriminant;
    let (one, other) = (&known.form().encoding, &made.form().encoding);
    let same_way =
        (!known.is_stream() && !made.is_stream()) || discriminant(one) == discriminant(other);
    let same_xml = known.xml.is_none() || made.xml.is_none() || known.xml == made.xml;
    same_way && same_xml && alike(cx, &known.ty, &made.ty)
}

/// The payload of one media type; `None` where the client does without it.
fn lower(
    cx: &mut Context,
    content: &MediaType,
    role: &Role,
    direction: Direction,
    known: &Payloads,
) -> Option<Payload> {
    let mark = cx.mark();
    let made = match Family::of(&content.name) {
        Family::Json => Ok((BodyEncoding::Json, value(cx, content, role))),
        Family::Xml => Ok(xml_value(cx, content, role)),
        Family::Text => text(cx, content, role),
        Family::Lines => Ok(lines(cx, content, role)),
        Family::Events => Ok(events(cx, content, role)),
        Family::Range => Ok(range(cx, content, role)),
        Family::Other => other(cx, content, role),
        Family::Form if direction == Direction::Sent => Ok(form(cx, content, role)),
        Family::Multipart if direction == Direction::Sent => {
            Ok(multipart::lower(cx, content, role))
        }
        Family::Form => Ok((BodyEncoding::Text, Type::String)),
        Family::Multipart => Err(Unread(None)),
    };
    let is_unread = made.is_err();
    let (encoding, ty) = match made {
        Ok(made) => made,
        Err(Unread(ty)) => {
            // What is read from another form is not needed once more.
            let is_same = |one: &Type| {
                let same = |ty: &Type| alike(cx, cx.resolve(one), cx.resolve(ty));
                ty.as_ref().is_some_and(same)
            };
            let is_known = known.all.iter().any(|it| is_value(it) && is_same(&it.ty));
            cx.roll_back(&mark);
            if is_known && direction == Direction::Received {
                return None;
            }
            report_unread(cx, content, direction);
            (BodyEncoding::Bytes, Type::Bytes)
        }
    };
    let form = Form {
        media_type: content.name.clone(),
        encoding,
        is_unread,
    };
    let xml = content
        .schema
        .filter(|_| form.encoding == BodyEncoding::Xml);
    let sent_at = (direction == Direction::Sent).then_some(&content.place);
    Some(Payload {
        forms: vec![form],
        ty,
        xml: xml.map(|schema| Box::new(xml::of_root(cx, schema, sent_at))),
        examples: content.examples.clone(),
    })
}

/// What a schema describes in a format that is not read here: its type, if it has one.
struct Unread(Option<Type>);

/// How a body is written and what it holds, unless that is not read here.
type Lowered = Result<(BodyEncoding, Type), Unread>;

/// Whether a payload is read as the value that it stands for.
fn is_value(payload: &Payload) -> bool {
    let is_value = |form: &Form| matches!(form.encoding, BodyEncoding::Json | BodyEncoding::Xml);
    payload.forms.iter().any(is_value)
}

/// A JSON value.
fn value(cx: &mut Context, content: &MediaType, role: &Role) -> Type {
    match content.schema.or(content.item_schema) {
        Some(schema) => schema::lower_value(cx, schema, role),
        None => cx.any(&content.place, ir::Why::NoSchema),
    }
}

/// XML. Without a schema that says more, it is the text that travels.
fn xml_value(cx: &mut Context, content: &MediaType, role: &Role) -> (BodyEncoding, Type) {
    let Some(schema) = content.schema else {
        return (BodyEncoding::Text, Type::String);
    };
    let ty = schema::lower_value(cx, schema, role);
    match cx.resolve(&ty) {
        Type::String | Type::Bytes | Type::Any => (BodyEncoding::Text, Type::String),
        _ => (BodyEncoding::Xml, ty),
    }
}

/// Text. A schema may say that it stands for something else: a number, a date; or an object in some format.
fn text(cx: &mut Context, content: &MediaType, role: &Role) -> Lowered {
    let ty = content
        .schema
        .map(|schema| schema::lower(cx, schema, role))
        .filter(|ty| !matches!(cx.resolve(ty), Type::Any | Type::Bytes | Type::Null));
    match ty {
        Some(ty) if cx.is_scalar(&ty) || media_type::is_likely_json_text(&content.name) => {
            Ok((BodyEncoding::Text, ty))
        }
        Some(ty) => Err(Unread(Some(ty))),
        None => Ok((BodyEncoding::Text, Type::String)),
    }
}

/// JSON texts one after the other: `itemSchema` describes one of them, and so does the schema of the items where
/// the schema of the whole is an array (OAS 3.2.0, Sequential Media Types).
fn lines(cx: &mut Context, content: &MediaType, role: &Role) -> (BodyEncoding, Type) {
    let item = content
        .item_schema
        .or_else(|| content.schema.map(|whole| item_of(cx, whole)));
    let ty = match item {
        Some(item) => schema::lower_value(cx, item, &role.part("item")),
        None => cx.any(&content.place, ir::Why::NoSchema),
    };
    (BodyEncoding::Lines, ty)
}

/// Server-sent events. `itemSchema` describes an event, whose `data` is what matters (OAS 3.2.0, Server-Sent Event
/// Streams); older documents describe the data, or a list of them, by the schema of the whole.
fn events(cx: &mut Context, content: &MediaType, role: &Role) -> (BodyEncoding, Type) {
    let data = match (content.item_schema, content.schema) {
        (Some(event), _) => {
            let event = cx.referred(event);
            let data = event.properties.get("data").copied();
            data.map(|data| cx.referred(data).content_schema.unwrap_or(data))
        }
        (None, whole) => whole.map(|whole| item_of(cx, whole)),
    };
    let ty = data.map(|data| schema::lower_value(cx, data, &role.part("event")));
    let ty = ty.filter(|ty| !matches!(cx.resolve(ty), Type::Any | Type::Bytes));
    (BodyEncoding::Events, ty.unwrap_or(Type::String))
}

/// The schema of the items where a schema is that of an array, or else the schema itself.
fn item_of(cx: &Context, whole: SchemaId) -> SchemaId {
    cx.referred(whole).items.unwrap_or(whole)
}

/// A range that leaves everything open: what has a schema is most likely JSON, unless that is of a text.
fn range(cx: &mut Context, content: &MediaType, role: &Role) -> (BodyEncoding, Type) {
    let Some(schema) = content.schema else {
        return (BodyEncoding::Bytes, Type::Bytes);
    };
    let ty = schema::lower_value(cx, schema, role);
    match cx.resolve(&ty) {
        Type::Bytes | Type::Any => (BodyEncoding::Bytes, Type::Bytes),
        Type::String => (BodyEncoding::Text, ty),
        _ => (BodyEncoding::Json, ty),
    }
}

/// A media type of which nothing is known: bytes, unless it is a vendor's name for JSON.
fn other(cx: &mut Context, content: &MediaType, role: &Role) -> Lowered {
    let Some(schema) = content.schema else {
        return Ok((BodyEncoding::Bytes, Type::Bytes));
    };
    let mark = cx.mark();
    let ty = schema::lower_value(cx, schema, role);
    match cx.resolve(&ty) {
        Type::String | Type::Secret | Type::Bytes | Type::Base64 | Type::Any => {
            cx.roll_back(&mark);
            Ok((BodyEncoding::Bytes, Type::Bytes))
        }
        _ if media_type::is_likely_json(&content.name) => Ok((BodyEncoding::Json, ty)),
        _ => Err(Unread(Some(ty))),
    }
}

/// `application/x-www-form-urlencoded`, with the properties whose `encoding` says how they are written (OAS 3.1.1,
/// Encoding Object).
fn form(cx: &mut Context, content: &MediaType, role: &Role) -> (BodyEncoding, Type) {
    let ty = match content.schema {
        Some(schema) => schema::lower(cx, schema, role),
        None => cx.any(&content.place, ir::Why::NoSchema),
    };
    (BodyEncoding::Form(style::of_form(content)), ty)
}

/// Says that what a schema describes is left to the caller.
fn report_unread(cx: &mut Context, content: &MediaType, direction: Direction) {
    let name = &content.name;
    match direction {
        Direction::Sent => cx.unsupported(
            &content.place,
            &format!("writing `{name}`"),
            "the caller passes bytes",
        ),
        Direction::Received => cx.unsupported(
            &content.place,
            &format!("reading `{name}`"),
            "returned as bytes",
        ),
    }
}
