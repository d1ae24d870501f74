//! Text that is made line by line, for people at a terminal: the printed form of a stage.

use std::fmt::Write as _;

/// Text in lines. What a document puts into a line stays in it, and does nothing to the terminal.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// Adds a line, `depth` steps to the right.
    pub(crate) fn add(&mut self, depth: usize, text: impl AsRef<str>) {
        // Writing into a string does not fail.
        let _ = write!(self.0, "{:1$}", "", depth * 2);
        for it in text.as_ref().chars() {
            if it.is_control() || is_unseen(it) || matches!(it, '\u{2028}' | '\u{2029}') {
                let _ = write!(self.0, "{}", it.escape_unicode());
            } else {
                self.0.push(it);
            }
        }
        self.0.push('\n');
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Whether a character is not seen but does something: marks that reorder text, marks without width, and the byte
/// order mark.
pub(crate) fn is_unseen(it: char) -> bool {
    matches!(
        it,
        '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_line_stays_a_line() {
        let mut lines = Lines::default();
        lines.add(1, "a\u{1b}[2Jb\nc\u{202e}d é");
        assert_eq!(lines.finish(), "  a\\u{1b}[2Jb\\u{a}c\\u{202e}d é\n");
    }
}
