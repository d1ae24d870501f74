//! The request of an operation, which callers configure and send.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use super::{BoxFuture, Call, Operation, Outcome, Retry};

/// A request of the operation `O`, as returned by a method of the client.
///
/// Setters add the optional arguments. `.await` or [`send`](Self::send) sends the request.
///
/// `B` tells how often the body can be sent: a [`Buffered`] body any number of times, so the request is `Clone`; a body
/// that may be a stream only [`Once`].
#[must_use = "a request does nothing until it is sent"]
pub struct Request<O, B = Buffered> {
    pub(crate) call: Call,
    marks: PhantomData<fn() -> (O, B)>,
}

/// Marks a [`Request`] without a body, or with a body in memory.
#[derive(Debug)]
pub enum Buffered {}

/// Marks a [`Request`] whose body may be a stream.
#[derive(Debug)]
pub enum Once {}

impl Call {
    /// Returns a request with these arguments. It is not a function of `Request`, since the methods of `Request` are
    /// named after arguments.
    pub fn request<O, B>(self) -> Request<O, B> {
        Request {
            call: self,
            marks: PhantomData,
        }
    }
}

impl<O: Operation, B> Request<O, B> {
    /// Sends the request and returns the body of the response.
    pub async fn send(self) -> Result<O::Output, O::Error> {
        Ok(self.send_with_response().await?.into_body())
    }

    /// Sends the request and returns the whole response: status, headers and body.
    pub async fn send_with_response(self) -> Outcome<O> {
        O::read(self.call.send().await?)
    }

    /// Sends the request, blocks the thread until the response arrives, and returns its body.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<O::Output, O::Error>
    where
        O::Output: Send,
        O::Error: Send,
    {
        super::block_on(self.send())
    }
}

impl<O, B> Request<O, B> {
    /// Sets the timeout of each attempt, in place of the client's setting.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout(timeout);
        self
    }

    /// Sets the retry policy, in place of the client's setting.
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.call.retry(retry);
        self
    }

    /// Sets a header, in place of the value that the client would send. A header that carries a credential replaces the
    /// client's credential.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.call.set_header(name, value);
        self
    }

    /// Requests a response of this media type, in place of the documented ones.
    pub fn with_accept(mut self, media_type: &str) -> Self {
        self.call.accept(media_type);
        self
    }
}

/// Makes `client.get_pet(7).await` short for `client.get_pet(7).send().await`.
impl<O: Operation, B: 'static> IntoFuture for Request<O, B> {
    type Output = Result<O::Output, O::Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O> Clone for Request<O, Buffered> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
            marks: PhantomData,
        }
    }
}

/// Shows only the operation, since arguments may be secret.
impl<O, B> fmt::Debug for Request<O, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.call.operation.id)
            .finish_non_exhaustive()
    }
}
