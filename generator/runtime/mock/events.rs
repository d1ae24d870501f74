//! Server-sent events that a mock service sends (HTML Standard, section 9.2).

use std::time::Duration;

use bytes::Bytes;

use super::super::Event;
use super::{Encode, MockError, Tree, UntypedResponse, encode};

impl<T> Event<T> {
    /// Returns an event of the default type.
    #[must_use]
    pub fn new(data: T) -> Self {
        Self {
            event: "message".to_owned(),
            data,
            id: None,
            retry: None,
        }
    }

    /// Sets the type.
    #[must_use]
    pub fn of_type(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// Sets the ID.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the time to wait before the next connection.
    #[must_use]
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }
}

/// Converts data to an event of the default type.
impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

impl UntypedResponse {
    /// Sends events, each in its own chunk.
    #[must_use]
    pub fn events<T: Encode>(
        self,
        media_type: &str,
        events: impl IntoIterator<Item = impl Into<Event<T>>>,
    ) -> Self {
        let chunks = events.into_iter().map(|it| written(&it.into()));
        self.chunks(media_type, chunks.collect())
    }
}

/// Writes an event.
fn written<T: Encode>(event: &Event<T>) -> Result<Bytes, MockError> {
    let tree = encode::style::tree(&event.data).map_err(|error| MockError::unwritable(&error))?;
    let data = encode::style::text(&tree).unwrap_or_default();
    // What the data says ends no line but its own.
    let data = if matches!(tree, Tree::String(_)) {
        data.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        data
    };
    let plain = |text: &str| text.replace(['\r', '\n'], " ");
    let mut lines = Vec::new();
    if event.event != "message" {
        lines.push(format!("event: {}", plain(&event.event)));
    }
    if let Some(id) = &event.id {
        lines.push(format!("id: {}", plain(id)));
    }
    if let Some(retry) = event.retry {
        lines.push(format!("retry: {}", retry.as_millis()));
    }
    lines.extend(data.split('\n').map(|it| format!("data: {it}")));
    Ok(format!("{}\n\n", lines.join("\n")).into())
}
