//! Chooses and creates responses: the documented response, its media type and its values.

mod choose;
mod make;
mod refuse;
mod wish;
mod write;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

pub use choose::{Chosen, Unchosen, choose};
pub use make::{Answers, MadeError};
pub use refuse::{problem, refuse};
pub use wish::Wish;
pub use write::write;

/// An answer, and how it is sent.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, in the pieces in which it is sent.
    pub body: Vec<Bytes>,
    /// How long to wait before it is sent.
    pub delay: Duration,
    /// Where the connection breaks before the answer is complete.
    pub cut: Option<Cut>,
}

/// Where a connection breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Before anything is answered.
    Unanswered,
    /// After so many bytes of the body; before its last one at the latest.
    After(usize),
}

impl Reply {
    /// Creates an answer without a body.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Vec::new(),
            delay: Duration::ZERO,
            cut: None,
        }
    }

    /// Creates an answer of a media type.
    #[must_use]
    pub fn with_body(status: StatusCode, media_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::new(status);
        reply.set_header(http::header::CONTENT_TYPE, media_type);
        reply.body.push(body.into());
        reply
    }

    /// Creates an answer in JSON.
    #[must_use]
    pub fn json(status: StatusCode, value: &serde_json::Value) -> Self {
        Self::with_body(status, "application/json", value.to_string())
    }

    /// Sets a header. A value that no header can have is left out.
    pub fn set_header(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// Returns the whole body.
    #[must_use]
    pub fn whole_body(&self) -> Bytes {
        match &self.body[..] {
            [only] => only.clone(),
            pieces => pieces.concat().into(),
        }
    }
}
