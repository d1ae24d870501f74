//! The client's method for an operation: required arguments in, request out.

use super::arguments::{From, constant, lifetime, statement};
use super::body;
use crate::emit::context::Cx;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::emit::{docs, example};
use crate::output::Unformatted;

/// `pub fn get_pet(&self, pet_id: i64) -> Request<GetPet>`
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Unformatted {
    let shape = operation.shape;
    let mut written = Written::default();
    written.docs(1, docs::operation::method(cx, operation));
    for line in example::emit(cx, operation) {
        written.line(1, format!("/// {line}").trim_end());
    }
    written.deprecated(1, operation.ir.deprecated);
    let open = format!("pub fn {}(", shape.method);
    let close = format!(") -> {} {{", operation.request(cx));
    written.list(1, &open, &parameters(cx, operation), &close);
    emit_body(cx, &mut written, operation);
    written.line(1, "}");
    written.finish()
}

/// What the method takes.
pub(super) fn parameters(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<String> {
    let mut parameters = vec!["&self".to_owned()];
    if let Some(name) = &operation.shape.arguments_struct {
        let lifetime = lifetime(operation, "'_");
        parameters.push(format!("arguments: {name}{lifetime}"));
        return parameters;
    }
    let required = operation.arguments(true);
    let declared = required.map(|it| format!("{}: {}", it.name, written::argument(cx, it.shape)));
    parameters.extend(declared);
    if let Some((_, body)) = operation.body(true) {
        let ty = written::argument(cx, &body.argument);
        parameters.push(format!("{}: {ty}", body.name));
    }
    parameters
}

fn emit_body(cx: &Cx<'_>, written: &mut Written, operation: Operation<'_>) {
    let from = if operation.shape.arguments_struct.is_some() {
        From::Field
    } else {
        From::Argument
    };
    let constants = operation.constants();
    let constants = constants.map(|(argument, value)| constant(cx, "call", argument, value));
    let required = operation.arguments(true);
    let required = required.map(|it| statement(cx, "call", it, from));
    let mut statements: Vec<String> = constants.chain(required).collect();
    if let Some((ir, shape)) = operation.body(true) {
        let statement = body::statement(cx, "call", ir, shape, from);
        statements.push(statement.expression(written) + ";");
    }
    let call = format!("self.inner.call({}::DESCRIPTION)", operation.shape.name);
    if statements.is_empty() {
        return written.line(2, format!("{call}.request()"));
    }
    written.line(2, format!("let mut call = {call};"));
    for statement in statements {
        written.line(2, statement);
    }
    written.line(2, "call.request()");
}
