//! Multipart bodies (RFC 7578; OAS 3.1.1, Special Considerations for `multipart` Content).

use bytes::Bytes;
use futures_util::FutureExt as _;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::form::{readings, styled_fields};
use super::text::{TextReader, add, is_read_as_text};
use crate::conform::{Bundle, Kinds};
use crate::media_type::{Family, is_json};
use crate::mock::contract::Encoding;
use crate::model::ParameterLocation;

/// A part of a body.
struct Part {
    name: String,
    content_type: Option<String>,
    has_file_name: bool,
    bytes: Bytes,
}

/// Reads bodies of a schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'m> {
    pub(super) bundle: &'m Bundle,
    pub(super) schema: &'m Value,
    pub(super) encoding: &'m IndexMap<String, Encoding>,
}

impl Reader<'_> {
    /// What a body may be, the likeliest first, and the properties that are not looked into.
    ///
    /// # Errors
    ///
    /// When it is no multipart body: why.
    pub(super) fn read(
        &self,
        content_type: &str,
        body: &Bytes,
    ) -> Result<(Vec<Value>, Vec<String>), String> {
        let parts = parts(content_type, body)?;
        let mut found = Vec::new();
        for (preference, is_last) in readings() {
            let text = TextReader {
                bundle: self.bundle,
                preference,
            };
            let value = self.object(text, &parts, is_last);
            if !found.contains(&value) {
                found.push(value);
            }
        }
        let unread = parts.iter().filter(|it| self.is_unread(it));
        Ok((found, unread.map(|it| it.name.clone()).collect()))
    }

    /// Whether a part has a media type in which nobody can say how its value is written.
    fn is_unread(&self, part: &Part) -> bool {
        let family = part.content_type.as_deref().map(Family::of);
        let schemas = self.bundle.property(self.schema, &part.name);
        let items = schemas.iter().flat_map(|it| self.bundle.item(it, 0));
        let is_text = |it: &&Value| is_read_as_text(self.bundle, it);
        matches!(family, Some(it) if it != Family::Json)
            && !schemas.is_empty()
            && !schemas.iter().any(is_text)
            && !items.collect::<Vec<_>>().iter().any(is_text)
    }

    fn object(&self, text: TextReader<'_>, parts: &[Part], is_last: bool) -> Value {
        let styled = self.encoding.iter();
        let styled = styled.filter(|(_, it)| it.style.is_some());
        let styled: Vec<&String> = styled.map(|(name, _)| name).collect();
        let is_styled = |part: &&Part| {
            let root = part.name.split('[').next().unwrap_or_default();
            styled
                .iter()
                .any(|name| **name == part.name || *name == root)
        };
        let (pairs, plain): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(is_styled);
        let mut object = object(text, self.schema, &plain);
        let pair = |it: &&Part| {
            let text = String::from_utf8_lossy(&it.bytes);
            (it.name.clone(), text.into_owned())
        };
        let pairs: Vec<(String, String)> = pairs.iter().map(pair).collect();
        // The parts are not encoded as a query is.
        let location = ParameterLocation::Header;
        object.extend(styled_fields(
            text,
            self.schema,
            self.encoding,
            location,
            &pairs,
            is_last,
        ));
        Value::Object(object)
    }
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

fn object(reader: TextReader<'_>, schema: &Value, parts: &[&Part]) -> Map<String, Value> {
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
        add(&mut object, &part.name, value, is_list);
    }
    object
}

/// The value of a part. A file is text here, whatever its bytes are: nothing is said of these.
fn value(reader: TextReader<'_>, schemas: &[&Value], part: &Part) -> Value {
    let text = String::from_utf8_lossy(&part.bytes).into_owned();
    let family = part.content_type.as_deref().map(Family::of);
    match family {
        Some(Family::Json) => match serde_json::from_str::<Value>(&text) {
            // A text that has JSON in it is sent as it is.
            Ok(value) if !value.is_string() && reader.kinds(schemas) == Kinds::STRING => {
                Value::String(text)
            }
            Ok(value) => value,
            Err(_) => Value::String(text),
        },
        None | Some(Family::Text) if !part.has_file_name => reader.part(schemas, &text),
        _ => Value::String(text),
    }
}
