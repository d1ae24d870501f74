//! Query arguments.

use super::percent::{self, STRICT};
use super::style;
use super::{Call, Encode, Error, Style, Tree};

/// The query of a request: the percent-encoded text of each parameter, in the order in which they are set.
#[derive(Clone, Default)]
pub(crate) struct Query(Vec<(&'static str, String)>);

impl Query {
    /// Sets a parameter, in place of its previous value.
    pub(crate) fn set(&mut self, name: &'static str, text: String) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = text,
            None => self.0.push((name, text)),
        }
    }

    /// Removes a parameter.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| *known != name);
    }

    /// Returns `true` if a parameter is set.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut texts = self.0.iter();
        texts.any(|(known, text)| *known == name && !text.is_empty())
    }

    /// Returns the query without its question mark.
    pub(crate) fn text(&self) -> String {
        let texts = self.0.iter().map(|(_, text)| text.as_str());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        texts.join("&")
    }
}

impl Call {
    /// Sets a query argument. An absent value, `null` and an empty list leave the parameter out.
    pub fn query(&mut self, name: &'static str, value: &dyn Encode, style: Style) {
        self.set_query(name, value, |tree| {
            style::joined_pairs(&style.query(name, tree))
        });
    }

    /// Sets an argument that is the whole query (OAS 3.2, Parameter Object, `in: querystring`). An absent value and
    /// `null` leave it out.
    pub fn query_string(&mut self, name: &'static str, value: &dyn Encode, style: Style) {
        self.set_query(name, value, |tree| {
            style.query_string(tree).unwrap_or_default()
        });
    }

    /// Sets an argument that is the whole query, as a form. `styles` are the styles of properties, as in a body.
    pub fn query_form(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        styles: &[(&'static str, Style)],
    ) {
        self.set_query(name, value, |tree| match tree {
            Tree::Object(properties) => style::form_text(properties, styles),
            other => Style::FORM_TEXT.query_string(other).unwrap_or_default(),
        });
    }

    /// Sends a query parameter without a value: `name=` (OAS 3.1.1, Parameter Object, `allowEmptyValue`).
    pub fn query_empty(&mut self, name: &'static str) {
        self.query
            .set(name, format!("{}=", percent::encode(name, STRICT)));
    }

    fn set_query(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        write: impl FnOnce(&Tree) -> String,
    ) {
        let text = if value.is_absent() {
            Ok(String::new())
        } else {
            style::tree(value).map(|tree| write(&tree))
        };
        match text {
            Ok(text) => self.query.set(name, text),
            Err(error) => self.fail(Error::from(error)),
        }
    }
}
