//! Folds repeated findings: a mistake that occurs a hundred times is not reported a hundred times.

use std::collections::HashMap;
use std::fmt;

use super::{Code, Diagnostic, Severity};

/// The number of findings of one cause that are shown individually.
const MOST: usize = 5;

/// A shown finding, or a count of repeated ones.
#[derive(Clone, Debug)]
pub enum Shown<'d> {
    /// A finding.
    One(&'d Diagnostic),
    /// Findings that differ from earlier ones only in names and places.
    More(Repeats),
}

/// The further findings of one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// The code of all of them.
    pub code: Code,
    /// Their severity.
    pub severity: Severity,
    /// Their number.
    pub count: usize,
    /// Their message, with `…` for the parts that differ.
    pub message: String,
}

impl fmt::Display for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = if self.count == 1 { "time" } else { "times" };
        write!(f, "{} more {times}: {}", self.count, self.message)
    }
}

/// The identity of a cause.
type Cause = (Code, Severity, String);

/// Combines the findings of one cause from the sixth on, in the place of the sixth.
pub fn without_repeats<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Shown<'d>> {
    let mut counts: HashMap<Cause, usize> = HashMap::new();
    let mut places: HashMap<Cause, usize> = HashMap::new();
    let mut shown: Vec<Shown<'d>> = Vec::new();
    for finding in findings {
        let message = shape(&finding.message);
        let cause = (finding.code, finding.severity, message.clone());
        let count = counts.entry(cause.clone()).or_default();
        *count += 1;
        if *count <= MOST {
            shown.push(Shown::One(finding));
            continue;
        }
        let place = *places.entry(cause).or_insert(shown.len());
        let repeats = Repeats {
            code: finding.code,
            severity: finding.severity,
            count: *count - MOST,
            message,
        };
        let more = Shown::More(repeats);
        match shown.get_mut(place) {
            Some(before) => *before = more,
            None => shown.push(more),
        }
    }
    shown
}

/// Returns a message with `…` for every name, number and list of names.
fn shape(message: &str) -> String {
    let mut shape = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index % 2 == 1 {
            shape.push_str("`…`");
            continue;
        }
        let mut is_number = false;
        for letter in part.chars() {
            let continues = is_number && letter.is_ascii_digit();
            is_number = letter.is_ascii_digit();
            match letter {
                _ if continues => {}
                _ if is_number => shape.push('…'),
                letter => shape.push(letter),
            }
        }
    }
    for list in ["`…`, `…`", "`…` and `…`", "`…` or `…`"] {
        while shape.contains(list) {
            shape = shape.replace(list, "`…`");
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn shown(messages: impl IntoIterator<Item = String>) -> String {
        let findings: Vec<Diagnostic> = messages
            .into_iter()
            .map(|it| Diagnostic::new(Code::UnknownField, it))
            .collect();
        let lines = without_repeats(&findings).into_iter().map(|it| match it {
            Shown::One(finding) => finding.message.clone(),
            Shown::More(repeats) => repeats.to_string(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_repeats_is_counted() {
        let repeated = (0..8).map(|it| format!("`a{it}` is not a field of the schema"));
        let others = (0..2).map(|it| format!("`{it}` is ignored beside `$ref`"));
        assert_snapshot!(shown(repeated.chain(others)), @r"
        `a0` is not a field of the schema
        `a1` is not a field of the schema
        `a2` is not a field of the schema
        `a3` is not a field of the schema
        `a4` is not a field of the schema
        3 more times: `…` is not a field of the schema
        `0` is ignored beside `$ref`
        `1` is ignored beside `$ref`
        ");
    }

    #[test]
    fn causes_differ_in_words() {
        assert_eq!(
            shape("`a` has 12 entries for 3 values"),
            "`…` has … entries for … values"
        );
        assert_eq!(shape("read as `1`, `2`, `3`"), "read as `…`");
        assert_eq!(
            shape("`a`, `b` and `c` cannot be told apart"),
            shape("`a` and `b` cannot be told apart")
        );
        assert_ne!(shape("`a` is a number"), shape("`a` is a list"));
    }
}
