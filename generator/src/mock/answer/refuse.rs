//! Refusals: in the form that the document has for them, or else as RFC 9457 has it.

use http::{HeaderName, StatusCode};
use serde_json::{Value, json};

use super::choose::{Chosen, form};
use super::make::Answers;
use super::{Reply, Wish};
use crate::conform::Reading;
use crate::media_type::Family;
use crate::mock::contract::{Contract, MediaType, Operation};
use crate::mock::judge::Finding;

/// The header that tells what is wrong, once for each finding.
pub(in crate::mock) const FINDING: HeaderName = HeaderName::from_static("keywright-finding");

/// Where errors say what is wrong, in the order in which it is looked for.
const MESSAGES: [&str; 9] = [
    "detail",
    "message",
    "error_description",
    "errorMessage",
    "description",
    "reason",
    "title",
    "error",
    "msg",
];

/// Refuses a request by the first of these statuses that the operation documents, or else by the first of them.
#[must_use]
pub fn refuse(
    contract: &Contract,
    operation: &Operation,
    answers: &Answers,
    wish: &Wish,
    statuses: &[StatusCode],
    findings: &[Finding],
) -> Reply {
    let documented = statuses.iter().copied().find(|it| operation.documents(*it));
    let first = statuses.first().copied();
    let status = documented.or(first).unwrap_or(StatusCode::BAD_REQUEST);
    let reply = documented_refusal(contract, operation, answers, wish, status, findings);
    let mut reply = reply.unwrap_or_else(|| problem(status, &summary(findings), findings));
    for finding in findings {
        tell(&mut reply, finding);
    }
    reply
}

fn documented_refusal(
    contract: &Contract,
    operation: &Operation,
    answers: &Answers,
    wish: &Wish,
    status: StatusCode,
    findings: &[Finding],
) -> Option<Reply> {
    let response = operation.response(status)?;
    let form = form(operation, status, response, wish).ok()?;
    let chosen = Chosen {
        status,
        response,
        form,
    };
    let mut value = match form {
        Some(form) => Value::clone(&*answers.value(contract, form, None).ok()?),
        None => Value::Null,
    };
    if let Some(form) = form.filter(|it| it.family == Family::Json) {
        explain(contract, form, &mut value, &summary(findings));
    }
    Some(chosen.reply(contract, answers, &value))
}

/// Puts what is wrong where an error has a text for it, if it conforms with that.
fn explain(contract: &Contract, form: &MediaType, value: &mut Value, message: &str) {
    let is_valid = |value: &Value| {
        let validator = form
            .schema
            .and_then(|it| contract.responses.validator(it, Reading::Strict));
        validator.is_none_or(|it| it.is_valid(value))
    };
    let nested = ["", "/error", "/errors/0"];
    for name in nested
        .iter()
        .flat_map(|base| MESSAGES.map(|it| format!("{base}/{it}")))
    {
        let Some(place @ Value::String(_)) = value.pointer_mut(&name) else {
            continue;
        };
        let before = std::mem::replace(place, Value::from(message));
        if is_valid(value) {
            return;
        }
        if let Some(place) = value.pointer_mut(&name) {
            *place = before;
        }
    }
}

fn summary(findings: &[Finding]) -> String {
    let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    findings.join("; ")
}

/// Adds a header for a finding. Headers hold no line breaks, and those of ASCII are safe everywhere.
fn tell(reply: &mut Reply, finding: &Finding) {
    let plain = |it: char| {
        if it.is_ascii_graphic() || it == ' ' {
            it
        } else {
            '?'
        }
    };
    let text: String = finding.to_string().chars().map(plain).collect();
    if let Ok(value) = http::HeaderValue::from_str(&text) {
        reply.headers.append(FINDING, value);
    }
}

/// A problem (RFC 9457).
#[must_use]
pub fn problem(status: StatusCode, detail: &str, findings: &[Finding]) -> Reply {
    let findings: Vec<Value> = findings.iter().map(Finding::to_json).collect();
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": detail,
        "findings": findings,
    });
    Reply::with_body(status, "application/problem+json", body.to_string())
}
