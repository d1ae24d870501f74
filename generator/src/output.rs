//! What a run gives: paths and contents, nothing on disk yet.

use std::collections::BTreeMap;

/// The files of an output folder, by path relative to it, with `/` between the parts.
pub type Files = BTreeMap<String, Content>;

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
    pub items: Vec<proc_macro2::TokenStream>,
}
