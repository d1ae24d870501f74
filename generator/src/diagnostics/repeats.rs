//! Findings that repeat: a document that makes a mistake a hundred times is told so once.

use std::collections::HashMap;
use std::fmt;

use super::{Code, Diagnostic, Severity};

/// How many findings of one cause are shown one by one.
const MOST: usize = 5;

/// What to show of findings.
#[derive(Clone, Debug)]
pub enum Shown<'d> {
    /// A finding.
    One(&'d Diagnostic),
    /// Findings that differ from earlier ones in names and places alone.
    More(Repeats),
}

/// How often a cause was found beyond what is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// The code of all of them.
    pub code: Code,
    /// How bad they are.
    pub severity: Severity,
    /// How many there are.
    pub count: usize,
    /// The message of all of them, with `…` for what differs.
    pub message: String,
}

impl fmt::Display for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = if self.count == 1 { "time" } else { "times" };
        write!(f, "{} more {times}: {}", self.count, self.message)
    }
}

/// What makes findings the same but for names and places.
type Cause = (Code, Severity, String);

/// Puts the findings of one cause together, from the sixth on, where the sixth stands.
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

/// A message with `…` for every name and number in it, and for every list of names.
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
