//! Where a key of a mapping stands, for stages that know only the place of the mapping: they have no tree any more,
//! but a place has the text.

use super::{Place, Span};

impl Place {
    /// Returns the place of a key of this mapping. Where the text does not show the key, as with merged mappings of
    /// YAML, that is the mapping itself.
    #[must_use]
    pub fn keyword(&self, key: &str) -> Self {
        match self.find(key) {
            Some((start, end)) => self.part(start, end, key),
            None => self.clone(),
        }
    }

    /// Returns the place of a word in the value of a key of this mapping: an item of a list, say, or a scalar. Where the
    /// text does not show it, that is the key.
    #[must_use]
    pub fn keyword_value(&self, key: &str, word: &str) -> Self {
        let Some((start, end)) = self.find(key) else {
            return self.clone();
        };
        match find_word(&self.text()[end..], word) {
            Some(at) => self.part(end + at, end + at + word.len(), key),
            None => self.part(start, end, key),
        }
    }

    /// Returns the place of the value of a key of this mapping, where the text shows both.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Self> {
        let (start, end) = self.find(key)?;
        let text = self.text();
        let column = self.column() + start
            - text[..start]
                .rfind('\n')
                .map_or(0, |at| at + 1 + self.column());
        let colon = end + text[end..].find(':')? + 1;
        let first = colon + text[colon..].find(|it: char| !it.is_whitespace())?;
        let rest = &text[first..];
        let length = if rest.starts_with(['{', '[']) {
            braces_length(rest)
        } else if text[colon..first].contains('\n') {
            block_length(rest, column)
        } else {
            rest.find('\n').unwrap_or(rest.len())
        };
        Some(self.part(first, first + length, key))
    }

    /// How many bytes of its line stand before this place.
    fn column(&self) -> usize {
        let start = self.span.start as usize;
        let before = self.source.text.get(..start).unwrap_or_default();
        start - before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Returns the place of the key under which this node stands, or the node itself where it stands under none.
    #[must_use]
    pub fn key(&self) -> Self {
        let name = self.pointer.segments().next_back().unwrap_or_default();
        let before = self.source.text.get(..self.span.start as usize);
        let before = before.and_then(|it| it.trim_end().strip_suffix(':'));
        let before = before.map_or("", |it| it.trim_end().trim_end_matches(['"', '\'']));
        let Some(rest) = before.strip_suffix(name.as_str()) else {
            return self.clone();
        };
        let at = |offset: usize| u32::try_from(offset).unwrap_or_default();
        Self {
            span: Span {
                start: at(rest.len()),
                end: at(before.len()),
            },
            ..self.clone()
        }
    }

    fn text(&self) -> &str {
        let Span { start, end } = self.span;
        let text = self.source.text.get(start as usize..end as usize);
        text.unwrap_or_default()
    }

    /// A part of this place's text, as the value of a key.
    fn part(&self, start: usize, end: usize, key: &str) -> Self {
        let at = |offset: usize| self.span.start + u32::try_from(offset).unwrap_or_default();
        Self {
            source: self.source.clone(),
            span: Span {
                start: at(start),
                end: at(end),
            },
            pointer: self.pointer.child(key),
        }
    }

    /// The bytes of this place's text at which a key stands.
    fn find(&self, key: &str) -> Option<(usize, usize)> {
        let text = self.text();
        if text.starts_with('{') {
            return find_in_braces(text, key);
        }
        find_in_lines(text, self.column(), key)
    }
}

/// Finds a key of a mapping that is written in lines. All its keys are indented alike, and everything else deeper.
fn find_in_lines(text: &str, indentation: usize, key: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let skipped = if at == 0 { 0 } else { indentation };
        let is_indented = line.bytes().take(skipped).all(|it| it == b' ');
        if let Some(rest) = line.get(skipped..).filter(|_| is_indented)
            && let Some(length) = key_length(rest, key)
        {
            return Some((at + skipped, at + skipped + length));
        }
        at += line.len();
    }
    None
}

/// Finds a key of a mapping that is written in braces.
fn find_in_braces(text: &str, key: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut last) = (0, 0_usize, b' ');
    while let Some(byte) = bytes.get(at).copied() {
        if depth == 1
            && matches!(last, b'{' | b',')
            && let Some(length) = text.get(at..).and_then(|it| key_length(it, key))
        {
            return Some((at, at + length));
        }
        match byte {
            // A quote within a plain text is one of its letters.
            b'"' | b'\'' if matches!(last, b'{' | b'[' | b',' | b':') => {
                at += quoted_length(&bytes[at..]);
                last = byte;
                continue;
            }
            b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                let rest = bytes[at..].iter().position(|it| *it == b'\n');
                at += rest.unwrap_or(bytes.len() - at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    None
}

/// How many bytes a collection in brackets has, with these. Quotes and comments are passed over.
fn braces_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut last) = (0, 0_usize, b' ');
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'"' | b'\'' if matches!(last, b'{' | b'[' | b',' | b':') => {
                at += quoted_length(&bytes[at..]);
                last = byte;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    bytes.len()
}

/// How many bytes lines have that are indented deeper than a column.
fn block_length(text: &str, column: usize) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let indentation = line.len() - line.trim_start().len();
        if length > 0 && !content.is_empty() && indentation <= column {
            break;
        }
        length += line.len();
    }
    text[..length].trim_end().len()
}

