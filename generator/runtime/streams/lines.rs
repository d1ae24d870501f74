//! JSON texts, one after the other: a line each (JSON Lines, NDJSON), or a record each (RFC 7464).

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;

use super::json::from_slice_within;
use super::media_type::{self, Syntax};
use super::{Call, Cut, Decode, DecodeError, DecodeErrorKind, Encode, EncodeFailure, Error};
use super::{Incoming, RawResponse, Response, text, to_vec};

/// What a record begins with (RFC 7464, section 2.2).
const RECORD: u8 = 0x1E;

/// Values that a server sends, as they come: a [`Stream`] that lasts as long as the server likes.
///
/// A value that cannot be read is an error, and the next one comes after it. When the connection breaks, that is the
/// last error.
///
/// ```ignore
/// let mut lines = client.export().await?;
/// while let Some(row) = lines.next().await {
///     println!("{:?}", row?);
/// }
/// ```
pub struct Lines<T> {
    incoming: Box<Incoming>,
    cutter: Cutter,
    value: PhantomData<fn() -> T>,
}

impl RawResponse {
    /// Returns the values of the body as they come: lines, or records if it begins with one.
    pub fn lines<T: Decode, H>(self) -> Result<Response<Lines<T>, H>, Error> {
        self.stream(Self::check_lines, |incoming| Lines {
            incoming: Box::new(incoming),
            cutter: Cutter::default(),
            value: PhantomData,
        })
    }

    /// Checks that the media type, if there is one, does not stand for something else than a stream. Many services
    /// call lines of JSON simply JSON.
    fn check_lines(&self) -> Result<(), DecodeError> {
        const LIKELY: [&str; 2] = ["text/plain", "application/octet-stream"];
        let media_type = media_type::essence(media_type::content_type(self.headers()));
        let is_json = media_type::syntax(&media_type) == Some(Syntax::Json);
        if is_json || LIKELY.contains(&media_type.as_str()) {
            return Ok(());
        }
        self.check_syntax("lines of JSON", Syntax::Lines)
    }
}

impl Call {
    /// Sends values as JSON: a line each, or a record each where the media type is one of sequences (`*json-seq`).
    pub fn lines<T: Encode>(&mut self, media_type: &'static str, values: &[T]) {
        let has_records = media_type::essence(media_type).ends_with("json-seq");
        let mut body = Vec::new();
        for value in values {
            match to_vec(value) {
                Ok(json) => {
                    body.extend(has_records.then_some(RECORD));
                    body.extend(json);
                    body.push(b'\n');
                }
                Err(error) => return self.fail(EncodeFailure::new(error).into()),
            }
        }
        self.body(media_type, body);
    }
}

impl<T: Decode> Lines<T> {
    /// Returns the next value; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns an iterator over the values, which blocks the thread until they come.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking(self) -> super::Blocking<Self> {
        super::Blocking(self)
    }

    fn read(&self, line: Vec<u8>) -> Result<T, Error> {
        let json = text::without_mark(&line);
        let memory = self.incoming.memory();
        let value = self.cutter.check(json);
        let value = value.and_then(|()| from_slice_within(json, memory));
        value.map_err(|error| self.incoming.unreadable(line.into(), error))
    }
}

impl<T: Decode> Stream for Lines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let lines = self.get_mut();
        let line = ready!(lines.incoming.poll_piece(&mut lines.cutter, cx));
        Poll::Ready(line.map(|line| line.and_then(|line| lines.read(line))))
    }
}

/// Shows nothing of the values: they may be secret.
impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").finish_non_exhaustive()
    }
}

/// Cuts lines or records.
#[derive(Default)]
struct Cutter {
    /// What there is of the line or the record.
    line: Vec<u8>,
    /// What separates one from the next, as soon as that is known.
    separator: Option<u8>,
}

impl Cut for Cutter {
    type Piece = Vec<u8>;

    /// Blank lines are left out.
    fn cut(&mut self, bytes: &mut Bytes) -> Option<Vec<u8>> {
        while let Some(first) = bytes.first() {
            let separator = *self.separator.get_or_insert(match *first {
                RECORD => RECORD,
                _ => b'\n',
            });
            let Some(end) = bytes.iter().position(|byte| *byte == separator) else {
                self.line.extend_from_slice(&std::mem::take(bytes));
                return None;
            };
            self.line.extend_from_slice(&bytes.split_to(end));
            bytes.advance(1);
            if let Some(line) = self.rest() {
                return Some(line);
            }
        }
        None
    }

    fn rest(&mut self) -> Option<Vec<u8>> {
        let line = std::mem::take(&mut self.line);
        (!line.trim_ascii().is_empty()).then_some(line)
    }

    fn kept(&self) -> usize {
        self.line.len()
    }

    fn size(line: &Vec<u8>) -> usize {
        line.len()
    }
}

impl Cutter {
    /// Checks that a record is not cut off: a number or a word could be the start of a longer one (RFC 7464,
    /// section 2.4).
    fn check(&self, record: &[u8]) -> Result<(), DecodeError> {
        let ends_itself = |byte: &u8| byte.is_ascii_whitespace() || b"]}\"".contains(byte);
        if self.separator != Some(RECORD) || record.last().is_some_and(ends_itself) {
            return Ok(());
        }
        let expected = "a line feed after the value";
        let end = record.len();
        let found = "the end of the record";
        Err(DecodeError::at(end, DecodeErrorKind::Syntax, expected, found).located(record))
    }
}
