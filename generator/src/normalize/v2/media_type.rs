//! `consumes` and `produces` (OAS 2.0, Swagger Object and Operation Object), and the media types that they give.

use indexmap::IndexMap;

use crate::diagnostics::Code;
use crate::document::{Place, Value};
use crate::model::{MediaType, SchemaId};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;
use crate::normalize::repair;

/// What a body is where nothing says what it is.
pub(super) const JSON: &str = "application/json";
/// A form without files.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
/// A form, perhaps with files.
pub(super) const MULTIPART: &str = "multipart/form-data";

/// A media type in a list, as written.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) name: String,
    pub(super) place: Place,
}

impl Stated {
    /// A media type that nobody has stated, for something at a place.
    pub(super) fn assumed(name: &str, place: Place) -> Vec<Self> {
        vec![Self {
            name: name.to_owned(),
            place,
        }]
    }

    /// The media type without its parameters, in lower case.
    pub(super) fn essence(&self) -> String {
        essence(&self.name)
    }

    /// Whether a body of this type can hold objects and lists.
    pub(super) fn is_structured(&self) -> bool {
        let essence = self.essence();
        let suffixes = ["json", "xml", "yaml", "x-www-form-urlencoded", "/*"];
        suffixes.iter().any(|it| essence.ends_with(it)) || essence.starts_with("multipart/")
    }

    /// The Media Type Object of a body of this type.
    pub(super) fn of(&self, schema: Option<SchemaId>) -> MediaType {
        MediaType {
            place: self.place.clone(),
            name: self.name.clone(),
            schema,
            item_schema: None,
            examples: Vec::new(),
            encoding: IndexMap::new(),
        }
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is JSON, by name or by its suffix (RFC 6839, section 3.1).
pub(super) fn is_json(essence: &str) -> bool {
    essence == JSON || essence == "text/json" || essence.ends_with("+json")
}

/// Reads a list of media types, each once; `None` when there is none. An empty list is one, and takes back
/// what the document says.
pub(super) fn list<'a>(
    cx: &mut Cx<'a, '_>,
    holder: &mut Object<'a>,
    key: &'static str,
) -> Option<Vec<Stated>> {
    let child = holder.child(cx, key)?;
    let items: Vec<At<'a>> = if matches!(child.node.value, Value::String(_)) {
        let message =
            format!("`{key}` is a string, not a list; it is read as a list with one item");
        cx.warn(Code::WrongType, &child, message);
        vec![child]
    } else {
        holder.list(cx, key)?
    };
    let mut stated: Vec<Stated> = Vec::new();
    for at in items {
        let Some(name) = repair::text(cx, &at, key) else {
            continue;
        };
        let name = name.trim();
        if !name.contains('/') {
            let message = format!("`{name}` in `{key}` is not a media type; it is ignored");
            cx.warn(Code::InvalidValue, &at, message);
        } else if stated.iter().all(|other| other.name != name) {
            stated.push(Stated {
                name: name.to_owned(),
                place: cx.place(&at),
            });
        }
    }
    Some(stated)
}
