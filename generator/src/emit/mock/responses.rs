//! A function for each documented response of an operation, and a setter for each documented header.

use super::{Operation, emit_condition};
use crate::emit::context::Cx;
use crate::emit::written::{self, Written};
use crate::emit::{docs, operations::style, xml};
use crate::ir::{BodyEncoding, Payload, StatusPattern, Type};
use crate::markdown::{code, prose};
use crate::output::Unformatted;
use crate::shape::{Argument, Given, MockResponse};

/// `runtime::mock::responses! { super::GetPet { ok(body: models::Pet) = ..; } }`
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Option<Unformatted> {
    let mock = operation.mock;
    if mock.responses.is_empty() && mock.success.is_none() {
        return None;
    }
    let runtime = written::name(cx, "super::runtime");
    let mut out = Written::default();
    emit_condition(cx, &mut out, operation.id, 0);
    out.line(0, format!("{runtime}::mock::responses! {{"));
    out.line(1, format!("super::{} {{", operation.of.shape.name));
    for it in &mock.responses {
        emit_response(cx, &mut out, operation, it);
    }
    if let Some(name) = &mock.success {
        let range = StatusPattern::Range(2);
        out.docs(2, prose!("A success that the document does not describe."));
        let new = new(cx, range);
        out.line(2, format!("{name}(status: u16) = {new};"));
    }
    if mock.headers.is_empty() {
        out.line(1, "}");
    } else {
        out.line(1, "} with {");
        for (name, argument, response, header) in &mock.headers {
            let header = &operation.of.ir.responses[*response].headers[*header];
            out.docs(
                2,
                prose!("Sets the documented header {}.", code(&header.wire_name)),
            );
            let ty = written::argument(cx, argument);
            let wire_name = written::literal(&header.wire_name.to_lowercase());
            let value = reference(cx, argument, "value");
            let style = style::written(cx, &header.serialization);
            out.line(
                2,
                format!("{name}(value: {ty}) = {wire_name}, {value}, {style};"),
            );
        }
        out.line(1, "}");
    }
    out.line(0, "}");
    Some(out.finish())
}

fn emit_response(cx: &Cx<'_>, out: &mut Written, operation: Operation<'_>, it: &MockResponse) {
    let response = &operation.of.ir.responses[it.response];
    let payload = it
        .body
        .as_ref()
        .map(|(index, given)| (&response.payloads[*index], given));
    let one_of_several = payload.filter(|_| response.payloads.len() > 1);
    let one_of_several = one_of_several.map(|(payload, _)| payload);
    out.docs(2, docs::operation::mock_response(response, one_of_several));
    let mut arguments = Vec::new();
    if !matches!(response.status, StatusPattern::Code(_)) {
        arguments.push("status: u16".to_owned());
    }
    let new = new(cx, response.status);
    let body = payload.map(|(payload, given)| {
        arguments.push(format!("body: {}", given_type(cx, given)));
        put(cx, payload, given)
    });
    let body = body.unwrap_or_default();
    out.line(
        2,
        format!("{}({}) = {new}{body};", it.name, arguments.join(", ")),
    );
}

/// `UntypedResponse::new(200)`
fn new(cx: &Cx<'_>, status: StatusPattern) -> String {
    let ty = written::name(cx, "super::runtime::mock::UntypedResponse");
    let pattern = || written::name(cx, "super::runtime::Status");
    match status {
        StatusPattern::Code(code) => format!("{ty}::new({code})"),
        StatusPattern::Range(digit) => {
            format!("{ty}::within({}::Range({digit}), status)", pattern())
        }
        StatusPattern::Default => format!("{ty}::within({}::Default, status)", pattern()),
    }
}

fn given_type(cx: &Cx<'_>, given: &Given) -> String {
    match given {
        Given::One(argument) => written::argument(cx, argument),
        Given::Several(argument) => {
            format!(
                "impl IntoIterator<Item = {}>",
                written::argument(cx, argument)
            )
        }
    }
}

/// `.json("application/json", &body)`
fn put(cx: &Cx<'_>, payload: &Payload, given: &Given) -> String {
    let form = payload.form();
    let media_type = written::literal(&form.media_type);
    let reference = match given {
        Given::One(argument) => reference(cx, argument, "body"),
        Given::Several(_) => "body".to_owned(),
    };
    match &form.encoding {
        BodyEncoding::Json => format!(".json({media_type}, {reference})"),
        BodyEncoding::Xml => {
            let shape = xml::shape(cx, payload);
            format!(".xml({media_type}, {reference}, &{shape})")
        }
        BodyEncoding::Text if matches!(cx.api.resolve(&payload.ty), Type::String) => {
            format!(".text({media_type}, body)")
        }
        // Forms are sent by clients alone.
        BodyEncoding::Text | BodyEncoding::Form(_) => format!(".scalar({media_type}, {reference})"),
        BodyEncoding::Bytes | BodyEncoding::Multipart => format!(".body({media_type}, body)"),
        BodyEncoding::Events => format!(".events({media_type}, body)"),
        BodyEncoding::Lines => format!(".lines({media_type}, body)"),
    }
}

/// The expression by which a value is looked at.
fn reference(cx: &Cx<'_>, argument: &Argument, name: &str) -> String {
    match argument {
        Argument::Into(ty) => format!("&Into::<{}>::into({name})", written::ty(cx, ty)),
        _ => format!("&{name}"),
    }
}
