//! OAS 2.0, Headers Object and Header Object.

use super::{collection_format, inline_schema};
use crate::model::{Header, ParameterLocation, ParameterValue};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Reads `headers` of a response, without `Content-Type`, which the body's media type tells.
pub(super) fn all<'a>(cx: &mut Cx<'a, '_>, response: &mut Object<'a>) -> Vec<Header> {
    let headers = response.map(cx, "headers").into_iter();
    let headers = headers.filter(|(entry, _)| !entry.key.eq_ignore_ascii_case("content-type"));
    headers
        .filter_map(|(entry, at)| read(cx, at, &entry.key))
        .collect()
}

/// Reads a header.
fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, name: &str) -> Option<Header> {
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "header object")?;
    let description = object.text(cx, "description");
    let (style, explode) = collection_format::style(cx, &mut object, ParameterLocation::Header);
    let schema = inline_schema::read(cx, &mut object);
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Header {
        place,
        name: name.to_owned(),
        description: resolved.description.or(description),
        required: false,
        deprecated: false,
        value: ParameterValue::Schema {
            schema,
            style,
            explode,
            allow_reserved: false,
        },
        extensions,
    })
}
