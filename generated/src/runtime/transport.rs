//! How requests travel: an object-safe trait that any HTTP stack can implement.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

/// A boxed future. It can be sent between threads, except on WebAssembly, where there are none.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future. It can be sent between threads, except on WebAssembly, where there are none.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Sends requests.
///
/// A transport must not follow redirects, keep cookies or add credentials: the client does what is to be done of
/// this itself, and knows to which host what may go. It honours [`Timeout`] among the request's extensions.
pub trait Transport: Send + Sync {
    /// Sends a request and returns the answer as soon as its headers are there.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// How long an exchange may take, from the start to the last byte of the answer. It travels as an extension of
/// the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// The body of a request or of an answer: bytes in memory, or chunks that come one after the other.
pub struct Body(Source);

enum Source {
    Bytes(Bytes),
    Chunks(Box<dyn Chunks>),
}

/// Where the chunks of a [`Body`] come from.
pub trait Chunks: Send {
    /// Returns the next chunk, or `None` after the last one.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>>;
}

impl Body {
    /// Returns a body without bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Source::Bytes(Bytes::new()))
    }

    /// Returns a body of chunks.
    #[must_use]
    pub fn from_chunks(chunks: impl Chunks + 'static) -> Self {
        Self(Source::Chunks(Box::new(chunks)))
    }

    /// Returns the bytes, if they are all in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Source::Bytes(bytes) => Some(bytes),
            Source::Chunks(_) => None,
        }
    }

    /// Returns the next chunk, or `None` after the last one.
    pub async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            Source::Bytes(bytes) if bytes.is_empty() => Ok(None),
            Source::Bytes(bytes) => Ok(Some(std::mem::take(bytes))),
            Source::Chunks(chunks) => chunks.next().await,
        }
    }

    /// Returns all bytes, or `None` as soon as there are more than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Option<Bytes>, TransportError> {
        let Some(first) = self.next().await? else {
            return Ok(Some(Bytes::new()));
        };
        if first.len() > limit {
            return Ok(None);
        }
        let Some(second) = self.next().await? else {
            return Ok(Some(first));
        };
        let mut bytes = BytesMut::from(&first[..]);
        let mut next = Some(second);
        while let Some(chunk) = next {
            if chunk.len() > limit - bytes.len() {
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk);
            next = self.next().await?;
        }
        Ok(Some(bytes.freeze()))
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Source::Bytes(bytes.into()))
    }
}

/// Shows the size only: a body may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Source::Chunks(_) => f.write_str("Body(chunks)"),
        }
    }
}

/// Why a request could not be sent, or its answer not be received.
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
    /// There was no complete answer in time.
    Timeout,
    /// The connection broke before the answer was complete.
    Broken,
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
            TransportErrorKind::Timeout => "no complete answer came in time",
            TransportErrorKind::Broken => "the connection broke before the answer was complete",
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

/// When an exchange has to be complete. On WebAssembly there is no clock without the browser, so that each
/// request of a chain of redirects has the whole time.
pub(super) struct Deadline {
    #[cfg(not(target_arch = "wasm32"))]
    started: std::time::Instant,
    timeout: Duration,
}

impl Deadline {
    pub(super) fn after(timeout: Duration) -> Self {
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            started: std::time::Instant::now(),
            timeout,
        }
    }

    /// Returns how much time is left, if any.
    pub(super) fn left(&self) -> Option<Duration> {
        #[cfg(not(target_arch = "wasm32"))]
        let left = self.timeout.checked_sub(self.started.elapsed());
        #[cfg(target_arch = "wasm32")]
        let left = Some(self.timeout);
        left.filter(|left| !left.is_zero())
    }
}
