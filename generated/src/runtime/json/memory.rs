//! How much memory a value may take. A few bytes of JSON can stand for many in memory: `{}` for a struct of a hundred
//! properties, `{"a":1}` for a node of a tree. What a body may have in bytes is no bound for that.

use super::{DecodeError, DecodeErrorKind};

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
    pub(super) fn at(&self, offset: usize) -> DecodeError {
        DecodeError::at(offset, DecodeErrorKind::Memory, self.expected(), "more")
    }
}
