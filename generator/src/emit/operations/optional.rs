//! The methods of a request: one for each optional argument.

use super::arguments::{From, statement};
use super::body;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::pairs::{Argument, Operation};
use crate::emit::written::{self, Written};
use crate::markdown::prose;
use crate::output::Unformatted;

/// `impl Request<GetPet>`, where there is an optional argument.
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Option<Unformatted> {
    let mut methods: Vec<Unformatted> = operation
        .arguments(false)
        .map(|it| emit_setter(cx, it))
        .collect();
    let empties = operation.ir.arguments.iter().zip(&operation.names.empties);
    let empties = empties.filter_map(|(it, name)| Some((it, name.as_ref()?)));
    methods.extend(empties.map(|(argument, name)| {
        let docs = docs::operation::empty_setter(argument);
        let wire_name = written::literal(&argument.wire_name);
        let mut written = Written::default();
        written.docs(1, docs);
        written.deprecated(1, argument.deprecated);
        written.line(1, format!("pub fn {name}(mut self) -> Self {{"));
        written.line(2, format!("self.call.query_empty({wire_name});"));
        end(written)
    }));
    if let Some((ir, shape)) = operation.body(false) {
        let mut written = Written::default();
        written.docs(1, docs::operation::body(ir));
        let ty = written::argument(cx, &shape.argument);
        let name = &shape.name;
        written.line(
            1,
            format!("pub fn {name}(mut self, {name}: {ty}) -> Self {{"),
        );
        let statement = body::statement(cx, "self.call", ir, shape, From::Argument);
        let statement = statement.expression(&mut written) + ";";
        written.line(2, statement);
        methods.push(end(written));
    }
    if methods.is_empty() {
        return None;
    }
    let mut head = Written::default();
    let method = &operation.shape.method;
    head.docs(
        0,
        prose!("The optional arguments of [`Client::{}`].", method),
    );
    head.line(0, format!("impl {}", operation.request(cx)));
    Some(Unformatted::Impl {
        head: head.text(),
        members: methods,
    })
}

/// `pub fn limit(mut self, limit: i64) -> Self`
fn emit_setter(cx: &Cx<'_>, argument: Argument<'_>) -> Unformatted {
    let mut written = Written::default();
    written.docs(1, docs::operation::argument(cx, argument.ir));
    written.deprecated(1, argument.ir.deprecated);
    let (name, ty) = (argument.name, written::argument(cx, argument.shape));
    written.line(
        1,
        format!("pub fn {name}(mut self, {name}: {ty}) -> Self {{"),
    );
    written.line(2, statement(cx, "self.call", argument, From::Argument));
    end(written)
}

fn end(mut written: Written) -> Unformatted {
    written.line(2, "self");
    written.line(1, "}");
    written.finish()
}
