//! Bodies of the media type `application/x-www-form-urlencoded`.

use url::form_urlencoded::Serializer;

use super::style;
use super::{Call, Encode, Error, RequestError, Style, Tree};

impl Call {
    /// Sends an object as a form. Arrays repeat their name and nested objects are written as JSON, unless `styles`
    /// says otherwise for a property (OAS 3.1.1, Encoding Object).
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
        let mut form = Serializer::new(String::new());
        for (name, value) in &properties {
            let style = styles
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, style)| *style);
            match (style, value) {
                (Some(style), _) => form.extend_pairs(style.plain(name, value)),
                (None, Tree::Object(_)) => form.extend_pairs(Style::JSON.plain(name, value)),
                (None, _) => form.extend_pairs(Style::FORM_EXPLODED.plain(name, value)),
            };
        }
        self.body("application/x-www-form-urlencoded", form.finish());
    }
}
