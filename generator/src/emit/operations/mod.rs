//! Operations: a file for each group, with the client's methods, the operations' own types, and their errors.

pub(super) mod aliases;
mod arguments;
mod body;
mod choice;
mod description;
mod error;
mod headers;
mod method;
mod optional;
mod reader;
mod response;
pub(super) mod shared;
pub(super) mod style;

use super::context::Cx;
use super::docs;
use super::pairs::Operation;
use super::written::{self, Written};
use crate::ir::Group;
use crate::markdown::{Inline, Text, prose};
use crate::output::{Source, Unformatted};
use crate::shape;

/// The file of a group.
pub(super) fn emit(cx: &Cx<'_>, group: &Group) -> Source {
    let old_names = aliases::declared(cx, group);
    let cx = cx.file(declared(cx, group).into_iter().chain(old_names));
    let operations = group.operations.iter().map(|id| Operation::new(&cx, *id));
    let operations: Vec<Operation<'_>> = operations.collect();
    let client = written::name(&cx, "super::Client");
    let mut head = Written::default();
    head.docs(0, impl_docs(&cx, group));
    head.line(0, format!("impl {client}"));
    let methods = operations.iter().flat_map(|it| {
        let aliases = aliases::emit_methods(&cx, *it);
        std::iter::once(method::emit(&cx, *it)).chain(aliases)
    });
    let methods = Unformatted::Impl {
        head: head.text(),
        members: methods.collect(),
    };
    let rest = operations.iter().flat_map(|it| emit_operation(&cx, *it));
    let items = std::iter::once(methods).chain(rest).collect();
    Source {
        docs: Text::from(file_docs(group)).to_string(),
        items: cx.imports.complete(items),
    }
}

/// What belongs to one operation besides the client's method.
fn emit_operation(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Unformatted> {
    let mut items = Vec::new();
    items.extend(arguments::emit(cx, operation));
    items.push(description::emit(operation));
    items.push(response::emit(cx, operation));
    items.extend(optional::emit(cx, operation));
    items.extend(shared::emit_uses(cx, operation));
    items.extend(choice::emit(cx, operation));
    items.push(error::emit(cx, operation));
    items.extend(headers::emit(cx, operation));
    items.extend(aliases::emit_types(cx, operation));
    items
}

/// The types that a group's file declares and the module exports.
pub(super) fn declared(cx: &Cx<'_>, group: &Group) -> Vec<String> {
    let operations = group.operations.iter().map(|id| &cx.shape[*id]);
    let types = operations.flat_map(shape::Operation::types);
    types.map(ToString::to_string).collect()
}

fn file_docs(group: &Group) -> Inline {
    match &group.tag {
        Some(tag) => prose!(
            "Operations of the group {}.",
            docs::group(tag, &group.parents)
        ),
        None => "Operations without a group.".into(),
    }
}

fn impl_docs(cx: &Cx<'_>, group: &Group) -> Text {
    let mut text = Text::from(match &group.tag {
        Some(tag) => prose!("Group {}.", docs::group(tag, &group.parents)),
        None => "Operations without a group.".into(),
    });
    text.docs(&group.docs);
    if cx.shape.parts.is_some() {
        docs::operation::table(cx, &mut text, "Self", group.operations.iter().copied());
    }
    text
}
