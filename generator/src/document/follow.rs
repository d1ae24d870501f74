//! Goes through a spec along its references, from file to file.
//!
//! `load` does so to learn which files there are, `resolve` to write down where each reference leads. Both
//! take the same way, so that `load` has tried every file that `resolve` will want.

use std::collections::{HashMap, HashSet};

use super::references::{Found, Kind, Target, Visited, walk};
use super::{FileId, Fragment, JsonPointer, Node, NodeId, Spec, UriFault, UriReference, Value};

/// A node to start from, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Start {
    /// The file.
    pub file: FileId,
    /// The node in it.
    pub pointer: JsonPointer,
    /// What it is.
    pub kind: Kind,
}

/// Where a reference leads, or why it leads nowhere.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// To a node.
    Target(Target<'a>),
    /// To a node of a file that is not loaded; `path` is as [`super::join`] writes it.
    UnknownFile {
        /// The file.
        path: String,
        /// The node in it.
        pointer: JsonPointer,
    },
    /// To a node that is not there.
    Missing {
        /// The file in which it should be.
        file: FileId,
        /// The pointer to it.
        pointer: JsonPointer,
    },
    /// To a `$anchor`.
    Anchor(String),
    /// To a schema by a name that no component has, in a discriminator's `mapping`.
    UnknownName(String),
    /// The text is not a reference that can be followed.
    Fault(UriFault),
}

/// Goes through everything that can be reached from the `starts`, and gives every reference and where it leads
/// to `found`. Goes nowhere where it has been before, as `visited` tells.
pub fn follow<'a>(
    spec: &'a Spec,
    starts: Vec<Start>,
    visited: &mut Visited,
    found: &mut dyn FnMut(FileId, Found<'a>, &Outcome<'a>),
) {
    let mut lookup = Lookup::default();
    let mut known: HashMap<(FileId, &'a str, bool), Outcome<'a>> = HashMap::new();
    let mut seen: HashSet<(NodeId, Kind)> = HashSet::new();
    let mut work: Vec<(FileId, &'a Node, JsonPointer, Kind)> = starts
        .into_iter()
        .rev()
        .filter_map(|start| {
            let node = lookup.find(&spec.file(start.file).root, &start.pointer)?;
            Some((start.file, node, start.pointer, start.kind))
        })
        .collect();
    while let Some((file, node, pointer, kind)) = work.pop() {
        walk(node, &pointer, kind, visited, &mut |reference| {
            let text = reference.text.as_str().unwrap_or_default();
            let by_name = reference.kind == Kind::SchemaName;
            let outcome = known
                .entry((file, text, by_name))
                .or_insert_with(|| outcome(spec, &mut lookup, file, text, by_name));
            if let Outcome::Target(target) = &*outcome {
                let kind = if by_name {
                    Kind::Schema
                } else {
                    reference.kind
                };
                if seen.insert((target.node.id, kind)) {
                    work.push((target.file, target.node, target.pointer.clone(), kind));
                }
            }
            found(file, reference, outcome);
        });
    }
}

/// Where the reference `text` in `file` leads.
fn outcome<'a>(
    spec: &'a Spec,
    lookup: &mut Lookup<'a>,
    file: FileId,
    text: &str,
    by_name: bool,
) -> Outcome<'a> {
    if by_name && let Some(target) = component(spec, lookup, text) {
        return Outcome::Target(target);
    }
    if by_name && !looks_like_reference(text) {
        return Outcome::UnknownName(text.to_owned());
    }
    let reference = match UriReference::parse(text) {
        Ok(reference) => reference,
        Err(fault) => return Outcome::Fault(fault),
    };
    let pointer = match reference.fragment {
        Fragment::Pointer(pointer) => pointer,
        Fragment::Anchor(name) => return Outcome::Anchor(name),
    };
    let target_file = match reference.path {
        None => file,
        Some(path) => match spec.file_at(file, &path) {
            Some(target) => target,
            None => {
                return Outcome::UnknownFile {
                    path: super::join(&spec.file(file).path, &path),
                    pointer,
                };
            }
        },
    };
    match lookup.find(&spec.file(target_file).root, &pointer) {
        Some(node) => Outcome::Target(Target {
            file: target_file,
            node,
            pointer,
        }),
        None => Outcome::Missing {
            file: target_file,
            pointer,
        },
    }
}

/// The component schema of a name, which is a definition in 2.0.
fn component<'a>(spec: &'a Spec, lookup: &mut Lookup<'a>, name: &str) -> Option<Target<'a>> {
    let root = JsonPointer::root();
    let holders = [
        root.child("components").child("schemas"),
        root.child("definitions"),
    ];
    holders.iter().find_map(|holder| {
        let pointer = holder.child(name);
        let node = lookup.find(&spec.entry().root, &pointer)?;
        Some(Target {
            file: FileId(0),
            node,
            pointer,
        })
    })
}

/// Whether a value of a discriminator's `mapping` is meant as a reference (OAS 3.1.1, Discriminator Object: a
/// value that could be both is a name).
fn looks_like_reference(text: &str) -> bool {
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    text.contains(['/', '#'])
        || ["yaml", "yml", "json"]
            .iter()
            .any(|it| extension.eq_ignore_ascii_case(it))
}

/// Finds nodes by pointer, in constant time per step also in large mappings.
#[derive(Default)]
struct Lookup<'a> {
    large: HashMap<NodeId, HashMap<&'a str, &'a Node>>,
}

/// From how many entries on a mapping is worth an index.
const LARGE: usize = 32;

impl<'a> Lookup<'a> {
    /// The node to which a pointer leads.
    fn find(&mut self, root: &'a Node, pointer: &JsonPointer) -> Option<&'a Node> {
        pointer
            .segments()
            .try_fold(root, |node, segment| self.child(node, &segment))
    }

    fn child(&mut self, node: &'a Node, segment: &str) -> Option<&'a Node> {
        match &node.value {
            Value::Mapping(entries) if entries.len() > LARGE => {
                let index = self.large.entry(node.id).or_insert_with(|| {
                    entries
                        .iter()
                        .map(|entry| (&*entry.key, &entry.value))
                        .collect()
                });
                index.get(segment).copied()
            }
            Value::Mapping(_) => node.get(segment),
            Value::Sequence(items) => items.get(array_index(segment)?),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
        }
    }
}

/// An index of a sequence (RFC 6901, section 4: without leading zeros).
fn array_index(segment: &str) -> Option<usize> {
    let canonical = segment == "0" || !segment.starts_with(['0', '+']);
    if canonical {
        segment.parse().ok()
    } else {
        None
    }
}
