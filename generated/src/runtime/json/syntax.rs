//! Syntax faults in JSON text.

use super::{DecodeError, DecodeErrorKind};

/// The deepest nesting of arrays and objects.
pub(super) const MAX_DEPTH: u8 = 128;

/// A fault in a text.
#[derive(Clone, Copy)]
pub(super) enum Fault {
    /// The text is empty.
    Empty { at: usize },
    /// Something is not JSON.
    Syntax { at: usize, found: &'static str },
    /// Arrays and objects are nested too deeply.
    Depth { at: usize },
}

impl Fault {
    /// Something that is not JSON.
    #[cold]
    pub(super) const fn new(at: usize, found: &'static str) -> Self {
        Self::Syntax { at, found }
    }

    /// The text ends within a value.
    #[cold]
    pub(super) const fn early_end(at: usize) -> Self {
        Self::new(at, "an early end")
    }

    /// Arrays and objects are nested too deeply.
    #[cold]
    pub(super) const fn too_deep(at: usize) -> Self {
        Self::Depth { at }
    }
}

impl From<Fault> for DecodeError {
    #[cold]
    fn from(fault: Fault) -> Self {
        let (at, kind, expected, found) = match fault {
            Fault::Empty { at } => (at, DecodeErrorKind::Empty, "a JSON value", "nothing"),
            Fault::Syntax { at, found } => (at, DecodeErrorKind::Syntax, "valid JSON", found),
            Fault::Depth { at } => {
                let expected = "at most 128 arrays and objects inside each other";
                (at, DecodeErrorKind::Depth, expected, "more")
            }
        };
        Self::at(at, kind, expected, found)
    }
}
