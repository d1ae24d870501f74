//! Requests, against an operation of the document.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::body::{self, Extent};
use super::finding::{Finding, Part, Schemas};
use super::parameters::{self, Head};
use crate::mock::contract::{Contract, Operation};

/// What is wrong with a request.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// The findings, in the order of the parts of a request.
    pub findings: Vec<Finding>,
    /// Whether its body is of a media type that the operation does not take.
    pub is_unsupported: bool,
}

/// Finds what is wrong with a request, except for its credentials. `path` has the parameters of the path, as they were
/// sent.
#[must_use]
pub fn request(
    contract: &Contract,
    operation: &Operation,
    path: &[(String, String)],
    request: &http::Request<Bytes>,
) -> Judged {
    let mut judged = head_of_request(contract, operation, path, request);
    let schemas = Schemas::of_requests(contract);
    judge_body(operation, request, schemas, &mut judged);
    judged
}

/// Finds what is wrong with a request, except for its credentials and its body.
#[must_use]
pub fn head_of_request<B>(
    contract: &Contract,
    operation: &Operation,
    path: &[(String, String)],
    request: &http::Request<B>,
) -> Judged {
    let schemas = Schemas::of_requests(contract);
    let mut judged = Judged::default();
    let head = Head {
        path,
        query: request.uri().query().unwrap_or_default(),
        headers: request.headers(),
    };
    parameters::judge(&operation.parameters, &head, schemas, &mut judged.findings);
    judged
}

fn judge_body(
    operation: &Operation,
    request: &http::Request<Bytes>,
    schemas: Schemas<'_>,
    judged: &mut Judged,
) {
    let Some(body) = &operation.body else {
        // A body that the document does not speak of is not its concern.
        return;
    };
    let content_type = request.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|it| it.to_str().ok());
    let whole = Part::Body(String::new());
    if request.body().is_empty() && content_type.is_none() {
        if body.required {
            let finding = Finding::new(whole, "it is missing", Some(&body.place));
            judged.findings.push(finding);
        }
        return;
    }
    match body::form_of(&body.content, content_type.unwrap_or_default()) {
        Some(form) => {
            let sent = body::SentBody {
                content_type: content_type.unwrap_or_default(),
                bytes: request.body(),
                extent: Extent::Whole,
            };
            body::judge(form, &sent, schemas, &mut judged.findings);
        }
        None if body.content.is_empty() => {}
        None => {
            let names: Vec<String> = body
                .content
                .iter()
                .map(|it| format!("`{}`", it.name))
                .collect();
            let message = format!("it is none of {}", names.join(", "));
            judged.is_unsupported = true;
            judged
                .findings
                .push(Finding::new(Part::MediaType, message, Some(&body.place)));
        }
    }
}
