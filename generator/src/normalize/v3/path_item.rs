//! OAS 3.1.1, Path Item Object.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::{operation, parameter, server, template};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Node, Place, reference_text};
use crate::model::{LeftOut, Omission, Operation, Parameter, PathItem, Server};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;
use crate::normalize::repair;

/// What a path item is there for.
pub(super) enum Role {
    /// A path of the API.
    Path { path: String, place: Place },
    /// A request that the API makes.
    Webhook { name: String, place: Place },
    /// A request that the API makes on behalf of an operation, to a URL given by a runtime expression.
    Callback { expression: String, place: Place },
}

/// What the operations of a path item take from it.
pub(in crate::normalize) struct Shared<'s> {
    /// The parameters of the template, when the path is one.
    pub(in crate::normalize) template: Option<IndexSet<&'s str>>,
    pub(in crate::normalize) path: &'s str,
    pub(in crate::normalize) path_place: &'s Place,
    pub(in crate::normalize) parameters: Vec<Parameter>,
    pub(in crate::normalize) servers: Vec<Server>,
    /// Whether operations may have callbacks: those of callbacks would have no end.
    pub(in crate::normalize) has_callbacks: bool,
    /// A parameter of theirs that could not be read.
    pub(in crate::normalize) gap: Option<Place>,
}

/// The fields of a path item that are operations, and their methods; `trace` is new in 3.0, `query` in 3.2.
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// Reads a path item. One that is a `$ref` and has fields of its own has both; its own go first (the
/// specification leaves that open).
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, role: Role) -> Option<PathItem> {
    let (path, path_place, is_path, has_callbacks) = match role {
        Role::Path { path, place } => (path, place, true, true),
        Role::Webhook { name, place } => (name, place, false, true),
        Role::Callback { expression, place } => (expression, place, false, false),
    };
    let template = if is_path {
        let Some(template) = template_of(cx, &path, &path_place) else {
            leave_out_all(cx, at, &path);
            return None;
        };
        Some(template)
    } else {
        None
    };
    let mut layers = layers(cx, at);
    let place = layers.last()?.place(cx);

    let mut shared = Shared {
        template,
        path: &path,
        path_place: &path_place,
        parameters: Vec::new(),
        servers: Vec::new(),
        has_callbacks,
        gap: None,
    };
    let outer_gap = std::mem::take(&mut cx.gap);
    for layer in &mut layers {
        parameter::add_missing(&mut shared.parameters, parameter::list(cx, layer));
        let servers = server::list(cx, layer);
        if shared.servers.is_empty() {
            shared.servers = servers;
        }
    }
    shared.gap = std::mem::replace(&mut cx.gap, outer_gap);
    let mut operations: Vec<Operation> = Vec::new();
    let mut known = HashSet::new();
    for mut layer in layers {
        for (method, at) in methods(cx, &mut layer) {
            let node = at.clone();
            let read = if !is_token(&method) {
                Err(Omission::Method)
            } else if known.insert(method.clone()) {
                operation::read(cx, at, method.clone(), &shared)
            } else {
                let message =
                    format!("the path item already has an operation for the method `{method}`");
                cx.report(Code::UnknownField, &at, message);
                Err(Omission::Repeated)
            };
            match read {
                Ok(operation) => operations.push(operation),
                Err(why) if is_path => leave_out(cx, &node, method, &path, why),
                Err(_) => {}
            }
        }
        for key in ["$ref", "summary", "description"] {
            layer.skip(key);
        }
        layer.finish(cx);
    }
    Some(PathItem {
        place,
        path,
        path_place,
        operations,
    })
}

/// Takes note of an operation that is left out.
pub(in crate::normalize) fn leave_out(
    cx: &mut Cx<'_, '_>,
    at: &At<'_>,
    method: String,
    path: &str,
    why: Omission,
) {
    let operation_id = at.node.get("operationId").and_then(Node::as_str);
    cx.left_out.push(LeftOut {
        place: cx.place(at),
        method,
        path: path.to_owned(),
        operation_id: operation_id.map(str::to_owned),
        why,
    });
}

