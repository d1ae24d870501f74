//! The service itself: its table of operations, and a method for each.

use super::{Items, Operation, docs, emit_condition, examples, response_for, sessions};
use crate::emit::context::Cx;
use crate::emit::written::{self, Written};
use crate::ir::Alternative;

/// `runtime::mock::service! { pub Service = ..; on_get_pet: GetPet, ..; }`
pub(super) fn emit(cx: &Cx<'_>, operations: &[Operation<'_>]) -> Items {
    let runtime = written::name(cx, "super::runtime");
    let sessions = sessions::emit(cx);
    let new = if sessions.is_some() {
        "with_sessions(&super::API, OPERATIONS, SESSIONS)"
    } else {
        "new(&super::API, OPERATIONS)"
    };
    let mut out = Written::default();
    out.line(0, format!("{runtime}::mock::service! {{"));
    out.docs(1, docs::service(cx));
    out.line(
        1,
        format!("pub Service = {runtime}::mock::MockService::{new};"),
    );
    for operation in operations {
        emit_condition(cx, &mut out, operation.id, 1);
        let unauthorized = unauthorized(cx, *operation);
        let unauthorized = unauthorized.map(|it| format!(", {it}")).unwrap_or_default();
        let (on, name) = (&operation.mock.on, &operation.of.shape.name);
        out.line(1, format!("{on}: {name}{unauthorized};"));
    }
    out.line(0, "}");
    let mut items = vec![out.finish()];
    items.extend(sessions.into_iter().flatten());
    items
}

/// What a request without the right credentials gets, where that is documented to have a body.
fn unauthorized(cx: &Cx<'_>, operation: Operation<'_>) -> Option<String> {
    let ir = operation.of.ir;
    if ir.security.iter().all(|it| it.schemes.is_empty())
        || ir.security.iter().any(Alternative::is_anonymous)
    {
        return None;
    }
    let response = response_for(ir, 401)?;
    let mut payloads = response.payloads.iter();
    payloads
        .any(|it| it.json().is_some())
        .then(|| examples::emit(cx, Some(response), 401, &[]))
}
