//! Chance that falls the same way in every run.

use proptest::prelude::{Rng as _, Strategy as _};
use proptest::strategy::ValueTree as _;
use proptest::string::string_regex;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A source of numbers.
#[derive(Debug)]
pub struct Dice(TestRunner);

impl Dice {
    /// A source that depends on nothing but this text.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        let mut bytes = [0_u8; 32];
        for (index, byte) in seed.bytes().enumerate() {
            let place = &mut bytes[index % 32];
            *place = byte.wrapping_add(place.rotate_left(3));
        }
        let source = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Self(TestRunner::new_with_rng(Config::default(), source))
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0.rng().next_u64()
    }

    /// A number below `limit`; 0 when there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.number() % limit).unwrap_or_default()
    }

    /// Yes, in one of so many cases.
    pub fn once_in(&mut self, cases: usize) -> bool {
        self.below(cases) == 0
    }

    /// One of several.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        let index = self.below(from.len());
        from.get(index)
    }

    /// A text that a regular expression matches; `None` for what is too hard to turn around.
    pub fn matching(&mut self, pattern: &str) -> Option<String> {
        // Anchors say where a match may stand, which is everywhere here.
        let inner = pattern.strip_prefix('^').unwrap_or(pattern);
        let inner = inner
            .strip_suffix('$')
            .filter(|it| !it.ends_with('\\'))
            .unwrap_or(inner);
        let text = string_regex(&ascii(inner)).ok()?;
        Some(text.new_tree(&mut self.0).ok()?.current())
    }
}

/// A regular expression whose classes have only ASCII, as in ECMA-262, which JSON Schema takes them from.
fn ascii(pattern: &str) -> String {
    let mut text = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '\\' { letters.next() } else { None };
        match escaped {
            Some('d') => text.push_str("[0-9]"),
            Some('w') => text.push_str("[0-9A-Za-z_]"),
            Some('s') => text.push_str("[ ]"),
            other => text.extend(std::iter::once(letter).chain(other)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_patterns_around() {
        let mut dice = Dice::new("seed");
        for pattern in [r"^\d{2}-[a-f\d]+$", r"\w\s\$"] {
            let text = dice.matching(pattern).expect("it can be turned around");
            assert!(text.is_ascii(), "{text}");
        }
        assert_eq!(dice.matching("(?!a)b"), None);
        assert_eq!(Dice::new("a").number(), Dice::new("a").number());
        assert_ne!(Dice::new("a").number(), Dice::new("b").number());
    }
}
