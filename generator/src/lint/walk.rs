//! Goes through a document along its references, from file to file.

use std::collections::HashMap;

use super::subject::Subject;
use crate::document::{
    FileId, Found, JsonPointer, Kind, Link, Node, NodeId, Visited, walk_objects,
};

/// A node to go on from: its file, pointer and kind.
pub(super) type Open<'a> = (FileId, JsonPointer, &'a Node, Kind);

/// A walk, which goes nowhere twice.
pub(super) struct Walk<'a> {
    subject: Subject<'a>,
    nodes: HashMap<NodeId, &'a Node>,
    visited: Visited,
    /// Where to go on.
    pub(super) open: Vec<Open<'a>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(subject: &Subject<'a>) -> Self {
        let mut nodes = HashMap::new();
        let mut open: Vec<&Node> = subject.spec.files.iter().map(|it| &it.root).collect();
        while let Some(node) = open.pop() {
            nodes.insert(node.id, node);
            open.extend(node.items());
            open.extend(node.entries().iter().map(|entry| &entry.value));
        }
        Self {
            subject: *subject,
            nodes,
            visited: Visited::default(),
            open: Vec::new(),
        }
    }

    /// Returns where the reference at a node leads.
    pub(super) fn target(&self, node: NodeId) -> Option<(&'a Link, &'a Node)> {
        let link = self.subject.links.get(node)?;
        Some((link, *self.nodes.get(&link.node)?))
    }

    /// Goes on until nothing is open: gives every object that is met, with its file and pointer, and every reference
    /// that leads somewhere.
    pub(super) fn run(
        &mut self,
        met: &mut dyn FnMut(FileId, &'a Node, &str),
        led: &mut dyn FnMut(&'a Link),
    ) {
        let mut visited = std::mem::take(&mut self.visited);
        while let Some((file, pointer, node, kind)) = self.open.pop() {
            let mut next = Vec::new();
            let mut found = |it: Found<'_>| {
                let Some((link, node)) = self.target(it.node.id) else {
                    return;
                };
                led(link);
                let kind = match it.kind {
                    Kind::SchemaName => Kind::Schema,
                    kind => kind,
                };
                next.push((link.file, link.pointer.clone(), node, kind));
            };
            let mut met = |node: &'a Node, _: Kind, pointer: &str| met(file, node, pointer);
            walk_objects(node, &pointer, kind, &mut visited, &mut found, &mut met);
            self.open.append(&mut next);
        }
        self.visited = visited;
    }
}
