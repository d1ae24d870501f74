//! The default transport. Nothing of `reqwest` shows outside of this folder.

#[cfg(not(target_arch = "wasm32"))]
mod streams;

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};

#[cfg(not(target_arch = "wasm32"))]
use self::streams::{body_of, execute, outgoing};
use super::{Body, BoxFuture, Timeout, Transport, TransportError, TransportErrorKind};

/// Sends requests with `reqwest`, over a pool of connections that all clones share.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// For plain `http`, which is meant for this host and must not take the way over a proxy.
    direct: reqwest::Client,
}

impl HttpTransport {
    /// Returns a transport that gives up connecting after `connect_timeout`.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let builder = || {
            let builder = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(connect_timeout);
            // What other crates ask `reqwest` for does not change what is sent here.
            #[cfg(not(feature = "gzip"))]
            let builder = builder.no_gzip();
            #[cfg(not(feature = "brotli"))]
            let builder = builder.no_brotli();
            #[cfg(not(feature = "zstd"))]
            let builder = builder.no_zstd();
            builder.no_deflate()
        };
        Ok(Self {
            client: builder().build().map_err(translate)?,
            direct: builder().no_proxy().build().map_err(translate)?,
        })
    }

    /// Returns a transport. The browser connects, so that it alone says how long that may take.
    #[cfg(target_arch = "wasm32")]
    pub fn new(_connect_timeout: Duration) -> Result<Self, TransportError> {
        let client = reqwest::Client::builder().build().map_err(translate)?;
        Ok(Self {
            direct: client.clone(),
            client,
        })
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().cloned();
        let request = prepare(request).await?;
        let client = if request.url().scheme() == "http" {
            &self.direct
        } else {
            &self.client
        };
        let mut response = execute(client, request, timeout.as_ref()).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let mut response = http::Response::new(body_of(response, timeout).await?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
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

/// Returns the request as `reqwest` has it.
async fn prepare(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let is_empty = body.length() == Some(0);
    let request = http::Request::from_parts(parts, outgoing(body).await?);
    let mut request = reqwest::Request::try_from(request).map_err(translate)?;
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

/// The browser sends and receives bodies as a whole.
#[cfg(target_arch = "wasm32")]
async fn outgoing(body: Body) -> Result<reqwest::Body, TransportError> {
    let bytes = body.collect(usize::MAX).await?.unwrap_or_default();
    Ok(bytes.into())
}

/// The browser measures the time of the whole exchange.
#[cfg(target_arch = "wasm32")]
async fn execute(
    client: &reqwest::Client,
    mut request: reqwest::Request,
    timeout: Option<&Timeout>,
) -> Result<reqwest::Response, TransportError> {
    *request.timeout_mut() = timeout.and_then(Timeout::left);
    client.execute(request).await.map_err(translate)
}

#[cfg(target_arch = "wasm32")]
async fn body_of(
    response: reqwest::Response,
    _timeout: Option<Timeout>,
) -> Result<Body, TransportError> {
    response.bytes().await.map(Body::from).map_err(translate)
}

/// Says what went wrong in our words. The URL is removed from the cause, since its query may be secret.
fn translate(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error), error)
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    // What goes wrong with a body that is sent is told by the body.
    if let Some(own) = innermost::<TransportError>(error) {
        return own.kind();
    }
    let cause = innermost(error).map(innermost_kind);
    let connecting = is_connect(error);
    match cause {
        _ if connecting && error.is_timeout() => TransportErrorKind::ConnectTimeout,
        _ if error.is_timeout() => TransportErrorKind::Timeout,
        Some(io::ErrorKind::ConnectionRefused) => TransportErrorKind::Refused,
        // What `rustls` says comes as invalid data.
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

/// Returns whether the TLS library of the system says what is wrong.
#[cfg(feature = "native-tls")]
fn is_native_tls(error: &reqwest::Error) -> bool {
    innermost::<native_tls::Error>(error).is_some()
}

#[cfg(not(feature = "native-tls"))]
fn is_native_tls(_error: &reqwest::Error) -> bool {
    false
}

/// Returns the kind of the error in an error of input and output, which is none of its causes.
fn innermost_kind(error: &io::Error) -> io::ErrorKind {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    inner.map_or_else(|| error.kind(), innermost_kind)
}

/// Returns the innermost cause of a type.
fn innermost<E: StdError + 'static>(error: &reqwest::Error) -> Option<&E> {
    let causes = std::iter::successors(error.source(), |error| (*error).source());
    causes.filter_map(|cause| cause.downcast_ref()).last()
}
