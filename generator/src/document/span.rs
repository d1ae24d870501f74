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
        let below = self.pointer.as_str().strip_prefix(other.pointer.as_str());
        self.source.name == other.source.name && below.is_some_and(|it| it.starts_with('/'))
    }

    /// The line and column at which the text starts.
    #[must_use]
    pub fn line_column(&self) -> LineColumn {
        self.source.line_column(self.span.start)
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
        Self {
            name: name.into(),
            text,
            line_starts,
        }
    }

    /// The line and column of the character at byte `at`.
    #[must_use]
    pub fn line_column(&self, at: u32) -> LineColumn {
        let line = self
            .line_starts
            .partition_point(|start| *start <= at)
            .max(1)
            - 1;
        let start = self.line_starts[line] as usize;
        let before = self.text.get(start..at as usize).unwrap_or_default();
        LineColumn {
            line: offset(line + 1),
            column: offset(before.chars().count() + 1),
        }
    }
}

/// Narrows an offset into a text, which the limits of `load` keep below 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("a file is smaller than 4 GiB")
}
