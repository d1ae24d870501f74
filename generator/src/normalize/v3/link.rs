//! OAS 3.1.1, Link Object. No client is wrong without a link, so its faults do no harm.

use indexmap::IndexMap;

use crate::model::{Link, LinkTarget};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Reads `links` of a response.
pub(super) fn all<'a>(cx: &mut Cx<'a, '_>, holder: &mut Object<'a>) -> Vec<Link> {
    let links = holder.map(cx, "links");
    links
        .into_iter()
        .filter_map(|(entry, at)| read(cx, at, &entry.key))
        .collect()
}

/// Reads a link.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, name: &str) -> Option<Link> {
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "link object")?;
    let id = object.text(cx, "operationId");
    let reference = object.text(cx, "operationRef");
    let description = object.text(cx, "description");
    let parameters: IndexMap<_, _> = object
        .map(cx, "parameters")
        .into_iter()
        .map(|(entry, at)| (entry.key.to_string(), at.node.to_json()))
        .collect();
    let request_body = object.json("requestBody");
    object.skip("server");
    let place = object.place(cx);
    if id.is_none() && reference.is_none() {
        let missing = object.missing(cx, "operationId").harmless();
        cx.diagnostics.report(missing);
    }
    object.finish(cx);
    Some(Link {
        place,
        name: name.to_owned(),
        target: id
            .map(LinkTarget::Id)
            .or(reference.map(LinkTarget::Reference))?,
        description: resolved.description.or(description),
        parameters,
        request_body,
    })
}
