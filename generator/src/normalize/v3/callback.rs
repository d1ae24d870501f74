//! OAS 3.1.1, Callback Object.

use super::path_item;
use crate::model::Callback;
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Reads `callbacks` of an operation. The operations of a callback may have callbacks in turn, by reference
/// even themselves; those are left out.
pub(super) fn all<'a>(
    cx: &mut Cx<'a, '_>,
    operation: &mut Object<'a>,
    read_them: bool,
) -> Vec<Callback> {
    if !read_them {
        operation.unsupported(cx, "callbacks");
        return Vec::new();
    }
    let callbacks = operation.map(cx, "callbacks");
    callbacks
        .into_iter()
        .filter_map(|(entry, at)| read(cx, at, &entry.key))
        .collect()
}

/// Reads a callback.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, name: &str) -> Option<Callback> {
    let resolved = cx.resolved(at)?;
    let object = Object::read(cx, resolved.at, "callback object")?;
    let mut path_items = Vec::new();
    for entry in object.at.node.entries() {
        if entry.key.starts_with("x-") {
            continue;
        }
        let place = cx.key_place(&object.at, entry);
        let role = path_item::Role::Callback {
            expression: entry.key.to_string(),
            place,
        };
        path_items.extend(path_item::read(cx, object.at.child(entry), role));
    }
    Some(Callback {
        place: object.place(cx),
        name: name.to_owned(),
        path_items,
    })
}
