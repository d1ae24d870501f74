//! What inline schemas are called after: what they stand in, or else the place at which they are written.

use crate::document::Place;
use crate::ir::NameHint;
use crate::lower::context::{Context, Role};
use crate::lower::extension;
use crate::model::Schema;

/// What the item of an inline schema is called after: what it stands in. One that a reference leads into from
/// elsewhere is called after its own place, so that its name does not depend on who comes by first.
pub(super) fn hint(cx: &mut Context, schema: &Schema, role: &Role) -> NameHint {
    // The name of a property is its field's.
    if !extension::is_property(schema)
        && let Some(name) = extension::name(cx, &schema.place, &schema.extensions)
    {
        return NameHint::Given(name);
    }
    let is_inside = match role {
        Role::In(owner, _) => {
            let owner = &cx.schema(cx.schema_of(*owner)).place;
            owner.source.name == schema.place.source.name
                && schema
                    .place
                    .pointer
                    .as_str()
                    .starts_with(owner.pointer.as_str())
        }
        Role::Of(..) | Role::At(_) => false,
    };
    match place_name(cx, &schema.place) {
        Some(name) if !is_inside && !schema.is_copy => NameHint::Own(name),
        _ => role.hint(),
    }
}

/// The name that a place in the components or in another file gives a schema: the words of its pointer that
/// are names and not keywords.
pub(super) fn place_name(cx: &Context, place: &Place) -> Option<String> {
    const KEYWORDS: [&str; 7] = [
        "$defs",
        "definitions",
        "properties",
        "schema",
        "content",
        "application/json",
        "headers",
    ];
    let mut segments: Vec<String> = place.pointer.segments().collect();
    let is_elsewhere = place.source.name != cx.description.place.source.name;
    if is_of_operation(&segments) {
        return None;
    }
    // How many segments say where components stand; 2.0 has them at the root.
    let holder = match segments.first().map(String::as_str) {
        Some("components") => 2,
        Some("$defs" | "definitions" | "parameters" | "responses" | "schemas") => 1,
        _ => 0,
    };
    if holder > 0 && segments.len() > holder {
        segments.drain(..holder);
    } else if !is_elsewhere {
        return None;
    }
    segments.retain(|segment| !KEYWORDS.contains(&segment.as_str()));
    if segments.is_empty() {
        let file = place.source.name.rsplit('/').next().unwrap_or_default();
        segments.extend(file.split('.').next().map(str::to_owned));
    }
    Some(segments.join(" "))
}

/// Whether a pointer leads into an operation, or into the parameters of all operations of a path: what stands there
/// is called after these.
fn is_of_operation(segments: &[String]) -> bool {
    const METHODS: [&str; 9] = [
        "delete", "get", "head", "options", "patch", "post", "put", "query", "trace",
    ];
    const PARTS: [&str; 4] = ["callbacks", "parameters", "requestBody", "responses"];
    let is_part = |pair: &[String]| match pair {
        [method, part] => METHODS.contains(&method.as_str()) && PARTS.contains(&part.as_str()),
        _ => false,
    };
    let is_shared = matches!(segments, [first, index, ..]
        if first == "parameters" && index.bytes().all(|it| it.is_ascii_digit()));
    is_shared || segments.windows(2).any(is_part)
}
