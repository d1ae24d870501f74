//! The positioned tree of a file: the output of [`crate::load`] and the input of [`crate::normalize`].
//!
//! Every node has its place, for the messages of later stages. Mappings keep the order of the file and have no
//! duplicate keys.

mod copies;
mod excerpt;
mod follow;
mod keyword;
mod layout;
mod lookup;
mod pointer;
mod print;
mod references;
mod resources;
mod span;
mod uri;

use std::collections::HashMap;
use std::sync::Arc;

use crate::limits::Limits;
pub use copies::Copies;
pub use excerpt::{Excerpt, ExcerptNode};
pub use follow::{Outcome, Start, follow};
pub use lookup::Lookup;
pub use pointer::JsonPointer;
pub use print::print;
pub use references::{
    Found, Kind, Link, Links, References, Target, Visited, reference_text, walk, walk_objects,
};
pub use resources::{Location, Resources};
pub use span::{LineColumn, Place, Span};
pub use uri::{Fragment, UriFault, UriReference, is_absolute, join, resolve};

/// The index of a file in a [`Spec`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// The number of a node, unique in its [`Spec`], which identifies it in references and memo tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// All files of the user's input: the entry document first, then every file that a `$ref` leads to.
#[derive(Debug)]
pub struct Spec {
    /// The files, indexed by [`FileId`].
    pub files: Vec<File>,
    /// The files by path, relative to the folder of the entry document and as [`join`] writes it. A file may have
    /// several.
    pub paths: HashMap<String, FileId>,
    /// The overlays that have changed the entry document, in order.
    pub overlays: Vec<File>,
    /// The identifiers of schemas in the files.
    pub resources: Resources,
    /// The local copies of documents at URLs.
    pub copies: Copies,
    /// The limits on the input.
    pub limits: Limits,
    /// The lookups on disk while it was read, in order.
    pub lookups: Vec<Lookup>,
}

impl Spec {
    /// Returns the entry document.
    #[must_use]
    pub fn entry(&self) -> &File {
        self.files.first().expect("a spec has an entry document")
    }

    /// Returns all files that were read: the entry document, its overlays, and the other files.
    pub fn all_files(&self) -> impl Iterator<Item = &File> {
        let (entry, others) = self.files.split_at(self.files.len().min(1));
        entry.iter().chain(&self.overlays).chain(others)
    }

    /// Returns a file of this spec.
    #[must_use]
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }
}

/// A file that has been read.
#[derive(Debug)]
pub struct File {
    /// The text and the name, shared with every [`Place`] in it.
    pub source: Arc<Source>,
    /// The path, relative to the folder of the entry document, with `/` as separator.
    pub path: String,
    /// The tree.
    pub root: Node,
}

impl File {
    /// Returns a place in this file.
    #[must_use]
    pub fn place(&self, span: Span, pointer: JsonPointer) -> Place {
        Place {
            source: Arc::clone(&self.source),
            span,
            pointer,
        }
    }
}

/// The name and the text of a file.
#[derive(Debug)]
pub struct Source {
    /// The name for messages, as the user gave it or relative to the entry document, with `/` as separator.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The overlays that have changed it, each with the number of its first byte. Parts that an overlay adds have
    /// places after the end of the document.
    pub overlays: Vec<(u32, Arc<Source>)>,
    /// The byte at which each line starts.
    pub line_starts: Vec<u32>,
    /// The number of characters before every [`STEP`](span::STEP)th byte. Empty if all characters are single bytes.
    pub(in crate::document) characters: Vec<u32>,
}

/// A value of a document, with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The node's identity.
    pub id: NodeId,
    /// The span of its text.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The value of a node.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number as text in JSON's notation, so that no digit is lost.
    Number(Box<str>),
    /// Text
    String(Box<str>),
    /// A list
    Sequence(Vec<Node>),
    /// Keys and values, in the order of the file
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// The span of the key.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Returns the value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.value)
    }

    /// Returns the entries of a mapping, or none for any other value.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the items of a sequence, or none for any other value.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the kind of value, for messages: "a mapping".
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// Returns the node as a JSON value, for examples, defaults and extensions, which are kept as data. A number that
    /// is not JSON becomes a string.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Boolean(it) => Json::Bool(*it),
            Value::Number(text) => serde_json::from_str(text)
                .map_or_else(|_| Json::String(text.to_string()), Json::Number),
            Value::String(text) => Json::String(text.to_string()),
            Value::Sequence(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Mapping(entries) => Json::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.to_string(), entry.value.to_json()))
                    .collect(),
            ),
        }
    }
}
