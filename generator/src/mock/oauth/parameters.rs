//! The parameters of requests of OAuth (RFC 6749, section 3.1 and 3.2, and appendix B).

use crate::mock::urlencoded::fields;

/// What may be there more than once (RFC 8707, section 2; RFC 8693, section 2.1).
const LISTS: [&str; 2] = ["resource", "audience"];

/// The parameters of a request. Those without a value count as not sent.
#[derive(Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query or a form.
    pub(super) fn read(text: &str) -> Self {
        let mut sent = fields(text);
        sent.retain(|(_, value)| !value.is_empty());
        Self(sent)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let own = self.0.iter().filter(move |(it, _)| it == name);
        own.map(|(_, value)| value.as_str())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether one of them is there more often than it may be.
    pub(super) fn has_repeated(&self) -> bool {
        let names = self.0.iter().map(|(name, _)| name.as_str());
        names.enumerate().any(|(at, name)| {
            !LISTS.contains(&name) && self.0[..at].iter().any(|(before, _)| before == name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_forms() {
        let read = Parameters::read("a=1+2%2B3&empty=&none&resource=x&resource=y&%61b=%C3%A4");
        let pairs: Vec<_> = read.iter().collect();
        assert_eq!(
            pairs,
            [
                ("a", "1 2+3"),
                ("resource", "x"),
                ("resource", "y"),
                ("ab", "ä")
            ]
        );
        assert!(!read.has_repeated());
        assert!(Parameters::read("a=1&b=2&a=1").has_repeated());
        assert!(!Parameters::read("a=1&a=").has_repeated());
    }
}
