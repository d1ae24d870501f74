//! What streams of values have in common: the chunks that they are cut from, and what can go wrong with one.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::exchange::Exchange;
use super::{Body, DecodeError, Error, Received, Reply, Response, Timeout, UnreadableResponse};

/// The body of an answer, cut as it came, and what its errors tell.
pub(super) struct Incoming {
    exchange: Exchange,
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    /// What was received and not yet looked at.
    pub(super) chunk: Bytes,
}

impl Incoming {
    /// Returns how many bytes one value may have.
    pub(super) fn limit(&self) -> usize {
        self.exchange.limit
    }

    /// Receives the next chunk; `None` at the end.
    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        let next = ready!(Pin::new(&mut self.body).poll_next(cx));
        Poll::Ready(next.map(|chunk| match chunk {
            Ok(chunk) => {
                self.chunk = chunk;
                Ok(())
            }
            Err(error) => Err(self.exchange.failure(error)),
        }))
    }

    /// Receives nothing more.
    pub(super) fn end(&mut self) {
        self.body = Body::empty();
        self.chunk = Bytes::new();
    }

    /// Ends the stream, since a value has more bytes than allowed.
    pub(super) fn too_large(&mut self) -> Error {
        self.end();
        self.exchange.too_large(self.status, self.headers.clone())
    }

    /// Says what is wrong with one value.
    pub(super) fn unreadable(&self, value: Bytes, error: DecodeError) -> Error {
        let received = Received::new(self.status, self.headers.clone(), value);
        UnreadableResponse::new(self.exchange.operation, received, error).into()
    }
}

impl Reply {
    /// Returns the answer with what a stream is made of, if its media type is as expected.
    pub(super) fn stream<S, H>(
        self,
        check: impl FnOnce(&Self) -> Result<(), DecodeError>,
        open: impl FnOnce(Incoming) -> S,
    ) -> Result<Response<S, H>, Error> {
        if let Err(error) = check(&self) {
            return Err(self.unreadable(error));
        }
        let (exchange, body) = match self.rest {
            Some(rest) => *rest,
            None => (
                Exchange {
                    operation: self.operation,
                    origin: String::new(),
                    timeout: Timeout::after(Duration::ZERO),
                    patience: Duration::ZERO,
                    limit: usize::MAX,
                },
                self.received.body().clone().into(),
            ),
        };
        exchange.timeout.stop();
        let stream = open(Incoming {
            exchange,
            status: self.received.status(),
            headers: self.received.headers().clone(),
            body,
            chunk: Bytes::new(),
        });
        Ok(self.received.into_response(stream))
    }
}
