//! The body of a response, as it passes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;

use super::watch::{End, Watch};

/// A body that somebody reads along.
pub(super) struct Tap {
    pub(super) inner: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    pub(super) watch: Watch,
}

impl Stream for Tap {
    type Item = reqwest::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.inner.as_mut().poll_next(cx));
        match &next {
            Some(Ok(bytes)) => self.watch.see(bytes),
            Some(Err(_)) => self.watch.end(End::Broken),
            None => self.watch.end(End::Complete),
        }
        Poll::Ready(next)
    }
}