/// How many bytes a text in quotes has, with these.
fn quoted_length(bytes: &[u8]) -> usize {
    let quote = bytes[0];
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// How many bytes a key has, with its quotes, if the text starts with it and a colon follows.
fn key_length(text: &str, key: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''));
    let quotes = usize::from(quote.is_some());
    let rest = text.get(quotes..)?.strip_prefix(key)?;
    let rest = match quote {
        Some(quote) => rest.strip_prefix(quote)?,
        None => rest,
    };
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    // In plain YAML a colon without a blank is a part of the text.
    let ends = quote.is_some() || rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']);
    ends.then_some(key.len() + 2 * quotes)
}

/// Finds a word that is not a part of a longer one.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let is_letter = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-');
    let mut found = text.match_indices(word).filter(|_| !word.is_empty());
    let found = found.find(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + word.len()..]);
        !before.ends_with(is_letter) && !after.starts_with(is_letter)
    });
    found.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{JsonPointer, Source};

    /// The line, column and text of a key, or of a word in its value, in the mapping that starts and ends with two texts.
    fn found(text: &str, [first, last]: [&str; 2], key: &str, word: Option<&str>) -> String {
        let start = text.find(first).expect("it is there");
        let end = text.rfind(last).expect("it is there") + last.len();
        let place = Place {
            source: Arc::new(Source::new("a.yaml", text)),
            span: Span {
                start: u32::try_from(start).expect("it is short"),
                end: u32::try_from(end).expect("it is short"),
            },
            pointer: JsonPointer::root(),
        };
        let found = match word {
            Some(word) => place.keyword_value(key, word),
            None => place.keyword(key),
        };
        let at = found.line_column();
        format!("{}:{} {}", at.line, at.column, found.text())
    }

    #[test]
    fn finds_keys_in_lines() {
        let text = "a:\n  - type: |\n      format: x\n    x:\n      format: y\n    'format' : uuid\n  - b\n";
        let span = ["type: |", "uuid"];
        assert_eq!(found(text, span, "type", None), "2:5 type");
        assert_eq!(found(text, span, "format", None), "6:5 'format'");
        assert_eq!(found(text, span, "format", Some("uuid")), "6:16 uuid");
        assert!(found(text, span, "for", None).starts_with("2:5 type: |\n"));
    }

    #[test]
    fn finds_the_key_of_a_node() {
        let place = |text: &str, marked: &str, pointer: &str| {
            let start = text.find(marked).expect("it is there");
            let place = Place {
                source: Arc::new(Source::new("a.yaml", text)),
                span: Span {
                    start: u32::try_from(start).expect("it is short"),
                    end: u32::try_from(text.len()).expect("it is short"),
                },
                pointer: JsonPointer::from_text(pointer),
            };
            let key = place.key().line_column();
            (key.line, key.column)
        };
        assert_eq!(
            place("a:\n  email:\n    type: string", "type", "/a/email"),
            (2, 3)
        );
        assert_eq!(place("{ \"a~b\" : 1 }", "1", "/a~0b"), (1, 4));
        assert_eq!(place("a: [x, y]", "y", "/a/1"), (1, 8));
    }

    #[test]
    fn finds_values() {
        let value = |text: &str, keys: [&str; 2]| {
            let place = Place {
                source: Arc::new(Source::new("a.yaml", text)),
                span: Span {
                    start: u32::try_from(text.find(|it| it != ' ').expect("a text"))
                        .expect("short"),
                    end: u32::try_from(text.len()).expect("it is short"),
                },
                pointer: JsonPointer::root(),
            };
            let value = place.value(keys[0])?.value(keys[1])?;
            Some(format!("{} {}", value.pointer, value.text()))
        };
        let block = "  a:\n    b:\n      c: 1\n\n      d: 2\n    e: 3\n  f: 4\n";
        assert_eq!(
            value(block, ["a", "b"]).as_deref(),
            Some("#/a/b c: 1\n\n      d: 2")
        );
        assert_eq!(value(block, ["a", "e"]).as_deref(), Some("#/a/e 3"));
        assert_eq!(value(block, ["a", "c"]), None);
        let flow = "{ a: { b: { c: '}' }, d: 1 } }";
        assert_eq!(value(flow, ["a", "b"]).as_deref(), Some("#/a/b { c: '}' }"));
    }

    #[test]
    fn finds_keys_in_braces() {
        let text = r#"{ "a": { "b": 1 }, c: "b: 2, \" b: 3", d: don't, "b": [bb, b-c, b] }"#;
        let span = ["{", "}"];
        assert_eq!(found(text, span, "b", None), "1:50 \"b\"");
        assert_eq!(found(text, span, "b", Some("b")), "1:65 b");
        assert_eq!(found(text, span, "d", None), "1:40 d");
        assert_eq!(found(text, span, "e", None), format!("1:1 {text}"));
    }
}
