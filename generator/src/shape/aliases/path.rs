//! Paths of what the configuration can name in Rust.

use std::fmt;

/// A path within a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path<'a> {
    /// `models::Author`
    Model(&'a str),
    /// `models::Format::Paper`
    Variant(&'a str, &'a str),
    /// `models::Author.name`
    Field(&'a str, &'a str),
    /// `Client::get_book`
    Operation(&'a str),
    /// `Client::list_books(limit)`
    Argument(&'a str, &'a str),
    /// `GetBookError::NotFound`
    Response(&'a str, &'a str),
}

impl<'a> Path<'a> {
    /// Reads a path, with or without the module in front of it.
    pub(super) fn parse(module: &str, text: &'a str) -> Option<Self> {
        let within = text
            .strip_prefix(module)
            .and_then(|rest| rest.strip_prefix("::"));
        let is_path = |it: &&str| it.starts_with("models::") || it.starts_with("Client::");
        let text = within.filter(is_path).unwrap_or(text);
        let path = match text.split_once("::")? {
            ("models", rest) => match (rest.split_once("::"), rest.split_once('.')) {
                (Some((item, variant)), _) => Self::Variant(item, variant),
                (None, Some((item, field))) => Self::Field(item, field),
                (None, None) => Self::Model(rest),
            },
            ("Client", rest) => match rest.split_once('(') {
                Some((operation, rest)) => Self::Argument(operation, rest.strip_suffix(')')?),
                None => Self::Operation(rest),
            },
            (error, response) => Self::Response(error, response),
        };
        path.names().all(is_name).then_some(path)
    }

    fn names(self) -> impl Iterator<Item = &'a str> {
        let (first, second) = match self {
            Self::Model(name) | Self::Operation(name) => (name, None),
            Self::Variant(of, name)
            | Self::Field(of, name)
            | Self::Argument(of, name)
            | Self::Response(of, name) => (of, Some(name)),
        };
        std::iter::once(first).chain(second)
    }

    /// What it leads to, in the words of a message.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Model(_) => "a model",
            Self::Variant(..) => "a variant",
            Self::Field(..) => "a field",
            Self::Operation(_) => "an operation",
            Self::Argument(..) => "an argument",
            Self::Response(..) => "a response",
        }
    }
}

/// Whether a text can be an identifier, as far as its letters tell.
fn is_name(text: &str) -> bool {
    let is_letter = |it: char| it.is_alphanumeric() || it == '_';
    !text.is_empty()
        && text != "_"
        && text.chars().all(is_letter)
        && !text.starts_with(char::is_numeric)
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(name) => write!(f, "models::{name}"),
            Self::Variant(of, name) => write!(f, "models::{of}::{name}"),
            Self::Field(of, name) => write!(f, "models::{of}.{name}"),
            Self::Operation(name) => write!(f, "Client::{name}"),
            Self::Argument(of, name) => write!(f, "Client::{of}({name})"),
            Self::Response(of, name) => write!(f, "{of}::{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn reads_paths() {
        let cases = [
            ("models::Author", Some(Path::Model("Author"))),
            ("books::models::Author", Some(Path::Model("Author"))),
            ("shop::models::Author", None),
            (
                "models::Format::Paper",
                Some(Path::Variant("Format", "Paper")),
            ),
            ("models::Author.name", Some(Path::Field("Author", "name"))),
            ("Client::get_book", Some(Path::Operation("get_book"))),
            (
                "Client::list_books(limit)",
                Some(Path::Argument("list_books", "limit")),
            ),
            (
                "GetBookError::NotFound",
                Some(Path::Response("GetBookError", "NotFound")),
            ),
            ("Author", None),
            ("models::", None),
            ("models::A-b", None),
            ("models::2nd", None),
            ("Client::list_books(limit", None),
            ("Client::list_books()", None),
            ("models::A::B::C", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Path::parse("books", text), expected, "{text}");
            if let Some(path) = expected {
                assert!(text.ends_with(&path.to_string()), "{text}");
            }
        }
    }
}
