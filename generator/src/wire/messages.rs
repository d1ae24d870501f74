//! Requests and responses.

use super::request_line;
use super::text::{self, Words};
use crate::ir::{
    Alternative, Argument, Body, Cause, Incoming, Operation, OperationId, ParameterKind, Payload,
    Response,
};
use crate::lines::Lines;

/// What an operation sends, and what may come back.
pub(super) fn operation(out: &mut Lines, words: &Words<'_>, id: OperationId) {
    let operation = &words.api[id];
    out.add(0, "");
    out.add(0, request_line(words.api, id));
    for server in &operation.servers {
        out.add(1, format!("server {}", text::server(server)));
    }
    if let Some(security) = security(words, operation) {
        out.add(1, format!("credentials {security}"));
    }
    exchange(
        out,
        words,
        (&operation.arguments, operation.body.as_ref()),
        &operation.responses,
    );
}

/// What the API sends by itself, and what it understands as a response.
pub(super) fn incoming(out: &mut Lines, words: &Words<'_>, incoming: &Incoming) {
    let cause = match &incoming.cause {
        Cause::Webhook => "webhook".to_owned(),
        Cause::Callback { operation, url } => {
            format!(
                "callback of {} to {url}",
                request_line(words.api, *operation)
            )
        }
    };
    out.add(0, "");
    out.add(0, format!("{cause}: {} {}", incoming.method, incoming.name));
    exchange(
        out,
        words,
        (&incoming.arguments, incoming.body.as_ref()),
        &incoming.responses,
    );
}

fn exchange(
    out: &mut Lines,
    words: &Words<'_>,
    (arguments, body): (&[Argument], Option<&Body>),
    responses: &[Response],
) {
    for it in arguments {
        out.add(1, argument(words, it));
    }
    if let Some(body) = body {
        let mark = if body.required { "" } else { "?" };
        for it in &body.payloads {
            out.add(1, format!("body{mark} {}", payload(words, it)));
        }
    }
    for it in responses {
        response(out, words, it);
    }
}

/// "jwt and key, or other [read, write], or none"
fn security(words: &Words<'_>, operation: &Operation) -> Option<String> {
    let alternative = |it: &Alternative| {
        let schemes = it.schemes.iter().map(|(id, scopes)| {
            let name = &words.api[*id].name;
            if scopes.is_empty() {
                name.clone()
            } else {
                format!("{name} [{}]", scopes.join(", "))
            }
        });
        let schemes: Vec<String> = schemes.chain(it.foreign.iter().cloned()).collect();
        if schemes.is_empty() {
            "none".to_owned()
        } else {
            schemes.join(" and ")
        }
    };
    let alternatives: Vec<String> = operation.security.iter().map(alternative).collect();
    (!alternatives.is_empty()).then(|| alternatives.join(", or "))
}

/// "query? limit: integer, form"
fn argument(words: &Words<'_>, it: &Argument) -> String {
    let place = match it.kind {
        ParameterKind::Path => "path",
        ParameterKind::Query => "query",
        ParameterKind::QueryString => "whole query",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    };
    let mark = if it.required { "" } else { "?" };
    let value = match &it.only {
        Some(only) if it.required => format!("always {only}"),
        _ => words.ty(&it.ty),
    };
    let style = words.serialization(&it.serialization);
    let key = if it.is_idempotency_key {
        ", idempotency key"
    } else {
        ""
    };
    format!("{place}{mark} {}: {value}, {style}{key}", it.wire_name)
}

/// "application/json, application/xml: Pet"
fn payload(words: &Words<'_>, it: &Payload) -> String {
    let forms: Vec<String> = it.forms.iter().map(|form| words.form(form)).collect();
    let xml = text::xml(it.xml.as_deref());
    format!("{}: {}{xml}", forms.join(", "), words.ty(&it.ty))
}

fn response(out: &mut Lines, words: &Words<'_>, it: &Response) {
    if it.payloads.is_empty() {
        out.add(1, format!("{} without a body", it.status));
    }
    for payload in &it.payloads {
        out.add(
            1,
            format!("{} {}", it.status, self::payload(words, payload)),
        );
    }
    for header in &it.headers {
        let mark = if header.required { "" } else { "?" };
        let ty = words.ty(&header.ty);
        let style = words.serialization(&header.serialization);
        out.add(
            2,
            format!("header{mark} {}: {ty}, {style}", header.wire_name),
        );
    }
}
