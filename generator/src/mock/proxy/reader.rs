//! Requests and responses that pass, judged.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCESS_CONTROL_REQUEST_METHOD, CONTENT_ENCODING};
use http::{HeaderMap, HeaderValue, Method};

use super::credentials;
use super::log::{Log, Subject, Way};
use crate::mock::found::{Found, NotFound};
use crate::mock::judge::{self, Finding};
use crate::mock::stand_in::StandIn;

/// Judges what passes, and writes down what is wrong.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) stand_in: Arc<StandIn>,
    pub(super) log: Log,
    /// How many bytes of a body are collected, to be judged.
    pub(super) most: usize,
}

/// What a request is of.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    subject: Subject,
    /// The document and the operation, by their numbers; `None` when no document has it.
    numbers: Option<(usize, usize)>,
}

impl Reader {
    /// Judges a request, of whose body perhaps only the beginning is there.
    pub(super) fn request(&self, request: &http::Request<Bytes>, is_whole: bool) -> Asked {
        let is_whole = is_whole && !is_encoded(request.headers());
        match self.stand_in.find(request) {
            Ok(found) => {
                let Found {
                    contract,
                    operation,
                    numbers,
                    path,
                    judged,
                } = found;
                let judged = if is_whole {
                    judged
                } else {
                    self.log.count(|it| it.unread += 1);
                    judge::head_of_request(contract, operation, &path, request)
                };
                let missing = credentials::missing(contract, operation, request);
                let findings: Vec<Finding> = missing.into_iter().chain(judged.findings).collect();
                let subject = Subject::of(operation);
                self.log.findings(&subject, Way::Request, &findings);
                Asked {
                    subject,
                    numbers: Some(numbers),
                }
            }
            Err(NotFound { finding, .. }) => {
                let subject = self.log.stranger(request.method(), request.uri().path());
                // Browsers ask so by themselves before they send a request (Fetch standard, "CORS-preflight fetch").
                let is_preflight = request.method() == Method::OPTIONS
                    && request
                        .headers()
                        .contains_key(ACCESS_CONTROL_REQUEST_METHOD);
                if !is_preflight {
                    self.log.findings(&subject, Way::Request, &[finding]);
                }
                Asked {
                    subject,
                    numbers: None,
                }
            }
        }
    }

    /// Judges a response, of whose body perhaps only the beginning is there. `more` is what is wrong with it besides.
    pub(super) fn response(
        &self,
        asked: &Asked,
        mut response: http::Response<Bytes>,
        is_whole: bool,
        more: Option<Finding>,
    ) {
        let mut findings: Vec<Finding> = more.into_iter().collect();
        if let Some((contract, operation)) = asked.numbers {
            let contract = &self.stand_in.contracts()[contract];
            let operation = &contract.operations[operation];
            let is_encoded = is_encoded(response.headers());
            if is_encoded {
                response.body_mut().clear();
            }
            if is_whole && !is_encoded {
                findings.extend(judge::response(contract, operation, &response));
            } else {
                self.log.count(|it| it.unread += 1);
                let found = judge::beginning_of_response(contract, operation, &response);
                findings.extend(found);
            }
        }
        self.log.findings(&asked.subject, Way::Response, &findings);
    }
}

/// Whether a body is compressed, or encoded in another way.
fn is_encoded(headers: &HeaderMap) -> bool {
    let is_plain =
        |it: &HeaderValue| it.is_empty() || it.as_bytes().eq_ignore_ascii_case(b"identity");
    !headers.get_all(CONTENT_ENCODING).iter().all(is_plain)
}
