//! Where references lead, read straight from the tree, without the stages that make clients of it.

use crate::document::{FileId, Fragment, JsonPointer, Node, Spec, UriReference, join};

/// A node, and where it stands.
#[derive(Clone, Debug)]
pub struct Target<'s> {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub pointer: JsonPointer,
    /// The node.
    pub node: &'s Node,
}

/// How many references may be on the way of another.
const REFERENCES: usize = 16;

/// Where a reference in the file `base` leads; `None` when that is nowhere.
#[must_use]
pub fn target<'s>(spec: &'s Spec, base: FileId, text: &str) -> Option<Target<'s>> {
    target_within(spec, base, text, REFERENCES)
}

fn target_within<'s>(spec: &'s Spec, base: FileId, text: &str, left: usize) -> Option<Target<'s>> {
    let reference = UriReference::parse(text).ok()?;
    let file = match &reference.path {
        Some(path) => file_at(spec, base, path)?,
        None => base,
    };
    match reference.fragment {
        Fragment::Pointer(pointer) => walk(spec, file, &pointer, left),
        Fragment::Anchor(name) => {
            let root = &spec.file(file).root;
            let (pointer, node) = anchored(root, &JsonPointer::root(), &name)?;
            Some(Target {
                file,
                pointer,
                node,
            })
        }
    }
}

/// Follows a pointer, also through what is a reference on the way.
fn walk<'s>(
    spec: &'s Spec,
    file: FileId,
    pointer: &JsonPointer,
    left: usize,
) -> Option<Target<'s>> {
    let mut here = Target {
        file,
        pointer: JsonPointer::root(),
        node: &spec.file(file).root,
    };
    for segment in pointer.segments() {
        let mut below = here.pointer.child(&segment);
        if at(spec, here.file, &below).is_none() {
            let reference = here.node.get("$ref")?.as_str()?;
            here = target_within(spec, here.file, reference, left.checked_sub(1)?)?;
            below = here.pointer.child(&segment);
        }
        here.node = at(spec, here.file, &below)?;
        here.pointer = below;
    }
    Some(here)
}

/// The file to which a path in the file `base` leads.
fn file_at(spec: &Spec, base: FileId, path: &str) -> Option<FileId> {
    let path = join(&spec.file(base).path, path);
    let index = spec.files.iter().position(|file| file.path == path)?;
    u32::try_from(index).ok().map(FileId)
}

/// The file that diagnostics call by a name.
#[must_use]
pub fn file_called(spec: &Spec, name: &str) -> Option<FileId> {
    let index = spec.files.iter().position(|it| it.source.name == name)?;
    u32::try_from(index).ok().map(FileId)
}

/// The node at a place (RFC 6901, section 4).
#[must_use]
pub fn at<'s>(spec: &'s Spec, file: FileId, pointer: &JsonPointer) -> Option<&'s Node> {
    let mut node = &spec.file(file).root;
    for segment in pointer.segments() {
        node = match segment.parse::<usize>() {
            Ok(index) if !node.items().is_empty() => node.items().get(index)?,
            _ => node.get(&segment)?,
        };
    }
    Some(node)
}

/// The schema that has a name as its `$anchor` (JSON Schema 2020-12, section 8.2.2).
fn anchored<'s>(
    node: &'s Node,
    pointer: &JsonPointer,
    name: &str,
) -> Option<(JsonPointer, &'s Node)> {
    let named = |key| node.get(key).and_then(Node::as_str) == Some(name);
    if named("$anchor") || named("$dynamicAnchor") {
        return Some((pointer.clone(), node));
    }
    let in_items = node.items().iter().enumerate();
    let mut in_items = in_items.filter_map(|(index, it)| anchored(it, &pointer.item(index), name));
    let in_entries = node.entries().iter();
    let mut in_entries =
        in_entries.filter_map(|it| anchored(&it.value, &pointer.child(&it.key), name));
    in_items.next().or_else(|| in_entries.next())
}
