//! OAS 3.1.1, Request Body Object.

use super::media_type;
use crate::model::RequestBody;
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Reads a request body.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>) -> Option<RequestBody> {
    let resolved = cx.resolved_part(at)?;
    let at = resolved.at.clone();
    let object = Object::read(cx, resolved.at, "request body object");
    let mut object = cx.part(&at, object)?;
    let description = object.text(cx, "description");
    let required = object.boolean(cx, "required").unwrap_or(false);
    if object.entry("content").is_none() {
        let missing = object.missing(cx, "content").harmless();
        cx.diagnostics
            .report(missing.label("the body is sent as bytes"));
    }
    let mut content = media_type::content(cx, &mut object);
    if content.is_empty() {
        content.push(media_type::bytes(object.place(cx)));
    }
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(RequestBody {
        place,
        description: resolved.description.or(description),
        required,
        content,
        extensions,
    })
}
