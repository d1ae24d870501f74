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
        Role::In(owner, _) => schema.place.is_in(&cx.schema(cx.schema_of(*owner)).place),
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
    let pointer = &place.pointer;
    let segments: Vec<String> = pointer.segments().collect();
    if is_of_operation(&segments) {
        return None;
    }
    let is_elsewhere = place.source.name != cx.description.place.source.name;
    if !is_elsewhere && !pointer.is_in_component() {
        return None;
    }
    let mut names = pointer.names();
    if names.is_empty() {
        let file = place.source.name.rsplit('/').next().unwrap_or_default();
        names.extend(file.split('.').next().map(str::to_owned));
    }
    Some(names.join(" "))
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
