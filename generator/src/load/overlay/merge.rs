//! How a value is merged into a node (Overlay Specification 1.1.0, Action Object).

use super::{Edition, is_primitive};
use crate::document::{Entry, JsonPointer, Node, NodeId, Span, Value};
use crate::load::fault::NodeIds;

/// A value that an action puts into the document, with what makes copies of it.
pub(super) struct Graft<'a> {
    pub(super) ids: &'a mut NodeIds,
    /// By how many bytes the places of the value move.
    pub(super) shift: u32,
    pub(super) edition: Edition,
}

/// Two values that cannot be merged: where, and the kind of each.
pub(super) struct Clash {
    /// Where in the value of the action.
    pub(super) pointer: JsonPointer,
    pub(super) span: Span,
    pub(super) message: String,
    /// What to do.
    pub(super) help: &'static str,
}

impl Graft<'_> {
    /// Merges a value into a node that a target selects.
    pub(super) fn merge_into_target(&mut self, target: &mut Node, value: &Node) {
        match &mut target.value {
            Value::Sequence(items) => match &value.value {
                // In 1.0 a list is an entry like any other.
                Value::Sequence(more) if self.edition == Edition::V1_1 => {
                    items.extend(more.iter().map(|it| self.copy(it)));
                }
                _ => items.push(self.copy(value)),
            },
            _ => self.merge(target, value),
        }
    }

    /// Merges a value into a node that it is compatible with.
    fn merge(&mut self, target: &mut Node, value: &Node) {
        match (&mut target.value, &value.value) {
            (Value::Mapping(entries), Value::Mapping(more)) => {
                for entry in more {
                    match entries.iter_mut().find(|it| it.key == entry.key) {
                        Some(known) => self.merge(&mut known.value, &entry.value),
                        None => entries.push(self.copy_entry(entry)),
                    }
                }
            }
            (Value::Sequence(items), Value::Sequence(more)) => {
                items.extend(more.iter().map(|it| self.copy(it)));
            }
            _ => *target = self.copy(value),
        }
    }

    /// A copy with identities and places of its own.
    fn copy(&mut self, node: &Node) -> Node {
        Node {
            id: self.next(),
            span: self.shifted(node.span),
            value: match &node.value {
                Value::Sequence(items) => {
                    Value::Sequence(items.iter().map(|it| self.copy(it)).collect())
                }
                Value::Mapping(entries) => {
                    Value::Mapping(entries.iter().map(|it| self.copy_entry(it)).collect())
                }
                scalar => scalar.clone(),
            },
        }
    }

    fn copy_entry(&mut self, entry: &Entry) -> Entry {
        Entry {
            key: entry.key.clone(),
            key_span: self.shifted(entry.key_span),
            value: self.copy(&entry.value),
        }
    }

    fn next(&mut self) -> NodeId {
        self.ids.next()
    }

    fn shifted(&self, span: Span) -> Span {
        Span {
            start: span.start.saturating_add(self.shift),
            end: span.end.saturating_add(self.shift),
        }
    }
}

/// Why a value cannot be merged into a target.
pub(super) fn clash(edition: Edition, target: &Node, value: &Node) -> Option<Clash> {
    let other = "select another target, or give another value";
    let clash = |message: String, help| {
        Some(Clash {
            pointer: JsonPointer::root(),
            span: value.span,
            message,
            help,
        })
    };
    let (kind, of_value) = (target.kind(), value.kind());
    match (&target.value, &value.value) {
        (Value::Sequence(_), _) => None,
        (Value::Mapping(_), Value::Mapping(_)) => match edition {
            // What does not fit is replaced: 1.0 does not say that it is an error.
            Edition::V1_0 => None,
            Edition::V1_1 => clash_inside(target, value, &JsonPointer::root()),
        },
        (Value::Mapping(_), _) => clash(
            format!("the target is {kind}, and the value is {of_value}"),
            other,
        ),
        _ if edition == Edition::V1_0 => clash(
            format!(
                "the target is {kind}, and overlays of version 1.0 change mappings and lists only"
            ),
            "write `overlay: 1.1.0`",
        ),
        _ if is_primitive(value) => None,
        _ => clash(
            format!("the target is {kind}, and the value is {of_value}"),
            other,
        ),
    }
}

/// The first property of two mappings, at any depth, whose values cannot be merged.
fn clash_inside(target: &Node, value: &Node, pointer: &JsonPointer) -> Option<Clash> {
    value.entries().iter().find_map(|entry| {
        let known = target.get(&entry.key)?;
        let pointer = pointer.child(&entry.key);
        match (&known.value, &entry.value.value) {
            (Value::Mapping(_), Value::Mapping(_)) => clash_inside(known, &entry.value, &pointer),
            (Value::Sequence(_), Value::Sequence(_)) => None,
            _ if is_primitive(known) && is_primitive(&entry.value) => None,
            _ => Some(Clash {
                message: format!(
                    "`{}` is {} in the document, and {} in the overlay",
                    entry.key,
                    known.kind(),
                    entry.value.kind()
                ),
                span: entry.value.span,
                pointer,
                help: "remove the node in an action before this one, and then add it",
            }),
        }
    })
}
