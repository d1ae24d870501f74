//! `mock.rs`: the mock service of an API, behind the feature `mock`: for each operation, the request that a closure
//! gets, and a function for each documented response.

mod docs;
mod examples;
mod receive;
mod responses;
mod service;
mod sessions;

use super::context::Cx;
use super::features;
use super::pairs;
use super::written::Written;
use crate::ir::{self, OperationId};
use crate::output::{Source, Unformatted};
use crate::shape;

/// An operation, and what becomes of it in the service.
#[derive(Clone, Copy)]
struct Operation<'a> {
    /// The operation.
    of: pairs::Operation<'a>,
    /// What is written.
    mock: &'a shape::MockOperation,
    id: OperationId,
}

/// The file of the service; `None` where there is none.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    let mock = cx.shape.mock.as_ref()?;
    let requests = mock.operations.iter().map(|it| it.request.to_string());
    let cx = cx.file(requests.chain(["Service".to_owned()]));
    let operations = operations(&cx, mock);
    let mut items = service::emit(&cx, &operations);
    for operation in &operations {
        items.push(receive::emit(&cx, *operation));
        items.extend(responses::emit(&cx, *operation));
    }
    Some(Source {
        docs: docs::emit(&cx, &operations),
        items: cx.imports.complete(items),
    })
}

fn operations<'a>(cx: &Cx<'a>, mock: &'a shape::Mock) -> Vec<Operation<'a>> {
    let operations = (0..).map(OperationId).zip(&mock.operations);
    operations
        .map(|(id, mock)| Operation {
            of: pairs::Operation::new(cx, id),
            mock,
            id,
        })
        .collect()
}

/// What has to be on for an operation to be there.
fn emit_condition(cx: &Cx<'_>, out: &mut Written, id: OperationId, depth: usize) {
    let Some(parts) = &cx.shape.parts else {
        return;
    };
    let mut groups = cx.api.groups.iter();
    let group = groups.position(|group| group.operations.contains(&id));
    let feature = group.and_then(|it| parts.feature(shape::Part::Group(it)));
    if let Some(feature) = feature {
        let name = features::feature(cx.module, &feature.name);
        out.line(depth, format!("#[cfg(feature = \"{name}\")]"));
    }
}

/// The response for a status, if it is documented.
fn response_for(operation: &ir::Operation, status: u16) -> Option<&ir::Response> {
    use ir::StatusPattern::{Code, Default, Range};

    let range = u8::try_from(status / 100).unwrap_or_default();
    [Code(status), Range(range), Default]
        .iter()
        .find_map(|pattern| operation.responses.iter().find(|it| it.status == *pattern))
}

type Items = Vec<Unformatted>;
