//! Which response, and which of its forms.

use http::header::CONTENT_TYPE;
use http::{HeaderName, StatusCode};
use serde_json::Value;

use super::write::{ascii_json, header_text, write};
use super::{Answers, Reply, Wish};
use crate::media_type::Family;
use crate::mock::contract::{Contract, Form, MediaType, Operation, Response};
use crate::mock::judge::has_no_body;
use crate::model::StatusPattern;

/// A response that was chosen.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'c> {
    /// The status to send.
    pub status: StatusCode,
    /// What is documented of it.
    pub response: &'c Response,
    /// The form of its body, if it has one.
    pub form: Option<&'c MediaType>,
}

/// Why nothing was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unchosen {
    /// The operation documents no response at all.
    Nothing,
    /// It does not document this status.
    Status(u16),
    /// It has no form that is welcome.
    Form,
}

/// Chooses what to answer: the status that is asked for, or else the first that means success.
pub fn choose<'c>(operation: &'c Operation, wish: &Wish) -> Result<Chosen<'c>, Unchosen> {
    let (status, response) = match wish.code {
        Some(code) => {
            let status = StatusCode::from_u16(code).map_err(|_| Unchosen::Status(code))?;
            let response = operation.response(status).ok_or(Unchosen::Status(code))?;
            (status, response)
        }
        None => success(operation).ok_or(Unchosen::Nothing)?,
    };
    let form = form(operation, status, response, wish)?;
    Ok(Chosen {
        status,
        response,
        form,
    })
}

/// The form of a response that is most welcome, the document's first among equals.
pub(super) fn form<'c>(
    operation: &Operation,
    status: StatusCode,
    response: &'c Response,
    wish: &Wish,
) -> Result<Option<&'c MediaType>, Unchosen> {
    if response.content.is_empty() || has_no_body(operation, status) {
        return Ok(None);
    }
    let ranked = response.content.iter();
    let ranked = ranked.filter_map(|it| Some((wish.rank(&it.name)?, it)));
    let best = ranked.min_by_key(|(rank, _)| *rank);
    best.map(|(_, it)| Some(it)).ok_or(Unchosen::Form)
}

/// The first response that means success, or else the first that is one at all.
fn success(operation: &Operation) -> Option<(StatusCode, &Response)> {
    let status = |response: &Response| match response.status {
        StatusPattern::Code(code) => StatusCode::from_u16(code).ok(),
        StatusPattern::Range(digit) => StatusCode::from_u16(u16::from(digit) * 100).ok(),
        StatusPattern::Default => Some(StatusCode::OK),
    };
    let all = || {
        operation
            .responses
            .iter()
            .filter_map(|it| Some((status(it)?, it)))
    };
    let stated =
        all().find(|(status, it)| status.is_success() && it.status != StatusPattern::Default);
    stated
        .or_else(|| all().find(|(status, _)| status.is_success()))
        .or_else(|| all().find(|(status, _)| !status.is_informational()))
}

/// Headers that say how a message travels, which is not the document's to say (RFC 9110, section 7.6.1).
const TRAVEL: [&str; 6] = [
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "transfer-encoding",
    "upgrade",
];

impl Chosen<'_> {
    /// Makes an answer of a value.
    #[must_use]
    pub fn reply(&self, contract: &Contract, answers: &Answers, value: &Value) -> Reply {
        let mut reply = Reply::new(self.status);
        for header in &self.response.headers {
            let name = HeaderName::from_bytes(header.name.as_bytes());
            let Some(name) = name.ok().filter(|it| !TRAVEL.contains(&it.as_str())) else {
                continue;
            };
            let Some(value) = answers.header(contract, header) else {
                continue;
            };
            let text = match &header.form {
                Form::Content(content) if content.family == Family::Json => ascii_json(&value),
                Form::Content(_) => header_text(&value, false),
                Form::Style { explode, .. } => header_text(&value, *explode),
            };
            reply.set_header(name, &text);
        }
        if let Some(form) = self.form {
            let (media_type, body) = write(contract, form, value);
            reply.set_header(CONTENT_TYPE, &media_type);
            reply.body = body;
        }
        reply
    }
}
