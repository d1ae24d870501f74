//! JSON-like collections in YAML whose lines are indented less than the block around them.
//!
//! YAML forbids that (section 8.1), and `saphyr` keeps to it; most other readers do not care, so that such
//! files are about:
//!
//! ```yaml
//!     example: {
//!   "status": "open"
//! }
//! ```

use std::collections::BTreeMap;

/// Says before which lines blanks have to go so that the collection that starts at byte `start` is indented
/// enough, from the line on that holds byte `at`.
pub(super) fn indent(text: &str, start: usize, at: usize, blanks: &mut BTreeMap<usize, usize>) {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let first = line_start(at);
    if first <= start {
        return;
    }
    let count = start - line_start(start) + 1;
    let end = end_of_collection(text, start).max(first);
    let starts = text[first..end]
        .match_indices('\n')
        .map(|(newline, _)| first + newline + 1);
    for line in std::iter::once(first)
        .chain(starts)
        .filter(|line| *line < end)
    {
        blanks.insert(line, count);
    }
}

/// The byte behind the bracket that closes the one at `start`, or the end of the text.
fn end_of_collection(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, start);
    while at < bytes.len() {
        let before = bytes[..at].last().copied().unwrap_or(b' ');
        let starts_token = before.is_ascii_whitespace() || b",:[{".contains(&before);
        match bytes[at] {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            quote @ (b'"' | b'\'') if starts_token => at = end_of_quote(bytes, at, quote),
            b'#' if before.is_ascii_whitespace() => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The byte of the quote that ends a scalar.
fn end_of_quote(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if quote == b'"' && bytes[at] == b'\\' {
            2
        } else {
            1
        };
    }
    at
}
