//! The docs of webhooks and callbacks.

use super::operation::{self, expected_responses, type_link_from};
use crate::emit::context::Cx;
use crate::emit::pairs;
use crate::ir::{Argument, Cause, Incoming};
use crate::markdown::{self, Inline, Text, code, prose};

/// Adds a table of webhooks or callbacks: their payloads, and the functions that parse them, which are in `file` unless
/// the docs are there, too. The models are in `models`, as seen from the docs.
pub(in crate::emit) fn table(
    cx: &Cx<'_>,
    text: &mut Text,
    file: Option<&'static str>,
    models: &'static str,
    all: &[pairs::Incoming<'_>],
) {
    let rows = all.iter().map(|it| {
        let (it, function) = (it.ir, &it.shape.name);
        let shown = match (it.read_payload(), file) {
            (None, _) => code(&it.name),
            (Some(_), None) => prose!("[`{}`]", function),
            (Some(_), Some(file)) => prose!("[`{}`]({}::{})", function, file, function),
        };
        let summary = it
            .docs
            .summary
            .as_deref()
            .or(it.docs.description.as_deref());
        let meaning = markdown::inline(summary.unwrap_or_default());
        [
            shown,
            code(it.method.as_str()),
            payload(cx, it, models),
            meaning,
        ]
    });
    text.table(["Function", "Method", "Payload", "Meaning"], rows);
}

/// The payload of a request.
fn payload(cx: &Cx<'_>, incoming: &Incoming, models: &'static str) -> Inline {
    let payloads = incoming.body.iter().flat_map(|it| &it.payloads);
    match (incoming.read_payload(), payloads.into_iter().next()) {
        (Some(read), _) => type_link_from(cx, &read.ty, models),
        (None, Some(other)) => prose!(
            "{} as {}",
            type_link_from(cx, &other.ty, models),
            code(&other.form().media_type)
        ),
        (None, None) => "none".into(),
    }
}

/// The docs of the function that parses the payload.
pub(in crate::emit) fn function(cx: &Cx<'_>, incoming: &Incoming) -> Text {
    let mut text = Text::default();
    if let Some(summary) = &incoming.docs.summary {
        text.paragraph(markdown::inline(summary));
    }
    text.paragraph(cause(cx, incoming));
    text.description(incoming.docs.description.as_deref());
    text.external(&incoming.docs);
    if let Some(body) = &incoming.body {
        text.docs(&body.docs);
        for payload in &body.payloads {
            text.examples(&payload.examples);
        }
    }
    let arguments = incoming.arguments.iter().map(|it| argument(cx, it));
    text.section("Parameters", arguments);
    if !incoming.responses.is_empty() {
        text.section("Responses", expected_responses(cx, &incoming.responses));
        let has_body = |it: &crate::ir::Response| it.payloads.iter().any(|it| it.json().is_some());
        if incoming.responses.iter().any(has_body) {
            text.paragraph(
                "Use [`to_vec`](super::runtime::to_vec) to write the body of a response.",
            );
        }
    }
    text.heading(1, "Errors");
    text.paragraph("Fails if the body does not match the document.");
    text
}

/// "Parses the payload of the webhook `newPet`: a `POST` request with `application/json`."
fn cause(cx: &Cx<'_>, incoming: &Incoming) -> Inline {
    let name = code(&incoming.name);
    let method = code(incoming.method.as_str());
    let payloads = incoming.body.iter().flat_map(|it| &it.payloads);
    let payload = incoming.read_payload().or(payloads.into_iter().next());
    let media_type = payload.map_or_else(Inline::default, |it| {
        prose!(" with {}", code(&it.form().media_type))
    });
    match &incoming.cause {
        Cause::Webhook => prose!(
            "Parses the payload of the webhook {}: a {} request{}.",
            name,
            method,
            media_type
        ),
        Cause::Callback { operation, url } => {
            let method_name = &cx.names.operation(*operation).method;
            // There is no link to what a feature may switch off.
            let operation = if cx.shape.parts.is_some() {
                prose!("`Client::{}`", method_name)
            } else {
                prose!(
                    "[`Client::{}`](super::Client::{})",
                    method_name,
                    method_name
                )
            };
            prose!(
                "Parses the payload of the callback {} of {}: a {} request\nto {}{}.",
                name,
                operation,
                method,
                code(url),
                media_type
            )
        }
    }
}

fn argument(cx: &Cx<'_>, argument: &Argument) -> Text {
    let mut entry = Text::default();
    let required = if argument.required {
        "always"
    } else {
        "optional"
    };
    entry.paragraph(prose!(
        "{} {}: {}, {}.",
        operation::kind(argument.kind),
        code(&argument.wire_name),
        type_link_from(cx, &argument.ty, "super::models"),
        required,
    ));
    entry.docs(&argument.docs);
    entry.examples(&argument.examples);
    entry
}
