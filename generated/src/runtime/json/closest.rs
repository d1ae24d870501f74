//! Unions that nothing tells apart.

use super::reader::Mark;
use super::{Decode, Reader};

/// Finds the type of a value by trial: of the types that can be read the one that leaves the fewest properties
/// unread, or else the first.
#[derive(Debug)]
pub struct Closest<'r, 'j, T> {
    reader: &'r mut Reader<'j>,
    start: Mark<'j>,
    best: Option<Best<'j, T>>,
    is_settled: bool,
}

/// The best reading so far.
#[derive(Debug)]
struct Best<'j, T> {
    value: T,
    skipped: usize,
    end: Mark<'j>,
}

impl<'r, 'j, T> Closest<'r, 'j, T> {
    /// Returns a trial of the next value.
    pub fn new(reader: &'r mut Reader<'j>) -> Self {
        let start = reader.mark();
        Self {
            reader,
            start,
            best: None,
            is_settled: false,
        }
    }

    /// Tries a type, unless one before has left nothing unread.
    pub fn offer<U: Decode>(&mut self, wrap: fn(U) -> T) {
        let is_enough = |best: &Best<'j, T>| self.is_settled || best.skipped == 0;
        if self.best.as_ref().is_some_and(is_enough) {
            return;
        }
        self.reader.rewind(&self.start);
        let Some((value, skipped)) = self.reader.attempt() else {
            return;
        };
        if self.best.as_ref().is_none_or(|best| skipped < best.skipped) {
            self.best = Some(Best {
                value: wrap(value),
                skipped,
                end: self.reader.mark(),
            });
        }
    }

    /// Ends the trial if a type has been found. Otherwise it goes on.
    pub fn settle(&mut self) {
        self.is_settled = true;
    }

    /// Returns the value, and leaves the reader behind it; without one the value stays unread.
    pub fn take(self) -> Option<T> {
        let end = self.best.as_ref().map_or(&self.start, |best| &best.end);
        self.reader.rewind(end);
        self.best.map(|best| best.value)
    }
}
