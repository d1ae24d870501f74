//! What a run gives: paths and contents, nothing on disk yet.

use std::collections::BTreeMap;

/// The files of an output folder, by path relative to it, with `/` between the parts.
pub type Files = BTreeMap<String, Content>;

/// A file that is only written where there is no other one of this name, which its owner has reasons for.
pub const GIT_ATTRIBUTES: &str = ".gitattributes";

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// Rust that `format` will turn into text.
    Rust(Box<Source>),
    /// Text as it will stand in the file.
    Text(String),
}

/// A Rust file before it is formatted.
#[derive(Debug)]
pub struct Source {
    /// The file's inner documentation, without `//!`.
    pub docs: String,
    /// Its items, in order; `format` puts a blank line between them.
    pub items: Vec<Unformatted>,
}

/// Rust as the emitter has written it: tokens in a line. As text, they take a fraction of the memory that they take as
/// tokens, and there is as much of them as there is of the client.
#[derive(Debug)]
pub enum Unformatted {
    /// Items.
    Items(String),
    /// Lines that need no formatting.
    Written(String),
    /// An `impl` block, which may have thousands of members.
    Impl {
        /// What stands before its brace.
        head: String,
        /// What stands in it, a blank line between each two.
        members: Vec<Unformatted>,
    },
}

impl From<proc_macro2::TokenStream> for Unformatted {
    fn from(tokens: proc_macro2::TokenStream) -> Self {
        Self::Items(tokens.to_string())
    }
}
