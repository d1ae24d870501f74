//! The docs of an operation: everything that the spec says of it.

use std::fmt::Write as _;

use super::{Text, constraints_line, markdown, security};
use crate::emit::context::Cx;
use crate::emit::operations::Names;
use crate::ir::{
    Argument, Body, BodyEncoding, Link, Operation, ParameterKind, Payload, Response,
    ResponseHeader, StatusPattern, Type, Value,
};

/// The docs of the client's method, up to the example.
pub(in crate::emit) fn method(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> String {
    let mut text = Text::default();
    if let Some(summary) = &operation.docs.summary {
        text.paragraph(&markdown::line(summary));
    }
    text.paragraph(&markdown::code(&route(operation)));
    if let Some(description) = &operation.docs.description {
        text.paragraph(&markdown::block(description));
    }
    text.external(&operation.docs);
    text.paragraph(&servers(operation));
    text.paragraph("# Authorization");
    text.paragraph(&security::operation(cx, operation));
    let arguments = arguments(cx, operation, names);
    if !arguments.is_empty() {
        text.paragraph("# Arguments");
        text.paragraph(&arguments);
    }
    if !operation.responses.is_empty() {
        text.paragraph("# Responses");
        text.paragraph(&responses(cx, &operation.responses));
        text.paragraph(&headers(cx, operation));
    }
    let links = links(cx, operation);
    if !links.is_empty() {
        text.paragraph("# Links");
        text.paragraph(&links);
    }
    text.paragraph("# Errors");
    text.paragraph(&errors(operation, names));
    text.0
}

/// Where the operation is served, when that is not where the rest of the API is.
fn servers(operation: &Operation) -> String {
    let [first, others @ ..] = &operation.servers[..] else {
        return String::new();
    };
    let mut text = Text::default();
    let url = markdown::code(&first.default_url());
    text.paragraph(&format!(
        "Sent to {url}, unless [`base_url`](super::ClientBuilder::base_url) says otherwise."
    ));
    let about = first.description.as_deref().map(markdown::block);
    text.paragraph(&about.unwrap_or_default());
    if !others.is_empty() {
        let urls: Vec<String> = others.iter().map(|it| markdown::code(&it.url)).collect();
        text.paragraph(&format!("Also served at {}.", urls.join(", ")));
    }
    text.0
}

/// `POST /auth/poll`
pub(in crate::emit) fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// The docs of an optional argument's setter.
pub(in crate::emit) fn setter(cx: &Cx<'_>, argument: &Argument) -> String {
    let mut text = Text::default();
    text.docs(&argument.docs);
    let kind = kind(argument.kind);
    text.paragraph(&format!(
        "The {kind} {}.",
        markdown::code(&argument.wire_name)
    ));
    text.paragraph(&facts(cx, argument));
    text.paragraph(&security::replaced(cx, argument));
    text.examples(&argument.examples);
    text.0
}

/// The docs of the setter that sends an argument without a value.
pub(in crate::emit) fn empty_setter(argument: &Argument) -> String {
    format!(
        "Sends the {} {} without a value.",
        kind(argument.kind),
        markdown::code(&argument.wire_name)
    )
}

/// The docs of an optional body's setter.
pub(in crate::emit) fn body_setter(body: &Body) -> String {
    let mut text = Text::default();
    text.docs(&body.docs);
    let types = body.payloads.iter().map(|it| &it.form().media_type);
    let types: Vec<String> = types.map(|it| markdown::code(it)).collect();
    text.paragraph(&format!("The body, as {}.", types.join(" or ")));
    text.0
}

/// The docs of the variant for one of several payloads: "As `application/json`."
pub(in crate::emit) fn payload_variant(payload: &Payload) -> String {
    format!("As {}.", media_types(payload))
}

/// The media types of a payload: "`application/json` or `application/xml`".
fn media_types(payload: &Payload) -> String {
    let types = payload.forms.iter();
    let types: Vec<String> = types.map(|it| markdown::code(&it.media_type)).collect();
    types.join(" or ")
}

/// The docs of an error's or a success's variant.
pub(in crate::emit) fn variant(response: &Response) -> String {
    let status = status(response.status);
    let description = markdown::block(&response.description);
    if description.is_empty() {
        format!("{status}.")
    } else {
        format!("{status}: {description}")
    }
}

/// The docs of a header's method.
pub(in crate::emit) fn header(header: &ResponseHeader) -> String {
    let mut text = Text::default();
    text.docs(&header.docs);
    text.paragraph(&format!(
        "The header {}.",
        markdown::code(&header.wire_name)
    ));
    text.paragraph("# Errors");
    text.paragraph("Fails when the header is not what the document says.");
    text.0
}

/// "Status 404", "Any status from 400 to 499", "Any other status".
fn status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => format!("Status {code}"),
        StatusPattern::Range(digit) => format!("Any other status from {digit}00 to {digit}99"),
        StatusPattern::Default => "Any other status".to_owned(),
    }
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

