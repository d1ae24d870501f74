//! The docs of an operation.

use super::{codes, default_line, example_line, security};
use crate::emit::context::Cx;
use crate::emit::pairs::Operation;
use crate::ir::{
    self, Body, BodyEncoding, Ident, Link, ParameterKind, Payload, Response, ResponseHeader,
    StatusPattern, Type, Value,
};
use crate::markdown::{self, Inline, Text, code, prose};

/// Adds a table of operations, each with a link to its method of `client`.
pub(in crate::emit) fn table(
    cx: &Cx<'_>,
    text: &mut Text,
    client: &'static str,
    ids: impl Iterator<Item = ir::OperationId>,
) {
    let rows = ids.map(|id| {
        let (operation, method) = (&cx.api[id], &cx.shape[id].method);
        let link = prose!("[`{}`]({}::{})", method, client, method);
        let summary = operation.docs.summary.as_deref().unwrap_or_default();
        [link, route(operation), markdown::inline(summary)]
    });
    text.table(["Operation", "Route", "Summary"], rows);
}

/// Another method of the client. Where a feature may switch it off, there is no link to it.
fn method_link(cx: &Cx<'_>, method: &Ident) -> Inline {
    if cx.shape.parts.is_some() {
        prose!("`{}`", method)
    } else {
        prose!("[`{}`](Self::{})", method, method)
    }
}

/// The docs of the client's method, up to the example.
pub(in crate::emit) fn method(cx: &Cx<'_>, operation: Operation<'_>) -> Text {
    let ir = operation.ir;
    let mut text = Text::default();
    if let Some(summary) = &ir.docs.summary {
        text.paragraph(markdown::inline(summary));
    }
    let authorization = security::authorization(cx, ir);
    text.paragraph(prose!("{}{}.", route(ir), authorization));
    if let Some(description) = &ir.docs.description {
        text.append(markdown::blocks(description));
    }
    text.external(&ir.docs);
    text.append(servers(ir));
    text.append(security::notes(cx, ir));
    text.section("Arguments", arguments(cx, operation));
    text.section("Responses", responses(cx, operation));
    text.section("Links", links(cx, ir));
    text
}

