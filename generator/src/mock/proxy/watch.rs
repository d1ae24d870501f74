//! A response that is read along while it passes, and judged at its end.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, StatusCode};

use super::reader::{Asked, Reader};
use crate::mock::judge::{Finding, Part};

/// How a body has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// As it should.
    Complete,
    /// The service has not sent all of it.
    Broken,
    /// Whoever asked did not want more of it.
    Abandoned,
}

/// What is known of a response.
pub(super) struct Watch {
    pub(super) reader: Arc<Reader>,
    pub(super) asked: Asked,
    pub(super) method: Method,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) seen: Seen,
}

/// What has passed of a body.
#[derive(Debug, Default)]
pub(super) struct Seen {
    collected: BytesMut,
    count: usize,
    is_over: bool,
}

impl Watch {
    /// Reads along. What is more than what is collected just passes.
    pub(super) fn see(&mut self, bytes: &Bytes) {
        let seen = &mut self.seen;
        seen.count = seen.count.saturating_add(bytes.len());
        let room = self.reader.most.saturating_sub(seen.collected.len());
        seen.collected
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// Judges the response, once.
    pub(super) fn end(&mut self, end: End) {
        if std::mem::replace(&mut self.seen.is_over, true) {
            return;
        }
        let broken = || Finding::new(Part::Body(String::new()), "it ends too early", None);
        let is_whole = end == End::Complete && self.seen.count == self.seen.collected.len();
        let mut response = http::Response::new(self.seen.collected.split().freeze());
        *response.status_mut() = self.status;
        *response.headers_mut() = std::mem::take(&mut self.headers);
        let more = (end == End::Broken).then(broken);
        self.reader.response(&self.asked, response, is_whole, more);
    }

    /// Whether all has passed that the headers announce. A response to HEAD has none of it.
    fn is_complete(&self) -> bool {
        let length = self.headers.get(CONTENT_LENGTH);
        let length = length.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
        self.method == Method::HEAD || length == Some(self.seen.count)
    }
}

/// A server does not ask for the end of a body whose length it knows, so that nobody else says that it is over.
impl Drop for Watch {
    fn drop(&mut self) {
        let end = if self.is_complete() {
            End::Complete
        } else {
            End::Abandoned
        };
        self.end(end);
    }
}
