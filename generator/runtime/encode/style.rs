//! The styles of arguments (OAS 3.1.1, Parameter Object, "Style Values" and "Style Examples"; RFC 6570).

use std::fmt::Write as _;

use percent_encoding::AsciiSet;
use url::form_urlencoded::Serializer;

use super::percent::{self, COOKIE_NAME, COOKIE_RESERVED, PATH_RESERVED, QUERY_RESERVED, STRICT};
use super::text::FieldText;
use super::{Decode, DecodeError, Encode, EncodeError, Tree, from_slice, to_vec};

/// The style in which an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    Cookie,
    SpaceDelimited,
    TabDelimited,
    PipeDelimited,
    DeepObject,
    Json,
    Text,
    FormText,
}

impl Style {
    /// `blue,black,brown`, `R,100,G,200`
    pub const SIMPLE: Self = Self::new(StyleKind::Simple, false);
    /// `blue,black,brown`, `R=100,G=200`
    pub const SIMPLE_EXPLODED: Self = Self::new(StyleKind::Simple, true);
    /// `.blue,black,brown`, `.R,100,G,200`
    pub const LABEL: Self = Self::new(StyleKind::Label, false);
    /// `.blue.black.brown`, `.R=100.G=200`
    pub const LABEL_EXPLODED: Self = Self::new(StyleKind::Label, true);
    /// `;color=blue,black,brown`, `;color=R,100,G,200`
    pub const MATRIX: Self = Self::new(StyleKind::Matrix, false);
    /// `;color=blue;color=black`, `;R=100;G=200`
    pub const MATRIX_EXPLODED: Self = Self::new(StyleKind::Matrix, true);
    /// `color=blue,black,brown`, `color=R,100,G,200`
    pub const FORM: Self = Self::new(StyleKind::Form, false);
    /// `color=blue&color=black`, `R=100&G=200`
    pub const FORM_EXPLODED: Self = Self::new(StyleKind::Form, true);
    /// `color=blue,black,brown`, as it is, in cookies (OAS 3.2).
    pub const COOKIE: Self = Self::new(StyleKind::Cookie, false);
    /// `color=blue; color=black`, `R=100; G=200`, as it is, in cookies (OAS 3.2).
    pub const COOKIE_EXPLODED: Self = Self::new(StyleKind::Cookie, true);
    /// `color=blue%20black%20brown`
    pub const SPACE_DELIMITED: Self = Self::new(StyleKind::SpaceDelimited, false);
    /// `color=blue%09black%09brown` (OAS 2.0, `tsv`)
    pub const TAB_DELIMITED: Self = Self::new(StyleKind::TabDelimited, false);
    /// `color=blue%7Cblack%7Cbrown`
    pub const PIPE_DELIMITED: Self = Self::new(StyleKind::PipeDelimited, false);
    /// `color%5BR%5D=100&color%5BG%5D=200`
    pub const DEEP_OBJECT: Self = Self::new(StyleKind::DeepObject, true);
    /// JSON text, for parameters with JSON `content`.
    pub const JSON: Self = Self::new(StyleKind::Json, false);
    /// The text of a value, for parameters with other `content`.
    pub const TEXT: Self = Self::new(StyleKind::Text, false);
    /// An object as `application/x-www-form-urlencoded`, for parameters with such `content`.
    pub const FORM_TEXT: Self = Self::new(StyleKind::FormText, false);

    const fn new(kind: StyleKind, explode: bool) -> Self {
        Self {
            kind,
            explode,
            reserved: false,
        }
    }

    /// Returns the style with reserved characters kept (`allowReserved`), except for those that would end the value.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }

    /// Writes a path argument, percent-encoded. The text is empty for an undefined value.
    #[must_use]
    pub fn path(self, name: &str, value: &Tree) -> String {
        let encode = |text: &str| self.encode(text, PATH_RESERVED);
        match self.kind {
            StyleKind::Label => {
                let separator = if self.explode { "." } else { "," };
                self.joined(value, separator, &encode)
                    .map_or_else(String::new, |text| format!(".{text}"))
            }
            StyleKind::Matrix => {
                let pairs = self.pairs(&percent::encode(name, STRICT), value, &encode);
                let write = |(name, value): (String, String)| {
                    if value.is_empty() {
                        format!(";{name}")
                    } else {
                        format!(";{name}={value}")
                    }
                };
                pairs.into_iter().map(write).collect()
            }
            StyleKind::FormText => {
                percent::encode_rest(&self.content(value).unwrap_or_default(), PATH_RESERVED)
            }
            StyleKind::Json | StyleKind::Text => encode(&self.content(value).unwrap_or_default()),
            StyleKind::Simple
            | StyleKind::Form
            | StyleKind::Cookie
            | StyleKind::SpaceDelimited
            | StyleKind::TabDelimited
            | StyleKind::PipeDelimited
            | StyleKind::DeepObject => {
                let delimiter = encode(self.delimiter().unwrap_or_default());
                let separator = self.delimiter().map_or(",", |_| &delimiter);
                self.joined(value, separator, &encode).unwrap_or_default()
            }
        }
    }

