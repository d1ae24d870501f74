//! What a parameter or header of 2.0 says of its value itself, which has become a schema (OAS 2.0, Parameter
//! Object and Header Object).

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, Node, Place};
use crate::model::{Schema, SchemaId, SimpleType};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;
use crate::normalize::v3;

/// The keywords of a value that stand in a parameter or header.
const KEYWORDS: [&str; 16] = [
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
];

/// Keywords that 2.0 has in schemas only, or that it does not have.
const OF_SCHEMAS: [&str; 12] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "maxProperties",
    "minProperties",
    "not",
    "nullable",
    "oneOf",
    "properties",
    "readOnly",
    "title",
];

/// Reads the schema of a parameter or header.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> SchemaId {
    let stated = asked(cx, object);
    if let Some(at) = object.child(cx, "schema").filter(|_| !stated) {
        let message =
            "`schema` is only allowed in body parameters; it is read as the schema of the value";
        cx.warn(Code::RepairedKeyword, &at, message);
        return cx.schema(at);
    }
    if !stated {
        let missing = object.missing(cx, "type").harmless();
        cx.diagnostics
            .report(missing.note("without it, any value is allowed"));
    }
    // This is what the parameter is called, not the type of its value.
    let is_of_value = |key: &str| key != "x-keywright-name" && is_keyword(key);
    of_entries(cx, &object.at, is_of_value, Schema::any)
}

/// Reads the schema of a field of a form, which becomes a property and so has a description of its own.
pub(super) fn read_field<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> SchemaId {
    if !is_file(object.at.node) {
        let of_property = |key: &str| is_keyword(key) || matches!(key, "description" | "example");
        if asked(cx, object) || object.at.node.get("schema").is_none() {
            return of_entries(cx, &object.at, of_property, Schema::any);
        }
        return read(cx, object);
    }
    asked(cx, object);
    let of_file = |key: &str| key == "description" || key.starts_with("x-");
    of_entries(cx, &object.at, of_file, file)
}

/// Reads a schema that says that a response is a file.
pub(super) fn read_file<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>) -> SchemaId {
    let of_file =
        |key: &str| matches!(key, "description" | "example" | "title") || key.starts_with("x-");
    of_entries(cx, at, of_file, file)
}

/// Whether a node has the type `file`.
pub(super) fn is_file(node: &Node) -> bool {
    node.get("type")
        .and_then(Node::as_str)
        .is_some_and(|it| it.eq_ignore_ascii_case("file"))
}

/// The schema of a file.
fn file(place: Place) -> Schema {
    Schema {
        types: vec![SimpleType::String],
        format: Some("binary".to_owned()),
        ..Schema::any(place)
    }
}

fn is_keyword(key: &str) -> bool {
    KEYWORDS.contains(&key) || OF_SCHEMAS.contains(&key) || key.starts_with("x-")
}

/// Takes note of the keywords. Says whether there are any.
fn asked<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> bool {
    let mut stated = false;
    for key in KEYWORDS {
        stated |= object.entry(key).is_some();
    }
    for key in OF_SCHEMAS {
        if let Some(entry) = object.entry(key) {
            stated = true;
            let place = cx.key_place(&object.at, entry);
            let message =
                format!("`{key}` is only allowed in schemas; it is read as it would be in one");
            cx.diagnostics
                .report(Diagnostic::at(Code::RepairedKeyword, &place, message));
        }
    }
    stated
}

/// Reads those entries of a node that are keywords of its value, once.
fn of_entries<'a>(
    cx: &mut Cx<'a, '_>,
    at: &At<'a>,
    wanted: impl Fn(&str) -> bool,
    start: fn(Place) -> Schema,
) -> SchemaId {
    if let Some(known) = cx.schemas.known(at.node.id) {
        return known;
    }
    let entries = at.node.entries().iter();
    let entries = entries.filter(|entry: &&Entry| wanted(&entry.key));
    let start = start(cx.place(at));
    let schema = v3::schema::read_keywords(cx, at, entries, start);
    cx.schemas.push_of(at.node.id, schema)
}