/// Takes note of all operations of a path item whose path cannot be read.
pub(in crate::normalize) fn leave_out_all<'a>(cx: &mut Cx<'a, '_>, at: At<'a>, path: &str) {
    let why = Omission::PathTemplate;
    let mut known = HashSet::new();
    for mut layer in layers(cx, at) {
        for (method, at) in methods(cx, &mut layer) {
            if known.insert(method.clone()) {
                leave_out(cx, &at, method, path, why);
            }
        }
    }
}

/// The path item itself, and what it refers to, one after the other.
pub(in crate::normalize) fn layers<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Vec<Object<'a>> {
    let mut layers = Vec::new();
    let mut next = Some(at);
    while let Some(at) = next.take() {
        if reference_text(at.node).is_some() {
            next = cx.target(at.node);
        }
        layers.extend(Object::read(cx, at, "path item object"));
    }
    layers
}

/// The operations of a path item with their methods, in the document's order. What cannot be a method is among them,
/// and reported.
pub(in crate::normalize) fn methods<'a>(
    cx: &mut Cx<'a, '_>,
    item: &mut Object<'a>,
) -> Vec<(String, At<'a>)> {
    let known = match cx.version {
        Version::V2 => METHODS.len() - 2,
        Version::V3_0 | Version::V3_1 => METHODS.len() - 1,
        Version::V3_2 => METHODS.len(),
    };
    let mut found = Vec::new();
    for (key, method) in &METHODS[..known] {
        let position = item
            .at
            .node
            .entries()
            .iter()
            .position(|entry| &*entry.key == *key);
        let child = item.child(cx, key);
        if let Some(at) = child.and_then(|at| repair::referenced_operation(cx, at)) {
            found.push((position, (*method).to_owned(), at));
        }
    }
    found.sort_by_key(|(position, _, _)| *position);
    let mut operations: Vec<_> = found
        .into_iter()
        .map(|(_, method, at)| (method, at))
        .collect();
    if cx.version >= Version::V3_2 {
        let others = item.map(cx, "additionalOperations");
        for (entry, at) in others {
            if !is_token(&entry.key) {
                let place = cx.name_place(&at, entry);
                let message = format!("`{}` is not a valid HTTP method", entry.key);
                let finding = Diagnostic::at(Code::InvalidValue, &place, message).harmless();
                let finding = finding.label("left out");
                cx.diagnostics
                    .report(finding.help("write the method as it is sent, such as `COPY`"));
            }
            let at = repair::referenced_operation(cx, at);
            operations.extend(at.map(|at| (entry.key.to_string(), at)));
        }
    }
    operations
}

/// Whether a text can be a method (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_sign = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || is_sign(it))
}

/// The parameters of a template. A malformed one is left out.
pub(in crate::normalize) fn template_of<'p>(
    cx: &mut Cx<'_, '_>,
    path: &'p str,
    place: &Place,
) -> Option<IndexSet<&'p str>> {
    match template::names(path) {
        Ok(names) => {
            for name in names.iter().filter(|(_, count)| **count > 1).map(|it| it.0) {
                let message =
                    format!("the path template `{path}` uses the parameter `{name}` twice");
                let finding = Diagnostic::at(Code::InvalidPathTemplate, place, message)
                    .label("both are filled with the same value");
                cx.diagnostics
                    .report(finding.help("give each parameter in the path its own name"));
            }
            for (written, name) in template::foreign(path) {
                let message = format!("`{written}` in the path `{path}` is sent as plain text");
                let finding = Diagnostic::at(Code::InvalidPathTemplate, place, message);
                let help = format!("if it is a parameter, write `{{{name}}}`");
                cx.diagnostics.report(finding.help(help));
            }
            Some(names.into_keys().collect())
        }
        Err(fault) => {
            let message = format!("the path template `{path}` {fault}");
            let finding = Diagnostic::at(Code::InvalidPathTemplate, place, message);
            let help = "close every `{` with a `}`, and put a name between them";
            cx.diagnostics
                .report(finding.label("the path is left out").help(help));
            None
        }
    }
}
