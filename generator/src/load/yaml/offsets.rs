//! From the characters that the YAML parser counts to the bytes of the file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::document::Span;

/// The text that the parser reads, and where its characters are in the file.
pub(super) struct Offsets<'t> {
    /// The file's text, with blanks put before some lines.
    pub(super) text: Cow<'t, str>,
    /// The byte of every [`STEP`]th character; empty when all characters are bytes.
    steps: Vec<u32>,
    /// What was put in: the byte behind it, and how many bytes have been put in up to there.
    added: Vec<(u32, u32)>,
}

/// How far apart the characters are whose bytes are remembered.
const STEP: usize = 128;

impl<'t> Offsets<'t> {
    /// Takes a file's text, and the blanks to put in by the byte that they go before.
    pub(super) fn new(file: &'t str, blanks: &BTreeMap<usize, usize>) -> Self {
        let mut text = Cow::Borrowed(file);
        let mut added = Vec::new();
        if !blanks.is_empty() {
            let (mut padded, mut from, mut sum) = (String::new(), 0, 0);
            for (at, count) in blanks {
                padded.push_str(&file[from..*at]);
                padded.extend(std::iter::repeat_n(' ', *count));
                (from, sum) = (*at, sum + count);
                added.push((narrow(padded.len()), narrow(sum)));
            }
            padded.push_str(&file[from..]);
            text = Cow::Owned(padded);
        }
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(STEP)
                .map(|(at, _)| narrow(at))
                .collect()
        };
        Self { text, steps, added }
    }

    /// The byte of the file at which the character number `index` of the text starts.
    pub(super) fn byte(&self, index: usize) -> u32 {
        self.in_file(self.in_text(index))
    }

    /// The bytes of the file between two characters of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (self.byte(start), self.byte(end));
        Span {
            start,
            end: end.max(start),
        }
    }

    fn in_text(&self, index: usize) -> u32 {
        if self.steps.is_empty() {
            return narrow(index.min(self.text.len()));
        }
        let Some(start) = self.steps.get(index / STEP) else {
            return narrow(self.text.len());
        };
        let after = &self.text[*start as usize..];
        let within = after
            .char_indices()
            .nth(index % STEP)
            .map_or(after.len(), |(at, _)| at);
        start + narrow(within)
    }

    fn in_file(&self, at: u32) -> u32 {
        let next = self.added.partition_point(|(behind, _)| *behind <= at);
        let before = next.checked_sub(1).map_or(0, |last| self.added[last].1);
        // What is within the blanks is where they were put in.
        let end = self
            .added
            .get(next)
            .map_or(u32::MAX, |(behind, sum)| behind - sum);
        (at - before).min(end)
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).expect("a file is smaller than 2 GiB")
}
