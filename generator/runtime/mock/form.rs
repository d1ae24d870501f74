//! Reads forms that a mock service receives.

use super::{Decode, IncomingRequest, MockError, Style, styles};

impl IncomingRequest {
    /// Reads a body that is a form. `styles` are the styles of properties that have one.
    pub fn form<T: Decode>(
        &self,
        documented: &str,
        properties: &[(&'static str, Style)],
    ) -> Result<T, MockError> {
        let guess = styles::form_text(&self.text(documented)?, properties);
        let value = guess.read();
        value.map_err(|error| MockError::unreadable("the body", error))
    }
}
