//! Server-sent events (HTML Standard, section 9.2, "Server-sent events").

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;

use super::{
    Cut, Decode, DecodeError, DecodeErrorKind, Error, Incoming, RawResponse, Response, media_type,
    text,
};

/// A [`Stream`] of server-sent events. It ends when the server ends it.
///
/// If an event cannot be read, the stream returns an error and continues with the next event. If the connection breaks,
/// the stream returns an error and ends. To continue, call the operation again, with the last [`id`](Event::id) if it
/// accepts one.
///
/// ```ignore
/// let mut events = client.watch().await?;
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.data);
/// }
/// ```
pub struct Events<T> {
    incoming: Box<Incoming>,
    parser: Parser,
    data: PhantomData<fn() -> T>,
}

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event (default: `message`).
    pub event: String,
    /// The data: the text itself if `T` is a text type, or a value read from JSON.
    pub data: T,
    /// The last ID that the server gave, with this event or an earlier one.
    pub id: Option<String>,
    /// The time to wait before the next connection, as last given by the server.
    pub retry: Option<Duration>,
}

impl RawResponse {
    /// Returns the events of the body as a stream.
    pub fn events<T: Decode, H>(self) -> Result<Response<Events<T>, H>, Error> {
        self.stream(Self::check_events, |incoming| Events {
            incoming: Box::new(incoming),
            parser: Parser::default(),
            data: PhantomData,
        })
    }

    /// Checks that the media type, if there is one, can be a stream of events.
    fn check_events(&self) -> Result<(), DecodeError> {
        const LIKELY: [&str; 3] = ["", "text/plain", "application/octet-stream"];
        let media_type = media_type::essence(media_type::content_type(self.headers()));
        if LIKELY.contains(&media_type.as_str()) || media_type.ends_with("/event-stream") {
            return Ok(());
        }
        let found = format!("a body of `{}`", super::error::printable(&media_type, 100));
        let kind = DecodeErrorKind::MediaType;
        Err(DecodeError::whole(kind, "server-sent events", found))
    }
}

impl<T: Decode> Events<T> {
    /// Returns the next event, or `None` after the last one. If the data is JSON, the text `[DONE]` ends the stream, as
    /// is common.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns a blocking iterator over the events.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking(self) -> super::Blocking<Self> {
        super::Blocking(self)
    }

    fn read(&mut self, event: Event<String>) -> Option<Result<Event<T>, Error>> {
        if !T::is_text() && event.data == "[DONE]" {
            self.incoming.end();
            return None;
        }
        Some(match text::read(&event.data, self.incoming.memory()) {
            Ok(data) => Ok(Event {
                event: event.event,
                data,
                id: event.id,
                retry: event.retry,
            }),
            Err(error) => Err(self.incoming.unreadable(event.data.into(), error)),
        })
    }
}

impl<T: Decode> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let events = self.get_mut();
        let event = ready!(events.incoming.poll_piece(&mut events.parser, cx));
        Poll::Ready(match event {
            Some(Ok(event)) => events.read(event),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }
}

/// Shows nothing of the events, since they may be secret.
impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// Splits an event stream into events ("Interpreting an event stream").
#[derive(Default)]
struct Parser {
    /// The start of the current line.
    line: Vec<u8>,
    /// Set after the first line, when no byte order mark can follow.
    has_begun: bool,
    /// Set if the last line ended with a carriage return, so that a line feed belongs to the same line end.
    ends_with_return: bool,
    event: String,
    /// The lines of data, each with a line feed.
    data: String,
    id: Option<String>,
    retry: Option<Duration>,
}

impl Cut for Parser {
    type Piece = Event<String>;

    fn cut(&mut self, bytes: &mut Bytes) -> Option<Event<String>> {
        while let Some(first) = bytes.first() {
            if std::mem::take(&mut self.ends_with_return) && *first == b'\n' {
                bytes.advance(1);
                continue;
            }
            let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
                self.line.extend_from_slice(&std::mem::take(bytes));
                return None;
            };
            self.line.extend_from_slice(&bytes.split_to(end));
            self.ends_with_return = bytes.get_u8() == b'\r';
            let line = std::mem::take(&mut self.line);
            let line = if std::mem::replace(&mut self.has_begun, true) {
                &line[..]
            } else {
                text::without_mark(&line)
            };
            if line.is_empty() {
                if let Some(event) = self.dispatch() {
                    return Some(event);
                }
            } else {
                self.field(&String::from_utf8_lossy(line));
            }
        }
        None
    }

    /// Returns nothing: an event without a blank line at its end is incomplete.
    fn rest(&mut self) -> Option<Event<String>> {
        None
    }

    fn kept(&self) -> usize {
        self.line.len() + self.data.len()
    }

    fn size(event: &Event<String>) -> usize {
        event.data.len()
    }
}

impl Parser {
    /// Reads a line. Lines that begin with a colon are comments, and unknown fields are ignored.
    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => {
                self.id = Some(value.to_owned()).filter(|id| !id.is_empty());
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                if let Ok(milliseconds) = value.parse() {
                    self.retry = Some(Duration::from_millis(milliseconds));
                }
            }
            _ => {}
        }
    }

    /// Returns the event that a blank line ends, if there is data.
    fn dispatch(&mut self) -> Option<Event<String>> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        Some(Event {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            data,
            id: self.id.clone(),
            retry: self.retry,
        })
    }
}
