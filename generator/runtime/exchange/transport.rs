//! How requests travel: an object-safe trait that any HTTP stack can implement.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::Body;

/// A boxed future. It can be sent between threads, except on WebAssembly, where there are none.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future. It can be sent between threads, except on WebAssembly, where there are none.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What threads can share: everything on WebAssembly, where there is one thread.
#[cfg(not(target_arch = "wasm32"))]
pub trait Shareable: Send + Sync {}

#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + Sync + ?Sized> Shareable for T {}

/// What threads can share: everything on WebAssembly, where there is one thread.
#[cfg(target_arch = "wasm32")]
pub trait Shareable {}

#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> Shareable for T {}

/// Sends requests.
///
/// A transport must not follow redirects, keep cookies or add credentials: the client does what is to be done of
/// this itself, and knows to which host what may go. It honours [`Timeout`](super::Timeout) among the request's
/// extensions.
pub trait Transport: Send + Sync {
    /// Sends a request and returns the response as soon as its headers are there. Its body may be a stream, which is
    /// sent as it comes, with `Content-Length` if its length is known.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Why a request could not be sent, or its response not be received.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Nobody listens at the address.
    Refused,
    /// No secure connection could be agreed on: a certificate is not trusted, for example.
    Tls,
    /// There is no connection for another reason: an unknown host, no route.
    Connect,
    /// There was no connection in time.
    ConnectTimeout,
    /// There was no complete response in time.
    Timeout,
    /// The connection broke before the response was complete.
    Broken,
    /// A body could not be read from where it comes, or has another length than announced.
    Body,
    /// A body has more bytes than allowed.
    TooLarge,
    /// Something else.
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

    /// Returns what went wrong.
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
