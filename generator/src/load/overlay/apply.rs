//! Actions are applied to a tree, one after the other.

use std::mem::discriminant;

use serde_json::Value as Json;

use super::action::{Action, Change, Query};
use super::merge::{Clash, Graft, clash};
use super::query::{self, Step};
use super::{Edition, is_primitive};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{ExcerptNode, Node, Place, Value};
use crate::limits::{Limits, raise};
use crate::load::fault::{NodeIds, step};

/// A document that is being changed.
pub(super) struct Subject<'a> {
    root: &'a mut Node,
    /// The same as JSON, for queries.
    mirror: Json,
    ids: &'a mut NodeIds,
    limits: &'a Limits,
}

impl<'a> Subject<'a> {
    pub(super) fn new(root: &'a mut Node, ids: &'a mut NodeIds, limits: &'a Limits) -> Self {
        Self {
            mirror: root.to_json(),
            root,
            ids,
            limits,
        }
    }

    /// Applies an action. One that cannot be applied to all of its targets is applied to none.
    pub(super) fn apply(
        &mut self,
        action: &Action<'_>,
        edition: Edition,
        shift: u32,
        diagnostics: &mut Diagnostics,
    ) {
        let targets = query::locate(&self.mirror, &action.target.path);
        if targets.is_empty() {
            diagnostics.report(self.unmatched(&action.target));
            return;
        }
        let finding = match &action.change {
            Change::Remove => self.remove(&action.target, targets, edition),
            Change::Update(at) => self.merge(&targets, edition, at.node, shift, &action.target, at),
            Change::Copy(source) => match self.source(source) {
                Ok(node) => self.merge(&targets, edition, &node, 0, &action.target, &source.at),
                Err(finding) => Err(finding),
            },
        };
        if let Err(finding) = finding {
            diagnostics.report(*finding);
        }
    }

    fn unmatched(&self, target: &Query<'_>) -> Diagnostic {
        let message = format!("`{}` matches nothing in the document", target.text);
        let finding = Diagnostic::at(Code::UnmatchedAction, &target.at.place(), message);
        finding.help(match query::meant(&self.mirror, target.text) {
            Some(meant) => format!("a key with a similar name exists: `{meant}`"),
            None => "correct the target, or remove the action".to_owned(),
        })
    }

    /// The node that an action copies.
    fn source(&self, source: &Query<'_>) -> Result<Node, Box<Diagnostic>> {
        let found = query::locate(&self.mirror, &source.path);
        if let [steps] = &found[..]
            && let Some(node) = query::node(self.root, steps)
        {
            return Ok(node.clone());
        }
        let count = match found.len() {
            0 => "nothing".to_owned(),
            count => format!("{count} nodes"),
        };
        let message = format!("`{}` matches {count} in the document, not one", source.text);
        let finding = incompatible(&source.at.place(), message);
        let help = match query::meant(&self.mirror, source.text) {
            Some(meant) if found.is_empty() => {
                format!("a key with a similar name exists: `{meant}`")
            }
            _ => "select exactly one node to copy".to_owned(),
        };
        Err(Box::new(finding.help(help)))
    }

