//! Rules about operations as a whole.

use super::subject::Subject;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Operation, PathItem};

/// The operations of the paths, each with its path item.
pub(super) fn all<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = (&'a PathItem, &'a Operation)> + use<'a> {
    let items = subject.description.paths.iter();
    items.flat_map(|item| item.operations.iter().map(move |it| (item, it)))
}

/// "`GET /pets`"
pub(super) fn route(item: &PathItem, operation: &Operation) -> String {
    format!("`{} {}`", operation.method, item.path)
}

/// Reports operations without an id.
pub(super) fn missing_id(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (item, operation) in all(subject).filter(|(_, it)| it.operation_id.is_none()) {
        let message = format!("{} has no `operationId`", route(item, operation));
        let place = subject.name(&operation.place);
        let mut finding = Diagnostic::at(Code::MissingOperationId, &place, message);
        let mut known = subject.api.operations.iter().zip(&subject.names.operations);
        let is_it =
            |it: &crate::ir::Operation| it.method == operation.method && it.path == item.path;
        if let Some((_, names)) = known.find(|(it, _)| is_it(it)) {
            finding = finding.label(format!("the method is `Client::{}`", names.method));
        }
        found.push(finding);
    }
}

/// Reports operations without any description.
pub(super) fn undescribed(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let says_nothing = |text: &Option<String>| text.as_ref().is_none_or(|it| it.trim().is_empty());
    let is_bare = |it: &Operation| says_nothing(&it.summary) && says_nothing(&it.description);
    for (item, operation) in all(subject).filter(|(_, it)| is_bare(it)) {
        let message = format!(
            "{} has neither a `summary` nor a `description`",
            route(item, operation)
        );
        let place = subject.name(&operation.place);
        found.push(Diagnostic::at(Code::UndescribedOperation, &place, message));
    }
}
