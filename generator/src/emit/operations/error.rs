//! The error of an operation: a variant for each documented failure, and one for everything else.

use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::ir::Ident;
use crate::markdown::prose;
use crate::output::Unformatted;
use crate::shape::Type;

/// `pub enum GetPetError`
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Unformatted {
    let shape = operation.shape;
    let runtime = written::name(cx, "super::runtime");
    let mut written = Written::default();
    written.line(0, format!("{runtime}::operation_error! {{"));
    written.docs(1, prose!("The error of [`Client::{}`].", shape.method));
    let (error, name) = (&shape.error, &shape.name);
    let responses = operation.ir.responses.iter().zip(&shape.responses);
    let failures: Vec<_> = responses.filter(|(_, it)| it.is_failure).collect();
    if failures.is_empty() {
        written.line(1, format!("pub enum {error} for {name} {{}}"));
    } else {
        written.line(1, format!("pub enum {error} for {name} {{"));
        for (ir, response) in failures {
            written.docs(2, docs::operation::variant(ir));
            let headers = response.headers.as_ref().map(|it| &it.name);
            let held = response_type(cx, &response.body, headers);
            written.line(2, format!("{}({held}),", response.variant));
        }
        written.line(1, "}");
    }
    written.line(0, "}");
    written.finish()
}

/// `Response<Vec<Pet>, ListPets404Headers>`
fn response_type(cx: &Cx<'_>, body: &Type, headers: Option<&Ident>) -> String {
    let response = written::name(cx, "super::runtime::Response");
    let body = written::ty(cx, body);
    match headers {
        Some(headers) => format!("{response}<{body}, {headers}>"),
        None => format!("{response}<{body}>"),
    }
}
