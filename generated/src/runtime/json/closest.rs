//! Unions whose types nothing distinguishes.

use serde_json::Value;

use super::{Decode, DecodeError, Mark, Reader};

impl<'j> Reader<'j> {
    /// Starts a trial of the next value.
    pub fn closest<T>(&mut self) -> Closest<'_, 'j, T> {
        let start = self.mark();
        Closest {
            reader: self,
            start,
            best: None,
            is_settled: false,
        }
    }
}

/// Finds the type of a value by trial. Of the types that can be read, the one with the fewest unread properties wins;
/// of several, the first.
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
    /// Tries a type, unless an earlier type fits without unread properties.
    #[must_use]
    pub fn offer<U: Decode>(mut self, wrap: fn(U) -> T) -> Self {
        let is_enough = |best: &Best<'j, T>| self.is_settled || best.skipped == 0;
        if self.best.as_ref().is_some_and(is_enough) {
            return self;
        }
        self.reader.rewind(&self.start);
        let Some((value, skipped)) = self.reader.attempt() else {
            return self;
        };
        if self.best.as_ref().is_none_or(|best| skipped < best.skipped) {
            self.best = Some(Best {
                value: wrap(value),
                skipped,
                end: self.reader.mark(),
            });
        }
        self
    }

    /// Ends the trial if a type has been found. Otherwise, it continues.
    #[must_use]
    pub fn settle(mut self) -> Self {
        self.is_settled = true;
        self
    }

    /// Returns the value. A value that fits none of the types is kept as unknown, since the document lists no others.
    pub fn or_unknown(self, keep: fn(Value) -> T) -> Result<T, DecodeError> {
        match self.take() {
            Ok(value) => Ok(value),
            Err(reader) => reader.unknown().map(keep),
        }
    }

    /// Returns the value. A value that fits none of the types is kept, since the document allows any value.
    pub fn or_any(self, keep: fn(Value) -> T) -> Result<T, DecodeError> {
        match self.take() {
            Ok(value) => Ok(value),
            Err(reader) => reader.read().map(keep),
        }
    }

    /// Returns the value and moves the reader past it. If no type fits, the value stays unread.
    fn take(self) -> Result<T, &'r mut Reader<'j>> {
        let Some(best) = self.best else {
            self.reader.rewind(&self.start);
            return Err(self.reader);
        };
        self.reader.rewind(&best.end);
        Ok(best.value)
    }
}
