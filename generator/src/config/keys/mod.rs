//! The keys of a configuration, each declared once, with its type and its documentation.
//!
//! The reader checks a file against them, [`schema`](super::schema) writes them as a JSON Schema for editors, and
//! [`reference`](super::reference) as `docs/CONFIG.md`.

mod known;
mod lifecycle;
mod types;

pub(super) use known::known;
#[cfg(test)]
pub(crate) use lifecycle::{device_flow, session};

/// A key of a table.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// Its documentation: sentences in Markdown.
    pub(super) doc: &'static str,
    pub(crate) kind: Kind,
    pub(super) is_required: bool,
    /// The value that counts where there is none, in TOML.
    pub(super) default: Option<String>,
    /// A value of it, in TOML. Empty for a table, whose keys have examples of their own.
    pub(super) example: String,
}

/// The type of a value.
pub(crate) enum Kind {
    Text,
    /// The path of a file or a folder, relative to the folder of the configuration.
    Path,
    Flag,
    /// A whole number.
    Number,
    /// One of a few texts, each with its documentation.
    Choice(&'static [(&'static str, &'static str)]),
    List(Box<Kind>),
    Table(Vec<Key>),
    /// A list of tables, each with a header: `[[api]]`.
    Tables(Vec<Key>),
    /// A table from names of the user's to values.
    Map {
        /// What such a name is: `URL`, `JSON pointer`.
        of: &'static str,
        /// One of them, for the example.
        example: &'static str,
        value: Box<Kind>,
    },
    /// Text, or else a table.
    TextOr(Box<Kind>),
    /// A value that the reader keeps as it stands. What it says is held against the document later.
    Kept(Box<Kind>),
}

impl Key {
    /// A key that may be left out.
    pub(super) fn new(name: &'static str, kind: Kind, example: &str, doc: &'static str) -> Self {
        Self {
            name,
            doc,
            kind,
            is_required: false,
            default: None,
            example: example.to_owned(),
        }
    }

    /// A key that every such table has.
    pub(super) fn required(
        name: &'static str,
        kind: Kind,
        example: &str,
        doc: &'static str,
    ) -> Self {
        Self {
            is_required: true,
            ..Self::new(name, kind, example, doc)
        }
    }

    /// The same with a default.
    pub(super) fn or(self, default: impl Into<String>) -> Self {
        Self {
            default: Some(default.into()),
            ..self
        }
    }
}

impl Kind {
    /// The type of a value, in the words of a message.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Text | Self::Choice(_) => "text",
            Self::Path => "a path",
            Self::Flag => "`true` or `false`",
            Self::Number => "a whole number",
            Self::List(_) => "a list",
            Self::Table(_) | Self::Map { .. } => "a table",
            Self::Tables(_) => "a list of tables",
            Self::TextOr(_) => "text or a table",
            Self::Kept(kind) => kind.noun(),
        }
    }

    /// The keys of a table, or of each table of a list.
    pub(crate) fn keys(&self) -> &[Key] {
        match self {
            Self::Table(keys) | Self::Tables(keys) => keys,
            Self::Kept(kind) => kind.keys(),
            Self::Map { value, .. } => value.keys(),
            Self::Text
            | Self::Path
            | Self::Flag
            | Self::Number
            | Self::Choice(_)
            | Self::List(_)
            | Self::TextOr(_) => &[],
        }
    }
}
