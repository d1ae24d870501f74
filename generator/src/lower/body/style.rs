//! How the properties of a form are written.

use crate::ir::Serialization;
use crate::media_type;
use crate::model::{Encoding, MediaType, Style};

/// The properties of a form of which the document says how they are written.
pub(in crate::lower) fn of_form(content: &MediaType) -> Vec<(String, Serialization)> {
    let properties = content.encoding.iter();
    properties
        .filter_map(|(property, encoding)| Some((property.clone(), of_property(encoding)?)))
        .collect()
}

/// How a property of a form is written, where the document says so: by a style, or else by a media type (OAS 3.1.1,
/// Encoding Object: `contentType` is ignored beside the fields of styles).
pub(super) fn of_property(encoding: &Encoding) -> Option<Serialization> {
    if encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved {
        let style = encoding.style.unwrap_or(Style::Form);
        return Some(Serialization::Style {
            style,
            explode: encoding.explode.unwrap_or(style == Style::Form),
            allow_reserved: encoding.allow_reserved,
        });
    }
    let media_type = encoding.content_type.as_deref()?;
    media_type::is_json(media_type).then_some(Serialization::Json)
}