/// The servers of an operation, if it has its own.
fn servers(operation: &ir::Operation) -> Text {
    let mut text = Text::default();
    let [first, others @ ..] = &operation.servers[..] else {
        return text;
    };
    text.paragraph(prose!(
        "Sent to {}, unless [`base_url`](super::ClientBuilder::base_url) is set.",
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
pub(in crate::emit) fn route(operation: &ir::Operation) -> Inline {
    code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// The docs of an argument where it stands alone, as a method or a field: "Query parameter `limit`: ..".
pub(in crate::emit) fn argument(cx: &Cx<'_>, argument: &ir::Argument) -> Text {
    let label = prose!(
        "{} {}",
        capitalized(argument.kind),
        code(&argument.wire_name)
    );
    sentence(Text::labelled(label, told(cx, argument)))
}

/// Returns `true` if an argument has no docs but its kind and name, and the name needs no escapes.
pub(in crate::emit) fn is_plain(cx: &Cx<'_>, argument: &ir::Argument) -> bool {
    let is_usual =
        |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | '$' | '[' | ']');
    let has_own_word = argument.kind != ParameterKind::QueryString;
    has_own_word
        && !argument.deprecated
        && argument.wire_name.chars().all(is_usual)
        && told(cx, argument).is_empty()
}

/// The docs of the setter that sends an argument without a value.
pub(in crate::emit) fn empty_setter(argument: &ir::Argument) -> Inline {
    let name = code(&argument.wire_name);
    prose!(
        "Sends the {} {} without a value.",
        kind(argument.kind),
        name
    )
}

/// The docs of a body where it stands alone.
pub(in crate::emit) fn body(body: &Body) -> Text {
    let mut docs = Text::default();
    docs.docs(&body.docs);
    let types = body.payloads.iter().map(|it| &it.form().media_type);
    let label = prose!("Body, as {}", codes(types, " or "));
    sentence(Text::labelled(label, docs))
}

/// The docs of the variant for one of several payloads: "As `application/json`."
pub(in crate::emit) fn payload_variant(payload: &Payload) -> Inline {
    prose!("As {}.", media_types(payload))
}

/// The media types of a payload: "`application/json` or `application/xml`".
fn media_types(payload: &Payload) -> Inline {
    codes(payload.forms.iter().map(|it| &it.media_type), " or ")
}

/// The docs of a variant of an error or a success. The docs of the method have the description.
pub(in crate::emit) fn variant(response: &Response) -> Inline {
    prose!("{}.", status("Status", "Any", response.status))
}

/// The docs of what makes a response, perhaps of one of several payloads.
pub(in crate::emit) fn mock_response(response: &Response, payload: Option<&Payload>) -> Inline {
    let status = status("Status", "Any", response.status);
    let types = payload.map(|it| prose!(", as {}", media_types(it)));
    prose!("{}{}.", status, types.unwrap_or_default())
}

/// The docs of a header's field.
pub(in crate::emit) fn header(header: &ResponseHeader) -> Text {
    let mut docs = Text::default();
    docs.docs(&header.docs);
    let label = prose!("Header {}", code(&header.wire_name));
    sentence(Text::labelled(label, docs))
}

/// A label without anything after it becomes a sentence.
fn sentence(mut text: Text) -> Text {
    text.end();
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

/// "404", "4XX", "other"
fn status_label(status: StatusPattern) -> Inline {
    match status {
        StatusPattern::Code(code) => Inline::number(code),
        StatusPattern::Range(digit) => prose!("{}XX", Inline::number(digit)),
        StatusPattern::Default => "other".into(),
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

fn capitalized(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Path => "Path parameter",
        ParameterKind::Query => "Query parameter",
        ParameterKind::QueryString => "Query",
        ParameterKind::Header => "Header",
        ParameterKind::Cookie => "Cookie",
    }
}

/// The required arguments, the body last, or the struct of them; and which methods set the optional ones, which say what
/// these are.
fn arguments(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Text> {
    let mut entries: Vec<Text> = Vec::new();
    if let Some(name) = &operation.shape.arguments_struct {
        entries.push(prose!("`arguments`: the fields of [`{}`].", name).into());
    } else {
        let required = operation.arguments(true);
        entries.extend(required.map(|it| entry(cx, it.name, it.ir)));
        entries.extend(operation.body(true).map(|(ir, shape)| {
            let types = ir.payloads.iter().map(|it| &it.form().media_type);
            let label = prose!("`{}` ({})", shape.name, codes(types, " or "));
            let mut docs = Text::default();
            docs.docs(&ir.docs);
            Text::labelled(label, docs)
        }));
    }
    let constants = operation.constants();
    entries.extend(constants.map(|(argument, value)| {
        let (kind, name) = (kind(argument.kind), code(&argument.wire_name));
        let value = code(&value.to_string());
        prose!("The {} {} is always {}.", kind, name, value).into()
    }));
    let optional = operation.arguments(false).map(|it| it.name);
    let body = operation.body(false).map(|(_, shape)| &shape.name);
    let names: Vec<Inline> = optional.chain(body).map(|it| prose!("`{}`", it)).collect();
    if !names.is_empty() {
        let names = Inline::join(names, ", ");
        entries.push(prose!("Optional, set with methods of the request: {}.", names).into());
    }
    entries
}

/// "`pet_id` (path `petId`): The pet."
fn entry(cx: &Cx<'_>, name: &Ident, argument: &ir::Argument) -> Text {
    let place = match argument.kind {
        ParameterKind::Path => "path",
        ParameterKind::Query => "query",
        ParameterKind::QueryString => "whole query",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    };
    let wire_name = if argument.wire_name == name.as_str() {
        Inline::default()
    } else {
        prose!(" {}", code(&argument.wire_name))
    };
    let deprecated = if argument.deprecated {
        ", deprecated"
    } else {
        ""
    };
    let label = prose!("`{}` ({}{}{})", name, place, wire_name, deprecated);
    Text::labelled(label, told(cx, argument))
}

/// The document's docs of an argument, its default and constraints, the credentials that it replaces, and examples.
fn told(cx: &Cx<'_>, argument: &ir::Argument) -> Text {
    let mut text = Text::default();
    text.docs(&argument.docs);
    let mut facts = Text::default();
    facts.constraints(&argument.constraints);
    facts.examples(&argument.examples);
    if let Some(default) = &argument.default {
        text.sentence(default_line(default));
    }
    text.sentences(facts);
    text.sentence(security::replaced(cx, argument));
    if argument.is_idempotency_key {
        text.sentence(if argument.required {
            prose!("If the request fails, the client may retry it with the same key.")
        } else {
            prose!(
                "If it is not set, the client sends a random UUID. If the request fails, the client may retry it with the same key."
            )
        });
    }
    text
}

/// The responses: for each its status, its variant, its body, its headers, and what it means.
fn responses(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Text> {
    let shape = operation.shape;
    let responses = operation.ir.responses.iter().zip(&shape.responses);
    let mut entries: Vec<Text> = responses
        .map(|(ir, it)| {
            let mut parts = Vec::new();
            if let Some(success) = shape.success.as_ref().filter(|_| it.is_success) {
                parts.push(prose!(
                    "[`{}`]({}::{})",
                    it.variant,
                    success.name,
                    it.variant
                ));
            }
            if it.is_failure {
                parts.push(prose!(
                    "[`{}`]({}::{})",
                    it.variant,
                    shape.error,
                    it.variant
                ));
            }
            if !ir.payloads.is_empty() {
                parts.push(payloads(cx, &ir.payloads));
            }
            let headers = if it.is_success {
                &shape.headers
            } else {
                &it.headers
            };
            if let Some(headers) = headers.as_ref().filter(|_| !ir.headers.is_empty()) {
                parts.push(prose!("with [`{}`]", headers.name));
            }
            response(ir, parts)
        })
        .collect();
    entries.push(prose!("otherwise [`Other`]({}::Other)", shape.error).into());
    entries
}

/// The responses that the API understands: for each its status, its body, and what it means.
pub(super) fn expected_responses(cx: &Cx<'_>, responses: &[Response]) -> Vec<Text> {
    let responses = responses.iter().map(|it| {
        let payloads = (!it.payloads.is_empty()).then(|| payloads(cx, &it.payloads));
        response(it, payloads.into_iter().collect())
    });
    responses.collect()
}

fn response(response: &Response, parts: Vec<Inline>) -> Text {
    let label = std::iter::once(status_label(response.status)).chain(parts);
    let description = markdown::blocks(&response.description);
    Text::labelled(Inline::join(label, ", "), description)
}

/// The links from the responses to other operations.
fn links(cx: &Cx<'_>, operation: &ir::Operation) -> Vec<Text> {
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
            let target = method_link(cx, method);
            (target, arguments.collect())
        }
        Err(elsewhere) => (code(elsewhere), Vec::new()),
    };
    let argument = |(stated, value): &(String, Value)| {
        let is_meant = |it: &ir::Argument| {
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

/// "[`Pet`](models::Pet) as `application/json`; text as `text/csv`"
fn payloads(cx: &Cx<'_>, payloads: &[Payload]) -> Inline {
    let payload = |it: &Payload| prose!("{} as {}", payload_link(cx, it), media_types(it));
    Inline::join(payloads.iter().map(payload), "; ")
}

/// The type of a payload.
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
            if let Some(foreign) = &cx.api[*id].foreign {
                return code(&foreign.path);
            }
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