    /// Writes a query argument as percent-encoded pairs. There are none for an undefined value.
    #[must_use]
    pub fn query(self, name: &str, value: &Tree) -> Vec<(String, String)> {
        let encode = |text: &str| self.encode(text, QUERY_RESERVED);
        self.pairs(&percent::encode(name, STRICT), value, &encode)
    }

    /// Writes an argument that is the whole query (OAS 3.2, `querystring`). Returns `None` for an undefined value.
    #[must_use]
    pub fn query_string(self, value: &Tree) -> Option<String> {
        let text = self.content(value)?;
        Some(match self.kind {
            StyleKind::FormText => text,
            _ => percent::encode(&text, STRICT),
        })
    }

    /// Writes an argument as names and values of cookies. `style: cookie` escapes nothing (OAS 3.2, Parameter Object);
    /// other styles are percent-encoded.
    #[must_use]
    pub fn cookies(self, name: &str, value: &Tree) -> Vec<(String, String)> {
        let encode = |text: &str| match self.kind {
            StyleKind::Cookie | StyleKind::Text | StyleKind::FormText => text.to_owned(),
            _ => self.encode(text, COOKIE_RESERVED),
        };
        self.pairs(&percent::encode(name, COOKIE_NAME), value, &encode)
    }

    /// Writes an argument as pairs without encoding, for the parts of a form.
    #[must_use]
    pub fn plain(self, name: &str, value: &Tree) -> Vec<(String, String)> {
        self.pairs(name, value, &str::to_owned)
    }

    /// Writes a header argument, which is never encoded. Returns `None` for an undefined value.
    #[must_use]
    pub fn header(self, value: &Tree) -> Option<String> {
        match self.kind {
            StyleKind::Json => self.content(value).map(|json| ascii_json(&json)),
            StyleKind::Text | StyleKind::FormText => self.content(value),
            _ => self.joined(value, self.delimiter().unwrap_or(","), &str::to_owned),
        }
    }

    /// Reads a header that is written in this style.
    pub(crate) fn read_header<T: Decode>(self, field: FieldText) -> Result<T, DecodeError> {
        match (self.kind, self.delimiter()) {
            // Some servers still send plain text.
            (StyleKind::Json, _) => field
                .read_json()
                .or_else(|error| field.read().or(Err(error))),
            (_, Some(delimiter)) => field.delimited(delimiter).read(),
            _ => field.read(),
        }
    }

    /// Returns `true` if a value is written by its media type (OAS 3.1.1, Parameter Object, `content`).
    pub(crate) fn is_content(self) -> bool {
        matches!(
            self.kind,
            StyleKind::Json | StyleKind::Text | StyleKind::FormText
        )
    }

    /// Writes a value by its media type. Returns `None` for an undefined value.
    fn content(self, value: &Tree) -> Option<String> {
        match (self.kind, value) {
            (StyleKind::Json, _) => Some(json_text(value)),
            (StyleKind::FormText, Tree::Object(properties)) => Some(form_text(properties, &[])),
            _ => text(value),
        }
    }

