//! What rules look at.

use std::sync::Arc;

use crate::document::{JsonPointer, Links, Node, Place, Spec, Value};
use crate::ir::{Api, Names};
use crate::model::Description;

/// Everything that the stages have made of a document.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The files.
    pub spec: &'a Spec,
    /// Where the references in them lead.
    pub links: &'a Links,
    /// The version-free description.
    pub description: &'a Description,
    /// What a client looks like.
    pub api: &'a Api,
    /// Its Rust names.
    pub names: &'a Names,
}

impl<'a> Subject<'a> {
    /// Returns the node at a place.
    pub(super) fn node(&self, place: &Place) -> Option<&'a Node> {
        let mut files = self.spec.files.iter();
        let file = files.find(|it| Arc::ptr_eq(&it.source, &place.source))?;
        let mut segments = place.pointer.segments();
        segments.try_fold(&file.root, |node, segment| match &node.value {
            Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?),
            _ => node.get(&segment),
        })
    }

    /// Returns the place that a pointer leads to from the value at a place.
    #[cfg_attr(
        not(feature = "mock"),
        expect(dead_code, reason = "for rules of `mock`")
    )]
    pub(super) fn at(&self, place: &Place, inner: &JsonPointer) -> Option<Place> {
        let place = Place {
            pointer: place.pointer.join(inner),
            ..place.clone()
        };
        let span = self.node(&place)?.span;
        Some(Place { span, ..place })
    }

    /// Returns the place of a key of the object at a place, or else that place.
    pub(super) fn key(&self, place: &Place, key: &str) -> Place {
        let entries = self.node(place).map(Node::entries).unwrap_or_default();
        match entries.iter().find(|it| &*it.key == key) {
            Some(entry) => Place {
                span: entry.key_span,
                pointer: place.pointer.child(key),
                ..place.clone()
            },
            None => place.clone(),
        }
    }

    /// Returns the place of the value under a key of the object at a place, or else that place.
    pub(super) fn value(&self, place: &Place, key: &str) -> Place {
        let node = self.node(place).and_then(|it| it.get(key));
        match node {
            Some(node) => Place {
                span: node.span,
                pointer: place.pointer.child(key),
                ..place.clone()
            },
            None => place.clone(),
        }
    }

    /// Returns the place of the name under which the object at a place stands, or else that place: a line that says
    /// more than the first one of the object.
    pub(super) fn name(&self, place: &Place) -> Place {
        let mut segments = place.pointer.segments();
        let Some(key) = segments.next_back() else {
            return place.clone();
        };
        let above = segments.fold(JsonPointer::root(), |pointer, it| pointer.child(&it));
        let owner = Place {
            pointer: above,
            ..place.clone()
        };
        let named = self.key(&owner, &key);
        if named.pointer == place.pointer {
            named
        } else {
            place.clone()
        }
    }

    /// Returns the place of a property of the schema at a place: there, although its schema may be elsewhere, or else
    /// where that is.
    pub(super) fn property(&self, owner: &Place, name: &str, schema: &Place) -> Place {
        let pointer = owner.pointer.child("properties").child(name);
        let own = Place {
            pointer,
            ..owner.clone()
        };
        match self.node(&own) {
            Some(node) => Place {
                span: node.span,
                ..own
            },
            None => schema.clone(),
        }
    }
}
