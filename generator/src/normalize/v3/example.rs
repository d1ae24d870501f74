//! OAS 3.1.1, Example Object. Examples are data for readers: whatever is in them does no harm.

use serde_json::Value as Json;

use crate::document::Value;
use crate::normalize::cx::Cx;
use crate::normalize::object::Object;

/// Reads `example` and the values of `examples` of an object.
pub(in crate::normalize) fn all<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Vec<Json> {
    let mut values: Vec<Json> = object.json("example").into_iter().collect();
    let Some(examples) = object.child(cx, "examples") else {
        return values;
    };
    // A list is what schemas have; some write it everywhere.
    if let Value::Sequence(items) = &examples.node.value {
        values.extend(items.iter().map(crate::document::Node::to_json));
        return values;
    }
    for (_, at) in object.map(cx, "examples") {
        let Some(example) = cx.resolved(at) else {
            continue;
        };
        let value = example
            .at
            .node
            .get("value")
            .or_else(|| example.at.node.get("dataValue"));
        values.extend(value.map(crate::document::Node::to_json));
    }
    values
}
