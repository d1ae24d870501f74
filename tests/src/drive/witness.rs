//! The stand-in of a document, asked about what its client sends, and asked for what its client reads.

use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};
use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::ir::{OperationId, SchemeKind};
use keywright::load::Limits;
use keywright::mock::answer::{Answers, Reply, Wish, choose};
use keywright::mock::contract::{Contract, MediaType, Operation, Response};
use keywright::mock::{self, Found, Settings, StandIn, judge};
use keywright::model::StatusPattern;

use super::cases::GivenAnswer;
use crate::recorder::Recorded;

/// The stand-in of a document.
#[derive(Debug)]
pub struct Witness {
    stand_in: StandIn,
    answers: Answers,
}

/// An answer of a stand-in.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The status and the media type that were asked for.
    pub wish: String,
    /// The media type as the document has it; none for a response without a body.
    pub media_type: Option<String>,
    /// What came.
    pub answer: GivenAnswer,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// Where it is not what the document says.
    pub findings: Vec<String>,
}

impl Witness {
    /// Creates the stand-in of a document. It knows the credentials that drivers give their clients.
    ///
    /// # Errors
    ///
    /// When the document cannot be read.
    pub fn new(config: &ApiConfig) -> Result<Self, String> {
        let mut found = Diagnostics::new(false);
        // Clients are told an origin, without a path.
        let contract = mock::read(config, &Limits::default(), Some(""), &mut found);
        let contract = contract.ok_or_else(|| format!("the document cannot be read: {found:?}"))?;
        let credential = |kind: &SchemeKind| match kind {
            SchemeKind::Basic => "MARKED-user:MARKED-password".to_owned(),
            _ => "MARKED-credential".to_owned(),
        };
        let schemes = contract.api.schemes.iter();
        let settings = Settings {
            credentials: schemes
                .map(|it| (it.name.clone(), credential(&it.kind)))
                .collect(),
            ..Settings::default()
        };
        let stand_in = StandIn::new(vec![contract], settings);
        Ok(Self {
            answers: Answers::new("witness"),
            stand_in: stand_in.map_err(|error| error.to_string())?,
        })
    }

    /// Returns what is wrong with a request of an operation, if it is one, except for its credentials.
    #[must_use]
    pub fn findings(&self, request: &Recorded, operation: OperationId) -> Vec<String> {
        let Some(documented) = self.operation(operation) else {
            return vec!["the document does not have the operation".to_owned()];
        };
        match self.stand_in.find(&self.request_of(request, documented)) {
            Ok(Found { operation: it, .. }) if it.client != Some(operation) => {
                vec![format!("it is taken for one of {}", it.id)]
            }
            Ok(found) => {
                let findings = found.judged.findings.iter();
                findings.map(ToString::to_string).collect()
            }
            Err(not_found) => vec![not_found.finding.to_string()],
        }
    }

    /// Returns what is wrong with a request that was made from one of an operation, credentials as well.
    #[must_use]
    pub fn refusals(&self, request: &Recorded, operation: OperationId) -> Vec<String> {
        let Some(operation) = self.operation(operation) else {
            return Vec::new();
        };
        let reply = self.stand_in.answer(&self.request_of(request, operation));
        let findings = reply.headers.get_all("keywright-finding").iter();
        let text = |it: &http::HeaderValue| String::from_utf8_lossy(it.as_bytes()).into_owned();
        let mut findings: Vec<String> = findings.map(text).collect();
        if findings.is_empty() && matches!(reply.status.as_u16(), 404 | 405) {
            findings.push(format!("it is answered by {}", reply.status));
        }
        findings
    }

    fn operation(&self, operation: OperationId) -> Option<&Operation> {
        let mut operations = self.stand_in.contracts()[0].operations.iter();
        operations.find(|it| it.client == Some(operation))
    }

    /// What is answered when nothing is wrong.
    fn usual(&self, contract: &Contract, operation: &Operation, wish: &Wish) -> Reply {
        let chosen = choose(operation, wish);
        let chosen = chosen.expect("it asks for what is documented");
        let value = chosen.form.map(|it| self.answers.value(contract, it, None));
        let value = value.transpose().expect("something conforms");
        chosen.reply(contract, &self.answers, &value.unwrap_or_default())
    }

