//! The default transport. `reqwest` is not visible outside of this folder.

#[cfg(not(target_arch = "wasm32"))]
mod builder;
#[cfg(all(feature = "reqwest-middleware", not(target_arch = "wasm32")))]
mod middleware;

use std::error::Error as StdError;
use std::fmt;
use std::io;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
#[cfg(not(target_arch = "wasm32"))]
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::{Position, Url};

#[cfg(not(target_arch = "wasm32"))]
pub use self::builder::HttpTransportBuilder;
#[cfg(all(feature = "reqwest-middleware", not(target_arch = "wasm32")))]
pub use self::middleware::MiddlewareTransport;
#[cfg(not(target_arch = "wasm32"))]
use super::frames::{incoming, within};
use super::{Body, BoxFuture, Error, Timeout, Transport, TransportError, TransportErrorKind};

/// The default transport: `reqwest`, with a pool of connections that all clones share.
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// The client for plain `http`, which is meant for loopback and must not use the environment's proxy.
    direct: reqwest::Client,
    /// The number of further requests that may start.
    #[cfg(not(target_arch = "wasm32"))]
    permits: Option<Arc<Semaphore>>,
}

impl HttpTransport {
    /// Returns a transport with this connect timeout and otherwise default settings.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(connect_timeout: Duration) -> Result<Self, Error> {
        Self::builder().connect_timeout(connect_timeout).build()
    }

    /// Returns a builder for a transport, with settings for proxies, certificates and connections. It is not available
    /// on WebAssembly, where the browser has these settings.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder::new()
    }

    /// Returns a transport. The connect timeout has no effect, since the browser makes the connections.
    #[cfg(target_arch = "wasm32")]
    pub fn new(_connect_timeout: Duration) -> Result<Self, Error> {
        let client = reqwest::Client::builder().build().map_err(translate)?;
        Ok(Self {
            direct: client.clone(),
            client,
        })
    }

    #[cfg(not(target_arch = "wasm32"))]
    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let time = request.extensions().get::<Timeout>().cloned();
        let permit = self.permit(time.as_ref()).await?;
        let request = prepare(request)?;
        let response = self.client(&request).execute(request);
        let response = within(time.as_ref(), response).await?.map_err(translate)?;
        Ok(respond(response, time, permit))
    }

    /// Waits until another request may start.
    #[cfg(not(target_arch = "wasm32"))]
    async fn permit(
        &self,
        time: Option<&Timeout>,
    ) -> Result<Option<OwnedSemaphorePermit>, TransportError> {
        let Some(permits) = &self.permits else {
            return Ok(None);
        };
        let permit = within(time, Arc::clone(permits).acquire_owned()).await?;
        let permit = permit.map_err(|error| TransportError::new(TransportErrorKind::Other, error));
        permit.map(Some)
    }

    /// The browser sends and receives whole bodies, and applies the timeout to the whole exchange.
    #[cfg(target_arch = "wasm32")]
    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let time = request.extensions().get::<Timeout>().cloned();
        let (parts, body) = request.into_parts();
        let body = body.collect(usize::MAX).await?.unwrap_or_default();
        let mut request = prepare(http::Request::from_parts(parts, body.into()))?;
        *request.timeout_mut() = time.as_ref().and_then(Timeout::left);
        let response = self.client(&request).execute(request).await;
        let mut response = response.map_err(translate)?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let body = response.bytes().await.map_err(translate)?;
        Ok(with_head(status, headers, body.into()))
    }

    /// Returns the client that sends a request.
    fn client(&self, request: &reqwest::Request) -> &reqwest::Client {
        if request.url().scheme() == "http" {
            &self.direct
        } else {
            &self.client
        }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// Shows no settings, since a proxy may have a password.
impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

/// Returns the request as one of `reqwest`.
fn prepare(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let is_empty = request.body().length() == Some(0);
    let (mut parts, body) = request.into_parts();
    let url = parts.extensions.remove::<Url>();
    let url = match url.filter(|url| is_same(url, &parts.uri)) {
        Some(url) => url,
        None => Url::parse(&parts.uri.to_string())
            .map_err(|error| TransportError::new(TransportErrorKind::Other, error))?,
    };
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    *request.body_mut() = Some(outgoing(body));
    if is_empty {
        *request.body_mut() = None;
        // RFC 9110, section 8.6: a method that has a use for a body says that there is none.
        if matches!(
            *request.method(),
            Method::POST | Method::PUT | Method::PATCH
        ) {
            let none = HeaderValue::from_static("0");
            request.headers_mut().insert(CONTENT_LENGTH, none);
        }
    }
    Ok(request)
}

/// Returns `true` if a URL equals a URI. Code between client and transport may have changed the URI.
fn is_same(url: &Url, uri: &Uri) -> bool {
    uri.scheme_str() == Some(url.scheme())
        && uri.authority().map(http::uri::Authority::as_str) == Some(url.authority())
        && uri.path_and_query().map(http::uri::PathAndQuery::as_str)
            == Some(&url[Position::BeforePath..Position::AfterQuery])
}

#[cfg(not(target_arch = "wasm32"))]
fn outgoing(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(body),
    }
}

