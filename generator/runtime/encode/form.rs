//! Bodies of the media type `application/x-www-form-urlencoded`.

use super::style;
use super::{Call, Encode, Error, RequestError, Style, Tree};

impl Call {
    /// Sends an object as a form. Arrays repeat their name and nested objects are written as JSON, unless `styles` has
    /// a style for the property (OAS 3.1.1, Encoding Object).
    pub fn form(&mut self, body: &dyn Encode, styles: &[(&'static str, Style)]) {
        if body.is_absent() {
            return;
        }
        let properties = match style::tree(body) {
            Ok(Tree::Object(properties)) => properties,
            Ok(_) => {
                return self.fail(RequestError::new("only an object can be sent as a form").into());
            }
            Err(error) => return self.fail(Error::from(error)),
        };
        let form = style::form_text(&properties, styles);
        self.body("application/x-www-form-urlencoded", form);
    }
}
