//! The output of a run: paths and contents, not yet on disk.

use std::collections::BTreeMap;

/// The files of an output folder, by path relative to it, with `/` between the parts.
pub type Files = BTreeMap<String, Content>;

/// A file that is written only if there is none with this name, since an existing one belongs to the user.
pub const GIT_ATTRIBUTES: &str = ".gitattributes";

/// The content of a file.
#[derive(Debug)]
pub enum Content {
    /// Rust that `format` will turn into text.
    Rust(Box<Source>),
    /// Text that is written as it is.
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

/// Rust as the emitter has written it. Text takes a fraction of the memory of tokens, which matters for large clients.
#[derive(Debug)]
pub enum Unformatted {
    /// Items.
    Items(String),
    /// Lines that need no formatting.
    Written(String),
    /// An `impl` block, which may have thousands of members.
    Impl {
        /// The text before the brace.
        head: String,
        /// The members, separated by blank lines.
        members: Vec<Unformatted>,
    },
}

impl From<proc_macro2::TokenStream> for Unformatted {
    fn from(tokens: proc_macro2::TokenStream) -> Self {
        Self::Items(tokens.to_string())
    }
}
