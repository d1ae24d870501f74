//! What schemas are called besides their place: `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12, Core,
//! section 8.2), and `$self` of a document (OAS 3.2.0, OpenAPI Object).
//!
//! A name counts wherever a schema may stand, also where no reference leads to, and is found in the text of a file
//! as it is loaded. Most files have none, which costs no more than a look for the words.

use std::collections::HashMap;

use super::uri::resolve;
use super::{File, FileId, JsonPointer, Node, Value};

/// The names of the schemas of a spec.
#[derive(Debug, Default)]
pub struct Resources {
    /// The base URI of what stands at a pointer and below.
    bases: HashMap<FileId, HashMap<JsonPointer, String>>,
    /// The nodes that have a URI of their own.
    by_uri: HashMap<String, Location>,
    /// The nodes that have an anchor, by the URI of what it is an anchor in.
    anchors: HashMap<(String, String), Location>,
    /// The same, by file, for who does not know of the URIs in it.
    anchors_of_file: HashMap<(FileId, String), JsonPointer>,
    /// The nodes that have a `$dynamicAnchor`, each with its name.
    dynamic_anchors: Vec<(FileId, JsonPointer, String)>,
    /// Whether a node has a `$dynamicRef`.
    has_dynamic_references: bool,
}

/// Where a node is.
pub type Location = (FileId, JsonPointer);

impl Resources {
    /// Takes note of the names in a file.
    pub fn add(&mut self, id: FileId, file: &File) {
        let overlays = file.source.overlays.iter().map(|(_, overlay)| overlay);
        let mut sources = std::iter::once(&file.source).chain(overlays);
        if sources.any(|source| WORDS.iter().any(|word| source.text.contains(word))) {
            let mut scan = Scan {
                resources: self,
                file: id,
            };
            if let Some(uri) = file.root.get("$self").and_then(Node::as_str) {
                let root = JsonPointer::root();
                let base = scan.name(&root, &file.path, uri);
                scan.node(&file.root, &root, &base);
            } else {
                scan.node(&file.root, &JsonPointer::root(), &file.path);
            }
        }
    }

    /// The base URI of what stands at a pointer, if a schema or document around it states one.
    #[must_use]
    pub fn base(&self, file: FileId, pointer: &JsonPointer) -> Option<&str> {
        let bases = self.bases.get(&file)?;
        let mut text = pointer.as_str();
        loop {
            if let Some(base) = bases.get(text) {
                return Some(base);
            }
            text = text.rsplit_once('/')?.0;
        }
    }

    /// The node that has a URI.
    #[must_use]
    pub fn at(&self, uri: &str) -> Option<&Location> {
        self.by_uri.get(uri)
    }

    /// The node that has an anchor in what has the URI.
    #[must_use]
    pub fn anchor(&self, uri: &str, name: &str) -> Option<&Location> {
        self.anchors.get(&(uri.to_owned(), name.to_owned()))
    }

    /// The node that has an anchor anywhere in a file.
    #[must_use]
    pub fn anchor_of_file(&self, file: FileId, name: &str) -> Option<&JsonPointer> {
        self.anchors_of_file.get(&(file, name.to_owned()))
    }

    /// The nodes that have a `$dynamicAnchor`, each with its name, file by file.
    #[must_use]
    pub fn dynamic_anchors(&self) -> &[(FileId, JsonPointer, String)] {
        &self.dynamic_anchors
    }

    /// Whether anything refers to such an anchor.
    #[must_use]
    pub fn has_dynamic_references(&self) -> bool {
        self.has_dynamic_references
    }

    /// Whether the node at a pointer states a URI of its own.
    #[must_use]
    pub fn has_uri(&self, file: FileId, pointer: &str) -> bool {
        let bases = self.bases.get(&file);
        bases.is_some_and(|bases| bases.contains_key(pointer))
    }
}

/// A look at every node of a file.
struct Scan<'r> {
    resources: &'r mut Resources,
    file: FileId,
}

impl Scan<'_> {
    /// Looks at a node that may be a schema, and at those below.
    fn node(&mut self, node: &Node, pointer: &JsonPointer, base: &str) {
        match &node.value {
            Value::Mapping(entries) => {
                let base = self.names(node, pointer, base);
                for entry in entries {
                    let key = &*entry.key;
                    if NAMED.contains(&key) {
                        let map = pointer.child(key);
                        for entry in entry.value.entries() {
                            self.node(&entry.value, &map.child(&entry.key), &base);
                        }
                    } else if !DATA.contains(&key) && !key.starts_with("x-") {
                        self.node(&entry.value, &pointer.child(key), &base);
                    }
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(item, &pointer.item(index), base);
                }
            }
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Takes note of the names of a node; gives the base URI of what is in it.
    fn names(&mut self, node: &Node, pointer: &JsonPointer, base: &str) -> String {
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let mut base = base.to_owned();
        match text("$id") {
            // Until draft 7 this was how an anchor was written.
            Some(id) if id.starts_with('#') => self.anchor(pointer, &base, &id[1..]),
            Some(id) => base = self.name(pointer, &base, id),
            None => {}
        }
        if let Some(anchor) = text("$anchor") {
            self.anchor(pointer, &base, anchor);
        }
        if let Some(anchor) = text("$dynamicAnchor") {
            self.anchor(pointer, &base, anchor);
            let anchor = (self.file, pointer.clone(), anchor.to_owned());
            self.resources.dynamic_anchors.push(anchor);
        }
        self.resources.has_dynamic_references |= text("$dynamicRef").is_some();
        base
    }

    /// Takes note of a URI, which may be relative to the base; gives it whole.
    fn name(&mut self, pointer: &JsonPointer, base: &str, uri: &str) -> String {
        let uri = resolve(base, uri.split('#').next().unwrap_or_default());
        let location = (self.file, pointer.clone());
        let by_uri = &mut self.resources.by_uri;
        by_uri.entry(uri.clone()).or_insert(location);
        let bases = self.resources.bases.entry(self.file).or_default();
        bases.insert(pointer.clone(), uri.clone());
        uri
    }

    fn anchor(&mut self, pointer: &JsonPointer, base: &str, name: &str) {
        let location = (self.file, pointer.clone());
        let anchors = &mut self.resources.anchors;
        let key = (base.to_owned(), name.to_owned());
        anchors.entry(key).or_insert(location);
        let anchors = &mut self.resources.anchors_of_file;
        let key = (self.file, name.to_owned());
        anchors.entry(key).or_insert_with(|| pointer.clone());
    }
}

/// Without one of these, no node of a file has a name.
const WORDS: [&str; 5] = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$self"];

/// Fields that are mappings from names, whatever these are.
const NAMED: &[&str] = &[
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
    "schemas",
];

/// Fields whose value is data, in which nothing has a name.
const DATA: &[&str] = &["const", "default", "enum", "example", "examples"];
