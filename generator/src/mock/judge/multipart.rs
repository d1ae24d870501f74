//! Multipart bodies (RFC 7578; OAS 3.1.1, Special Considerations for `multipart` Content).

use bytes::Bytes;
use futures_util::FutureExt as _;
use serde_json::{Map, Value};

use super::text::{PREFERENCES, TextReader};
use crate::conform::{Bundle, Kinds};
use crate::media_type::{Family, is_json};

/// A part of a body.
struct Part {
    name: String,
    content_type: Option<String>,
    has_file_name: bool,
    bytes: Bytes,
}

/// What a body may be, the likeliest first.
///
/// # Errors
///
/// When it is no multipart body: why.
pub(super) fn read(
    bundle: &Bundle,
    schema: &Value,
    content_type: &str,
    body: &Bytes,
) -> Result<Vec<Value>, String> {
    let parts = parts(content_type, body)?;
    let mut found = Vec::new();
    for preference in PREFERENCES {
        let value = object(TextReader { bundle, preference }, schema, &parts);
        if !found.contains(&value) {
            found.push(value);
        }
    }
    Ok(found)
}

/// Takes a body apart. Only `form-data` names its parts; those of other multipart types are not looked into.
fn parts(content_type: &str, body: &Bytes) -> Result<Vec<Part>, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let whole = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(body.clone())]);
    let mut multipart = multer::Multipart::new(whole, boundary);
    let collect = async {
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await? {
            parts.push(Part {
                name: field.name().unwrap_or_default().to_owned(),
                content_type: field.content_type().map(ToString::to_string),
                has_file_name: field.file_name().is_some(),
                bytes: field.bytes().await?,
            });
        }
        Ok::<_, multer::Error>(parts)
    };
    // All of the body is there, so that nothing is waited for.
    match collect.now_or_never() {
        Some(parts) => parts.map_err(|error| error.to_string()),
        None => Err("it does not end".to_owned()),
    }
}

fn object(reader: TextReader<'_>, schema: &Value, parts: &[Part]) -> Value {
    let mut object = Map::new();
    for part in parts {
        let schemas = reader.bundle.property(schema, &part.name);
        let is_list = reader.kinds(&schemas) == Kinds::ARRAY
            && part
                .content_type
                .as_deref()
                .is_none_or(|it| !is_json(it) || !part.bytes.starts_with(b"["));
        let items = schemas.first().map(|it| reader.bundle.item(it, 0));
        let of = if is_list {
            items.unwrap_or_default()
        } else {
            schemas
        };
        let value = value(reader, &of, part);
        match object.get_mut(&part.name) {
            Some(Value::Array(items)) if is_list => items.push(value),
            Some(before) => *before = Value::Array(vec![before.take(), value]),
            None if is_list => {
                object.insert(part.name.clone(), Value::Array(vec![value]));
            }
            None => {
                object.insert(part.name.clone(), value);
            }
        }
    }
    Value::Object(object)
}

/// The value of a part. A file is text here, whatever its bytes are: nothing is said of these.
fn value(reader: TextReader<'_>, schemas: &[&Value], part: &Part) -> Value {
    let text = String::from_utf8_lossy(&part.bytes).into_owned();
    let family = part.content_type.as_deref().map(Family::of);
    match family {
        Some(Family::Json) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        None | Some(Family::Text) if !part.has_file_name => reader.part(schemas, &text),
        _ => Value::String(text),
    }
}
