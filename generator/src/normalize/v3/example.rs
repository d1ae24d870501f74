//! OAS 3.1.1, Example Object. Examples are data for readers: whatever is in them does no harm.

use serde_json::Value as Json;

use crate::document::{FileId, Node, Value};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;
use crate::normalize::values;

/// Reads `example` and the values of `examples` of an object, which has a `schema` or is one (2.0).
pub(in crate::normalize) fn all<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Vec<Json> {
    let holder = object.at.node;
    let schema = holder.get("schema").unwrap_or(holder);
    let read = |cx: &mut Cx<'a, '_>, file: FileId, node: &Node| {
        values::fitted(cx, file, node, schema).json
    };
    let file = object.at.file;
    let mut values = Vec::new();
    if let Some(entry) = object.entry("example") {
        values.push(read(cx, file, &entry.value));
    }
    let Some(examples) = object.child(cx, "examples") else {
        return values;
    };
    // A list is what schemas have; some write it everywhere.
    if let Value::Sequence(items) = &examples.node.value {
        values.extend(items.iter().map(|it| read(cx, file, it)));
        return values;
    }
    for (_, at) in object.map(cx, "examples") {
        let Some(example) = cx.resolved(at) else {
            continue;
        };
        let At { file, node, .. } = example.at;
        let value = node.get("value").or_else(|| node.get("dataValue"));
        values.extend(value.map(|it| read(cx, file, it)));
    }
    values
}
