//! OAS 3.1.1, Header Object.

use super::{example, parameter};
use crate::model::{Header, ParameterLocation};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Reads `headers` of an object, if that is not a part of a header itself, without `Content-Type`, which is ignored there (OAS 3.1.1, Response Object).
pub(super) fn all<'a>(cx: &mut Cx<'a, '_>, holder: &mut Object<'a>) -> Vec<Header> {
    if cx.in_header {
        holder.unsupported(cx, "headers");
        return Vec::new();
    }
    let headers = holder.map(cx, "headers").into_iter();
    let headers = headers.filter(|(entry, _)| !entry.key.eq_ignore_ascii_case("content-type"));
    headers
        .filter_map(|(entry, at)| read(cx, at, &entry.key))
        .collect()
}

/// Reads a header.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, name: &str) -> Option<Header> {
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "header object")?;
    let description = object.text(cx, "description");
    let required = object.boolean(cx, "required").unwrap_or(false);
    let deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
    object.skip("allowEmptyValue");
    cx.in_header = true;
    let value = parameter::value(cx, &mut object, ParameterLocation::Header);
    cx.in_header = false;
    example::all(cx, &mut object);
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Header {
        place,
        name: name.to_owned(),
        description: resolved.description.or(description),
        required,
        deprecated,
        value,
        extensions,
    })
}
