//! A server that writes what a test says, byte by byte and at its own pace.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::runtime::{Body, Description, Status};

/// Serves each connection with `serve`, which gets the head of the first request and what came after it.
pub(crate) async fn serve<F>(serve: impl Fn(Connection) -> F + Send + Sync + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let serve = Arc::new(serve);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let serve = Arc::clone(&serve);
            tokio::spawn(async move {
                if let Some(connection) = Connection::accept(stream).await {
                    serve(connection).await;
                }
            });
        }
    });
    url
}

/// A connection on which the head of a request has come.
pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
    pub(crate) head: String,
    /// The start of the body.
    pub(crate) body: Vec<u8>,
}

impl Connection {
    async fn accept(mut stream: TcpStream) -> Option<Self> {
        let mut received = Vec::new();
        let end = loop {
            let blank = received.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(at) = blank {
                break at + 4;
            }
            if stream.read_buf(&mut received).await.ok()? == 0 {
                return None;
            }
        };
        let body = received.split_off(end);
        let head = String::from_utf8(received).ok()?.to_ascii_lowercase();
        Some(Self { stream, head, body })
    }

    /// Writes bytes, and returns whether the client is still there.
    pub(crate) async fn write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Writes a chunk of a body in chunks (RFC 9112, section 7.1).
    pub(crate) async fn chunk(&mut self, bytes: &str) -> bool {
        self.write(format!("{:x}\r\n{bytes}\r\n", bytes.len()))
            .await
    }
}

/// The head of an answer whose body comes in chunks.
pub(crate) fn chunked(media_type: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ntransfer-encoding: chunked\r\n\r\n")
}

/// An operation whose answers are handed over as they come, where they are of a media type.
pub(crate) const fn streaming(
    method: &'static str,
    streams: &'static [(Status, &'static str)],
) -> Description {
    Description {
        streams,
        ..super::operation(method, "/stream")
    }
}

/// A body of these chunks.
pub(crate) fn body_of<T: AsRef<[u8]>>(chunks: impl IntoIterator<Item = T>) -> Body {
    let chunks: Vec<_> = chunks
        .into_iter()
        .map(|chunk| Ok::<_, std::io::Error>(chunk.as_ref().to_vec()))
        .collect();
    Body::from_stream(futures_util::stream::iter(chunks))
}
