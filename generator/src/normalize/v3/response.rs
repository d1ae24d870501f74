//! OAS 3.1.1, Responses Object and Response Object.

use super::{header, link, media_type};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Entry;
use crate::model::{Response, StatusPattern};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads `responses` of an operation, each by `read`.
pub(in crate::normalize) fn all<'a>(
    cx: &mut Cx<'a, '_>,
    operation: &mut Object<'a>,
    mut read: impl FnMut(&mut Cx<'a, '_>, At<'a>) -> Option<Response>,
) -> Vec<(StatusPattern, Response)> {
    let mut responses = Vec::new();
    let entries = operation.map(cx, "responses");
    if entries.is_empty() {
        let message = "the operation documents no responses";
        let finding = cx.finding(Code::MissingResponses, &operation.at, message);
        let lines = "responses:\n  '200':\n    description: What a successful response means.";
        cx.diagnostics.report(
            finding
                .label("every response is an undocumented status")
                .help_with_lines("document at least one response:", lines),
        );
    }
    for (entry, at) in entries {
        if entry.key.starts_with("x-") {
            continue;
        }
        let status = status(cx, entry, &at);
        let response = read(cx, at);
        responses.extend(status.zip(response));
    }
    responses
}

/// A key of the Responses Object.
fn status(cx: &mut Cx<'_, '_>, entry: &Entry, at: &At<'_>) -> Option<StatusPattern> {
    let key = &*entry.key;
    if key == "default" {
        return Some(StatusPattern::Default);
    }
    let first = key
        .bytes()
        .next()
        .filter(|first| (b'1'..=b'5').contains(first) && key.len() == 3);
    let place = cx.name_place(at, entry);
    match (first, key.get(1..)) {
        (Some(first), Some("XX")) => return Some(StatusPattern::Range(first - b'0')),
        (Some(first), Some(rest)) if rest.eq_ignore_ascii_case("xx") => {
            let meant = key.to_uppercase();
            let message = format!("`{key}` is not a status code or range");
            let finding = Diagnostic::at(Code::InvalidValue, &place, message).harmless();
            let finding = finding.label(format!("read as `{meant}`"));
            cx.diagnostics
                .report(finding.help(format!("write `{meant}`")));
            return Some(StatusPattern::Range(first - b'0'));
        }
        (Some(_), Some(_)) => {
            if let Ok(code) = key.parse() {
                return Some(StatusPattern::Code(code));
            }
        }
        _ => {}
    }
    let finding = Diagnostic::at(
        Code::InvalidValue,
        &place,
        format!("`{key}` is not a status code or range"),
    );
    let help = "write a status code such as `404`, a range such as `4XX`, or `default`";
    cx.diagnostics
        .report(finding.harmless().label("left out").help(help));
    None
}

/// Reads a response.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Response> {
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "response object")?;
    let mut summary = None;
    let description = if cx.version >= Version::V3_2 {
        summary = resolved.summary.or_else(|| object.text(cx, "summary"));
        object.text(cx, "description").unwrap_or_default()
    } else {
        object.required_prose(cx, "description")
    };
    let headers = header::all(cx, &mut object);
    let content = media_type::content(cx, &mut object);
    let links = link::all(cx, &mut object);
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Response {
        place,
        summary,
        description: resolved.description.unwrap_or(description),
        headers,
        content,
        links,
        extensions,
    })
}
