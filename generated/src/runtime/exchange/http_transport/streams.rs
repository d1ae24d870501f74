//! Bodies as streams in both directions, and how long they may take.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::{Body, Timeout, TransportError, TransportErrorKind, translate};

/// Returns the body of a request.
pub(super) async fn outgoing(body: Body) -> Result<reqwest::Body, TransportError> {
    Ok(match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing(body)),
    })
}

/// Sends a request and waits for its response, as long as it may take.
pub(super) async fn execute(
    client: &reqwest::Client,
    request: reqwest::Request,
    time: Option<&Timeout>,
) -> Result<reqwest::Response, TransportError> {
    let response = client.execute(request);
    let response = match time.and_then(Timeout::left) {
        Some(left) => {
            let response = timeout(left, response).await;
            response.map_err(|error| TransportError::new(TransportErrorKind::Timeout, error))?
        }
        None => response.await,
    };
    response.map_err(translate)
}

/// Returns the body of a response.
pub(super) async fn body_of(
    response: reqwest::Response,
    timeout: Option<Timeout>,
) -> Result<Body, TransportError> {
    let body = reqwest::Body::from(response);
    let length = body.size_hint().exact();
    let incoming = Incoming {
        body,
        clock: timeout.map(|timeout| Clock {
            sleep: Box::pin(sleep(timeout.left().unwrap_or_default())),
            timeout,
            is_set: false,
        }),
    };
    Ok(Body::from_stream(incoming).with_length(length))
}

/// A body that is sent.
struct Outgoing(Body);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let chunk = ready!(Pin::new(&mut self.0).poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.0.length();
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A body that is received.
struct Incoming {
    body: reqwest::Body,
    clock: Option<Clock>,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { body, clock } = self.get_mut();
        while let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(cx) {
            if let Some(clock) = clock {
                clock.is_set = false;
            }
            match frame.transpose().map_err(translate) {
                // Trailers are left out.
                Ok(Some(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Ok(None) => return Poll::Ready(None),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        match clock.as_mut().map(|clock| clock.poll(cx)) {
            Some(Poll::Ready(error)) => Poll::Ready(Some(Err(error))),
            Some(Poll::Pending) | None => Poll::Pending,
        }
    }
}

/// Wakes who waits for a body for too long.
struct Clock {
    timeout: Timeout,
    /// Made where there are clocks, which need not be where the body is read.
    sleep: Pin<Box<Sleep>>,
    is_set: bool,
}

impl Clock {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<TransportError> {
        if !self.is_set {
            let left = self.timeout.left();
            let Some(end) = left.and_then(|left| Instant::now().checked_add(left)) else {
                return Poll::Pending;
            };
            self.sleep.as_mut().reset(end);
            self.is_set = true;
        }
        ready!(self.sleep.as_mut().poll(cx));
        let cause = io::Error::from(io::ErrorKind::TimedOut);
        Poll::Ready(TransportError::new(TransportErrorKind::Timeout, cause))
    }
}
