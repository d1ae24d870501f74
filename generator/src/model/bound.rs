//! Numbers that bound others.

use std::fmt;

use serde_json::Number;

/// A number that bounds others, with all digits that the document has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    value: Number,
    /// The text of an integer that 64 bits do not hold.
    digits: Option<Box<str>>,
}

impl Bound {
    /// Reads a number of JSON.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let value: Number = serde_json::from_str(text).ok()?;
        let is_whole = text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
        let is_held = value.is_i64() || value.is_u64();
        let digits = (is_whole && !is_held).then(|| text.into());
        Some(Self { value, digits })
    }

    /// The number, to the precision of a `double` where 64 bits do not hold it.
    #[must_use]
    pub fn value(&self) -> &Number {
        &self.value
    }

    /// The digits of an integer that 64 bits do not hold.
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        self.digits.as_deref()
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.digits {
            Some(digits) => f.write_str(digits),
            None => self.value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bound;

    #[test]
    fn keeps_the_digits_of_the_document() {
        let shown = |text: &str| Bound::read(text).map(|it| it.to_string());
        for text in [
            "0",
            "-7",
            "0.5",
            "18446744073709551615",
            "18446744073709551617",
        ] {
            assert_eq!(shown(text).as_deref(), Some(text));
        }
        let most = i128::MAX.to_string();
        assert_eq!(shown(&most).as_deref(), Some(most.as_str()));
        assert_eq!(shown("1e3").as_deref(), Some("1000.0"));
        assert_eq!(shown("many"), None);
        assert_eq!(
            Bound::read("12").and_then(|it| it.digits().map(str::to_owned)),
            None
        );
    }
}
