//! A transport for clients of the crate `reqwest-middleware`.

use std::fmt;

use reqwest_middleware::ClientWithMiddleware;

use super::super::frames::within;
use super::{
    Body, BoxFuture, Timeout, Transport, TransportError, TransportErrorKind, prepare, respond,
    translate,
};

/// A transport that sends requests with a client of `reqwest-middleware`. Its middleware sees every request.
///
/// The inner client must not follow redirects: build it with `reqwest::redirect::Policy::none()`. Streamed bodies are
/// not collected, so middleware cannot send them twice.
///
/// Errors of `reqwest` keep their kind, and so does a [`TransportError`] from middleware. Other errors are
/// [`TransportErrorKind::Other`] and are not retried.
#[derive(Clone)]
pub struct MiddlewareTransport(ClientWithMiddleware);

impl MiddlewareTransport {
    /// Returns a transport that uses this client.
    #[must_use]
    pub fn new(client: ClientWithMiddleware) -> Self {
        Self(client)
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let time = request.extensions().get::<Timeout>().cloned();
        let request = prepare(request)?;
        let response = within(time.as_ref(), self.0.execute(request)).await?;
        let response = response.map_err(sort)?;
        Ok(respond(response, time, ()))
    }
}

impl Transport for MiddlewareTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// Converts an error.
fn sort(error: reqwest_middleware::Error) -> TransportError {
    let error = match error {
        reqwest_middleware::Error::Reqwest(error) => return translate(error),
        reqwest_middleware::Error::Middleware(error) => error,
    };
    let error = match error.downcast::<reqwest::Error>() {
        Ok(error) => return translate(error),
        Err(error) => error,
    };
    match error.downcast() {
        Ok(error) => error,
        Err(error) => TransportError::new(TransportErrorKind::Other, error),
    }
}

/// Shows nothing of the client, since its headers may be secret.
impl fmt::Debug for MiddlewareTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MiddlewareTransport")
            .finish_non_exhaustive()
    }
}
