//! The body of a request.

use bytes::Bytes;
use http::HeaderValue;

use super::{Call, Encode, EncodeFailure, Error, RequestError, to_vec};

/// A body and its media type.
#[derive(Clone)]
pub struct Content {
    /// The `Content-Type`.
    pub media_type: HeaderValue,
    /// The bytes.
    pub bytes: Bytes,
}

/// Shows the size only: a body may be secret.
impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Content({:?}, {} bytes)",
            self.media_type,
            self.bytes.len()
        )
    }
}

impl Call {
    /// Sends a value as JSON. An absent value means that there is no body.
    pub fn json(&mut self, media_type: &'static str, body: &dyn Encode) {
        if body.is_absent() {
            return;
        }
        match to_vec(body) {
            Ok(json) => self.bytes(media_type, json),
            Err(error) => self.fail(EncodeFailure::new(error).into()),
        }
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &'static str, body: impl Into<String>) {
        self.bytes(media_type, body.into());
    }

    /// Sends bytes.
    pub fn bytes(&mut self, media_type: &'static str, body: impl Into<Bytes>) {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                let bytes = body.into();
                self.content = Some(Content { media_type, bytes });
            }
            Err(_) => self.fail(Error::from(RequestError::new(
                "the media type of the body cannot stand in a header",
            ))),
        }
    }
}
