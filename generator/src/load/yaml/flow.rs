//! JSON-like collections and quoted texts in YAML whose lines are indented less than the block around them.
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

/// Says before which lines blanks have to go so that the collection or text that starts at byte `start` is indented
/// enough, from the line on that holds byte `at`. In quotes, blanks at the start of a line are not of the text
/// (YAML 1.2.2, section 7.3).
pub(super) fn indent(text: &str, start: usize, at: usize, blanks: &mut BTreeMap<usize, usize>) {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let first = line_start(at);
    if first <= start {
        return;
    }
    let count = start - line_start(start) + 1;
    let end = match text.as_bytes().get(start) {
        Some(quote @ (b'"' | b'\'')) => end_of_quote(text.as_bytes(), start, *quote),
        _ => end_of_collection(text, start),
    };
    let end = end.clamp(first, text.len());
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
    while let Some(byte) = bytes.get(at) {
        at += match (byte, bytes.get(at + 1)) {
            (b'\\', _) if quote == b'"' => 2,
            (b'\'', Some(b'\'')) if quote == b'\'' => 2,
            (byte, _) if *byte == quote => break,
            _ => 1,
        };
    }
    at
}
