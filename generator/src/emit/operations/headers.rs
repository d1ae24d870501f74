//! Documented response headers: a struct with a field for each.

use super::style;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::ir::{ResponseHeader, Serialization, Style};
use crate::markdown::prose;
use crate::output::Unformatted;
use crate::shape::Headers;

/// The structs of an operation.
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Unformatted> {
    let failures = operation.shape.responses.iter();
    let failures = failures.filter_map(|it| it.headers.as_ref());
    let all = operation.shape.headers.iter().chain(failures);
    all.map(|it| emit_struct(cx, operation, it)).collect()
}

/// `pub struct GetPet200Headers`
fn emit_struct(cx: &Cx<'_>, operation: Operation<'_>, headers: &Headers) -> Unformatted {
    let runtime = written::name(cx, "super::runtime");
    let mut written = Written::default();
    written.line(0, format!("{runtime}::headers! {{"));
    let method = &operation.shape.method;
    written.docs(
        1,
        prose!(
            "The documented headers of a response to [`Client::{}`].",
            method
        ),
    );
    written.line(1, format!("pub struct {} {{", headers.name));
    for field in &headers.fields {
        let header = &operation.ir.responses[field.response].headers[field.header];
        written.docs(2, docs::operation::header(header));
        written.deprecated(2, header.deprecated);
        let ty = written::ty(cx, &field.ty);
        let wire_name = written::literal(&header.wire_name.to_lowercase());
        let style = style(cx, header);
        written.line(2, format!("pub {}: {ty} = {wire_name}{style},", field.name));
    }
    written.line(1, "}");
    written.line(0, "}");
    written.finish()
}

/// The style of a header that is written in another than the usual one.
fn style(cx: &Cx<'_>, header: &ResponseHeader) -> String {
    match &header.serialization {
        Serialization::Style {
            style: Style::Simple,
            ..
        }
        | Serialization::Text
        | Serialization::Form(_) => String::new(),
        Serialization::Style { .. } | Serialization::Json => {
            format!(" in {}", style::written(cx, &header.serialization))
        }
    }
}
