//! Blocking calls.

use std::future::{Future, poll_fn};
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};
use std::thread;

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use super::{Body, Error, RequestError};

/// Blocks until a response arrives. It can be called anywhere, even on a thread of an async runtime, which it blocks.
pub fn block_on<T, E>(response: impl Future<Output = Result<T, E>> + Send) -> Result<T, E>
where
    T: Send,
    E: From<Error> + Send,
{
    let runtime = runtime()?;
    if Handle::try_current().is_err() {
        return runtime.block_on(response);
    }
    // A runtime cannot be waited for on a thread of another one.
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("blocking call".to_owned());
        let thread = thread
            .spawn_scoped(scope, || runtime.block_on(response))
            .map_err(unavailable)?;
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Returns the runtime of all blocking calls. Its one thread keeps connections alive between calls.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("blocking calls")
            .enable_all()
            .build()
    });
    runtime
        .as_ref()
        .map_err(|error| unavailable(io::Error::new(error.kind(), error.to_string())))
}

fn unavailable(error: io::Error) -> Error {
    RequestError::new("a thread for blocking calls cannot be started")
        .because(error)
        .into()
}

/// A blocking iterator over a stream.
#[derive(Debug)]
pub struct Blocking<S>(pub(crate) S);

impl<S, T> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin + Send,
    T: Send,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = &mut self.0;
        let next = poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx));
        block_on(async { next.await.transpose() }).transpose()
    }
}

impl Body {
    /// Returns a blocking reader of the bytes.
    #[must_use]
    pub fn reader(self) -> BodyReader {
        BodyReader {
            body: self,
            chunk: Bytes::new(),
        }
    }

    /// Returns a body that is read, for example from a file, while it is sent. It can be sent once.
    ///
    /// Reading blocks the thread that sends. Outside of blocking calls, prefer a [stream](Self::from_stream).
    #[must_use]
    pub fn from_reader(reader: impl Read + Send + Unpin + 'static) -> Self {
        Self::from_stream(Chunks(reader))
    }
}

/// A blocking reader of a [`Body`].
#[derive(Debug)]
pub struct BodyReader {
    body: Body,
    chunk: Bytes,
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            let body = &mut self.body;
            let next = block_on(async { body.next().await.transpose().map_err(Error::from) });
            match next.map_err(io::Error::other)? {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// A stream of the chunks of a reader.
struct Chunks<R>(R);

impl<R: Read + Unpin> Stream for Chunks<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut chunk = BytesMut::zeroed(64 * 1024);
        let read = loop {
            match self.0.read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        Poll::Ready(match read {
            Ok(0) => None,
            Ok(length) => {
                chunk.truncate(length);
                Some(Ok(chunk.freeze()))
            }
            Err(error) => Some(Err(error)),
        })
    }
}
