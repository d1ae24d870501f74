//! A server that answers as no server should, byte by byte.
//!
//! It speaks just enough HTTP/1.1 to read a request. What it answers is up to the test, and each connection serves
//! one request.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::recorder::{Recorded, Recorder};
use crate::server::Server;

/// What happens after a request was read.
#[derive(Clone, Debug)]
pub enum Answer {
    /// These bytes are sent and the connection is closed, whatever they promised.
    Bytes(Vec<u8>),
    /// These bytes are sent, and then nothing until the client hangs up.
    Stall(Vec<u8>),
    /// These bytes are sent, and then a chunked body that only ends when the client hangs up.
    Endless(Vec<u8>),
}

impl Answer {
    /// Answers with a status line, headers and a body as they should be.
    ///
    /// The status line begins after `HTTP/1.1 `. `Content-Length` and `Connection` are added.
    #[must_use]
    pub fn reply(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut answer = head(status, headers, body.len());
        answer.extend_from_slice(body);
        Self::Bytes(answer)
    }

    /// Answers with a JSON body.
    #[must_use]
    pub fn json(status: &str, body: &str) -> Self {
        Self::reply(status, &[("content-type", "application/json")], body)
    }

    /// Answers without a body.
    #[must_use]
    pub fn empty(status: &str) -> Self {
        Self::reply(status, &[], "")
    }

    /// Answers with JSON, of which the last `missing` bytes are promised but never sent.
    #[must_use]
    pub fn truncated(body: &str, missing: usize) -> Self {
        let mut answer = head(
            "200 OK",
            &[("content-type", "application/json")],
            body.len(),
        );
        answer.extend_from_slice(&body.as_bytes()[..body.len() - missing]);
        Self::Bytes(answer)
    }

    /// Sends head and body of a JSON answer but for the last `missing` bytes, and stalls.
    #[must_use]
    pub fn stalled(body: &str, missing: usize) -> Self {
        match Self::truncated(body, missing) {
            Self::Bytes(bytes) | Self::Stall(bytes) | Self::Endless(bytes) => Self::Stall(bytes),
        }
    }

    /// Sends spaces for ever, as the body of a JSON answer.
    #[must_use]
    pub fn endless() -> Self {
        Self::Endless(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n".to_vec(),
        )
    }
}

fn head(status: &str, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let _ = write!(
        head,
        "content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    head.into_bytes()
}

/// A server that answers as it was told and records what it was asked.
#[derive(Debug)]
pub struct FaultServer {
    server: Server,
    recorder: Recorder,
    answers: Arc<Mutex<Vec<Answer>>>,
}

impl FaultServer {
    /// Answers one request after the other with these answers, and all further ones with the last of them.
    ///
    /// # Panics
    ///
    /// If there is no answer.
    #[must_use]
    pub fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let recorder = Recorder::default();
        let answers = Arc::new(Mutex::new(reversed(answers)));
        let (log, script) = (recorder.clone(), Arc::clone(&answers));
        let server = Server::start(async move |listener: TcpListener| {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                tokio::spawn(serve(stream, log.clone(), Arc::clone(&script)));
            }
        });
        Self {
            server,
            recorder,
            answers,
        }
    }

    /// Replaces all answers that are still to come.
    ///
    /// # Panics
    ///
    /// If there is no answer.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner) = reversed(answers);
    }

    /// Returns the requests that have arrived.
    #[must_use]
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Returns scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }
}

/// Returns answers with the first one last, where it can be taken off.
fn reversed(answers: impl IntoIterator<Item = Answer>) -> Vec<Answer> {
    let mut answers: Vec<_> = answers.into_iter().collect();
    assert!(!answers.is_empty(), "a server needs an answer");
    answers.reverse();
    answers
}

