//! What became of a document: which operations have a method, where a value has no type, and for every field that
//! was met whether the client honours it, documents it, or leaves it out.
//!
//! A report for people who decide whether a generated client will do, and for those who keep the document.

mod keywords;
mod print;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

pub use keywords::Standing;
pub use print::{MARK, to_json, to_markdown};

use crate::NamedApi;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::{FileId, JsonPointer, Kind, Node, Place, Spec, Visited, walk_objects};
use crate::ir::{self, Why};
use crate::resolve;

/// What became of a document.
#[derive(Debug)]
pub struct Coverage {
    /// The module.
    pub module: String,
    /// The entry document, as diagnostics call it.
    pub spec: String,
    /// How many operations have a method.
    pub generated: usize,
    /// The operations that have none.
    pub left_out: Vec<LeftOut>,
    /// The security schemes, in the document's order: those that the client applies, then the others.
    pub schemes: Vec<Scheme>,
    /// Where a value could only become any JSON value, in the document's order.
    pub untyped: Vec<(Place, Why)>,
    /// Every field that was met, by object and name.
    pub keywords: Vec<Keyword>,
    /// What else was found: repairs, approximations, faults.
    pub findings: Vec<Diagnostic>,
}

/// An operation that has no method.
#[derive(Debug)]
pub struct LeftOut {
    /// Where it stands.
    pub place: Place,
    /// Its method and path.
    pub route: String,
    /// Why, as far as a finding says so.
    pub reason: Option<String>,
}

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// Where it stands, or the first parameter or operation that it follows from.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// How its credential is sent: "bearer token".
    pub kind: String,
    /// What becomes of it.
    pub standing: SchemeStanding,
}

/// What becomes of a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeStanding {
    /// The client applies it.
    Applied,
    /// The client applies it, and the document does not declare it.
    Inferred,
    /// It is left to the caller's transport.
    LeftToTransport,
}

impl SchemeStanding {
    /// The words of the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Inferred => "inferred from parameters",
            Self::LeftToTransport => "left to the transport",
        }
    }
}

/// A field that was met.
#[derive(Debug)]
pub struct Keyword {
    /// The object that has it: "schema".
    pub object: &'static str,
    /// Its name.
    pub name: String,
    /// How often it was met.
    pub count: usize,
    /// What becomes of it.
    pub standing: Standing,
    /// Where it was met first.
    pub first: Place,
}

/// Looks through an API that has been read, and through what was found on the way.
#[must_use]
pub fn of(api: &NamedApi, diagnostics: &Diagnostics) -> Coverage {
    let spec = &api.spec;
    let is_own = |place: &Place| {
        let mut files = spec.files.iter();
        files.any(|file| Arc::ptr_eq(&file.source, &place.source))
    };
    let findings: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|it| it.place.as_ref().is_some_and(is_own))
        .cloned()
        .collect();
    let (keywords, operations) = walk(spec, &Unions::of(&api.api));
    let generated = api.api.operations.iter().map(|it| key(&it.origin.place));
    let incoming = api.api.incoming.iter().map(|it| key(&it.origin.place));
    let known: HashSet<_> = generated.chain(incoming).collect();
    let left_out = operations
        .into_iter()
        .filter(|place| !known.contains(&key(place)))
        .map(|place| LeftOut {
            route: route(&place, &api.api.left_out),
            reason: reason(&findings, &place),
            place,
        });
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
        left_out: left_out.collect(),
        schemes: schemes(&api.api),
        untyped,
        keywords,
        findings,
    }
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
        kind: it.kind.to_string(),
        standing: SchemeStanding::LeftToTransport,
    });
    applied.chain(foreign).collect()
}

/// What makes two places the same.
fn key(place: &Place) -> (&str, &str) {
    (&place.source.name, place.pointer.as_str())
}

/// The method and path of an operation that has no method. One that could not be read at all is called by its
/// pointer, which ends in both.
fn route(place: &Place, left_out: &[ir::LeftOut]) -> String {
    let lowered = left_out
        .iter()
        .find(|it| key(&it.origin.place) == key(place));
    if let Some(it) = lowered {
        return format!("{} {}", it.method, it.path);
    }
    let segments: Vec<String> = place.pointer.segments().collect();
    match &segments[..] {
        [.., path, method] => format!("{} {path}", method.to_uppercase()),
        _ => place.pointer.as_str().to_owned(),
    }
}

/// What sorts places: file, then text.
fn order(place: &Place) -> (&str, u32, &str) {
    (&place.source.name, place.span.start, place.pointer.as_str())
}

