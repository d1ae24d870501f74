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

/// Events that a server sends, as they come: a [`Stream`] that lasts as long as the server likes.
///
/// An event that cannot be read is an error, and the next one comes after it. When the connection breaks, that is the
/// last error; to go on, call the operation again, with the last [`id`](Event::id) if it takes one.
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

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its type, which is `message` unless the server says otherwise.
    pub event: String,
    /// Its data: the text itself where that is of a type for text, a value from JSON where it is not.
    pub data: T,
    /// The last id that the server gave, to this event or to an earlier one.
    pub id: Option<String>,
    /// How long to wait before the next connection, as the server said last.
    pub retry: Option<Duration>,
}

impl RawResponse {
    /// Returns the events of the body as they come.
    pub fn events<T: Decode, H>(self) -> Result<Response<Events<T>, H>, Error> {
        self.stream(Self::check_events, |incoming| Events {
            incoming: Box::new(incoming),
            parser: Parser::default(),
            data: PhantomData,
        })
    }

    /// Checks that the media type, if there is one, does not stand for something else than a stream.
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
    /// Returns the next event; `None` after the last one, or after data that is `[DONE]` where a value is expected:
    /// that is how many services end a stream.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns an iterator over the events, which blocks the thread until they come.
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

/// Shows nothing of the events: they may be secret.
impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// Cuts an event stream into events ("Interpreting an event stream").
#[derive(Default)]
struct Parser {
    /// What there is of the line.
    line: Vec<u8>,
    /// Whether a line was there before, so that no byte order mark can follow.
    has_begun: bool,
    /// Whether the last line ended with a carriage return, of which a line feed would be the rest.
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

    /// What no blank line ends is no event.
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
    /// Reads a line. What begins with a colon is a comment, and fields of other names mean nothing.
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
