//! OAS 2.0, Response Object.

use super::media_type::{self, JSON, Stated};
use super::{header, inline_schema};
use crate::diagnostics::Code;
use crate::document::{Node, Place, Value};
use crate::model::{MediaType, Response};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;
use crate::normalize::values;

/// Reads a response of an operation, which makes `produces`.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, produces: &[Stated]) -> Option<Response> {
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "response object")?;
    let description = object.required_prose(cx, "description");
    let headers = header::all(cx, &mut object);
    let mut content = content(cx, &mut object, produces);
    examples(cx, &mut object, &mut content);
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Response {
        place,
        summary: None,
        description: resolved.description.unwrap_or(description),
        headers,
        content,
        links: Vec::new(),
        extensions,
    })
}

/// The body in every media type that the operation makes, or that there is an example of. Without a schema there
/// is none.
fn content<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    produces: &[Stated],
) -> Vec<MediaType> {
    let place = object.place(cx);
    let Some(at) = object.child(cx, "schema") else {
        return without_schema(cx, object);
    };
    if inline_schema::is_file(at.node) {
        let schema = inline_schema::read_file(cx, &at);
        // A file is not a value of JSON: what is said to be JSON is handed out as it comes.
        let mut types = produces.to_vec();
        types.retain(|it| !media_type::is_json(&it.essence()));
        if types.is_empty() {
            types = Stated::assumed("application/octet-stream", place);
        }
        return types.iter().map(|it| it.of(Some(schema))).collect();
    }
    let mut types = produces.to_vec();
    for exemplified in exemplified(object, &place) {
        if types.iter().all(|it| it.name != exemplified.name) {
            types.push(exemplified);
        }
    }
    if types.is_empty() {
        types = Stated::assumed(JSON, place);
    } else if !types.iter().any(Stated::is_structured) && is_structured(cx, &at) {
        let message =
            "none of the media types in `produces` can carry this schema; JSON is accepted, too";
        let finding = cx.finding(Code::InvalidValue, &at, message).harmless();
        cx.diagnostics
            .report(finding.help("add the response's media type to `produces`"));
        types.extend(Stated::assumed(JSON, place));
    }
    let schema = Some(cx.schema(at));
    types.iter().map(|it| it.of(schema)).collect()
}

/// Whether a schema is of objects or lists. `produces` is said of all responses of an operation together, so
/// those that tell of failures are often of a type that is not in it.
fn is_structured(cx: &Cx<'_, '_>, at: &At<'_>) -> bool {
    let mut node = at.node;
    for _ in 0..MOST_REFERENCES {
        match cx.target(node) {
            Some(target) => node = target.node,
            None => break,
        }
    }
    let ty = node.get("type").and_then(Node::as_str);
    let says = ["properties", "allOf", "items", "additionalProperties"];
    matches!(ty, Some("object" | "array")) || says.iter().any(|key| node.get(key).is_some())
}

/// How many references in a row are followed in search of a type.
const MOST_REFERENCES: usize = 16;

/// The body of a response that has no schema but examples, and so must have a body.
fn without_schema<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Vec<MediaType> {
    let place = object.place(cx);
    let types = exemplified(object, &place);
    if !types.is_empty() {
        let missing = object.missing(cx, "schema").harmless();
        cx.diagnostics
            .report(missing.note("it has examples, so its body is read as any value"));
    }
    types.iter().map(|it| it.of(None)).collect()
}

/// The media types of which there are examples.
fn exemplified(object: &Object<'_>, place: &Place) -> Vec<Stated> {
    let examples = object.at.node.get("examples");
    let entries = examples.map(Node::entries).unwrap_or_default().iter();
    let names = entries.map(|entry| &*entry.key);
    names
        .filter(|name| name.contains('/') && !name.starts_with("x-"))
        .flat_map(|name| Stated::assumed(name, place.clone()))
        .collect()
}

/// Reads `examples`, by media type, and gives each to its own (OAS 2.0, Example Object).
fn examples<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>, content: &mut [MediaType]) {
    let stated = object.child(cx, "examples");
    if let Some(at) = stated.filter(|at| !matches!(at.node.value, Value::Mapping(_))) {
        let message = format!(
            "`examples` is {}, not a mapping; it is ignored",
            at.node.kind()
        );
        cx.warn(Code::WrongType, &at, message);
        return;
    }
    let schema = object.at.node.get("schema");
    for (entry, at) in object.map(cx, "examples") {
        let wanted = media_type::essence(&entry.key);
        let mut own = content
            .iter_mut()
            .filter(|it| media_type::essence(&it.name) == wanted);
        if let Some(media_type) = own.next() {
            let value = match schema {
                Some(schema) => values::fitted(cx, at.file, at.node, schema).json,
                None => at.node.to_json(),
            };
            media_type.examples.push(value);
        } else if !entry.key.starts_with("x-") {
            let message = format!(
                "`produces` does not list `{}`; the example is left out",
                entry.key
            );
            cx.warn(Code::InvalidValue, &at, message);
        }
    }
}
