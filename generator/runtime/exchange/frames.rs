//! Conversion of bodies to and from those of the crate `http-body`, with timeouts.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::{Body, Timeout, TransportError, TransportErrorKind};

/// Implements the trait of `http-body`, so that other HTTP stacks can send the body.
impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let chunk = ready!(self.poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.length() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.length();
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Waits for a future until its timeout.
pub(super) async fn within<T>(
    time: Option<&Timeout>,
    work: impl Future<Output = T>,
) -> Result<T, TransportError> {
    match time.and_then(Timeout::left) {
        Some(left) => timeout(left, work)
            .await
            .map_err(|error| TransportError::new(TransportErrorKind::Timeout, error)),
        None => Ok(work.await),
    }
}

/// Returns the body of a response. `translate` converts its errors. `guard` is dropped with the body or at its end,
/// whichever comes first.
pub(super) fn incoming<B, G>(
    body: B,
    time: Option<Timeout>,
    translate: fn(B::Error) -> TransportError,
    guard: G,
) -> Body
where
    B: HttpBody + Send + Unpin + 'static,
    B::Error: 'static,
    G: Send + Unpin + 'static,
{
    let length = body.size_hint().exact();
    let incoming = Incoming {
        body,
        clock: time.map(|timeout| Clock {
            sleep: Box::pin(sleep(timeout.left().unwrap_or_default())),
            timeout,
            is_set: false,
        }),
        translate,
        _guard: guard,
    };
    Body::from_stream(incoming).with_length(length)
}

/// The body of a response.
struct Incoming<B: HttpBody, G> {
    body: B,
    clock: Option<Clock>,
    translate: fn(B::Error) -> TransportError,
    _guard: G,
}

impl<B: HttpBody + Unpin, G: Unpin> Stream for Incoming<B, G> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self {
            body,
            clock,
            translate,
            ..
        } = self.get_mut();
        while let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(cx) {
            if let Some(clock) = clock {
                clock.is_set = false;
            }
            match frame.transpose().map_err(*translate) {
                // Trailers are left out.
                Ok(Some(frame)) => {
                    if let Ok(mut data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data.copy_to_bytes(data.remaining()))));
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

/// Wakes the task that waits for a body when the timeout is over.
struct Clock {
    timeout: Timeout,
    /// Created inside a runtime with timers; the body may be read elsewhere.
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