/// The finding that says why an operation is left out: the first that says so of it or of a part of it.
fn reason(findings: &[Diagnostic], operation: &Place) -> Option<String> {
    let is_about = |place: &Place| {
        place.source.name == operation.source.name
            && place
                .pointer
                .as_str()
                .starts_with(operation.pointer.as_str())
    };
    let found = findings.iter().find(|it| {
        let mut places = it
            .place
            .iter()
            .chain(it.related.iter().map(|(place, _)| place));
        it.message.contains("is left out") && places.any(is_about)
    })?;
    Some(found.message.clone())
}

/// Counts the fields of every object that can be reached from the entry document, and finds its operations: those of
/// paths, not what the API sends by itself.
fn walk(spec: &Spec, unions: &Unions<'_>) -> (Vec<Keyword>, Vec<Place>) {
    // What is wrong with the references has been reported before.
    let references = resolve::resolve(spec, &mut Diagnostics::new(false));
    let mut counts: BTreeMap<(&'static str, String, Standing), (usize, Place)> = BTreeMap::new();
    let mut idle: HashSet<(FileId, String)> = HashSet::new();
    let mut count = |object: &'static str, file: FileId, node: &Node, pointer: &str| {
        let discriminator = (file, format!("{pointer}/discriminator"));
        if !unions.go_by(&spec.file(file).source.name, node, pointer) {
            idle.insert(discriminator.clone());
        }
        let is_idle = idle.contains(&(file, pointer.to_owned()));
        for entry in node.entries() {
            let is_idle =
                is_idle || (&*entry.key == "discriminator" && idle.contains(&discriminator));
            let standing = if is_idle {
                Standing::LeftOut
            } else {
                keywords::standing(object, &entry.key)
            };
            let key = (object, entry.key.to_string(), standing);
            if let Some((count, _)) = counts.get_mut(&key) {
                *count += 1;
                continue;
            }
            let pointer = JsonPointer::from_text(pointer).child(&entry.key);
            let place = spec.file(file).place(entry.key_span, pointer);
            counts.insert(key, (1, place));
        }
    };
    let root = &spec.entry().root;
    let mut plain = |object: &'static str, node: &Node, pointer: &str| {
        count(object, FileId(0), node, pointer);
    };
    if let Some(info) = root.get("info") {
        plain("info object", info, "/info");
    }
    for (key, object) in [("servers", "server"), ("tags", "tag")] {
        for (index, node) in root
            .get(key)
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            plain(object, node, &format!("/{key}/{index}"));
        }
    }
    let mut operations = Vec::new();
    let mut visited = Visited::default();
    let mut open = vec![(FileId(0), JsonPointer::root(), root, Kind::Document)];
    while let Some((file, pointer, node, kind)) = open.pop() {
        let mut led = Vec::new();
        let mut met = |node: &Node, kind: Kind, pointer: &str| {
            let is_sent = !pointer.starts_with("/webhooks/") && !pointer.contains("/callbacks/");
            if kind == Kind::Operation && is_sent {
                let pointer = JsonPointer::from_text(pointer);
                operations.push(spec.file(file).place(node.span, pointer));
            }
            // A callback's keys are URLs.
            if kind != Kind::Callback && kind != Kind::Example {
                count(kind.noun(), file, node, pointer);
            }
        };
        let mut found = |it: crate::document::Found<'_>| {
            led.extend(
                references
                    .target(it.node.id)
                    .map(|target| (target, it.kind)),
            );
        };
        walk_objects(node, &pointer, kind, &mut visited, &mut found, &mut met);
        for (target, kind) in led {
            open.push((target.file, target.pointer.clone(), target.node, kind));
        }
    }
    let keywords = counts
        .into_iter()
        .map(|((object, name, standing), (count, first))| Keyword {
            object,
            name,
            count,
            standing,
            first,
        })
        .collect();
    (keywords, operations)
}

/// The unions that go by a discriminator, by file and pointer.
struct Unions<'a>(HashSet<(&'a str, &'a str)>);

impl<'a> Unions<'a> {
    fn of(api: &'a ir::Api) -> Self {
        let has_tag = |item: &&ir::Item| match &item.kind {
            ir::ItemKind::Union(it) => {
                let mut choices = it.dispatch.iter();
                choices.any(|(_, choice)| matches!(choice, ir::Choice::Tag { .. }))
            }
            _ => false,
        };
        let unions = api.items.iter().filter(has_tag);
        Self(unions.map(|it| key(&it.origin.place)).collect())
    }

    /// Whether a union goes by the discriminator that a schema states. None does where nothing extends the schema,
    /// say. One beside a choice is for that.
    fn go_by(&self, file: &str, schema: &Node, pointer: &str) -> bool {
        let has = |key: &str| schema.get(key).is_some();
        if !has("discriminator") || has("oneOf") || has("anyOf") {
            return true;
        }
        let mut owner = pointer;
        while !self.0.contains(&(file, owner)) {
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
