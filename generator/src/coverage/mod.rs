//! The coverage of a document: operations with and without a method, values without a type, and for every field whether
//! it has an effect on the client, appears in the docs, or is left out.
//!
//! The report helps to decide whether a generated client is sufficient, and to maintain the document.

mod keywords;
mod print;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub use keywords::Standing;
pub use print::{MARK, to_json, to_markdown};

use crate::NamedApi;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::{
    FileId, Found, JsonPointer, Kind, Links, Node, NodeId, Place, Spec, Visited, walk_objects,
};
use crate::ir::{self, Omission, Why};

/// The coverage of a document.
#[derive(Debug)]
pub struct Coverage {
    /// The module.
    pub module: String,
    /// The entry document, as diagnostics call it.
    pub spec: String,
    /// The number of operations with a method.
    pub generated: usize,
    /// The operations without a method.
    pub left_out: Vec<LeftOut>,
    /// The security schemes, in the document's order: those that the client applies, then the others.
    pub schemes: Vec<Scheme>,
    /// The values that can only be any JSON value, in the document's order.
    pub untyped: Vec<(Place, Why)>,
    /// Every field of the document, by object and name.
    pub keywords: Vec<Keyword>,
    /// Other findings: repairs, approximations, faults.
    pub findings: Vec<Diagnostic>,
}

/// An operation without a method.
#[derive(Debug)]
pub struct LeftOut {
    /// The place of the operation.
    pub place: Place,
    /// The method and the path.
    pub route: String,
    /// The reason.
    pub why: Omission,
}

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// The place of the scheme, or of the first parameter or operation that it is inferred from.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// The way in which its credential is sent: "bearer token".
    pub kind: String,
    /// The treatment by the client.
    pub standing: SchemeStanding,
}

/// The treatment of a security scheme by the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeStanding {
    /// The client applies it.
    Applied,
    /// The client applies it although the document does not declare it.
    Inferred,
    /// It is left to the caller's transport.
    LeftToTransport,
}

impl SchemeStanding {
    /// Returns the words of the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Inferred => "inferred from parameters",
            Self::LeftToTransport => "left to the transport",
        }
    }
}

/// A field of the document.
#[derive(Debug)]
pub struct Keyword {
    /// The kind of object that has the field: "schema".
    pub object: &'static str,
    /// Its name.
    pub name: String,
    /// The number of occurrences.
    pub count: usize,
    /// The treatment by the client.
    pub standing: Standing,
    /// The first occurrence.
    pub first: Place,
}

/// Returns the coverage of an API that has been read, with the findings about it.
#[must_use]
pub fn of(api: &NamedApi, diagnostics: &Diagnostics) -> Coverage {
    let spec = &api.spec;
    let is_own = |place: &Place| {
        let mut files = spec.all_files();
        files.any(|file| Arc::ptr_eq(&file.source, &place.source))
    };
    let findings: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|it| it.place.as_ref().is_some_and(is_own))
        .cloned()
        .collect();
    let mut untyped: Vec<(Place, Why)> = api
        .api
        .untyped
        .iter()
        .map(|it| (it.origin.place.clone(), it.why.clone()))
        .collect();
    untyped.sort_by(|(left, _), (right, _)| order(left).cmp(&order(right)));
    untyped.dedup_by(|(left, why), (right, other)| order(left) == order(right) && why == other);
    Coverage {
        module: api.module.clone(),
        spec: spec.entry().source.name.clone(),
        generated: api.api.operations.len(),
        left_out: left_out(&api.api),
        schemes: schemes(&api.api),
        untyped,
        keywords: count(spec, &api.links, &Unions::of(&api.api)),
        findings,
    }
}

fn left_out(api: &ir::Api) -> Vec<LeftOut> {
    let operations = api.left_out.iter();
    let mut left_out: Vec<LeftOut> = operations
        .map(|it| LeftOut {
            place: it.origin.place.clone(),
            route: format!("{} {}", it.method, it.path),
            why: it.why,
        })
        .collect();
    left_out.sort_by(|left, right| order(&left.place).cmp(&order(&right.place)));
    left_out
}

fn schemes(api: &ir::Api) -> Vec<Scheme> {
    let applied = api.schemes.iter().map(|it| Scheme {
        place: it.origin.place.clone(),
        name: it.name.clone(),
        kind: it.kind.to_string(),
        standing: if it.inferred {
            SchemeStanding::Inferred
        } else {
            SchemeStanding::Applied
        },
    });
    let foreign = api.foreign_schemes.iter().map(|it| Scheme {
        place: it.origin.place.clone(),
        name: it.name.clone(),
        kind: "not declared".to_owned(),
        standing: SchemeStanding::LeftToTransport,
    });
    applied.chain(foreign).collect()
}

/// Returns the key by which places are compared.
fn key(place: &Place) -> (&str, &str) {
    (&place.source.name, place.pointer.as_str())
}

/// Returns the key by which places are sorted: file, then text.
fn order(place: &Place) -> (&str, u32, &str) {
    (&place.source.name, place.span.start, place.pointer.as_str())
}

