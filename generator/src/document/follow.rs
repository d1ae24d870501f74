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
        fragment: Fragment,
    },
    /// To a node that is not there.
    Missing {
        /// The file in which it should be.
        file: FileId,
        /// The pointer to it.
        pointer: JsonPointer,
    },
    /// To an anchor that nothing in the file has.
    UnknownAnchor {
        /// The file in which it should be.
        file: FileId,
        /// Its name.
        name: String,
    },
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
    let mut known: HashMap<(Base<'a>, &'a str, bool), Outcome<'a>> = HashMap::new();
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
            let base = Base {
                file,
                uri: spec.resources.base(file, &reference.pointer),
            };
            let outcome = known.entry((base, text, by_name)).or_insert_with(|| {
                let mut left = MOST_REFERENCES;
                outcome(spec, &mut lookup, base, text, by_name, &mut left)
            });
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

/// What a reference is relative to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Base<'a> {
    /// The file that it stands in.
    file: FileId,
    /// The URI of the schema around it, if that has one.
    uri: Option<&'a str>,
}

/// Where the reference `text` leads, for which so many others may be gone through.
fn outcome<'a>(
    spec: &'a Spec,
    lookup: &mut Lookup<'a>,
    base: Base<'a>,
    text: &str,
    by_name: bool,
    left: &mut usize,
) -> Outcome<'a> {
    if by_name && let Some(target) = component(spec, lookup, text) {
        return Outcome::Target(target);
    }
    if by_name && !looks_like_reference(text) {
        return Outcome::UnknownName(text.to_owned());
    }
    if let Some(target) = named(spec, lookup, base, text) {
        return Outcome::Target(target);
    }
    let (path, fragment) = match file_of(spec, base, text) {
        Ok(found) => found,
        Err(fault) => return Outcome::Fault(fault),
    };
    let file = match path {
        None => base.file,
        Some(path) => match spec.paths.get(&path) {
            Some(file) => *file,
            None => return Outcome::UnknownFile { path, fragment },
        },
    };
    let pointer = match fragment {
        Fragment::Pointer(pointer) => pointer,
        Fragment::Anchor(name) => match spec.resources.anchor_of_file(file, &name) {
            Some(pointer) => pointer.clone(),
            None => return Outcome::UnknownAnchor { file, name },
        },
    };
    match lookup.find(&spec.file(file).root, &pointer) {
        Some(node) => Outcome::Target(Target {
            file,
            node,
            pointer,
        }),
        None => match through(spec, lookup, file, &pointer, left) {
            Some(target) => Outcome::Target(target),
            None => Outcome::Missing { file, pointer },
        },
    }
}

/// How many references one pointer may go through, those among them that go through others themselves.
const MOST_REFERENCES: usize = 64;

/// The node to which a pointer leads by way of references: `/paths/~1a/get/responses/200/schema`, where the
/// response is a `$ref`. The specification does not provide for that, but bundlers understand it.
fn through<'a>(
    spec: &'a Spec,
    lookup: &mut Lookup<'a>,
    file: FileId,
    pointer: &JsonPointer,
    left: &mut usize,
) -> Option<Target<'a>> {
    let mut at = Target {
        file,
        node: &spec.file(file).root,
        pointer: JsonPointer::root(),
    };
    for segment in pointer.segments() {
        let mut child = lookup.child(at.node, &segment);
        if child.is_none() {
            let text = lookup.reference(at.node)?;
            *left = left.checked_sub(1)?;
            let base = Base {
                file: at.file,
                uri: spec.resources.base(at.file, &at.pointer),
            };
            let text = text.as_str().unwrap_or_default();
            let Outcome::Target(target) = outcome(spec, lookup, base, text, false, left) else {
                return None;
            };
            at = target;
            child = lookup.child(at.node, &segment);
        }
        at.node = child?;
        at.pointer = at.pointer.child(&segment);
    }
    Some(at)
}

/// The node to which a reference leads by a URI that a schema or document states of itself. Where the URI says
/// nothing, or has no such node, the files do: many a `$id` is no more than an ornament.
fn named<'a>(
    spec: &'a Spec,
    lookup: &mut Lookup<'a>,
    base: Base<'a>,
    text: &str,
) -> Option<Target<'a>> {
    let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
    let stated = base.uri.unwrap_or(&spec.file(base.file).path);
    let uri = super::resolve(stated, uri);
    let (file, pointer) = match Fragment::parse(fragment).ok()? {
        Fragment::Pointer(below) => {
            let (file, pointer) = spec.resources.at(&uri)?;
            (*file, pointer.join(&below))
        }
        Fragment::Anchor(name) => spec.resources.anchor(&uri, &name)?.clone(),
    };
    let node = lookup.find(&spec.file(file).root, &pointer)?;
    Some(Target {
        file,
        node,
        pointer,
    })
}

/// The file to which a reference leads, `None` for the one that it stands in, and the place in it.
fn file_of(
    spec: &Spec,
    base: Base<'_>,
    text: &str,
) -> Result<(Option<String>, Fragment), UriFault> {
    let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
    let url = super::resolve(base.uri.unwrap_or_default(), uri);
    if let Some(path) = spec.copies.path(&url).filter(|_| !uri.is_empty()) {
        return Ok((Some(path), Fragment::parse(fragment)?));
    }
    let reference = UriReference::parse(text)?;
    let path = reference
        .path
        .map(|path| super::join(&spec.file(base.file).path, &path));
    Ok((path, reference.fragment))
}

/// The component schema of a name, which is a definition in 2.0.
fn component<'a>(spec: &'a Spec, lookup: &mut Lookup<'a>, name: &str) -> Option<Target<'a>> {
    Spec::places_of_schemas().iter().find_map(|holder| {
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

    /// The string that says where a node leads, if it is a reference.
    fn reference(&mut self, node: &'a Node) -> Option<&'a Node> {
        let is_text = |it: &&Node| it.as_str().is_some();
        let stated = self.child(node, "$ref").filter(is_text);
        stated.or_else(|| self.child(node, "$dynamicRef").filter(is_text))
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
