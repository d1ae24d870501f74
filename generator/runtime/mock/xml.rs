//! XML that a mock service receives and sends. Both need the feature `xml`.

use super::super::xml::{Shape, from_slice, to_vec};
use super::{Decode, Encode, IncomingRequest, MockError, UntypedResponse};

impl IncomingRequest {
    /// Reads an XML body.
    pub fn xml<T: Decode>(&self, documented: &str, shape: &Shape) -> Result<T, MockError> {
        self.check(documented)?;
        let value = from_slice(&self.body, shape);
        value.map_err(|error| MockError::unreadable("the body", error))
    }
}

impl UntypedResponse {
    /// Sends a value as XML.
    #[must_use]
    pub fn xml(self, media_type: &str, body: &dyn Encode, shape: &Shape) -> Self {
        let xml = to_vec(body, shape);
        self.bytes(
            media_type,
            xml.map_err(|error| MockError::unwritable(&error)),
        )
    }
}
