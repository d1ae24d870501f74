//! Rules about components.

use std::collections::HashSet;

use super::operations;
use super::subject::Subject;
use super::walk::Walk;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, FileId, JsonPointer, Kind, Node, NodeId};

/// Where documents keep what has a name, what it is, and how it is called.
const HOLDERS: &[(&str, Kind, &str)] = &[
    ("components/schemas", Kind::Schema, "schema"),
    ("components/responses", Kind::Response, "response"),
    ("components/parameters", Kind::Parameter, "parameter"),
    ("components/examples", Kind::Example, "example"),
    (
        "components/requestBodies",
        Kind::RequestBody,
        "request body",
    ),
    ("components/headers", Kind::Header, "header"),
    (
        "components/securitySchemes",
        Kind::SecurityScheme,
        "security scheme",
    ),
    ("components/links", Kind::Link, "link"),
    ("components/callbacks", Kind::Callback, "callback"),
    ("components/pathItems", Kind::PathItem, "path item"),
    ("components/mediaTypes", Kind::MediaType, "media type"),
    ("definitions", Kind::Schema, "schema"),
    ("parameters", Kind::Parameter, "parameter"),
    ("responses", Kind::Response, "response"),
    (
        "securityDefinitions",
        Kind::SecurityScheme,
        "security scheme",
    ),
];

/// A component of the entry document.
struct Component<'a> {
    pointer: JsonPointer,
    entry: &'a Entry,
    kind: Kind,
    noun: &'static str,
}

/// Reports components that nothing uses.
pub(super) fn components(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let root = &subject.spec.entry().root;
    let is_used = |key: &str| root.get(key).is_some_and(|it| !it.entries().is_empty());
    if !is_used("paths") && !is_used("webhooks") {
        return;
    }
    let components = all(root);
    let used = Uses::of(subject, &components);
    let of_security: HashSet<&str> = operations::all(subject)
        .flat_map(|(_, it)| &it.security)
        .flat_map(|it| it.schemes.keys().map(String::as_str))
        .collect();
    for it in &components {
        let name = &*it.entry.key;
        if used.used.contains(&it.pointer)
            || (it.kind == Kind::SecurityScheme && of_security.contains(name))
        {
            continue;
        }
        let message = format!("the {} `{name}` is not used", it.noun);
        let place = subject
            .spec
            .entry()
            .place(it.entry.key_span, it.pointer.clone());
        found.push(Diagnostic::at(Code::UnusedComponent, &place, message));
    }
}

/// Every component, in the document's order for each kind.
fn all(root: &Node) -> Vec<Component<'_>> {
    let mut components = Vec::new();
    for (holder, kind, noun) in HOLDERS {
        let pointer = JsonPointer::from_text(&format!("/{holder}"));
        let node = pointer.segments().try_fold(root, |node, it| node.get(&it));
        let entries = node.map(Node::entries).unwrap_or_default();
        // A list of parts of a document may itself be a reference.
        let entries = entries
            .iter()
            .filter(|it| &*it.key != "$ref" && !it.key.starts_with("x-"));
        components.extend(entries.map(|entry| Component {
            pointer: pointer.child(&entry.key),
            entry,
            kind: *kind,
            noun,
        }));
    }
    components
}

/// The components to which something leads.
struct Uses<'a> {
    walk: Walk<'a>,
    used: HashSet<JsonPointer>,
    /// The schemas that extend one with a `discriminator`.
    heirs: HashSet<NodeId>,
}

impl<'a> Uses<'a> {
    fn of(subject: &Subject<'a>, all: &[Component<'a>]) -> Self {
        let root = &subject.spec.entry().root;
        let mut uses = Self {
            walk: Walk::new(subject),
            used: HashSet::new(),
            heirs: HashSet::new(),
        };
        for key in ["paths", "webhooks"] {
            let entries = root.get(key).map(Node::entries).unwrap_or_default();
            for entry in entries {
                let pointer = JsonPointer::root().child(key).child(&entry.key);
                let item = (FileId(0), pointer, &entry.value, Kind::PathItem);
                uses.walk.open.push(item);
            }
        }
        while !uses.walk.open.is_empty() {
            let components = &mut uses.used;
            uses.walk.run(&mut |_, _, _| {}, &mut |link| {
                if link.file == FileId(0) {
                    components.extend(component_of(&link.pointer));
                }
            });
            uses.add_heirs(all);
        }
        uses
    }

    /// Opens the schemas that are used because they extend one with a `discriminator`: a value may be one of them.
    fn add_heirs(&mut self, components: &[Component<'a>]) {
        for it in components.iter().filter(|it| it.kind == Kind::Schema) {
            let node = &it.entry.value;
            if self.heirs.contains(&node.id) || !self.extends_used(node) {
                continue;
            }
            self.heirs.insert(node.id);
            if self.used.insert(it.pointer.clone()) {
                let schema = (FileId(0), it.pointer.clone(), node, it.kind);
                self.walk.open.push(schema);
            }
        }
    }

    /// Whether a branch of `allOf` leads to a schema that is used and has a `discriminator`, or extends one.
    fn extends_used(&self, schema: &Node) -> bool {
        let branches = schema.get("allOf").map(Node::items).unwrap_or_default();
        branches.iter().any(|branch| {
            self.walk.target(branch.id).is_some_and(|(link, node)| {
                let is_used = link.file != FileId(0) || self.used.contains(&link.pointer);
                let is_base = node.get("discriminator").is_some() || self.heirs.contains(&node.id);
                is_used && is_base
            })
        })
    }
}

/// The pointer of the component that a pointer leads to or into.
fn component_of(pointer: &JsonPointer) -> Option<JsonPointer> {
    let segments: Vec<String> = pointer.segments().collect();
    let length = if segments.first().is_some_and(|it| it == "components") {
        3
    } else {
        2
    };
    let segments = segments.get(..length)?.iter();
    Some(segments.fold(JsonPointer::root(), |pointer, it| pointer.child(it)))
}