    /// A request as a stand-in takes it. An operation with servers of its own has their path in front, which clients that
    /// were told an origin do not send.
    fn request_of(&self, request: &Recorded, operation: &Operation) -> http::Request<Bytes> {
        let contract = &self.stand_in.contracts()[0];
        let own = operation.client.map(|it| contract.api[it].path.as_str());
        let base = own.and_then(|it| operation.path.text.strip_suffix(it));
        let mut made = http::Request::builder()
            .method(request.method.as_str())
            .uri(format!("{}{}", base.unwrap_or_default(), request.target));
        for (name, value) in &request.headers {
            made = made.header(name, value);
        }
        let body = Bytes::from(request.body.clone());
        made.body(body).expect("it was a request before")
    }

    /// Asks for every documented response of an operation in each of its forms, by a request of the client.
    #[must_use]
    pub fn answers(&self, request: &Recorded, operation: OperationId) -> Vec<Asked> {
        let contract = &self.stand_in.contracts()[0];
        let Some(operation) = self.operation(operation) else {
            return Vec::new();
        };
        let mut asked = Vec::new();
        for response in &operation.responses {
            let Some(status) = status_of(operation, response) else {
                continue;
            };
            if response.content.is_empty() {
                asked.push(self.ask(contract, operation, request, status, None));
            }
            for form in &response.content {
                asked.push(self.ask(contract, operation, request, status, Some(form)));
            }
        }
        asked
    }

    fn ask(
        &self,
        contract: &Contract,
        operation: &Operation,
        request: &Recorded,
        status: u16,
        form: Option<&MediaType>,
    ) -> Asked {
        let mut request = self.request_of(request, operation);
        let headers = request.headers_mut();
        let prefer = format!("code={status}").parse();
        headers.insert("prefer", prefer.expect("it is a header"));
        headers.remove(ACCEPT);
        if let Some(form) = form.and_then(|it| it.name.parse().ok()) {
            headers.insert(ACCEPT, form);
        }
        let mut reply = self.stand_in.answer(&request);
        if reply.status == StatusCode::UNAUTHORIZED && status != 401 {
            // The client has no credential that would do: it answers a challenge, or an argument is in its place.
            reply = self.usual(contract, operation, &Wish::of(request.headers()));
        }
        let body = reply.whole_body();
        let mut response = http::Response::new(body.clone());
        *response.status_mut() = reply.status;
        response.headers_mut().clone_from(&reply.headers);
        let found = judge::response(contract, operation, &response);
        let mut findings: Vec<String> = found.iter().map(ToString::to_string).collect();
        if reply.status.as_u16() != status {
            let text = String::from_utf8_lossy(&body);
            findings.push(format!("it is {} and not {status}: {text}", reply.status));
        }
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let media_type = reply.headers.get(CONTENT_TYPE).map(text);
        let is_json = media_type.as_deref().is_some_and(is_json);
        let value = is_json
            .then(|| serde_json::from_slice(&body).ok())
            .flatten();
        let headers = reply.headers.iter();
        Asked {
            media_type: form.map(|it| it.name.clone()),
            wish: format!("{status} {}", form.map_or("", |it| &it.name)),
            headers: headers
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            answer: GivenAnswer {
                status,
                body: media_type.map(|it| (it, body.to_vec())),
                value,
                is_documented: true,
            },
            findings,
        }
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// A status that a response is for, and no other one is.
fn status_of(operation: &Operation, response: &Response) -> Option<u16> {
    let candidates: Vec<u16> = match response.status {
        StatusPattern::Code(code) => vec![code],
        StatusPattern::Range(digit) => (0..100).map(|it| u16::from(digit) * 100 + it).collect(),
        StatusPattern::Default => vec![418, 518, 218],
    };
    // The last of a range is nothing special to anybody, such as a redirect.
    candidates.into_iter().rev().find(|status| {
        let status = http::StatusCode::from_u16(*status).ok();
        let found = status.and_then(|it| operation.response(it));
        found.is_some_and(|it| std::ptr::eq(it, response))
    })
}