    fn remove(
        &mut self,
        target: &Query<'_>,
        mut targets: Vec<Vec<Step>>,
        edition: Edition,
    ) -> Result<(), Box<Diagnostic>> {
        if targets.iter().any(Vec::is_empty) {
            let finding = incompatible(&target.at.place(), "the document itself cannot be removed");
            return Err(Box::new(finding.help("select nodes in it")));
        }
        let is_primitive =
            |steps: &Vec<Step>| query::node(self.root, steps).is_some_and(is_primitive);
        if edition == Edition::V1_0 && targets.iter().any(is_primitive) {
            let message = "overlays of version 1.0 remove mappings and lists only";
            let finding = incompatible(&target.at.place(), message);
            return Err(Box::new(finding.help("write `overlay: 1.1.0`")));
        }
        // From the last on, so that what is still to be removed keeps its index.
        targets.sort();
        for steps in targets.iter().rev() {
            let Some((last, parent)) = steps.split_last() else {
                continue;
            };
            if let Some(node) = query::node_mut(self.root, parent) {
                remove_child(node, last);
            }
            match (query::mirrored(&mut self.mirror, parent), last) {
                (Some(Json::Object(entries)), Step::Key(key)) => {
                    entries.shift_remove(key);
                }
                (Some(Json::Array(items)), Step::Item(index)) if *index < items.len() => {
                    items.remove(*index);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn merge(
        &mut self,
        targets: &[Vec<Step>],
        edition: Edition,
        value: &Node,
        shift: u32,
        target: &Query<'_>,
        at: &ExcerptNode<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        self.check(targets, edition, value, target, at)?;
        let size = measure(value);
        for steps in targets {
            self.check_limits(steps, &size, at)?;
            let Some(node) = query::node_mut(self.root, steps) else {
                continue;
            };
            let mut graft = Graft {
                ids: self.ids,
                shift,
                edition,
            };
            graft.merge_into_target(node, value);
            if let Some(mirrored) = query::mirrored(&mut self.mirror, steps) {
                *mirrored = node.to_json();
            }
        }
        Ok(())
    }

    /// Checks that a value can be merged into every target.
    fn check(
        &self,
        targets: &[Vec<Step>],
        edition: Edition,
        value: &Node,
        target: &Query<'_>,
        at: &ExcerptNode<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let nodes = targets.iter().filter_map(|it| query::node(self.root, it));
        let mut kind = None;
        for node in nodes {
            let of_node = (!is_primitive(node)).then(|| discriminant(&node.value));
            if edition == Edition::V1_1 && *kind.get_or_insert(of_node) != of_node {
                let message = format!("`{}` matches nodes of different kinds", target.text);
                let finding = incompatible(&target.at.place(), message);
                let help = "select only mappings, only lists, or only other values";
                return Err(Box::new(finding.help(help)));
            }
            if let Some(clash) = clash(edition, node, value) {
                return Err(Box::new(clashing(&clash, at, value)));
            }
        }
        Ok(())
    }

    /// Checks that the document stays within its limits.
    fn check_limits(
        &self,
        steps: &[Step],
        size: &Size,
        at: &ExcerptNode<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let limits = self.limits;
        let above = steps.iter().map(|it| match it {
            Step::Key(key) => step(Some(key)),
            Step::Item(_) => step(None),
        });
        let exceeded = if self.ids.count() + size.nodes > limits.nodes {
            Some("nodes")
        } else if steps.len() + size.depth + 1 > limits.depth {
            Some("depth")
        } else if above.sum::<usize>() + size.pointer + step(None) > limits.pointer_size {
            Some("pointer_size")
        } else {
            None
        };
        let Some(name) = exceeded else {
            return Ok(());
        };
        let message = format!("the overlay makes the document exceed the limit `{name}`");
        let finding = Diagnostic::at(Code::LimitExceeded, &at.place(), message);
        Err(Box::new(finding.help(raise(name))))
    }
}

/// The finding about values that cannot be merged.
fn clashing(clash: &Clash, at: &ExcerptNode<'_>, value: &Node) -> Diagnostic {
    let place = at.place();
    // A node that is copied stands in the document, and the action where it says so.
    let is_written = std::ptr::eq(at.node, value);
    let place = Place {
        pointer: place.pointer.join(&clash.pointer),
        span: if is_written { clash.span } else { place.span },
        ..place
    };
    incompatible(&place, &*clash.message).help(clash.help)
}

fn incompatible(place: &Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::at(Code::IncompatibleAction, place, message)
}

fn remove_child(node: &mut Node, step: &Step) {
    match (&mut node.value, step) {
        (Value::Mapping(entries), Step::Key(key)) => entries.retain(|it| *it.key != **key),
        (Value::Sequence(items), Step::Item(index)) if *index < items.len() => {
            items.remove(*index);
        }
        _ => {}
    }
}

/// How large a value is.
#[derive(Default)]
struct Size {
    nodes: usize,
    depth: usize,
    /// How long the longest pointer in it is.
    pointer: usize,
}

fn measure(node: &Node) -> Size {
    let mut size = Size::default();
    let mut open = vec![(node, 0, 0)];
    while let Some((node, depth, pointer)) = open.pop() {
        size.nodes += 1;
        size.depth = size.depth.max(depth);
        size.pointer = size.pointer.max(pointer);
        let items = node.items().iter();
        open.extend(items.map(|it| (it, depth + 1, pointer + step(None))));
        let entries = node.entries().iter();
        open.extend(entries.map(|it| (&it.value, depth + 1, pointer + step(Some(&it.key)))));
    }
    size
}
