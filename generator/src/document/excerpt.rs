//! Parts of files that are kept as they stand.

use std::sync::Arc;

use super::{Entry, JsonPointer, Node, Place, Source, Span};

/// A part of a file whose value has a structure of its own, such as an extension. It is kept with all of its places, so
/// that whoever reads it can say which line is wrong.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// Where its key stands, with the pointer of its value.
    pub place: Place,
    /// Its value.
    pub node: Node,
}

impl Excerpt {
    /// The root of the excerpt, to go on from.
    #[must_use]
    pub fn root(&self) -> ExcerptNode<'_> {
        ExcerptNode {
            node: &self.node,
            source: &self.place.source,
            key: self.place.span,
            pointer: self.place.pointer.clone(),
        }
    }
}

/// A node of an [`Excerpt`].
#[derive(Clone, Debug)]
pub struct ExcerptNode<'a> {
    /// The node.
    pub node: &'a Node,
    source: &'a Arc<Source>,
    key: Span,
    pointer: JsonPointer,
}

impl<'a> ExcerptNode<'a> {
    /// Where the node stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.at(self.node.span)
    }

    /// Where its key stands, or the node itself where it is an item of a list.
    #[must_use]
    pub fn key_place(&self) -> Place {
        self.at(self.key)
    }

    fn at(&self, span: Span) -> Place {
        Place {
            source: Arc::clone(self.source),
            span,
            pointer: self.pointer.clone(),
        }
    }

    /// The keys and values of a mapping; none of any other value.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = self.node.entries().iter();
        entries.map(|entry| (&*entry.key, self.child(entry)))
    }

    /// The items of a list; none of any other value.
    pub fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.node.items().iter().enumerate();
        items.map(|(index, node)| Self {
            node,
            source: self.source,
            key: node.span,
            pointer: self.pointer.item(index),
        })
    }

    fn child(&self, entry: &'a Entry) -> Self {
        Self {
            node: &entry.value,
            source: self.source,
            key: entry.key_span,
            pointer: self.pointer.child(&entry.key),
        }
    }
}
