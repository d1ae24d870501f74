//! Links: which operation a response leads to.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::{Fragment, UriReference};
use crate::ir::{self, OperationId};
use crate::lower::context::Context;
use crate::model::{self, LinkTarget, Omission};

/// Adds the links to the responses that have them, now that all operations are there.
pub(in crate::lower) fn lower_all(cx: &mut Context, operations: &mut [ir::Operation]) {
    let mut targets = Targets::of(cx.description, operations);
    for item in &cx.description.paths {
        for operation in &item.operations {
            let route = (item.path.clone(), operation.method.clone());
            let Some(id) = targets.by_route.get(&route) else {
                continue;
            };
            let responses = &mut operations[id.0 as usize].responses;
            for ((_, stated), lowered) in operation.responses.iter().zip(responses) {
                lowered.links = stated
                    .links
                    .iter()
                    .map(|it| lower(cx, &mut targets, it))
                    .collect();
            }
        }
    }
}

/// The operations that links can lead to.
struct Targets<'a> {
    by_route: HashMap<(String, String), OperationId>,
    by_id: HashMap<String, OperationId>,
    /// Every id that the document states, also those of operations that were left out.
    stated: BTreeSet<&'a str>,
    /// How many links lead to none of them.
    unknown: usize,
}

impl<'a> Targets<'a> {
    fn of(description: &'a model::Description, operations: &[ir::Operation]) -> Self {
        let stated = description.paths.iter().flat_map(|item| &item.operations);
        let stated = stated.filter_map(|it| Some(it.operation_id.as_ref()?.0.as_str()));
        let not_selected = description.left_out.iter();
        let not_selected = not_selected.filter(|it| it.why == Omission::NotSelected);
        let not_selected = not_selected.filter_map(|it| it.operation_id.as_deref());
        let ids = || (0..).map(OperationId);
        Self {
            by_route: operations
                .iter()
                .map(|it| (it.path.clone(), it.method.clone()))
                .zip(ids())
                .collect(),
            by_id: operations
                .iter()
                .map(|it| it.id.clone())
                .zip(ids())
                .collect(),
            stated: stated.chain(not_selected).collect(),
            unknown: 0,
        }
    }

    /// The operation at `#/paths/{path}/{method}`.
    fn at(&self, reference: &str) -> Option<OperationId> {
        let reference = UriReference::parse(reference).ok()?;
        let (None, Fragment::Pointer(pointer)) = (reference.path, reference.fragment) else {
            return None;
        };
        let segments: Vec<String> = pointer.segments().collect();
        let (path, method) = match &segments[..] {
            [paths, path, method] if paths == "paths" => (path, method.to_uppercase()),
            [paths, path, others, method]
                if paths == "paths" && others == "additionalOperations" =>
            {
                (path, method.clone())
            }
            _ => return None,
        };
        self.by_route.get(&(path.clone(), method)).copied()
    }
}

fn lower(cx: &mut Context, targets: &mut Targets<'_>, link: &model::Link) -> ir::Link {
    let target = match &link.target {
        LinkTarget::Id(id) => targets.by_id.get(id).copied().ok_or(id),
        LinkTarget::Reference(reference) => targets.at(reference).ok_or(reference),
    };
    if let (Err(_), LinkTarget::Id(id)) = (target, &link.target) {
        report_unknown(cx, targets, link, id);
    }
    ir::Link {
        name: link.name.clone(),
        description: link.description.clone(),
        target: target.map_err(Clone::clone),
        arguments: link
            .parameters
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        body: link.request_body.clone(),
    }
}

/// How many findings say what may have been meant.
const MOST_SUGGESTIONS: usize = 100;

/// Says that no operation has the id that a link leads to, unless there is one that was left out.
fn report_unknown(cx: &mut Context, targets: &mut Targets<'_>, link: &model::Link, id: &str) {
    if targets.stated.contains(id) {
        return;
    }
    targets.unknown += 1;
    let suggest = targets.unknown <= MOST_SUGGESTIONS;
    let ids = targets.stated.iter().copied().filter(|_| suggest);
    let message = format!(
        "the link `{}` refers to the unknown operation `{id}`",
        link.name
    );
    let finding = Diagnostic::at(
        Code::UnresolvedReference,
        &link.place.keyword_value("operationId", id),
        message,
    )
    .harmless()
    .label("the link has no method");
    let help = match similar(id, ids) {
        Some(meant) => format!("an operation with a similar id exists: `{meant}`"),
        None => "use the `operationId` of an operation in this document".to_owned(),
    };
    cx.report(finding.help(help));
}
