//! Reads and writes places in requests and responses.

use serde_json::{Map, Value};

use super::{IncomingRequest, LifecycleResponse, Place, styles};

/// Returns the text at a place of a request.
pub(super) fn text(request: &IncomingRequest, place: Place) -> Option<String> {
    match place {
        Place::Body(pointer) => {
            let body: Value = serde_json::from_slice(&request.body).ok()?;
            body.pointer(pointer)?.as_str().map(str::to_owned)
        }
        Place::Header(name) => Some(request.headers.get(name)?.to_str().ok()?.to_owned()),
        Place::Query(name) => {
            let pairs = request.query_pairs().into_iter();
            let mut own = pairs.filter(|(known, _)| known == name);
            own.next().map(|(_, value)| styles::form(&value))
        }
    }
}

/// Returns the text at a place of a response.
pub(super) fn given(response: &LifecycleResponse, place: Place) -> Option<String> {
    match place {
        Place::Body(pointer) => {
            let value = response.json.as_ref()?.pointer(pointer)?;
            value.as_str().map(str::to_owned)
        }
        Place::Header(_) | Place::Query(_) => None,
    }
}

/// Puts a value into a response. It is written as a text if the example has a text there.
pub(super) fn put(response: &mut LifecycleResponse, place: Place, value: Value) {
    match place {
        Place::Body(pointer) => {
            let json = response.json.get_or_insert_with(|| Map::new().into());
            let place = insert(json, pointer);
            *place = match (&*place, value) {
                (Value::String(_), Value::Number(number)) => number.to_string().into(),
                (_, value) => value,
            };
        }
        Place::Header(name) => {
            let text = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            response.headers.push((name, text));
        }
        // A response has none.
        Place::Query(_) => {}
    }
}

/// Returns the value at a JSON pointer (RFC 6901), and creates objects on the way.
fn insert<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Value {
    let mut value = value;
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        let index = name.parse::<usize>().ok();
        value = match (value, index) {
            (Value::Array(items), Some(index)) => {
                if items.len() <= index {
                    items.resize(index + 1, Value::Null);
                }
                &mut items[index]
            }
            (value, _) => {
                if !value.is_object() {
                    *value = Map::new().into();
                }
                &mut value[name]
            }
        };
    }
    value
}
