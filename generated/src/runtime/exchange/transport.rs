//! Transports: an object-safe trait that any HTTP stack can implement.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::Body;

/// A boxed future. It is `Send`, except on WebAssembly, which has no threads.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future. It is `Send`, except on WebAssembly, which has no threads.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A marker for types that threads can share. On WebAssembly, which has one thread, every type can be shared.
#[cfg(not(target_arch = "wasm32"))]
pub trait Shareable: Send + Sync {}

#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + Sync + ?Sized> Shareable for T {}

/// A marker for types that threads can share. On WebAssembly, which has one thread, every type can be shared.
#[cfg(target_arch = "wasm32")]
pub trait Shareable {}

#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> Shareable for T {}

/// Sends requests.
///
/// A transport must not follow redirects, store cookies or add credentials. The client does this itself, since only it
/// knows what may be sent to which host. A transport must honor the [`Timeout`](super::Timeout) in the extensions of
/// the request.
pub trait Transport: Send + Sync {
    /// Sends a request and returns the response as soon as its headers have arrived. The body of the request may be a
    /// stream, which is sent with `Content-Length` if its length is known.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// The error of a request that could not be sent, or whose response could not be received.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The server refused the connection.
    Refused,
    /// The TLS handshake failed, for example because a certificate is not trusted.
    Tls,
    /// The connection failed for another reason, such as an unknown host.
    Connect,
    /// Connecting timed out.
    ConnectTimeout,
    /// The response was not complete in time.
    Timeout,
    /// The connection broke before the response was complete.
    Broken,
    /// The body of the request could not be read, or did not have the announced length.
    Body,
    /// The body is larger than allowed.
    TooLarge,
    /// Any other error.
    Other,
}

impl TransportError {
    /// Returns an error with its cause.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Refused => "the connection was refused",
            TransportErrorKind::Tls => "no secure connection could be established",
            TransportErrorKind::Connect => "no connection could be established",
            TransportErrorKind::ConnectTimeout => "no connection was established in time",
            TransportErrorKind::Timeout => "no complete response came in time",
            TransportErrorKind::Broken => "the connection broke before the response was complete",
            TransportErrorKind::Body => "a body could not be read from its source",
            TransportErrorKind::TooLarge => "the body has more bytes than the client allows",
            TransportErrorKind::Other => "the request could not be sent",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}