/// Serves one connection. A client may hang up at any moment, which ends it.
async fn serve(mut stream: TcpStream, recorder: Recorder, answers: Arc<Mutex<Vec<Answer>>>) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    recorder.record(request);
    let answer = {
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() > 1 {
            answers.pop()
        } else {
            answers.last().cloned()
        }
    };
    match answer {
        None => {}
        Some(Answer::Bytes(bytes)) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            // A socket that is closed with unread input is reset, and the client may miss the answer.
            wait_for_end(&mut stream).await;
        }
        Some(Answer::Stall(bytes)) => {
            let _ = stream.write_all(&bytes).await;
            wait_for_end(&mut stream).await;
        }
        Some(Answer::Endless(head)) => {
            let mut chunk = b"1000\r\n".to_vec();
            chunk.resize(chunk.len() + 0x1000, b' ');
            chunk.extend_from_slice(b"\r\n");
            let _ = stream.write_all(&head).await;
            while stream.write_all(&chunk).await.is_ok() {}
        }
    }
}

async fn wait_for_end(stream: &mut TcpStream) {
    let mut ignored = [0; 1024];
    while matches!(stream.read(&mut ignored).await, Ok(1..)) {}
}

/// Reads one request; `None` if the client hangs up before its end or does not speak HTTP.
async fn read(stream: &mut TcpStream) -> Option<Recorded> {
    const BLANK_LINE: &[u8] = b"\r\n\r\n";
    let mut received = Vec::new();
    let end_of_head = loop {
        if let Some(at) = received
            .windows(BLANK_LINE.len())
            .position(|window| window == BLANK_LINE)
        {
            break at;
        }
        if stream.read_buf(&mut received).await.ok()? == 0 {
            return None;
        }
    };
    let mut body = received.split_off(end_of_head + BLANK_LINE.len());
    let head = String::from_utf8(received).ok()?;
    let mut lines = head.trim_end().split("\r\n");
    let (method, rest) = lines.next()?.split_once(' ')?;
    let (target, _version) = rest.split_once(' ')?;
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |wanted: &str| {
        let mut headers = headers.iter().filter(|(name, _)| name == wanted);
        headers.next().map(|(_, value)| value.as_str())
    };
    if header("transfer-encoding").is_some_and(|it| it.eq_ignore_ascii_case("chunked")) {
        body = loop {
            match unchunked(&body) {
                Chunked::Whole(whole) => break whole,
                Chunked::Broken => return None,
                Chunked::Incomplete => {}
            }
            if stream.read_buf(&mut body).await.ok()? == 0 {
                return None;
            }
        };
    }
    let length = header("content-length").map_or(Some(0), |value| value.parse().ok())?;
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Recorded {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body,
    })
}

/// What there is of a chunked body.
enum Chunked {
    Whole(Vec<u8>),
    Incomplete,
    Broken,
}

/// Puts the chunks of a body together (RFC 9112, section 7.1).
fn unchunked(mut received: &[u8]) -> Chunked {
    let mut whole = Vec::new();
    loop {
        let Some(end) = received.windows(2).position(|it| it == b"\r\n") else {
            return Chunked::Incomplete;
        };
        let size = std::str::from_utf8(&received[..end]).ok();
        let Some(size) = size.and_then(|it| usize::from_str_radix(it.trim(), 16).ok()) else {
            return Chunked::Broken;
        };
        let Some(chunk) = received.get(end + 2..end + 2 + size + 2) else {
            return Chunked::Incomplete;
        };
        if size == 0 {
            return Chunked::Whole(whole);
        }
        whole.extend_from_slice(&chunk[..size]);
        received = &received[end + 2 + size + 2..];
    }
}

/// An address that refuses connections: its port is taken, but nobody listens.
#[derive(Debug)]
pub struct Refusing {
    address: SocketAddr,
    _socket: TcpSocket,
}

impl Refusing {
    /// Takes a port of 127.0.0.1 that the operating system picks.
    #[must_use]
    pub fn start() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket can be made");
        socket
            .bind(([127, 0, 0, 1], 0).into())
            .expect("loopback has a free port");
        let address = socket.local_addr().expect("a bound socket has an address");
        Self {
            address,
            _socket: socket,
        }
    }

    /// Returns scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}
