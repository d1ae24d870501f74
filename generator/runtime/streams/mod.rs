//! The parts that all streams of values share: chunks and errors.

pub(super) mod events;
pub(super) mod lines;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::error::ResponseParts;
use super::exchange::Exchange;
use super::json::memory::Memory;
use super::{Body, DecodeError, Error, RawResponse, Response, Timeout, UnreadableResponse};

// Imports that the files here use through `super::`.
#[cfg(feature = "blocking")]
use super::Blocking;
use super::exchange::media_type;
use super::json::text;
#[allow(unused_imports, reason = "an API need not have both kinds of streams")]
use super::{Call, Encode, EncodeFailure, error, json, to_vec};
use super::{Decode, DecodeErrorKind};

/// The body of a response, and the details for its errors.
pub(super) struct Incoming {
    exchange: Exchange,
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    /// The received bytes that have not been read yet.
    chunk: Bytes,
}

/// Splits a stream of bytes into pieces that do not depend on its chunks.
pub(super) trait Cut: Default {
    /// A piece.
    type Piece;

    /// Takes bytes until a piece is complete.
    fn cut(&mut self, bytes: &mut Bytes) -> Option<Self::Piece>;

    /// Returns the rest at the end of the stream, if it is a piece.
    fn rest(&mut self) -> Option<Self::Piece>;

    /// Returns the number of bytes that are kept.
    fn kept(&self) -> usize;

    /// Returns the size of a piece in bytes.
    fn size(piece: &Self::Piece) -> usize;
}

impl Incoming {
    /// Receives the next piece, or `None` at the end. An incomplete piece is dropped if the connection breaks.
    pub(super) fn poll_piece<C: Cut>(
        &mut self,
        cutter: &mut C,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<C::Piece, Error>>> {
        loop {
            let piece = cutter.cut(&mut self.chunk);
            if piece.as_ref().map_or_else(|| cutter.kept(), C::size) > self.exchange.limit {
                *cutter = C::default();
                return Poll::Ready(Some(Err(self.too_large())));
            }
            if let Some(piece) = piece {
                return Poll::Ready(Some(Ok(piece)));
            }
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(chunk)) => self.chunk = chunk,
                Some(Err(error)) => {
                    *cutter = C::default();
                    return Poll::Ready(Some(Err(self.exchange.failure(error))));
                }
                None => return Poll::Ready(cutter.rest().map(Ok)),
            }
        }
    }

    /// Returns the memory that one value may take.
    pub(super) fn memory(&self) -> Memory {
        Memory::of_limit(self.exchange.limit)
    }

    /// Ends the stream.
    pub(super) fn end(&mut self) {
        self.body = Body::empty();
        self.chunk = Bytes::new();
    }

    /// Ends the stream with an error, since a value is larger than allowed.
    fn too_large(&mut self) -> Error {
        self.end();
        self.exchange.too_large(self.status, self.headers.clone())
    }

    /// Returns the error of a value that cannot be read.
    pub(super) fn unreadable(&self, value: Bytes, error: DecodeError) -> Error {
        let parts = ResponseParts::new(self.status, self.headers.clone(), value);
        UnreadableResponse::new(self.exchange.operation, parts, error).into()
    }
}

impl RawResponse {
    /// Returns the response with the parts of a stream, if its media type is as expected.
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
                    url: None,
                    timeout: Timeout::after(Duration::ZERO),
                    patience: Duration::ZERO,
                    limit: usize::MAX,
                },
                self.parts.body().clone().into(),
            ),
        };
        exchange.timeout.stop();
        let stream = open(Incoming {
            exchange,
            status: self.parts.status(),
            headers: self.parts.headers().clone(),
            body,
            chunk: Bytes::new(),
        });
        Ok(self.parts.into_response(stream))
    }
}
