//! Places in files.

use std::sync::Arc;

use super::{JsonPointer, Source};

/// A stretch of a file's text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Where something stands in the user's input: file, text and JSON pointer.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The text in it.
    pub span: Span,
    /// The node it belongs to.
    pub pointer: JsonPointer,
}

impl Place {
    /// Whether the node stands inside another, at any depth.
    #[must_use]
    pub fn is_inside(&self, other: &Self) -> bool {
        self.is_in(other) && self.pointer != other.pointer
    }

    /// Whether the node is another, or stands inside it.
    #[must_use]
    pub fn is_in(&self, other: &Self) -> bool {
        self.source.name == other.source.name && other.pointer.contains(&self.pointer)
    }

    /// The line and column at which the text ends, without the blanks and line breaks at its end.
    #[must_use]
    pub fn end(&self) -> LineColumn {
        let (source, Span { start, end }) = self.source.written(self.span);
        let text = source.text.get(start as usize..end as usize);
        let shown = text.unwrap_or_default().trim_end().len();
        source.line_column(start + offset(shown))
    }

    /// The line and column at which the text starts, in the file in which it is [`written`](Self::written).
    #[must_use]
    pub fn line_column(&self) -> LineColumn {
        let (source, span) = self.source.written(self.span);
        source.line_column(span.start)
    }

    /// The place at which the text is written: in an overlay, if one has added it to the document. The pointer leads to
    /// the node in the document either way.
    #[must_use]
    pub fn written(&self) -> Self {
        let (source, span) = self.source.written(self.span);
        Self {
            source: Arc::clone(source),
            span,
            pointer: self.pointer.clone(),
        }
    }
}

impl Source {
    /// Takes a file's name and text, and finds its lines.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| offset(at + 1)))
            .collect();
        let characters = if text.is_ascii() {
            Vec::new()
        } else {
            let blocks = text.as_bytes().chunks(STEP);
            let mut sum = 0;
            let mut before = |block| {
                let before = sum;
                sum += characters(block);
                offset(before)
            };
            blocks.map(&mut before).collect()
        };
        Self {
            name: name.into(),
            text,
            overlays: Vec::new(),
            line_starts,
            characters,
        }
    }

    /// The same source with overlays, which count on behind its end.
    #[must_use]
    pub fn with_overlays(&self, overlays: impl IntoIterator<Item = Arc<Self>>) -> Self {
        let mut next = offset(self.text.len() + 1);
        let overlays = overlays.into_iter().map(|overlay| {
            let start = next;
            next = offset(start as usize + overlay.text.len() + 1);
            (start, overlay)
        });
        Self {
            overlays: overlays.collect(),
            ..Self::new(&*self.name, &*self.text)
        }
    }

    /// The source in which something is written, and where in it.
    #[must_use]
    pub fn written(self: &Arc<Self>, span: Span) -> (&Arc<Self>, Span) {
        let overlays = self.overlays.iter().rev();
        let mut overlays = overlays.filter(|(start, _)| *start <= span.start);
        match overlays.next() {
            Some((start, overlay)) => {
                let span = Span {
                    start: span.start - start,
                    end: span.end.saturating_sub(*start),
                };
                (overlay, span)
            }
            None => (self, span),
        }
    }

    /// The text of something.
    #[must_use]
    pub fn text_of(self: &Arc<Self>, span: Span) -> &str {
        let (source, span) = self.written(span);
        let text = source.text.get(span.start as usize..span.end as usize);
        text.unwrap_or_default()
    }

    /// The byte after the last of the line that holds byte `at`, without its line break.
    #[must_use]
    pub fn line_end(&self, at: u32) -> usize {
        let next = self.line_starts.partition_point(|start| *start <= at);
        let end = self.line_starts.get(next).map(|start| *start as usize - 1);
        end.unwrap_or(self.text.len())
    }

    /// How many characters start before byte `at`. Takes the same time wherever that is, however long the lines are.
    fn characters_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let Some(last) = self.characters.len().checked_sub(1) else {
            return at;
        };
        let block = (at / STEP).min(last);
        let rest = &self.text.as_bytes()[block * STEP..at];
        self.characters[block] as usize + characters(rest)
    }

    /// The line and column of the character at byte `at`.
    #[must_use]
    pub fn line_column(&self, at: u32) -> LineColumn {
        let line = self
            .line_starts
            .partition_point(|start| *start <= at)
            .max(1)
            - 1;
        let start = self.characters_before(self.line_starts[line] as usize);
        LineColumn {
            line: offset(line + 1),
            column: offset(self.characters_before(at as usize) - start + 1),
        }
    }
}

/// How far apart the bytes are before which the characters are counted beforehand.
pub(super) const STEP: usize = 1024;

/// How many characters start in a part of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !is_continuation(**byte)).count()
}

/// Whether a byte goes on with a character of UTF-8.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// Narrows an offset into a text, which the limits of `load` keep below 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("a file is smaller than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::{STEP, Source};

    #[test]
    fn counts_characters_in_lines_of_any_length() {
        let text = format!("ab\n{}x\nend", "é".repeat(3 * STEP));
        let source = Source::new("a.yaml", text.as_str());
        for (at, _) in text.char_indices().step_by(7).chain([(text.len(), ' ')]) {
            let before = &text[..at];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let found = source.line_column(u32::try_from(at).unwrap());
            assert_eq!(found.line as usize, before.matches('\n').count() + 1);
            assert_eq!(
                found.column as usize,
                before[line_start..].chars().count() + 1
            );
        }
        let x = text.find('x').unwrap();
        assert_eq!(source.line_end(u32::try_from(x).unwrap()), x + 1);
        assert_eq!(
            source.line_end(u32::try_from(text.len()).unwrap()),
            text.len()
        );
    }
}
