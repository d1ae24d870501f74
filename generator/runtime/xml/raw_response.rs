//! Bodies of responses.

use super::Shape;
use super::media_type::{self, Syntax};
use super::{Decode, DecodeError, DecodeErrorKind, Error, RawResponse, Response};
use super::{error::printable, response::nothing};

impl RawResponse {
    /// Reads the body as XML. A missing media type counts as `application/xml`.
    pub fn xml<T: Decode, H>(self, shape: &Shape) -> Result<Response<T, H>, Error> {
        self.read(|response| {
            let xml = response.raw_body();
            if xml.trim_ascii().is_empty() {
                return T::empty().ok_or_else(|| nothing("a body of XML"));
            }
            response.check_syntax("a body of XML", Syntax::Xml)?;
            response.check_charset()?;
            super::from_slice_within(xml, shape, response.memory)
        })
    }

    /// Reads the body as XML or as JSON, by its media type or, without one, by its beginning.
    pub fn json_or_xml<T: Decode, H>(self, shape: &Shape) -> Result<Response<T, H>, Error> {
        let media_type = media_type::essence(self.media_type());
        let is_xml = if media_type.is_empty() {
            let body = self.raw_body().trim_ascii_start();
            body.starts_with(b"<")
        } else {
            media_type::syntax(&media_type) == Some(Syntax::Xml)
        };
        if is_xml { self.xml(shape) } else { self.json() }
    }

    /// Checks the encoding in the media type, which takes precedence over all others (RFC 7303, section 3). For a
    /// document that is pure ASCII, it may be any encoding.
    fn check_charset(&self) -> Result<(), DecodeError> {
        let charset = media_type::parameter(self.media_type(), "charset").unwrap_or("utf-8");
        let is_utf8 = ["utf-8", "utf8", "us-ascii"]
            .iter()
            .any(|known| charset.eq_ignore_ascii_case(known));
        if is_utf8 || self.raw_body().is_ascii() {
            return Ok(());
        }
        let found = format!("`{}`", printable(charset, 40));
        let kind = DecodeErrorKind::Format;
        Err(DecodeError::whole(kind, "XML in UTF-8", found))
    }
}
