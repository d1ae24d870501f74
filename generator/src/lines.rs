//! Text that is built line by line, for people: the printed form of a stage.

use std::fmt::Write as _;

/// Text in lines. What a document puts into a line stays in it, and does nothing to the terminal.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// Adds a line, `depth` steps to the right.
    pub(crate) fn add(&mut self, depth: usize, text: impl AsRef<str>) {
        // Writing into a string does not fail.
        let _ = write!(self.0, "{:1$}", "", depth * 2);
        self.0.push_str(&visible(text.as_ref()));
        self.0.push('\n');
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Text in one line: every character that is not seen, line ends among them, by its number.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if is_hidden(it) {
            // Writing into a string does not fail.
            let _ = write!(out, "{}", it.escape_unicode());
        } else {
            out.push(it);
        }
    }
    out
}

/// A value as JSON of several lines. Characters that would not be seen are written by their numbers (RFC 8259,
/// Strings).
pub(crate) fn json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    let mut units = [0; 2];
    for it in format!("{value:#}\n").chars() {
        // Outside of strings there are none of them.
        if it == '\n' || !is_hidden(it) {
            out.push(it);
            continue;
        }
        for unit in it.encode_utf16(&mut units) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Whether a character would do something, to a terminal or an editor, without being seen.
pub(crate) fn is_hidden(it: char) -> bool {
    it.is_control() || is_unseen(it)
}

/// Whether a character is not seen but does something: marks that reorder or split text, marks without width, and
/// fillers. Of those that Unicode calls default ignorable, only the selectors of how an emoji looks are missing.
pub(crate) fn is_unseen(it: char) -> bool {
    matches!(
        it,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Lines;

    #[test]
    fn json_is_read_as_it_was() {
        let value = json!({ "a\u{202e}": ["b\u{9b}\n", "\u{e0041}é"] });
        let text = super::json(&value);
        assert!(text.is_ascii() || text.contains('é'));
        assert!(!text.chars().any(|it| it != '\n' && super::is_hidden(it)));
        assert_eq!(text.parse::<Value>().ok(), Some(value));
    }

    #[test]
    fn a_line_stays_a_line() {
        let mut lines = Lines::default();
        lines.add(1, "a\u{1b}[2Jb\nc\u{202e}d é");
        assert_eq!(lines.finish(), "  a\\u{1b}[2Jb\\u{a}c\\u{202e}d é\n");
    }
}
