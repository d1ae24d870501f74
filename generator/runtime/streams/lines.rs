//! Sequences of JSON texts: lines (JSON Lines, NDJSON) or records (RFC 7464).

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

/// The byte that starts a record (RFC 7464, section 2.2).
const RECORD: u8 = 0x1E;

/// A [`Stream`] of JSON values. It ends when the server ends it.
///
/// If a value cannot be read, the stream returns an error and continues with the next value. If the connection breaks,
/// the stream returns an error and ends.
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
    /// Returns the values of the body as a stream: records if the body begins with one, or else lines.
    pub fn lines<T: Decode, H>(self) -> Result<Response<Lines<T>, H>, Error> {
        self.stream(Self::check_lines, |incoming| Lines {
            incoming: Box::new(incoming),
            cutter: Cutter::default(),
            value: PhantomData,
        })
    }

    /// Checks that the media type, if there is one, can be a stream of values. Many services use the media type of JSON
    /// for JSON lines.
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
    /// Sends values as JSON lines, or as records if the media type is for JSON sequences (`*json-seq`).
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
    /// Returns the next value, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns a blocking iterator over the values.
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

/// Shows nothing of the values, since they may be secret.
impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").finish_non_exhaustive()
    }
}

/// Splits a body into lines or records.
#[derive(Default)]
struct Cutter {
    /// The start of the current line or record.
    line: Vec<u8>,
    /// The separator, once it is known.
    separator: Option<u8>,
}

impl Cut for Cutter {
    type Piece = Vec<u8>;

    /// Returns the next line or record. Blank lines are skipped.
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
    /// Checks that a record is not truncated, since a number or a word could be the start of a longer one (RFC 7464,
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
