//! Rules about bodies: those that requests should not have, and those that responses should.

use super::operations::{all, route};
use super::subject::Subject;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::StatusPattern;

/// Reports bodies of requests to which HTTP gives no meaning.
pub(super) fn unexpected(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (item, operation) in all(subject) {
        let Some(body) = &operation.request_body else {
            continue;
        };
        if !matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE") {
            continue;
        }
        let message = format!("{} has a body", route(item, operation));
        let place = match subject.key(&operation.place, "requestBody") {
            key if key.pointer != operation.place.pointer => key,
            // In 2.0, the body is one of the parameters.
            _ => body.place.clone(),
        };
        found.push(Diagnostic::at(Code::UnexpectedBody, &place, message));
    }
}

/// Whether a key of the responses is about failures.
fn is_failure(status: StatusPattern) -> bool {
    match status {
        StatusPattern::Code(code) => code >= 400,
        StatusPattern::Range(digit) => digit >= 4,
        StatusPattern::Default => true,
    }
}

/// Reports operations that document no failure.
pub(super) fn undocumented_errors(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (item, operation) in all(subject) {
        let responses = &operation.responses;
        // An operation without any response has a warning of its own.
        if responses.is_empty() || responses.iter().any(|(status, _)| is_failure(*status)) {
            continue;
        }
        let message = format!("{} documents no error response", route(item, operation));
        let place = subject.key(&operation.place, "responses");
        found.push(Diagnostic::at(Code::UndocumentedErrors, &place, message));
    }
}

/// Reports failures without a body. A response to `HEAD` never has one.
pub(super) fn empty_errors(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (item, operation) in all(subject).filter(|(_, it)| it.method != "HEAD") {
        let statuses = || operation.responses.iter().map(|(status, _)| *status);
        // Without any other response, `default` describes the success.
        let has_success = statuses().any(|it| !is_failure(it));
        let is_meant =
            |status| is_failure(status) && (has_success || status != StatusPattern::Default);
        for (status, response) in &operation.responses {
            if !is_meant(*status) || !response.content.is_empty() {
                continue;
            }
            let message = if response.place.is_in(&operation.place) {
                let route = route(item, operation);
                format!("the response `{status}` of {route} has no body")
            } else {
                let name = response.place.pointer.segments().next_back();
                let name = name.unwrap_or_default();
                format!("the response `{name}`, which is one of errors, has no body")
            };
            let place = subject.name(&response.place);
            found.push(Diagnostic::at(Code::EmptyError, &place, message));
        }
    }
}
