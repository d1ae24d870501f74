//! The words for types, and for how values are written.

use crate::ir::{
    Api, BodyEncoding, Form, IntegerFormat, ItemId, Names, Serialization, Server, Style, Type, Xml,
};

/// What words depend on.
pub(super) struct Words<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
}

impl Words<'_> {
    /// The name of an item, or the path of the type in its place.
    pub(super) fn item(&self, id: ItemId) -> &str {
        match &self.api[id].foreign {
            Some(foreign) => &foreign.path,
            None => self.names.ty(id).as_str(),
        }
    }

    /// A type, in the words of JSON Schema.
    pub(super) fn ty(&self, ty: &Type) -> String {
        let text = match ty {
            Type::String | Type::Secret => "string",
            Type::Boolean => "boolean",
            Type::Integer(format) => return integer(*format),
            Type::Number => "number",
            Type::DateTime => "string (date-time)",
            Type::Date => "string (date)",
            Type::Uuid => "string (uuid)",
            Type::Base64 => "string (base64)",
            Type::Bytes => "bytes",
            Type::Null => "null",
            Type::Any | Type::Error => "anything",
            Type::File => "file",
            Type::Multipart => "parts of any names",
            Type::Array(inner) => return format!("array of {}", self.ty(inner)),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|it| self.ty(it)).collect();
                return format!("tuple of ({})", items.join(", "));
            }
            Type::Map(inner) => return format!("map of {}", self.ty(inner)),
            Type::Nullable(inner) => return format!("({} or null)", self.ty(inner)),
            Type::Part(inner) => return format!("part with {}", self.ty(inner)),
            Type::Item(id) => self.item(*id),
        };
        text.to_owned()
    }

    /// "form, exploded"
    pub(super) fn serialization(&self, it: &Serialization) -> String {
        match it {
            Serialization::Style {
                style,
                explode,
                allow_reserved,
            } => {
                let explode = if *explode { ", exploded" } else { "" };
                let reserved = if *allow_reserved {
                    ", reserved characters as they are"
                } else {
                    ""
                };
                format!("{}{explode}{reserved}", style_name(*style))
            }
            Serialization::Json => "JSON".to_owned(),
            Serialization::Text => "text".to_owned(),
            Serialization::Form(styles) => format!("form-urlencoded{}", self.styles(styles)),
        }
    }

    /// The media type, and how it is written where that does not tell.
    pub(super) fn form(&self, it: &Form) -> String {
        let how = match &it.encoding {
            BodyEncoding::Form(styles) => self.styles(styles),
            BodyEncoding::Text => " as text".to_owned(),
            BodyEncoding::Bytes => " as bytes".to_owned(),
            BodyEncoding::Json
            | BodyEncoding::Xml
            | BodyEncoding::Multipart
            | BodyEncoding::Events
            | BodyEncoding::Lines => String::new(),
        };
        format!("{}{how}", it.media_type)
    }

    fn styles(&self, styles: &[(String, Serialization)]) -> String {
        let styles = styles.iter();
        let styles = styles.map(|(name, it)| format!("{name}: {}", self.serialization(it)));
        let styles: Vec<String> = styles.collect();
        if styles.is_empty() {
            String::new()
        } else {
            format!(" ({})", styles.join("; "))
        }
    }
}

/// The URL of a server, and the values of its variables.
pub(super) fn server(it: &Server) -> String {
    let variables = it.variables.iter().map(|it| {
        let allowed = if it.allowed.is_empty() {
            String::new()
        } else {
            format!(" of {}", it.allowed.join(", "))
        };
        format!(", {} = {}{allowed}", it.name, it.default)
    });
    format!("{}{}", it.url, variables.collect::<String>())
}

/// What is said of XML, in angle brackets; nothing where nothing is said.
pub(super) fn xml(xml: Option<&Xml>) -> String {
    let xml = xml.filter(|it| !it.is_empty());
    xml.map(|it| format!(" <{it}>")).unwrap_or_default()
}

fn integer(format: IntegerFormat) -> String {
    match format {
        // What a document says of the width tells nothing of the text that travels, unless it is exceeded.
        IntegerFormat::I64 => "integer".to_owned(),
        other => format!("integer ({})", format!("{other:?}").to_lowercase()),
    }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::TabDelimited => "tab-delimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}