/// Counts the fields of every object that can be reached from the entry document.
fn count(spec: &Spec, links: &Links, unions: &Unions<'_>) -> Vec<Keyword> {
    let mut fields = Fields {
        spec,
        unions,
        idle: HashSet::new(),
        counts: BTreeMap::new(),
    };
    let root = &spec.entry().root;
    if let Some(info) = root.get("info") {
        fields.count("info object", FileId(0), info, "/info");
    }
    for (key, object) in [("servers", "server"), ("tags", "tag")] {
        let nodes = root.get(key).map(Node::items).unwrap_or_default();
        for (index, node) in nodes.iter().enumerate() {
            fields.count(object, FileId(0), node, &format!("/{key}/{index}"));
        }
    }
    let nodes = nodes(spec);
    let mut visited = Visited::default();
    let mut open = vec![(FileId(0), JsonPointer::root(), root, Kind::Document)];
    while let Some((file, pointer, node, kind)) = open.pop() {
        let mut found = |it: Found<'_>| {
            let link = links.get(it.node.id);
            open.extend(link.and_then(|link| {
                let node = nodes.get(&link.node)?;
                Some((link.file, link.pointer.clone(), *node, it.kind))
            }));
        };
        let mut met = |node: &Node, kind: Kind, pointer: &str| {
            // A callback's keys are URLs.
            if kind != Kind::Callback && kind != Kind::Example {
                fields.count(kind.noun(), file, node, pointer);
            }
        };
        walk_objects(node, &pointer, kind, &mut visited, &mut found, &mut met);
    }
    fields.all()
}

/// Every node of a spec.
fn nodes(spec: &Spec) -> HashMap<NodeId, &Node> {
    let mut nodes = HashMap::new();
    let mut open: Vec<&Node> = spec.files.iter().map(|file| &file.root).collect();
    while let Some(node) = open.pop() {
        nodes.insert(node.id, node);
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
    }
    nodes
}

/// The counted fields.
struct Fields<'a> {
    spec: &'a Spec,
    unions: &'a Unions<'a>,
    /// The Discriminator Objects that no union uses.
    idle: HashSet<(FileId, String)>,
    /// The number of occurrences of each field, and the first one.
    counts: BTreeMap<(&'static str, String, Standing), (usize, Place)>,
}

impl Fields<'_> {
    /// Counts the fields of an object.
    fn count(&mut self, object: &'static str, file: FileId, node: &Node, pointer: &str) {
        let discriminator = (file, format!("{pointer}/discriminator"));
        let name = &self.spec.file(file).source.name;
        if !self.unions.go_by(name, node, pointer) {
            self.idle.insert(discriminator.clone());
        }
        let is_idle = self.idle.contains(&(file, pointer.to_owned()));
        for entry in node.entries() {
            let is_idle =
                is_idle || (&*entry.key == "discriminator" && self.idle.contains(&discriminator));
            let standing = if is_idle {
                Standing::LeftOut
            } else {
                keywords::standing(object, &entry.key)
            };
            let key = (object, entry.key.to_string(), standing);
            if let Some((count, _)) = self.counts.get_mut(&key) {
                *count += 1;
                continue;
            }
            let pointer = JsonPointer::from_text(pointer).child(&entry.key);
            let place = self.spec.file(file).place(entry.key_span, pointer);
            self.counts.insert(key, (1, place));
        }
    }

    fn all(self) -> Vec<Keyword> {
        let counts = self.counts.into_iter();
        counts
            .map(|((object, name, standing), (count, first))| Keyword {
                object,
                name,
                count,
                standing,
                first,
            })
            .collect()
    }
}

/// The properties that unions are decided by, by file and pointer of the union.
struct Unions<'a>(HashMap<(&'a str, &'a str), Vec<&'a str>>);

impl<'a> Unions<'a> {
    fn of(api: &'a ir::Api) -> Self {
        let properties = |item: &'a ir::Item| match &item.kind {
            ir::ItemKind::Union(it) => it.dispatch.iter().filter_map(tag).collect(),
            _ => Vec::new(),
        };
        let unions = api.items.iter();
        let mut all: HashMap<_, Vec<&str>> = HashMap::new();
        for item in unions {
            let known = all.entry(key(&item.origin.place)).or_default();
            known.extend(properties(item));
        }
        Self(all)
    }

    /// Returns `true` if a union uses the discriminator of a schema. It does not if, for example, nothing extends the
    /// schema, or each branch has a different JSON type.
    fn go_by(&self, file: &str, schema: &Node, pointer: &str) -> bool {
        let Some(discriminator) = schema.get("discriminator") else {
            return true;
        };
        // In 2.0, it is but the name of the property.
        let stated = discriminator.get("propertyName").unwrap_or(discriminator);
        let Some(property) = stated.as_str() else {
            return false;
        };
        let goes_by_it = |owner: &str| {
            let properties = self.0.get(&(file, owner));
            properties.is_some_and(|it| it.contains(&property))
        };
        let mut owner = pointer;
        while !goes_by_it(owner) {
            // A branch of `allOf` may state it for the schema that it is written out in.
            let outer = owner.rsplit_once('/').map(|(list, _)| list);
            match outer.and_then(|list| list.strip_suffix("/allOf")) {
                Some(outer) => owner = outer,
                None => return false,
            }
        }
        true
    }
}

/// Returns the property that a choice is decided by.
fn tag((_, choice): &(ir::JsonType, ir::Choice)) -> Option<&str> {
    match choice {
        ir::Choice::Tag { property, .. } => Some(property),
        _ => None,
    }
}
