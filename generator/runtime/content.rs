//! The content of a request: its body and its media type.

use http::HeaderValue;

use super::style;
use super::{Body, Call, Encode, EncodeFailure, Error, RequestError, to_vec};

/// A body and its media type.
pub(super) struct Content {
    pub(super) media_type: HeaderValue,
    /// `None` when it was sent, and cannot be sent again.
    body: Option<Body>,
}

impl Content {
    /// Returns the body to send it, and keeps it if it can be sent again.
    pub(super) fn send(&mut self) -> Body {
        let body = self.body.take();
        self.body = body.as_ref().and_then(Body::again);
        body.unwrap_or(Body::empty())
    }

    /// Returns whether the body was sent and cannot be sent again.
    pub(super) fn is_gone(&self) -> bool {
        self.body.is_none()
    }
}

impl Call {
    /// Sends a value as JSON. An absent value means that there is no body.
    pub fn json(&mut self, media_type: &'static str, body: &dyn Encode) {
        if body.is_absent() {
            return;
        }
        match to_vec(body) {
            Ok(json) => self.body(media_type, json),
            Err(error) => self.fail(EncodeFailure::new(error).into()),
        }
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &'static str, body: impl Into<String>) {
        self.body(media_type, body.into());
    }

    /// Sends a value as text: a number, one of several words, a date; lists and objects as JSON. An absent value and
    /// `null` mean that there is no body.
    pub fn scalar(&mut self, media_type: &'static str, body: &dyn Encode) {
        if body.is_absent() {
            return;
        }
        match style::tree(body) {
            Ok(tree) => {
                if let Some(text) = style::text(&tree) {
                    self.body(media_type, text);
                }
            }
            Err(error) => self.fail(Error::from(error)),
        }
    }

    /// Sends bytes, or a stream of them.
    pub fn body(&mut self, media_type: &str, body: impl Into<Body>) {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                let body = Some(body.into());
                self.content = Some(Content { media_type, body });
            }
            Err(_) => self.fail(Error::from(RequestError::new(
                "the media type of the body cannot stand in a header",
            ))),
        }
    }
}
