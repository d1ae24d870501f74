//! The methods of a request: one for each optional argument.

use super::aliases;
use super::arguments::{From, is_tabular, line, statement};
use super::body;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::pairs::{Argument, Operation};
use crate::emit::written::{self, Written};
use crate::output::Unformatted;

/// `impl Request<GetPet>`, where there is an optional argument.
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Option<Unformatted> {
    // Setters of several operations stand in a file of their own.
    let own = operation.arguments(false).filter(|it| it.marker.is_none());
    let (tabular, others): (Vec<_>, Vec<_>) = own.partition(|it| is_tabular(*it));
    let mut methods: Vec<Unformatted> = emit_table(cx, &tabular).into_iter().collect();
    methods.extend(others.into_iter().map(|it| emit_setter(cx, it)));
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
    methods.extend(aliases::emit_setters(cx, operation));
    if methods.is_empty() {
        return None;
    }
    Some(Unformatted::Impl {
        head: format!("impl {}", operation.request(cx)),
        members: methods,
    })
}

/// `runtime::arguments! { limit: i64 => query("limit", Style::FORM); }`
pub(super) fn emit_table(cx: &Cx<'_>, arguments: &[Argument<'_>]) -> Option<Unformatted> {
    if arguments.is_empty() {
        return None;
    }
    let mut written = Written::default();
    let runtime = written::name(cx, "super::runtime");
    written.line(1, format!("{runtime}::arguments! {{"));
    for argument in arguments {
        if !docs::operation::is_plain(cx, argument.ir) {
            written.docs(2, docs::operation::argument(cx, argument.ir));
            written.deprecated(2, argument.ir.deprecated);
        }
        written.line(2, line(cx, *argument));
    }
    written.line(1, "}");
    Some(written.finish())
}

/// `pub fn limit(mut self, limit: impl Into<Date>) -> Self`
pub(super) fn emit_setter(cx: &Cx<'_>, argument: Argument<'_>) -> Unformatted {
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