/// The list of arguments, the body last.
fn arguments(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> String {
    let mut list = Text::default();
    for (argument, name) in operation.arguments.iter().zip(&names.names.arguments) {
        let mut entry = Text::default();
        let required = if argument.required {
            "required"
        } else {
            "optional"
        };
        let deprecated = if argument.deprecated {
            ", deprecated"
        } else {
            ""
        };
        let builder = &names.names.builder;
        let shown = if argument.required {
            format!("`{name}`")
        } else {
            format!("[`{name}`]({builder}::{name})")
        };
        entry.paragraph(&format!(
            "{shown}: {}, {} {}, {required}{deprecated}.",
            type_link(cx, &argument.ty),
            kind(argument.kind),
            markdown::code(&argument.wire_name),
        ));
        entry.docs(&argument.docs);
        entry.paragraph(&facts(cx, argument));
        entry.paragraph(&security::replaced(cx, argument));
        entry.examples(&argument.examples);
        list.item(&entry.0);
    }
    if let Some(body) = &operation.body {
        let mut entry = Text::default();
        let name = &names.names.body;
        let builder = &names.names.builder;
        let shown = if body.required {
            format!("`{name}`")
        } else {
            format!("[`{name}`]({builder}::{name})")
        };
        let required = if body.required {
            "required"
        } else {
            "optional"
        };
        entry.paragraph(&format!(
            "{shown}: {}, the body, {required}.",
            payloads(cx, &body.payloads)
        ));
        entry.docs(&body.docs);
        list.item(&entry.0);
    }
    list.0.trim_start().to_owned()
}

/// Default and constraints of an argument.
fn facts(_cx: &Cx<'_>, argument: &Argument) -> String {
    let mut lines = Vec::new();
    if let Some(default) = &argument.default {
        lines.push(format!("Default: {}", markdown::code(&default.to_string())));
    }
    if !argument.constraints.is_empty() {
        lines.push(format!(
            "Constraints: {}",
            constraints_line(&argument.constraints)
        ));
    }
    lines.join("\n\n")
}

/// The table of responses.
pub(super) fn responses(cx: &Cx<'_>, responses: &[Response]) -> String {
    let mut table = "| Status | Body | Meaning |\n|---|---|---|".to_owned();
    for response in responses {
        let status = match response.status {
            StatusPattern::Code(code) => code.to_string(),
            StatusPattern::Range(digit) => format!("{digit}XX"),
            StatusPattern::Default => "other".to_owned(),
        };
        let body = payloads(cx, &response.payloads);
        let meaning = markdown::cell(&response.description);
        let _ = write!(table, "\n| {status} | {body} | {meaning} |");
    }
    table
}

/// The headers of all responses.
fn headers(cx: &Cx<'_>, operation: &Operation) -> String {
    let mut list = Text::default();
    for response in &operation.responses {
        for header in &response.headers {
            let mut entry = Text::default();
            entry.paragraph(&format!(
                "{}: {}, with {}.",
                markdown::code(&header.wire_name),
                type_link(cx, &header.ty),
                status(response.status).to_lowercase(),
            ));
            entry.docs(&header.docs);
            list.item(&entry.0);
        }
    }
    if list.0.is_empty() {
        return String::new();
    }
    format!("Response headers:\n{}", list.0)
}

/// What can be done next with what the responses bring.
fn links(cx: &Cx<'_>, operation: &Operation) -> String {
    let mut list = Text::default();
    for response in &operation.responses {
        for link in &response.links {
            let mut entry = Text::default();
            entry.paragraph(&format!(
                "{}, with {}: {}.",
                markdown::code(&link.name),
                status(response.status).to_lowercase(),
                target(cx, link)
            ));
            let description = link.description.as_deref().map(markdown::block);
            entry.paragraph(&description.unwrap_or_default());
            list.item(&entry.0);
        }
    }
    list.0.trim_start().to_owned()
}

/// "[`get_pet`](Self::get_pet) with `id` from `$response.body#/id`"
fn target(cx: &Cx<'_>, link: &Link) -> String {
    let (target, names) = match &link.target {
        Ok(id) => {
            let names = cx.names.operation(*id);
            let method = &names.method;
            let arguments = cx.api[*id].arguments.iter().zip(&names.arguments);
            (format!("[`{method}`](Self::{method})"), arguments.collect())
        }
        Err(elsewhere) => (markdown::code(elsewhere), Vec::new()),
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
        let name = name.map_or_else(|| markdown::code(stated), |(_, name)| format!("`{name}`"));
        format!("{name} from {}", super::example_line(value))
    };
    let body = link.body.iter();
    let body = body.map(|value| format!("the body from {}", super::example_line(value)));
    let given: Vec<String> = link.arguments.iter().map(argument).chain(body).collect();
    match &given[..] {
        [] => target,
        given => format!("{target} with {}", given.join(", ")),
    }
}

/// What a call may fail with.
fn errors(operation: &Operation, names: &Names<'_>) -> String {
    let error = &names.names.error;
    let documented = (0..operation.responses.len()).any(|index| operation.is_failure(index));
    let rest = format!(
        "[`{error}::Other`] tells why a request was not sent, got no answer,\n\
         or got one that the API's document does not describe.",
    );
    if documented {
        format!(
            "[`{error}`] has a variant for each documented status that is not a success.\n{rest}"
        )
    } else {
        rest
    }
}

/// "[`Pet`](models::Pet) as `application/json`; text as `text/csv`"
fn payloads(cx: &Cx<'_>, payloads: &[Payload]) -> String {
    if payloads.is_empty() {
        return "none".to_owned();
    }
    let payload = |it: &Payload| format!("{} as {}", payload_link(cx, it), media_types(it));
    payloads.iter().map(payload).collect::<Vec<_>>().join("; ")
}

/// What a payload holds.
fn payload_link(cx: &Cx<'_>, payload: &Payload) -> String {
    let ty = type_link(cx, &payload.ty);
    match payload.form().encoding {
        BodyEncoding::Events => format!("stream of events with {ty}"),
        BodyEncoding::Lines => format!("stream of {ty}"),
        _ => ty,
    }
}

/// A type in prose, linked where it is a model.
fn type_link(cx: &Cx<'_>, ty: &Type) -> String {
    type_link_from(cx, ty, "super::models")
}

/// A type in prose, linked where it is one of the `models`.
pub(in crate::emit) fn type_link_from(cx: &Cx<'_>, ty: &Type, models: &str) -> String {
    let link = |inner| type_link_from(cx, inner, models);
    match ty {
        Type::Item(id) => {
            let name = cx.names.ty(*id);
            format!("[`{name}`]({models}::{name})")
        }
        Type::Array(inner) => format!("list of {}", link(inner)),
        Type::Null => "`null`".to_owned(),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(&link).collect();
            format!("list of {}", items.join(", "))
        }
        Type::Map(inner) => format!("map of {}", link(inner)),
        Type::Nullable(inner) => format!("{} or `null`", link(inner)),
        Type::String => "text".to_owned(),
        Type::Secret => "secret text".to_owned(),
        Type::Boolean => "`bool`".to_owned(),
        Type::Integer(_) => "whole number".to_owned(),
        Type::Number => "number".to_owned(),
        Type::DateTime => "date and time".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Uuid => "UUID".to_owned(),
        Type::Base64 | Type::Bytes => "bytes".to_owned(),
        Type::Any => "any JSON value".to_owned(),
        Type::File => "file".to_owned(),
        Type::Part(inner) => link(inner),
        Type::Multipart => "parts".to_owned(),
        Type::Error => "unknown".to_owned(),
    }
}
