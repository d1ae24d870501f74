//! Bodies of answers.

use super::super::{Decode, DecodeError, DecodeErrorKind, Error, Reply, Response};
use super::Shape;

impl Reply {
    /// Reads the body as XML. A missing media type is as good as `application/xml`.
    pub fn xml<T: Decode, H>(self, shape: &Shape) -> Result<Response<T, H>, Error> {
        let read = match self.check_xml() {
            Ok(()) => super::from_slice(self.received().body(), shape),
            Err(error) => Err(error),
        };
        match read {
            Err(error) if error.kind() == DecodeErrorKind::Empty => {
                let empty = T::empty().ok_or(error);
                self.read_as(empty)
            }
            read => self.read_as(read),
        }
    }

    /// Reads the body as XML or as JSON, as its media type says, or without one as it begins.
    pub fn json_or_xml<T: Decode, H>(self, shape: &Shape) -> Result<Response<T, H>, Error> {
        let media_type = essence(self.media_type());
        let begins = self.received().body().trim_ascii_start().first();
        if is_xml(&media_type) || (media_type.is_empty() && begins == Some(&b'<')) {
            self.xml(shape)
        } else {
            self.json()
        }
    }

    fn check_xml(&self) -> Result<(), DecodeError> {
        let media_type = essence(self.media_type());
        if media_type.is_empty() || is_xml(&media_type) || self.received().body().is_empty() {
            return Ok(());
        }
        let found = format!(
            "a body of `{}`",
            super::super::error::printable(&media_type, 100)
        );
        let kind = DecodeErrorKind::MediaType;
        Err(DecodeError::whole(kind, "a body of XML", found))
    }
}

/// Returns a media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns whether a media type is XML: by name, or by its suffix (RFC 7303).
fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml")
}