/// Returns the whole body, which is in memory.
#[cfg(target_arch = "wasm32")]
fn outgoing(body: Body) -> reqwest::Body {
    body.as_bytes().cloned().unwrap_or_default().into()
}

/// Returns a response whose body has not arrived yet. `guard` is dropped with the body.
#[cfg(not(target_arch = "wasm32"))]
fn respond<G: Send + Unpin + 'static>(
    mut response: reqwest::Response,
    time: Option<Timeout>,
    guard: G,
) -> http::Response<Body> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = incoming(reqwest::Body::from(response), time, translate, guard);
    with_head(status, headers, body)
}

fn with_head(status: StatusCode, headers: HeaderMap, body: Body) -> http::Response<Body> {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Converts an error. The URL is removed from the cause, since its query may be secret.
fn translate(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error), error)
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    // The body itself reports errors of sending it.
    if let Some(own) = innermost::<TransportError>(error) {
        return own.kind();
    }
    let cause = innermost(error).map(innermost_kind);
    let connecting = is_connect(error);
    match cause {
        _ if connecting && error.is_timeout() => TransportErrorKind::ConnectTimeout,
        _ if error.is_timeout() => TransportErrorKind::Timeout,
        Some(io::ErrorKind::ConnectionRefused) => TransportErrorKind::Refused,
        // Errors of `rustls` have the kind of invalid data.
        Some(io::ErrorKind::InvalidData) if connecting => TransportErrorKind::Tls,
        _ if connecting && is_native_tls(error) => TransportErrorKind::Tls,
        _ if connecting => TransportErrorKind::Connect,
        _ if error.is_body() || error.is_decode() || error.is_request() => {
            TransportErrorKind::Broken
        }
        _ => TransportErrorKind::Other,
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

#[cfg(target_arch = "wasm32")]
fn is_connect(_error: &reqwest::Error) -> bool {
    false
}

/// Returns `true` if the error comes from the system's TLS library.
#[cfg(feature = "native-tls")]
fn is_native_tls(error: &reqwest::Error) -> bool {
    innermost::<native_tls::Error>(error).is_some()
}

#[cfg(not(feature = "native-tls"))]
fn is_native_tls(_error: &reqwest::Error) -> bool {
    false
}

/// Returns the kind of the error inside an I/O error, which is not among its causes.
fn innermost_kind(error: &io::Error) -> io::ErrorKind {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    inner.map_or_else(|| error.kind(), innermost_kind)
}

/// Returns the innermost cause of a type.
fn innermost<E: StdError + 'static>(error: &reqwest::Error) -> Option<&E> {
    let causes = std::iter::successors(error.source(), |error| (*error).source());
    causes.filter_map(|cause| cause.downcast_ref()).last()
}
