//! A request of an operation, which users add options to and send.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use super::{BoxFuture, Call, Operation, Outcome, Retry};

/// A request of the operation `O`, as a method of the client returns it.
///
/// Optional arguments are set by methods of their own. It is sent by `.await`, or by [`send`](Self::send).
///
/// `B` says how often its body can be sent: a [`Buffered`] one again and again, so that the request is `Clone`; one that
/// may be a stream [`Once`].
#[must_use = "a request does nothing until it is sent"]
pub struct Request<O, B = Buffered> {
    pub(crate) call: Call,
    marks: PhantomData<fn() -> (O, B)>,
}

/// Marks a [`Request`] whose body is in memory, if it has one.
#[derive(Debug)]
pub enum Buffered {}

/// Marks a [`Request`] whose body may be a stream.
#[derive(Debug)]
pub enum Once {}

impl Call {
    /// Returns a request of these arguments. It is no function of `Request`, whose methods are called after arguments.
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

    /// Sends the request and returns the response: status, headers and body.
    pub async fn send_with_response(self) -> Outcome<O> {
        O::read(self.call.send().await?)
    }

    /// Sends the request, blocks the thread until the response is there, and returns its body.
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
    /// Sets how long each attempt may take, instead of what the client says.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout(timeout);
        self
    }

    /// Sets how often the request is sent when it fails, instead of what the client says.
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.call.retry(retry);
        self
    }

    /// Sets a header, in place of what the client would send. One that stands for a credential is sent instead of it.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.call.set_header(name, value);
        self
    }

    /// Asks for a response of a media type, instead of any that is documented.
    pub fn with_accept(mut self, media_type: &str) -> Self {
        self.call.accept(media_type);
        self
    }
}

/// `client.get_pet(7).await` is `client.get_pet(7).send().await`.
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

/// Shows the operation only: arguments may be secret.
impl<O, B> fmt::Debug for Request<O, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.call.operation.id)
            .finish_non_exhaustive()
    }
}
