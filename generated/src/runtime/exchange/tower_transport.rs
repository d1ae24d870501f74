//! A transport for services of the crate `tower`.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;

use http_body::Body as HttpBody;
use tower_service::Service;

use super::frames::{incoming, within};
use super::{Body, BoxFuture, Timeout, Transport, TransportError, TransportErrorKind};

/// The error type of services.
type BoxError = Box<dyn StdError + Send + Sync>;

/// A transport that sends requests with a `tower` service, such as a stack of layers over an HTTP client.
///
/// The service must not follow redirects. It need not handle timeouts, since the transport applies the timeout of each
/// call. Bodies are streamed in both directions without being collected.
///
/// An error that is a [`TransportError`] keeps its kind. Other errors are [`TransportErrorKind::Other`] and are not
/// retried; use `map_err` to change their kind.
#[derive(Clone)]
pub struct TowerTransport<S>(S);

impl<S> TowerTransport<S> {
    /// Returns a transport that uses this service.
    #[must_use]
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: HttpBody + Send + 'static,
    B::Error: Into<BoxError> + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let time = request.extensions().get::<Timeout>().cloned();
            let response = within(time.as_ref(), async {
                poll_fn(|cx| service.poll_ready(cx)).await?;
                service.call(request).await
            });
            let response = response.await?;
            let response = response.map_err(|error| sort(error, TransportErrorKind::Other))?;
            Ok(response.map(|body| {
                let broken = |error| sort(error, TransportErrorKind::Broken);
                incoming(Box::pin(body), time, broken, ())
            }))
        })
    }
}

/// Converts an error.
fn sort(error: impl Into<BoxError>, kind: TransportErrorKind) -> TransportError {
    match error.into().downcast() {
        Ok(error) => *error,
        Err(error) => TransportError::new(kind, error),
    }
}

/// Shows nothing of the service, since it may hold secrets.
impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}
