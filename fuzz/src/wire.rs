//! A transport that answers with given bytes and keeps the request.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::future::ready;
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::clients::everything::Client;
use crate::clients::runtime::{Body, BoxFuture, Retry, Transport, TransportError};

/// A request as it left, without its body.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    /// Its body, if that was in memory.
    pub(crate) body: Option<Bytes>,
}

/// A response to give.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// What the body consists of, in the pieces in which it comes.
    pub(crate) pieces: Vec<Bytes>,
}

impl Answer {
    /// A success with a body of a media type.
    pub(crate) fn of_type(media_type: &'static str, pieces: Vec<Bytes>) -> Self {
        let media_type = http::HeaderValue::from_static(media_type);
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::from_iter([(http::header::CONTENT_TYPE, media_type)]),
            pieces,
        }
    }

    /// A success without a body.
    pub(crate) fn empty() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            headers: HeaderMap::new(),
            pieces: Vec::new(),
        }
    }
}

/// The transport. Copies share what was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire {
    answer: Arc<Mutex<Option<Answer>>>,
    sent: Arc<Mutex<Option<Sent>>>,
}

impl Wire {
    /// A transport that gives one answer.
    pub(crate) fn answering(answer: Answer) -> Self {
        let wire = Self::default();
        *wire.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        wire
    }

    /// A client that sends through it, once: nothing here waits.
    pub(crate) fn client(&self) -> Client {
        let client = Client::builder().token(TOKEN).retry(Retry::none());
        let client = client.transport(self.clone());
        client.build().expect("the document has a server")
    }

    /// What was sent.
    pub(crate) fn sent(&self) -> Option<Sent> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.clone()
    }
}

/// The credential of every client.
pub(crate) const TOKEN: &str = "fuzz-credential-that-nobody-prints";

impl Transport for Wire {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (parts, body) = request.into_parts();
        let sent = Sent {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body: body.as_bytes().cloned(),
        };
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(sent);
        let answer = self
            .answer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let answer = answer.unwrap_or_else(Answer::empty);
        let pieces = answer.pieces.into_iter().map(Ok::<_, TransportError>);
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        let mut response = http::Response::new(body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        Box::pin(ready(Ok(response)))
    }
}
