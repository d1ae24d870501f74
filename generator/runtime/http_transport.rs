//! The default transport. Nothing of `reqwest` shows outside of this file.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};

use super::{Body, BoxFuture, Chunks, Timeout, Transport, TransportError, TransportErrorKind};

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
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(connect_timeout)
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
        let (parts, body) = request.into_parts();
        let timeout = parts.extensions.get::<Timeout>().copied();
        // A body of chunks is put together first: there are none in requests so far.
        let body = body.collect(usize::MAX).await?.unwrap_or_default();
        let mut request = reqwest::Request::try_from(http::Request::from_parts(
            parts,
            reqwest::Body::from(body.clone()),
        ))
        .map_err(translate)?;
        if body.is_empty() {
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
        if let Some(Timeout(timeout)) = timeout {
            *request.timeout_mut() = Some(timeout);
        }
        let client = if request.url().scheme() == "http" {
            &self.direct
        } else {
            &self.client
        };
        let mut response = client.execute(request).await.map_err(translate)?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let mut answer = http::Response::new(body_of(response).await?);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
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

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "the same call waits on WebAssembly")]
async fn body_of(response: reqwest::Response) -> Result<Body, TransportError> {
    struct ResponseChunks(reqwest::Response);

    impl Chunks for ResponseChunks {
        fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
            Box::pin(async { self.0.chunk().await.map_err(translate) })
        }
    }

    Ok(Body::from_chunks(ResponseChunks(response)))
}

#[cfg(target_arch = "wasm32")]
async fn body_of(response: reqwest::Response) -> Result<Body, TransportError> {
    response.bytes().await.map(Body::from).map_err(translate)
}

/// Says what went wrong in our words. The URL is removed from the cause, since its query may be secret.
fn translate(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error), error)
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    let cause = io_error_kind(error);
    let connecting = is_connect(error);
    match cause {
        _ if connecting && error.is_timeout() => TransportErrorKind::ConnectTimeout,
        _ if error.is_timeout() => TransportErrorKind::Timeout,
        Some(io::ErrorKind::ConnectionRefused) => TransportErrorKind::Refused,
        // What a TLS library says comes as invalid data.
        Some(io::ErrorKind::InvalidData) if connecting => TransportErrorKind::Tls,
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

/// Returns the kind of the innermost error of the operating system.
fn io_error_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut kind = None;
    let mut source = error.source();
    while let Some(error) = source {
        kind = error
            .downcast_ref::<io::Error>()
            .map(io::Error::kind)
            .or(kind);
        source = error.source();
    }
    kind
}
