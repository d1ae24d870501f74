//! The docs of webhooks and callbacks.

use super::operation::{self, responses, type_link_from};
use super::{Text, markdown};
use crate::emit::context::{Cx, ident};
use crate::emit::xml::reach;
use crate::ir::{Cause, Ident, Incoming, Payload};

/// Webhooks, or callbacks, in the module's docs: what they carry, and the functions that read it.
pub(in crate::emit) fn table(cx: &Cx<'_>, file: &str, all: &[(&Incoming, &Ident)]) -> String {
    let rows = all.iter().map(|(it, name)| {
        let function = ident(name.as_str());
        let shown = if is_read(it) {
            format!("[`{function}`]({file}::{function})")
        } else {
            markdown::cell_code(&it.name)
        };
        let method = it.method.as_str();
        let payload = payload(cx, it, "models");
        let summary = it.docs.summary.as_ref().or(it.docs.description.as_ref());
        let meaning = summary.map(|text| markdown::cell(text)).unwrap_or_default();
        format!("\n| {shown} | `{method}` | {payload} | {meaning} |")
    });
    ["| Function | Method | Payload | Meaning |\n|---|---|---|---|".to_owned()]
        .into_iter()
        .chain(rows)
        .collect()
}

/// The payload that is read: the one in JSON.
pub(in crate::emit) fn read_payload(incoming: &Incoming) -> Option<&Payload> {
    let payloads = || incoming.body.iter().flat_map(|it| &it.payloads);
    let json = payloads().find(|it| it.json().is_some());
    json.or_else(|| payloads().find(|it| reach::is_xml(it)))
}

/// Whether there is a function that reads the payload.
pub(in crate::emit) fn is_read(incoming: &Incoming) -> bool {
    read_payload(incoming).is_some()
}

/// What a request carries.
fn payload(cx: &Cx<'_>, incoming: &Incoming, models: &str) -> String {
    let payloads = incoming.body.iter().flat_map(|it| &it.payloads);
    match (read_payload(incoming), payloads.into_iter().next()) {
        (Some(read), _) => type_link_from(cx, &read.ty, models),
        (None, Some(other)) => format!(
            "{} as {}",
            type_link_from(cx, &other.ty, models),
            markdown::cell_code(&other.form().media_type)
        ),
        (None, None) => "none".to_owned(),
    }
}

/// The docs of the function that reads the payload.
pub(in crate::emit) fn function(cx: &Cx<'_>, incoming: &Incoming) -> String {
    let mut text = Text::default();
    if let Some(summary) = &incoming.docs.summary {
        text.paragraph(&markdown::line(summary));
    }
    text.paragraph(&cause(cx, incoming));
    if let Some(description) = &incoming.docs.description {
        text.paragraph(&markdown::block(description));
    }
    text.external(&incoming.docs);
    if let Some(body) = &incoming.body {
        text.docs(&body.docs);
        for payload in &body.payloads {
            text.examples(&payload.examples);
        }
    }
    if !incoming.arguments.is_empty() {
        text.paragraph("# Comes with it");
        text.paragraph(&arguments(cx, incoming));
    }
    if !incoming.responses.is_empty() {
        text.paragraph("# Answers");
        text.paragraph(&responses(cx, &incoming.responses));
        let has_body = |it: &crate::ir::Response| it.payloads.iter().any(|it| it.json().is_some());
        if incoming.responses.iter().any(has_body) {
            text.paragraph("[`to_vec`](super::runtime::to_vec) writes the body of an answer.");
        }
    }
    text.paragraph("# Errors");
    text.paragraph("Fails when the body is not what the document says.");
    text.0
}

/// "Reads what the webhook `newPet` carries: a `POST` request with `application/json`."
fn cause(cx: &Cx<'_>, incoming: &Incoming) -> String {
    let name = markdown::code(&incoming.name);
    let method = incoming.method.as_str();
    let payloads = incoming.body.iter().flat_map(|it| &it.payloads);
    let payload = read_payload(incoming).or(payloads.into_iter().next());
    let media_type = payload.map_or_else(String::new, |it| {
        format!(" with {}", markdown::code(&it.form().media_type))
    });
    match &incoming.cause {
        Cause::Webhook => {
            format!("Reads what the webhook {name} carries: a `{method}` request{media_type}.")
        }
        Cause::Callback { operation, url } => {
            let operation = &cx.names.operation(*operation).method;
            format!(
                "Reads what the callback {name} of [`Client::{operation}`](super::Client::{operation}) carries: \
                 a `{method}` request\nto {}{media_type}.",
                markdown::code(url)
            )
        }
    }
}

fn arguments(cx: &Cx<'_>, incoming: &Incoming) -> String {
    let mut list = Text::default();
    for argument in &incoming.arguments {
        let mut entry = Text::default();
        let required = if argument.required {
            "always"
        } else {
            "optional"
        };
        let kind = operation::kind(argument.kind);
        entry.paragraph(&format!(
            "{kind} {}: {}, {required}.",
            markdown::code(&argument.wire_name),
            type_link_from(cx, &argument.ty, "super::models"),
        ));
        entry.docs(&argument.docs);
        entry.examples(&argument.examples);
        list.item(&entry.0);
    }
    list.0.trim_start().to_owned()
}
