//! The schemas that were met while reading, each once, and those that are still to be read.
//!
//! References make a graph of schemas. Instead of descending into it, a reader gets the id of a schema at
//! once and its body is read later, one after the other: no cycle and no depth can exhaust the stack.

use std::collections::{HashMap, HashSet, VecDeque};

use super::cx::{At, Cx};
use super::scope::Scope;
use crate::document::{NodeId, Place, reference_text};
use crate::model::{Schema, SchemaId, Schemas};

/// The schemas that were met.
#[derive(Default)]
pub(super) struct SchemaQueue<'a> {
    pub(super) schemas: Schemas,
    ids: HashMap<(NodeId, Scope), SchemaId>,
    waiting: VecDeque<(SchemaId, At<'a>)>,
    /// Schemas that are a branch of another, and so may speak of its properties.
    pub(super) branches: HashSet<SchemaId>,
}

impl<'a> SchemaQueue<'a> {
    /// The next schema whose body is to be read.
    pub(super) fn next(&mut self) -> Option<(SchemaId, At<'a>)> {
        self.waiting.pop_front()
    }

    /// Takes a node as a schema of its own, even when it only refers to another.
    pub(super) fn add(&mut self, at: At<'a>, place: Place) -> SchemaId {
        let key = (at.node.id, at.scope);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.push(Schema::any(place));
        self.ids.insert(key, id);
        self.waiting.push_back((id, at));
        id
    }

    /// A schema for whatever there are no more schemas for. None is read any more, since there is an error.
    pub(super) fn spare(&mut self, place: Place) -> SchemaId {
        self.waiting.clear();
        match self.schemas.0.len().checked_sub(1).map(u32::try_from) {
            Some(Ok(last)) => SchemaId(last),
            _ => self.push(Schema::any(place)),
        }
    }

    /// Takes a schema that has been read already.
    pub(super) fn push(&mut self, schema: Schema) -> SchemaId {
        let id =
            SchemaId(u32::try_from(self.schemas.0.len()).expect("nodes are numbered in 32 bits"));
        self.schemas.0.push(schema);
        id
    }

    /// Takes a schema that has been read from a node, and is that node's from now on.
    pub(super) fn push_of(&mut self, node: NodeId, schema: Schema) -> SchemaId {
        let id = self.push(schema);
        self.ids.insert((node, Scope::default()), id);
        id
    }

    /// Takes a schema for that of a node which refers to it.
    pub(super) fn take_for(&mut self, at: &At<'a>, schema: SchemaId) {
        self.ids.insert((at.node.id, at.scope), schema);
    }

    /// The schema of a node that has been met outside of any scope.
    pub(super) fn known(&self, node: NodeId) -> Option<SchemaId> {
        self.known_in(node, Scope::default())
    }

    /// The schema of a node that has been met in a scope.
    fn known_in(&self, node: NodeId, scope: Scope) -> Option<SchemaId> {
        self.ids.get(&(node, scope)).copied()
    }
}

impl<'a> Cx<'a, '_> {
    /// The schema at a node. A node that is nothing but a `$ref` is the schema that it leads to; on the way,
    /// a component that is a `$ref` itself counts, since it has a name.
    pub(super) fn schema(&mut self, mut at: At<'a>) -> SchemaId {
        let mut names = Vec::new();
        let id = loop {
            at = self.scoped(at);
            if let Some(id) = self.schemas.known_in(at.node.id, at.scope) {
                break id;
            }
            let only_reference = at.node.entries().len() == 1 && reference_text(at.node).is_some();
            match self.schema_target(&at) {
                Some(target) if only_reference => {
                    if let Some(reference) = at.reference() {
                        self.led_to_schema
                            .entry(target.node.id)
                            .or_insert(reference);
                    }
                    names.push(at);
                    at = target;
                }
                _ if !self.may_have_schema(&at) => return self.schemas.spare(self.place(&at)),
                _ => {
                    let place = self.place(&at);
                    break self.schemas.add(at, place);
                }
            }
        };
        // Others that come by go no further than here.
        for name in names {
            self.schemas.take_for(&name, id);
        }
        id
    }
}
