//! Arguments of the query.

use super::style;
use super::{Call, Encode, Error, Style};

/// The query of a request: for each parameter its percent-encoded pairs, in the order in which they were set.
#[derive(Default)]
pub(super) struct Query(Vec<(&'static str, Vec<(String, String)>)>);

impl Query {
    /// Sets a parameter, instead of what it had before.
    pub(super) fn set(&mut self, name: &'static str, pairs: Vec<(String, String)>) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = pairs,
            None => self.0.push((name, pairs)),
        }
    }

    /// Returns the query without its question mark.
    pub(super) fn text(&self) -> String {
        let pairs = self.0.iter().flat_map(|(_, pairs)| pairs);
        pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&")
    }
}

impl Call {
    /// Sets an argument of the query. An absent value, `null` and an empty list leave the parameter out.
    pub fn query(&mut self, name: &'static str, value: &dyn Encode, style: Style) {
        if value.is_absent() {
            return self.query.set(name, Vec::new());
        }
        match style::tree(value) {
            Ok(tree) => self.query.set(name, style.query(name, &tree)),
            Err(error) => self.fail(Error::from(error)),
        }
    }
}