    /// Returns the delimiter of values, if it is not a comma.
    pub(crate) fn delimiter(self) -> Option<&'static str> {
        match self.kind {
            StyleKind::SpaceDelimited => Some(" "),
            StyleKind::TabDelimited => Some("\t"),
            StyleKind::PipeDelimited => Some("|"),
            _ => None,
        }
    }

    /// Percent-encodes text: all characters but the unreserved ones, or the characters in `reserved` if reserved ones
    /// are allowed.
    fn encode(self, text: &str, reserved: &'static AsciiSet) -> String {
        if self.reserved {
            percent::encode_rest(text, reserved)
        } else {
            percent::encode(text, STRICT)
        }
    }

    fn pairs(
        self,
        name: &str,
        value: &Tree,
        encode: &dyn Fn(&str) -> String,
    ) -> Vec<(String, String)> {
        let one = |text: Option<String>| {
            text.map(|text| (name.to_owned(), text))
                .into_iter()
                .collect()
        };
        match (self.kind, value) {
            _ if self.is_content() => one(self.content(value).map(|text| encode(&text))),
            (StyleKind::DeepObject, Tree::Object(_)) => {
                let mut pairs = Vec::new();
                deep(name, value, encode, &mut pairs);
                pairs
            }
            (_, Tree::Array(items)) if self.explode => repeated(name, items, encode),
            (_, Tree::Object(properties)) if self.explode => {
                let pairs = properties.iter().flat_map(|(key, value)| match value {
                    Tree::Array(items) => repeated(&encode(key), items, encode),
                    _ => text(value)
                        .map(|text| (encode(key), encode(&text)))
                        .into_iter()
                        .collect(),
                });
                pairs.collect()
            }
            _ => match self.delimiter() {
                Some(delimiter) => one(self.joined(value, &encode(delimiter), encode)),
                None => one(self.joined(value, ",", encode)),
            },
        }
    }

    /// Joins the items of an array or an object. Undefined values and empty lists are left out.
    fn joined(
        self,
        value: &Tree,
        separator: &str,
        encode: &dyn Fn(&str) -> String,
    ) -> Option<String> {
        let parts: Vec<String> = match value {
            Tree::Array(items) => items
                .iter()
                .filter_map(text)
                .map(|text| encode(&text))
                .collect(),
            Tree::Object(properties) => {
                let between = if self.explode { "=" } else { separator };
                let pair = |(key, value): &(String, Tree)| {
                    Some([encode(key), between.to_owned(), encode(&text(value)?)].concat())
                };
                properties.iter().filter_map(pair).collect()
            }
            Tree::Null => return None,
            Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => return value.scalar().map(encode),
        };
        if parts.is_empty() {
            None
        } else {
            Some(parts.join(separator))
        }
    }
}

/// Repeats a name for each value.
fn repeated(name: &str, items: &[Tree], encode: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    let texts = items.iter().filter_map(text);
    texts.map(|text| (name.to_owned(), encode(&text))).collect()
}

/// Writes nested objects as `name[key][key]`; arrays repeat the name.
fn deep(
    name: &str,
    value: &Tree,
    encode: &dyn Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) {
    match value {
        Tree::Object(properties) => {
            for (key, value) in properties {
                deep(
                    &[name, &encode("["), &encode(key), &encode("]")].concat(),
                    value,
                    encode,
                    pairs,
                );
            }
        }
        Tree::Array(items) => pairs.extend(repeated(name, items, encode)),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {
            pairs.extend(value.scalar().map(|text| (name.to_owned(), encode(text))));
        }
    }
}

/// Returns a value inside a list as text. Arrays and objects are written as JSON, since no style is defined for them.
pub(crate) fn text(value: &Tree) -> Option<String> {
    match value {
        Tree::Null => None,
        Tree::Array(_) | Tree::Object(_) => Some(json_text(value)),
        Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => value.scalar().map(str::to_owned),
    }
}

/// Writes an object as a form. Arrays repeat their name and nested objects are JSON, percent-encoded by the rules of
/// the media type (WHATWG URL, section 5.2). If `styles` has a style for a property, the property is encoded as in a
/// query (OAS 3.1.1, Encoding Object).
pub(crate) fn form_text(properties: &[(String, Tree)], styles: &[(&'static str, Style)]) -> String {
    let mut text = String::new();
    for (name, value) in properties {
        let style = styles.iter().find(|(known, _)| known == name);
        let pairs = match style {
            Some((_, style)) if !style.is_content() => joined_pairs(&style.query(name, value)),
            _ => {
                let usual = match value {
                    Tree::Object(_) => Style::JSON,
                    _ => Style::FORM_EXPLODED,
                };
                let style = style.map_or(usual, |(_, style)| *style);
                let mut form = Serializer::new(String::new());
                form.extend_pairs(style.plain(name, value));
                form.finish()
            }
        };
        if !text.is_empty() && !pairs.is_empty() {
            text.push('&');
        }
        text.push_str(&pairs);
    }
    text
}

/// Joins pairs as in a query.
pub(crate) fn joined_pairs(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

/// Escapes all non-ASCII characters in JSON text, which keeps its meaning (RFC 8259, section 7).
fn ascii_json(json: &str) -> String {
    let mut escaped = String::new();
    for letter in json.chars() {
        if letter.is_ascii() && letter != '\u{7f}' {
            escaped.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

/// Returns a value as JSON text.
fn json_text(value: &Tree) -> String {
    // A tree holds no number that JSON lacks.
    to_vec(value)
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .unwrap_or_default()
}

/// Returns an argument as a tree, by way of its JSON.
pub(crate) fn tree(value: &dyn Encode) -> Result<Tree, EncodeError> {
    let unreadable = |error: DecodeError| EncodeError::new(error.to_string());
    from_slice(&to_vec(value)?).map_err(unreadable)
}
