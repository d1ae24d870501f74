//! The reason why a figure is missing.

use std::fmt;
use std::io;

/// How long a reason may be.
const LENGTH: usize = 160;

/// The reason why something could not be done, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure with a reason of our own.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// Finds the reason in what a failed command printed: its first error, or the message of its panic, or else its
    /// last words.
    #[must_use]
    pub fn from_errors(text: &str) -> Self {
        let lines = || text.lines().map(str::trim).filter(|it| !it.is_empty());
        let panic = lines()
            .skip_while(|it| !it.contains(" panicked at "))
            .nth(1);
        let error = lines().find(|it| it.starts_with("error") || it.starts_with("Error"));
        let overflow = lines().find(|it| it.ends_with("has overflowed its stack"));
        // How progenitor says it.
        let refusal = lines().find_map(|it| it.strip_prefix("gen fail: "));
        let reason = overflow.or(panic).or(refusal).or(error);
        let reason = reason.or_else(|| lines().next_back());
        let reason = reason.unwrap_or("no reason is given");
        Self(match reason.char_indices().nth(LENGTH) {
            Some((end, _)) => format!("{}…", &reason[..end]),
            None => reason.to_owned(),
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_first_error() {
        let failure = Failure::from_errors("warning: odd\nerror[E0428]: twice\nerror: aborting\n");
        assert_eq!(failure, Failure::new("error[E0428]: twice"));
    }

    #[test]
    fn the_reason_is_what_a_panic_says() {
        let text = "thread 'main' panicked at src/a.rs:1:2:\nno such type\nnote: run with\nexit status: 101\n";
        assert_eq!(Failure::from_errors(text), Failure::new("no such type"));
    }

    #[test]
    fn a_long_reason_is_cut() {
        let failure = Failure::from_errors(&"ä".repeat(LENGTH + 1));
        assert_eq!(failure, Failure::new(format!("{}…", "ä".repeat(LENGTH))));
    }
}
