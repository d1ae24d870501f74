//! The bodies of requests and responses.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::{TransportError, TransportErrorKind};

/// The body of a request or a response: bytes in memory, or a stream of them.
///
/// It is a [`Stream`] of chunks. No chunk is kept, so the body can be a file of any size.
///
/// ```ignore
/// let mut file = client.download("a.zip").await?;
/// while let Some(chunk) = file.next().await {
///     disk.write_all(&chunk?).await?;
/// }
/// ```
pub struct Body {
    source: Source,
    /// The most bytes that [`bytes`](Self::bytes) returns.
    limit: usize,
    /// The media type that was set on the body itself.
    media_type: Option<String>,
}

enum Source {
    Bytes(Bytes),
    Stream {
        /// The lock is never contended. It only makes the chunks `Sync`.
        chunks: Mutex<Chunks>,
        left: Option<u64>,
    },
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

impl Body {
    /// Returns an empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self::of(Source::Bytes(Bytes::new()))
    }

    /// Returns a body that streams chunks. It can be sent only once, so redirects that would repeat it are not
    /// followed.
    ///
    /// The timeout of a call covers the whole body, so a large body needs a longer timeout.
    #[must_use]
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::of(Source::Stream {
            chunks: Mutex::new(Box::pin(Converted(Box::pin(stream)))),
            left: None,
        })
    }

    /// Returns a body that streams chunks with a known total length, which is sent as `Content-Length`. Sending fails
    /// if the chunks have another length.
    #[must_use]
    pub fn sized<S, B, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::from_stream(stream).with_length(Some(length))
    }

    const fn of(source: Source) -> Self {
        Self {
            source,
            limit: usize::MAX,
            media_type: None,
        }
    }

    /// Returns the body with the length of its stream, if it is known.
    pub(crate) fn with_length(mut self, length: Option<u64>) -> Self {
        if let Source::Stream { left, .. } = &mut self.source {
            *left = length;
        }
        self
    }

    /// Returns the body with another limit for [`bytes`](Self::bytes).
    pub(crate) fn with_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Sets the media type, if the document leaves it open, as with `image/*`.
    #[must_use]
    pub fn of_type(self, media_type: impl Into<String>) -> Self {
        Self {
            media_type: Some(media_type.into()),
            ..self
        }
    }

    /// Takes the media type that was set.
    pub(crate) fn take_type(&mut self) -> Option<String> {
        self.media_type.take()
    }

    /// Returns the bytes, if all of them are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Stream { .. } => None,
        }
    }

    /// Returns the number of remaining bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Source::Stream { left, .. } => *left,
        }
    }

    /// Returns the next chunk, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns all bytes. Fails if there are more than the client allows for a response.
    pub async fn bytes(self) -> Result<Bytes, TransportError> {
        let limit = self.limit;
        let bytes = self.collect(limit).await?;
        bytes.ok_or_else(|| TransportErrorKind::TooLarge.into())
    }

    /// Returns all bytes, or `None` if there are more than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Option<Bytes>, TransportError> {
        let Some(first) = self.next().await.transpose()? else {
            return Ok(Some(Bytes::new()));
        };
        if first.len() > limit {
            return Ok(None);
        }
        let Some(second) = self.next().await.transpose()? else {
            return Ok(Some(first));
        };
        let mut bytes = BytesMut::from(&first[..]);
        let mut next = Some(second);
        while let Some(chunk) = next {
            if chunk.len() > limit - bytes.len() {
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk);
            next = self.next().await.transpose()?;
        }
        Ok(Some(bytes.freeze()))
    }

    /// Returns a clone of the body, if it is in memory.
    pub(crate) fn again(&self) -> Option<Self> {
        self.as_bytes().map(|bytes| bytes.clone().into())
    }
}

/// The source is dropped at the end and after an error.
impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let body = self.get_mut();
        let (chunks, left) = match &mut body.source {
            Source::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
            }
            Source::Stream { chunks, left } => (chunks, left),
        };
        let chunks = chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
        let item = match ready!(chunks.as_mut().poll_next(cx)) {
            Some(Ok(chunk)) => Some(count(left, chunk)),
            None if left.is_some_and(|left| left > 0) => Some(Err(wrong_length("fewer"))),
            end => end,
        };
        if !matches!(item, Some(Ok(_))) {
            body.source = Source::Bytes(Bytes::new());
        }
        Poll::Ready(item)
    }
}

/// Subtracts a chunk from the remaining length.
fn count(left: &mut Option<u64>, chunk: Bytes) -> Result<Bytes, TransportError> {
    if let Some(left) = left {
        let rest = u64::try_from(chunk.len()).ok();
        *left = rest
            .and_then(|length| left.checked_sub(length))
            .ok_or_else(|| wrong_length("more"))?;
    }
    Ok(chunk)
}

fn wrong_length(than: &str) -> TransportError {
    let message = format!("the body has {than} bytes than announced");
    TransportError::new(TransportErrorKind::Body, message)
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::of(Source::Bytes(bytes.into()))
    }
}

/// Shows only the size, since a body may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.source, self.length()) {
            (Source::Bytes(bytes), _) => write!(f, "Body({} bytes)", bytes.len()),
            (Source::Stream { .. }, Some(length)) => write!(f, "Body(a stream of {length} bytes)"),
            (Source::Stream { .. }, None) => f.write_str("Body(a stream)"),
        }
    }
}

/// A stream whose items and errors are converted to those of a body.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.get_mut().0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|chunk| match chunk {
            Ok(chunk) => Ok(chunk.into()),
            Err(error) => Err(match error.into().downcast::<TransportError>() {
                Ok(error) => *error,
                Err(error) => TransportError::new(TransportErrorKind::Body, error),
            }),
        }))
    }
}
