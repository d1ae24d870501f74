//! How arguments become text (OAS 3.1.1, Parameter Object, "Style Values" and "Style Examples"; RFC 6570).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{DecodeError, Encode, EncodeError, Tree, from_slice, to_vec};

/// How an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: StyleKind,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
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
    /// `color=blue%20black%20brown`
    pub const SPACE_DELIMITED: Self = Self::new(StyleKind::SpaceDelimited, false);
    /// `color=blue%7Cblack%7Cbrown`
    pub const PIPE_DELIMITED: Self = Self::new(StyleKind::PipeDelimited, false);
    /// `color%5BR%5D=100&color%5BG%5D=200`
    pub const DEEP_OBJECT: Self = Self::new(StyleKind::DeepObject, true);
    /// JSON text, for parameters with `content`.
    pub const JSON: Self = Self::new(StyleKind::Json, false);

    const fn new(kind: StyleKind, explode: bool) -> Self {
        Self {
            kind,
            explode,
            reserved: false,
        }
    }

    /// Returns the same style with reserved characters left as they are (`allowReserved`), except for those that
    /// would end the value.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }

    /// Writes an argument of the path, percent-encoded. An empty text stands for an undefined value.
    #[must_use]
    pub fn path(self, name: &str, value: &Tree) -> String {
        let encode = |text: &str| {
            percent_encode(
                text,
                if self.reserved { PATH_RESERVED } else { STRICT },
                self.reserved,
            )
        };
        match self.kind {
            StyleKind::Label => {
                let separator = if self.explode { "." } else { "," };
                self.joined(value, separator, &encode)
                    .map_or_else(String::new, |text| format!(".{text}"))
            }
            StyleKind::Matrix => {
                let pairs = self.pairs(&encode(name), value, &encode);
                let write = |(name, value): (String, String)| {
                    if value.is_empty() {
                        format!(";{name}")
                    } else {
                        format!(";{name}={value}")
                    }
                };
                pairs.into_iter().map(write).collect()
            }
            StyleKind::Json => encode(&json_text(value)),
            StyleKind::Simple
            | StyleKind::Form
            | StyleKind::SpaceDelimited
            | StyleKind::PipeDelimited
            | StyleKind::DeepObject => self.joined(value, ",", &encode).unwrap_or_default(),
        }
    }

    /// Writes an argument of the query as percent-encoded pairs; there are none for an undefined value.
    #[must_use]
    pub fn query(self, name: &str, value: &Tree) -> Vec<(String, String)> {
        let encode = |text: &str| {
            percent_encode(
                text,
                if self.reserved {
                    QUERY_RESERVED
                } else {
                    STRICT
                },
                self.reserved,
            )
        };
        self.pairs(&percent_encode(name, STRICT, false), value, &encode)
    }

    /// Writes an argument as pairs that are not encoded, for cookies and forms.
    #[must_use]
    pub fn plain(self, name: &str, value: &Tree) -> Vec<(String, String)> {
        self.pairs(name, value, &str::to_owned)
    }

    /// Writes an argument of a header, which is never encoded. `None` stands for an undefined value.
    #[must_use]
    pub fn header(self, value: &Tree) -> Option<String> {
        match self.kind {
            StyleKind::Json => Some(json_text(value)),
            _ => self.joined(value, ",", &str::to_owned),
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
            (StyleKind::Json, _) => one(Some(encode(&json_text(value)))),
            (StyleKind::DeepObject, Tree::Object(_)) => {
                let mut pairs = Vec::new();
                deep(name, value, encode, &mut pairs);
                pairs
            }
            (_, Tree::Array(items)) if self.explode => items
                .iter()
                .filter_map(text)
                .map(|text| (name.to_owned(), encode(&text)))
                .collect(),
            (_, Tree::Object(properties)) if self.explode => {
                let pair =
                    |(key, value): &(String, Tree)| Some((encode(key), encode(&text(value)?)));
                properties.iter().filter_map(pair).collect()
            }
            (StyleKind::SpaceDelimited, _) => one(self.joined(value, &encode(" "), encode)),
            (StyleKind::PipeDelimited, _) => one(self.joined(value, &encode("|"), encode)),
            _ => one(self.joined(value, ",", encode)),
        }
    }

    /// Joins what an array or an object holds. Undefined values are left out, and so is an empty list.
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
        Tree::Array(items) => {
            pairs.extend(
                items
                    .iter()
                    .filter_map(text)
                    .map(|text| (name.to_owned(), encode(&text))),
            );
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {
            pairs.extend(value.scalar().map(|text| (name.to_owned(), encode(text))));
        }
    }
}

/// Returns a value inside a list as text: arrays and objects, for which no style is defined there, as JSON.
pub(super) fn text(value: &Tree) -> Option<String> {
    match value {
        Tree::Null => None,
        Tree::Array(_) | Tree::Object(_) => Some(json_text(value)),
        Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => value.scalar().map(str::to_owned),
    }
}

/// Returns a value as JSON text.
fn json_text(value: &Tree) -> String {
    // A tree holds no number that JSON lacks.
    to_vec(value)
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .unwrap_or_default()
}

/// Reads an argument back from the JSON that it is written as.
pub(super) fn tree(value: &dyn Encode) -> Result<Tree, EncodeError> {
    let unreadable = |error: DecodeError| EncodeError::new(error.to_string());
    from_slice(&to_vec(value)?).map_err(unreadable)
}

/// Everything but the unreserved characters of RFC 3986.
pub(super) const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Reserved characters stay, except for those that end a segment.
const PATH_RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Reserved characters stay, except for those that have no place in a query (`[`, `]`, `#`) or a meaning of their
/// own in it (`&`, `+`).
const QUERY_RESERVED: &AsciiSet = &PATH_RESERVED.add(b'&').add(b'+').remove(b'/').remove(b'?');

/// Encodes text. With `keep_triples`, what is percent-encoded already stays as it is.
pub(super) fn percent_encode(text: &str, set: &'static AsciiSet, keep_triples: bool) -> String {
    let mut pieces = text.split('%');
    let mut encoded: String = utf8_percent_encode(pieces.next().unwrap_or_default(), set).collect();
    for piece in pieces {
        let is_triple = piece
            .as_bytes()
            .get(..2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if keep_triples && is_triple {
            "%"
        } else {
            "%25"
        });
        encoded.extend(utf8_percent_encode(piece, set));
    }
    encoded
}
