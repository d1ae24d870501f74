//! The limit on the memory of values. A few bytes of JSON can take a lot of memory, such as `{}` for a struct of a
//! hundred properties or `{"a":1}` for a node of a tree, so the limit on the size of a body is not enough.

use super::{DecodeError, DecodeErrorKind, Reader};

/// The bytes of memory for each byte of the limit on bodies.
const FACTOR: usize = 16;

/// The default limit on bodies.
const USUAL: usize = 16 * 1024 * 1024;

/// The smallest limit on bodies that still lowers the limit on memory.
const LEAST: usize = 1024 * 1024;

/// The overhead of an allocation.
const OVERHEAD: usize = 16;

/// The memory that is left for further values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    limit: usize,
    left: usize,
}

impl Memory {
    /// Returns the memory for a body with this limit.
    pub(crate) const fn of_limit(bytes: usize) -> Self {
        let bytes = if bytes < LEAST { LEAST } else { bytes };
        let limit = bytes.saturating_mul(FACTOR);
        Self { limit, left: limit }
    }

    /// Returns the memory for a text of this size, if no limit is known.
    pub(crate) fn usual(bytes: usize) -> Self {
        Self::of_limit(bytes.max(USUAL))
    }

    /// Takes memory for values without an allocation of their own.
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
    /// Returns the expectation for the error message.
    pub(crate) fn expected(&self) -> String {
        format!("values that take at most {} bytes of memory", self.limit)
    }

    /// Returns an error about the value at the byte `offset`.
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

    /// Takes memory for more items, and returns their number. The capacity doubles, but not beyond the likely need of
    /// the remaining text, estimated from the items so far.
    fn room(&mut self, count: usize, size: usize) -> Result<usize, DecodeError> {
        /// Items up to this size get some capacity at once.
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

    /// Takes memory for one more entry of a map with `len` entries. Its nodes hold 11 entries and are at least half
    /// full.
    pub(super) fn grow_map<T>(&mut self, len: usize) -> Result<(), DecodeError> {
        if !len.is_multiple_of(6) {
            return Ok(());
        }
        self.allocate(12 * size_of::<(String, T)>())
    }

    /// Takes memory for an allocation.
    pub(crate) fn allocate(&mut self, bytes: usize) -> Result<(), DecodeError> {
        let taken = self.memory.allocate(bytes);
        taken.map_err(|exhausted| self.exhausted(&exhausted))
    }

    #[cold]
    fn exhausted(&self, exhausted: &Exhausted) -> DecodeError {
        exhausted.at(self.offset())
    }
}
