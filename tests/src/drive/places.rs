//! Where the document has the schemas of arguments and bodies.

use keywright::document::{Node, Place, Spec};
use keywright::ir::{Argument, BodyEncoding, Payload};

use crate::round_trip::types::ModelType;
use keywright::conform::references;

/// The schema of an argument: below the parameter, or in 2.0 the parameter itself.
pub(super) fn of_argument(spec: &Spec, argument: &Argument) -> Option<ModelType> {
    let place = &argument.origin.place;
    let node = node_at(spec, place)?;
    let content = node.get("content").and_then(|it| it.entries().first());
    let below = if node.get("schema").is_some() {
        vec!["schema"]
    } else if let Some(media_type) = content {
        media_type.value.get("schema")?;
        vec!["content", &media_type.key, "schema"]
    } else if node.get("type").is_some() {
        Vec::new()
    } else {
        return None;
    };
    Some(ModelType::at(place, &below))
}

/// The schema of a payload, below a request body or a response, or in 2.0 right there.
pub(super) fn of_payload(spec: &Spec, place: &Place, payload: &Payload) -> Option<ModelType> {
    let node = node_at(spec, place)?;
    let media_type = &payload.form().media_type;
    let content = node.get("content").map_or(&[][..], Node::entries);
    let described = content.iter().find(|it| *it.key == **media_type);
    let Some(media_type) = described else {
        node.get("schema")?;
        return Some(ModelType::at(place, &["schema"]));
    };
    // The items of a stream have a schema of their own, or are those of the array.
    let key = match media_type.value.get("itemSchema") {
        Some(_) => "itemSchema",
        None => "schema",
    };
    let schema = media_type.value.get(key)?;
    let mut below = vec!["content", &*media_type.key, key];
    // The data of an event may be described as text that is JSON.
    let data = schema.get("properties").and_then(|it| it.get("data"));
    if let (BodyEncoding::Events, "itemSchema", Some(data)) = (&payload.form().encoding, key, data)
    {
        below.extend(["properties", "data"]);
        if data.get("contentSchema").is_some() {
            below.push("contentSchema");
        }
    }
    Some(ModelType::at(place, &below))
}

fn node_at<'s>(spec: &'s Spec, place: &Place) -> Option<&'s Node> {
    let file = references::file_called(spec, &place.source.name)?;
    references::at(spec, file, &place.pointer)
}
