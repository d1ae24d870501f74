//! Rules about tags.

use std::collections::HashSet;

use super::operations;
use super::subject::Subject;
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::{Node, Place};
use crate::model::Operation;

/// Reports tags that operations have and the document does not declare, each at its first use.
pub(super) fn undeclared(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let declared: HashSet<&str> = subject
        .description
        .tags
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    if declared.is_empty() {
        return;
    }
    let mut reported = HashSet::new();
    for (_, operation) in operations::all(subject) {
        for tag in &operation.tags {
            if declared.contains(tag.as_str()) || !reported.insert(tag.as_str()) {
                continue;
            }
            let message = format!("the tag `{tag}` is used, but not declared");
            let place = place(subject, operation, tag);
            let finding = Diagnostic::at(Code::UndeclaredTag, &place, message);
            let known = subject.description.tags.iter().map(|it| it.name.as_str());
            found.push(match similar(tag, known) {
                Some(meant) => {
                    finding.help(format!("a tag with a similar name is declared: `{meant}`"))
                }
                None => finding,
            });
        }
    }
}

/// Where an operation has a tag.
fn place(subject: &Subject<'_>, operation: &Operation, tag: &str) -> Place {
    let list = subject.key(&operation.place, "tags");
    let items = subject.node(&list).map(Node::items).unwrap_or_default();
    match items.iter().position(|it| it.as_str() == Some(tag)) {
        Some(index) => Place {
            span: items[index].span,
            pointer: list.pointer.item(index),
            ..list
        },
        None => list,
    }
}
