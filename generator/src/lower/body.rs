//! Request bodies, and the media types of bodies in both directions.

use super::context::{Context, Role};
use super::{docs, schema};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, BodyEncoding, Payload, Type};
use crate::model::{self, MediaType};

/// Lowers a request body; `None`, with a warning, when no form of it can be sent.
pub(super) fn lower(
    cx: &mut Context,
    owner: &Role,
    body: &model::RequestBody,
    name: &str,
) -> Option<ir::Body> {
    let Some(chosen) = choose(&body.content) else {
        let types: Vec<_> = body
            .content
            .iter()
            .map(|it| format!("`{}`", it.name))
            .collect();
        cx.report(Diagnostic::at(
            Code::UnsupportedBody,
            &body.place,
            format!(
                "`{name}` is left out: a body of type {} cannot be sent yet",
                types.join(" or ")
            ),
        ));
        return None;
    };
    report_others(
        cx,
        &body.content,
        chosen,
        "only the first supported media type is sent",
    );
    if !chosen.encoding.is_empty() {
        cx.unsupported(
            &chosen.place,
            "`encoding`",
            "properties are written by the defaults",
        );
    }
    Some(ir::Body {
        origin: ir::Origin {
            place: body.place.clone(),
        },
        docs: docs::docs(None, body.description.as_ref(), None),
        required: body.required,
        payload: payload(cx, chosen, &owner.part("request")),
    })
}

/// Makes a payload of a media type that [`choose`] has chosen.
pub(super) fn payload(cx: &mut Context, content: &MediaType, role: &Role) -> Payload {
    let encoding = encoding(content).unwrap_or(BodyEncoding::Bytes);
    let ty = match (encoding, content.schema) {
        (BodyEncoding::Json, Some(schema)) => schema::lower_value(cx, schema, role),
        (BodyEncoding::Form, Some(schema)) => schema::lower(cx, schema, role),
        (BodyEncoding::Json | BodyEncoding::Form, None) => {
            cx.any(&content.place, ir::Why::NoSchema)
        }
        (BodyEncoding::Text, _) => Type::String,
        (BodyEncoding::Bytes, _) => Type::Bytes,
    };
    if let Some(item) = content.item_schema {
        cx.unsupported(
            &content.place,
            "`itemSchema`",
            "its type is there, and the stream comes as a whole",
        );
        schema::lower_value(cx, item, &role.part("item"));
    }
    Payload {
        media_type: content.name.clone(),
        encoding,
        ty,
        examples: content.examples.clone(),
    }
}

/// Of the forms that a body may have, the one that the client uses: JSON before everything, then in the
/// document's order.
pub(super) fn choose(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .find(|it| encoding(it) == Some(BodyEncoding::Json))
        .or_else(|| content.iter().find(|it| encoding(it).is_some()))
}

/// Says that a body has forms that the client does not use.
pub(super) fn report_others(
    cx: &mut Context,
    content: &[MediaType],
    chosen: &MediaType,
    consequence: &str,
) {
    for other in content {
        if other.name != chosen.name && !(is_json(&other.name) && other.schema == chosen.schema) {
            cx.unsupported(
                &other.place,
                &format!("a further media type, `{}`,", other.name),
                consequence,
            );
        }
    }
}

/// How a body of a media type is written; `None` when it cannot be yet.
fn encoding(content: &MediaType) -> Option<BodyEncoding> {
    let essence = essence(&content.name);
    if is_json(&content.name) {
        return Some(BodyEncoding::Json);
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Some(BodyEncoding::Form),
        "application/octet-stream" => Some(BodyEncoding::Bytes),
        // A range says nothing; what has a schema is most likely JSON.
        "*/*" | "application/*" => Some(if content.schema.is_some() {
            BodyEncoding::Json
        } else {
            BodyEncoding::Bytes
        }),
        _ if essence.starts_with("multipart/") || is_xml(&essence) => None,
        _ if essence.starts_with("text/") => Some(BodyEncoding::Text),
        _ => Some(BodyEncoding::Bytes),
    }
}

/// Whether a media type is JSON: by name, or by its suffix (RFC 6839, section 3.1).
pub(super) fn is_json(name: &str) -> bool {
    let essence = essence(name);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a media type is that of forms in a query.
pub(super) fn is_form(name: &str) -> bool {
    essence(name) == "application/x-www-form-urlencoded"
}

fn is_xml(essence: &str) -> bool {
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}

/// A media type without its parameters, in lower case.
fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}
