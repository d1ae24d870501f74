//! Bodies of requests.

#[cfg(feature = "xml")]
use super::EncodeFailure;
#[cfg(not(feature = "xml"))]
use super::RequestError;
use super::Shape;
use super::{Call, Encode};

impl Call {
    /// Sends a value as XML. An absent value sends no body.
    #[cfg(feature = "xml")]
    pub fn xml(&mut self, media_type: &'static str, body: &dyn Encode, shape: &Shape) {
        if body.is_absent() {
            return;
        }
        match super::to_vec(body, shape) {
            Ok(xml) => self.body(media_type, xml),
            Err(error) => self.fail(EncodeFailure::new(error).into()),
        }
    }

    /// Fails, since XML needs the feature `xml`.
    #[cfg(not(feature = "xml"))]
    pub fn xml(&mut self, _media_type: &'static str, body: &dyn Encode, _shape: &Shape) {
        if !body.is_absent() {
            self.fail(RequestError::new("XML needs the feature `xml`").into());
        }
    }
}
