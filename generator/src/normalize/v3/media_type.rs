//! OAS 3.1.1, Media Type Object and Encoding Object.

use indexmap::IndexMap;

use super::{example, header, parameter};
use crate::document::Place;
use crate::model::{Encoding, MediaType};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads `content` of an object.
pub(super) fn content<'a>(cx: &mut Cx<'a, '_>, holder: &mut Object<'a>) -> Vec<MediaType> {
    let content = holder.map(cx, "content");
    content
        .into_iter()
        .filter_map(|(entry, at)| read(cx, at, &entry.key))
        .collect()
}

/// Reads a media type.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, name: &str) -> Option<MediaType> {
    cx.has_xml |= name.contains("xml");
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "media type object")?;
    let schema = object.child(cx, "schema").map(|at| cx.schema(at));
    let mut item_schema = None;
    if cx.version >= Version::V3_2 {
        item_schema = object.child(cx, "itemSchema").map(|at| cx.schema(at));
        object.unsupported(cx, "prefixEncoding");
        object.unsupported(cx, "itemEncoding");
    }
    let examples = example::all(cx, &mut object);
    let mut encoding = IndexMap::new();
    for (entry, at) in object.map(cx, "encoding") {
        encoding.extend(part(cx, at).map(|it| (entry.key.to_string(), it)));
    }
    let place = object.place(cx);
    object.finish(cx);
    Some(MediaType {
        place,
        name: name.to_owned(),
        schema,
        item_schema,
        examples,
        encoding,
    })
}

/// What a body is of which nothing is said.
pub(super) fn bytes(place: Place) -> MediaType {
    MediaType {
        place,
        name: "application/octet-stream".to_owned(),
        schema: None,
        item_schema: None,
        examples: Vec::new(),
        encoding: IndexMap::new(),
    }
}

/// Reads how a part of a body is written.
fn part<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Encoding> {
    let mut object = Object::read(cx, at, "encoding object")?;
    if cx.version >= Version::V3_2 {
        for key in ["encoding", "prefixEncoding", "itemEncoding"] {
            object.unsupported(cx, key);
        }
    }
    let encoding = Encoding {
        place: object.place(cx),
        content_type: object.text(cx, "contentType"),
        headers: header::all(cx, &mut object),
        style: parameter::stated_style(cx, &mut object),
        explode: object.boolean(cx, "explode"),
        allow_reserved: object.boolean(cx, "allowReserved").unwrap_or(false),
    };
    object.finish(cx);
    Some(encoding)
}
