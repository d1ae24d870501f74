//! How much memory a value may take. A few bytes of JSON can stand for many in memory: `{}` for a struct of a hundred
//! properties, `{"a":1}` for a node of a tree. What a body may have in bytes is no bound for that.

use super::{DecodeError, DecodeErrorKind, Reader};

/// How many bytes of memory there are for each byte that a body may have.
const FACTOR: usize = 16;

/// How many bytes a body may have unless the client is told otherwise.
const USUAL: usize = 16 * 1024 * 1024;

/// Below this, a limit of bodies does not make the limit of memory smaller.
const LEAST: usize = 1024 * 1024;

/// What an allocation takes beyond its size.
const OVERHEAD: usize = 16;

/// Memory that is left for the values to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    limit: usize,
    left: usize,
}

impl Memory {
    /// Returns the memory for a body that may have so many bytes.
    pub(crate) const fn of_limit(bytes: usize) -> Self {
        let bytes = if bytes < LEAST { LEAST } else { bytes };
        let limit = bytes.saturating_mul(FACTOR);
        Self { limit, left: limit }
    }

    /// Returns the memory for a text of so many bytes, where no limit is known.
    pub(crate) fn usual(bytes: usize) -> Self {
        Self::of_limit(bytes.max(USUAL))
    }

    /// Takes memory for values that are kept without an allocation of their own.
    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), Exhausted> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Exhausted { limit: self.limit }),
        }
    }

    /// Takes memory for an allocation.
    pub(crate) fn allocate(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.take(bytes.saturating_add(OVERHEAD))
    }
}

/// There is no memory left.
pub(crate) struct Exhausted {
    limit: usize,
}

impl Exhausted {
    /// Returns what a value should have been.
    pub(crate) fn expected(&self) -> String {
        format!("values that take at most {} bytes of memory", self.limit)
    }

    /// Returns an error about the value after `offset` bytes.
    #[cold]
    fn at(&self, offset: usize) -> DecodeError {
        DecodeError::at(offset, DecodeErrorKind::Memory, self.expected(), "more")
    }
}

impl Reader<'_> {
    /// Makes room for one more item, if there is memory for it.
    #[inline]
    pub(super) fn grow<T>(&mut self, items: &mut Vec<T>) -> Result<(), DecodeError> {
        if items.len() < items.capacity() {
            return Ok(());
        }
        let more = self.room(items.len(), size_of::<T>())?;
        items.reserve_exact(more);
        Ok(())
    }

    /// Takes memory for more items; returns for how many. Room doubles, but not beyond what the rest of the text will
    /// likely need, by what an item has taken so far.
    fn room(&mut self, count: usize, size: usize) -> Result<usize, DecodeError> {
        /// Items of this size or less get some room at once.
        const SMALL: usize = 1024;
        let first = if size <= SMALL { 4 } else { 1 };
        let (least, most) = (count / 8, count.max(first));
        let read = self.offset();
        let rest = self.cursor.json().len().saturating_sub(read);
        let likely = rest.saturating_mul(count) / read.max(1);
        let more = likely.clamp(least, most).max(first);
        self.allocate(more.saturating_mul(size))?;
        Ok(more)
    }

    /// Takes memory for one more entry of a map that has `len`. Its nodes have room for 11 entries and are half full at
    /// worst.
    pub(super) fn grow_map<T>(&mut self, len: usize) -> Result<(), DecodeError> {
        if !len.is_multiple_of(6) {
            return Ok(());
        }
        self.allocate(12 * size_of::<(String, T)>())
    }

    /// Takes memory for an allocation.
    pub(super) fn allocate(&mut self, bytes: usize) -> Result<(), DecodeError> {
        let taken = self.memory.allocate(bytes);
        taken.map_err(|exhausted| self.exhausted(&exhausted))
    }

    #[cold]
    fn exhausted(&self, exhausted: &Exhausted) -> DecodeError {
        exhausted.at(self.offset())
    }
}
