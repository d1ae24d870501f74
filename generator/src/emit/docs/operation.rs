//! The docs of an operation: everything that the spec says of it.

use super::{codes, default_line, example_line, security};
use crate::emit::context::Cx;
use crate::emit::operations::Names;
use crate::ir::{
    Argument, Body, BodyEncoding, Ident, Link, Operation, ParameterKind, Payload, Response,
    ResponseHeader, StatusPattern, Type, Value,
};
use crate::markdown::{self, Inline, Text, code, prose};

/// The docs of the client's method, up to the example.
pub(in crate::emit) fn method(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Text {
    let mut text = Text::default();
    if let Some(summary) = &operation.docs.summary {
        text.paragraph(markdown::inline(summary));
    }
    text.paragraph(route(operation));
    if let Some(description) = &operation.docs.description {
        text.append(markdown::blocks(description));
    }
    text.external(&operation.docs);
    text.append(servers(operation));
    text.heading(1, "Authorization");
    text.append(security::operation(cx, operation));
    let arguments = arguments(cx, operation, names);
    if !arguments.is_empty() {
        text.heading(1, "Arguments");
        text.list(arguments);
    }
    if !operation.responses.is_empty() {
        text.heading(1, "Responses");
        responses(cx, &mut text, &operation.responses);
        headers(cx, &mut text, operation);
    }
    let links = links(cx, operation);
    if !links.is_empty() {
        text.heading(1, "Links");
        text.list(links);
    }
    text.heading(1, "Errors");
    text.paragraph(errors(operation, names));
    text
}

/// Where the operation is served, when that is not where the rest of the API is.
fn servers(operation: &Operation) -> Text {
    let mut text = Text::default();
    let [first, others @ ..] = &operation.servers[..] else {
        return text;
    };
    text.paragraph(prose!(
        "Sent to {}, unless [`base_url`](super::ClientBuilder::base_url) says otherwise.",
        code(&first.default_url())
    ));
    text.description(first.description.as_deref());
    if !others.is_empty() {
        let urls = codes(others.iter().map(|it| &it.url), ", ");
        text.paragraph(prose!("Also served at {}.", urls));
    }
    text
}

/// `POST /auth/poll`
pub(in crate::emit) fn route(operation: &Operation) -> Inline {
    code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// The docs of an optional argument's setter.
pub(in crate::emit) fn setter(cx: &Cx<'_>, argument: &Argument) -> Text {
    let mut text = Text::default();
    text.docs(&argument.docs);
    let kind = kind(argument.kind);
    text.paragraph(prose!("The {} {}.", kind, code(&argument.wire_name)));
    facts(cx, &mut text, argument);
    text
}

/// The docs of the setter that sends an argument without a value.
pub(in crate::emit) fn empty_setter(argument: &Argument) -> Inline {
    let name = code(&argument.wire_name);
    prose!(
        "Sends the {} {} without a value.",
        kind(argument.kind),
        name
    )
}

/// The docs of an optional body's setter.
pub(in crate::emit) fn body_setter(body: &Body) -> Text {
    let mut text = Text::default();
    text.docs(&body.docs);
    let types = body.payloads.iter().map(|it| &it.form().media_type);
    text.paragraph(prose!("The body, as {}.", codes(types, " or ")));
    text
}

/// The docs of the variant for one of several payloads: "As `application/json`."
pub(in crate::emit) fn payload_variant(payload: &Payload) -> Inline {
    prose!("As {}.", media_types(payload))
}

/// The media types of a payload: "`application/json` or `application/xml`".
fn media_types(payload: &Payload) -> Inline {
    codes(payload.forms.iter().map(|it| &it.media_type), " or ")
}

/// The docs of an error's or a success's variant.
pub(in crate::emit) fn variant(response: &Response) -> Text {
    let status = status("Status", "Any", response.status);
    let description = markdown::blocks(&response.description);
    if description.is_empty() {
        prose!("{}.", status).into()
    } else {
        Text::labelled(status, description)
    }
}

/// The docs of a header's method.
pub(in crate::emit) fn header(header: &ResponseHeader) -> Text {
    let mut text = Text::default();
    text.docs(&header.docs);
    text.paragraph(prose!("The header {}.", code(&header.wire_name)));
    text.heading(1, "Errors");
    text.paragraph("Fails when the header is not what the document says.");
    text
}

/// "Status 404", "Any other status from 400 to 499", "Any other status"; the words as they stand in a sentence.
fn status(code: &'static str, any: &'static str, status: StatusPattern) -> Inline {
    match status {
        StatusPattern::Code(status) => prose!("{} {}", code, Inline::number(status)),
        StatusPattern::Range(digit) => prose!(
            "{} other status from {}00 to {}99",
            any,
            Inline::number(digit),
            Inline::number(digit)
        ),
        StatusPattern::Default => prose!("{} other status", any),
    }
}

/// "with status 404"
fn with_status(status: StatusPattern) -> Inline {
    prose!("with {}", self::status("status", "any", status))
}

pub(super) fn kind(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Path => "path parameter",
        ParameterKind::Query => "query parameter",
        ParameterKind::QueryString => "query",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    }
}

/// The arguments, the body last.
fn arguments(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Vec<Text> {
    let builder = &names.names.builder;
    let shown = |name: &Ident, is_required: bool| {
        if is_required {
            prose!("`{}`", name)
        } else {
            prose!("[`{}`]({}::{})", name, builder, name)
        }
    };
    let arguments = operation.arguments.iter().zip(&names.names.arguments);
    let arguments = arguments.map(|(argument, name)| {
        let mut entry = Text::default();
        entry.paragraph(prose!(
            "{}: {}, {} {}, {}{}.",
            shown(name, argument.required),
            type_link(cx, &argument.ty),
            kind(argument.kind),
            code(&argument.wire_name),
            required(argument.required),
            if argument.deprecated {
                ", deprecated"
            } else {
                ""
            },
        ));
        entry.docs(&argument.docs);
        facts(cx, &mut entry, argument);
        entry
    });
    let body = operation.body.iter().map(|body| {
        let mut entry = Text::default();
        entry.paragraph(prose!(
            "{}: {}, the body, {}.",
            shown(&names.names.body, body.required),
            payloads(cx, &body.payloads),
            required(body.required),
        ));
        entry.docs(&body.docs);
        entry
    });
    arguments.chain(body).collect()
}

fn required(is_required: bool) -> &'static str {
    if is_required { "required" } else { "optional" }
}

/// Adds default and constraints of an argument, the credentials that it replaces, and examples.
fn facts(cx: &Cx<'_>, text: &mut Text, argument: &Argument) {
    if let Some(default) = &argument.default {
        text.paragraph(default_line(default));
    }
    text.constraints(&argument.constraints);
    text.paragraph(security::replaced(cx, argument));
    text.examples(&argument.examples);
}

/// Adds the table of responses.
pub(super) fn responses(cx: &Cx<'_>, text: &mut Text, responses: &[Response]) {
    let rows = responses.iter().map(|response| {
        let status = match response.status {
            StatusPattern::Code(code) => Inline::number(code),
            StatusPattern::Range(digit) => prose!("{}XX", Inline::number(digit)),
            StatusPattern::Default => "other".into(),
        };
        let body = payloads(cx, &response.payloads);
        [status, body, markdown::inline(&response.description)]
    });
    text.table(["Status", "Body", "Meaning"], rows);
}

/// Adds the headers of all responses.
fn headers(cx: &Cx<'_>, text: &mut Text, operation: &Operation) {
    let responses = operation.responses.iter();
    let headers = responses.flat_map(|response| {
        response.headers.iter().map(|header| {
            let mut entry = Text::default();
            entry.paragraph(prose!(
                "{}: {}, {}.",
                code(&header.wire_name),
                type_link(cx, &header.ty),
                with_status(response.status),
            ));
            entry.docs(&header.docs);
            entry
        })
    });
    let headers: Vec<Text> = headers.collect();
    if !headers.is_empty() {
        text.paragraph("Response headers:");
        text.list(headers);
    }
}

/// What can be done next with what the responses bring.
fn links(cx: &Cx<'_>, operation: &Operation) -> Vec<Text> {
    let responses = operation.responses.iter();
    let links = responses.flat_map(|response| {
        response.links.iter().map(|link| {
            let mut entry = Text::default();
            entry.paragraph(prose!(
                "{}, {}: {}.",
                code(&link.name),
                with_status(response.status),
                target(cx, link)
            ));
            entry.description(link.description.as_deref());
            entry
        })
    });
    links.collect()
}

/// "[`get_pet`](Self::get_pet) with `id` from `$response.body#/id`"
fn target(cx: &Cx<'_>, link: &Link) -> Inline {
    let (target, names) = match &link.target {
        Ok(id) => {
            let names = cx.names.operation(*id);
            let method = &names.method;
            let arguments = cx.api[*id].arguments.iter().zip(&names.arguments);
            let target = prose!("[`{}`](Self::{})", method, method);
            (target, arguments.collect())
        }
        Err(elsewhere) => (code(elsewhere), Vec::new()),
    };
    let argument = |(stated, value): &(String, Value)| {
        let is_meant = |it: &Argument| {
            let kind = match it.kind {
                ParameterKind::Path => "path",
                ParameterKind::Query => "query",
                ParameterKind::QueryString => "querystring",
                ParameterKind::Header => "header",
                ParameterKind::Cookie => "cookie",
            };
            it.wire_name == *stated || format!("{kind}.{}", it.wire_name) == *stated
        };
        let name = names.iter().find(|(it, _)| is_meant(it));
        let name = name.map_or_else(|| code(stated), |(_, name)| prose!("`{}`", name));
        prose!("{} from {}", name, example_line(value))
    };
    let body = link.body.iter();
    let body = body.map(|value| prose!("the body from {}", example_line(value)));
    let given: Vec<Inline> = link.arguments.iter().map(argument).chain(body).collect();
    if given.is_empty() {
        target
    } else {
        prose!("{} with {}", target, Inline::join(given, ", "))
    }
}

/// What a call may fail with.
fn errors(operation: &Operation, names: &Names<'_>) -> Inline {
    let error = &names.names.error;
    let documented = (0..operation.responses.len()).any(|index| operation.is_failure(index));
    let rest = prose!(
        "[`{}::Other`] tells why a request was not sent, got no answer,\nor got one that the API's document does \
         not describe.",
        error
    );
    if documented {
        prose!(
            "[`{}`] has a variant for each documented status that is not a success.\n{}",
            error,
            rest
        )
    } else {
        rest
    }
}

/// "[`Pet`](models::Pet) as `application/json`; text as `text/csv`"
fn payloads(cx: &Cx<'_>, payloads: &[Payload]) -> Inline {
    if payloads.is_empty() {
        return "none".into();
    }
    let payload = |it: &Payload| prose!("{} as {}", payload_link(cx, it), media_types(it));
    Inline::join(payloads.iter().map(payload), "; ")
}

/// What a payload holds.
fn payload_link(cx: &Cx<'_>, payload: &Payload) -> Inline {
    let ty = type_link(cx, &payload.ty);
    match payload.form().encoding {
        BodyEncoding::Events => prose!("stream of events with {}", ty),
        BodyEncoding::Lines => prose!("stream of {}", ty),
        _ => ty,
    }
}

/// A type in prose, linked where it is a model.
fn type_link(cx: &Cx<'_>, ty: &Type) -> Inline {
    type_link_from(cx, ty, "super::models")
}

/// A type in prose, linked where it is one of the `models`.
pub(in crate::emit) fn type_link_from(cx: &Cx<'_>, ty: &Type, models: &'static str) -> Inline {
    let link = |inner| type_link_from(cx, inner, models);
    match ty {
        Type::Item(id) => {
            let name = cx.names.ty(*id);
            prose!("[`{}`]({}::{})", name, models, name)
        }
        Type::Array(inner) => prose!("list of {}", link(inner)),
        Type::Tuple(items) => prose!("list of {}", Inline::join(items.iter().map(link), ", ")),
        Type::Map(inner) => prose!("map of {}", link(inner)),
        Type::Nullable(inner) => prose!("{} or `null`", link(inner)),
        Type::Part(inner) => link(inner),
        Type::Null => "`null`".into(),
        Type::String => "text".into(),
        Type::Secret => "secret text".into(),
        Type::Boolean => "`bool`".into(),
        Type::Integer(_) => "whole number".into(),
        Type::Number => "number".into(),
        Type::DateTime => "date and time".into(),
        Type::Date => "date".into(),
        Type::Uuid => "UUID".into(),
        Type::Base64 | Type::Bytes => "bytes".into(),
        Type::Any => "any JSON value".into(),
        Type::File => "file".into(),
        Type::Multipart => "parts".into(),
        Type::Error => "unknown".into(),
    }
}
