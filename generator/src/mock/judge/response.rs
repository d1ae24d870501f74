//! Responses, against an operation of the document.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};

use super::body::{self, Extent};
use super::finding::{Finding, Part, Schemas};
use super::parameters::{self, Head};
use crate::mock::contract::{Contract, Operation};

/// Finds what is wrong with a response.
#[must_use]
pub fn response(
    contract: &Contract,
    operation: &Operation,
    response: &http::Response<Bytes>,
) -> Vec<Finding> {
    judge(contract, operation, response, Extent::Whole)
}

/// Finds what is wrong with a response of whose body only the beginning is known, or nothing.
#[must_use]
pub fn beginning_of_response(
    contract: &Contract,
    operation: &Operation,
    response: &http::Response<Bytes>,
) -> Vec<Finding> {
    judge(contract, operation, response, Extent::Beginning)
}

fn judge(
    contract: &Contract,
    operation: &Operation,
    response: &http::Response<Bytes>,
    extent: Extent,
) -> Vec<Finding> {
    let schemas = Schemas::of_responses(contract);
    let mut findings = Vec::new();
    let status = response.status();
    let Some(documented) = operation.response(status) else {
        let message = format!("{} is not documented", status.as_u16());
        return vec![Finding::new(Part::Status, message, Some(&operation.place))];
    };
    let head = Head {
        path: &[],
        query: "",
        headers: response.headers(),
    };
    parameters::judge(&documented.headers, &head, schemas, &mut findings);
    let is_empty = response.body().is_empty();
    if has_no_body(operation, status) || (is_empty && documented.content.is_empty()) {
        return findings;
    }
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|it| it.to_str().ok());
    let whole = Part::Body(String::new());
    let place = Some(&documented.place);
    let finding = match content_type {
        _ if documented.content.is_empty() => Finding::new(whole, "none is documented", place),
        None if is_empty && extent == Extent::Beginning => return findings,
        None if is_empty => Finding::new(whole, "it is missing", place),
        None => Finding::new(Part::MediaType, "it is missing", place),
        Some(name) => {
            if let Some(form) = body::form_of(&documented.content, name) {
                let sent = body::SentBody {
                    content_type: name,
                    bytes: response.body(),
                    extent,
                };
                body::judge(form, &sent, schemas, &mut findings);
                return findings;
            }
            let names = documented.content.iter();
            let names: Vec<String> = names.map(|it| format!("`{}`", it.name)).collect();
            let message = format!("it is none of {}", names.join(", "));
            Finding::new(Part::MediaType, message, place)
        }
    };
    findings.push(finding);
    findings
}

/// Whether a response has no body whatever the document says (RFC 9110, section 6.4.1).
pub(crate) fn has_no_body(operation: &Operation, status: StatusCode) -> bool {
    status.is_informational()
        || matches!(
            status,
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
        )
        || operation.method == Method::HEAD.as_str()
}
