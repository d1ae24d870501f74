//! Request bodies.

mod multipart;
pub(super) mod payload;
pub(super) mod style;

use self::payload::Direction;
use super::context::{Context, Role};
use super::docs;
use crate::ir::{self, BodyEncoding, Form, Payload, Type};
use crate::model;

/// Lowers a request body. One without any media type may be of each.
pub(super) fn lower(
    cx: &mut Context,
    role: &Role,
    body: &model::RequestBody,
    direction: Direction,
) -> ir::Body {
    let mut payloads = payload::lower_all(cx, &body.content, role, direction);
    if payloads.is_empty() {
        let form = Form {
            media_type: "*/*".to_owned(),
            encoding: BodyEncoding::Bytes,
            is_unread: false,
        };
        payloads.push(Payload {
            forms: vec![form],
            ty: Type::Bytes,
            xml: None,
            examples: Vec::new(),
        });
    }
    ir::Body {
        origin: ir::Origin {
            place: body.place.clone(),
        },
        docs: docs::docs(None, body.description.as_ref(), None),
        required: body.required,
        payloads,
    }
}
