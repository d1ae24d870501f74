//! How models are read from JSON and written as JSON.
//!
//! A model implements [`Decode`] and [`Encode`] over one concrete [`Reader`] and [`Writer`]: no derive macro, and
//! nothing generic over a format, which is why clients with hundreds of models compile fast. Absent, `null` and a
//! value stay apart, numbers keep their precision, and an error knows its JSON path.

mod closest;
mod decimal;
mod enums;
mod error;
mod impls;
mod maybe;
pub(super) mod memory;
mod reader;
#[cfg(feature = "serde")]
mod serde_bridge;
mod slot;
mod tag;
pub(super) mod text;
mod tree;
mod writer;

use self::memory::Memory;

pub use self::closest::Closest;
#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use self::enums::{integer_enum, string_enum, value_enum};
pub use self::error::{DecodeError, DecodeErrorKind, EncodeError};
pub use self::maybe::{Maybe, Nullable};
pub use self::reader::{Field, Kind, Mark, Reader};
#[cfg(feature = "serde")]
#[allow(unused_imports, reason = "an API need not have models")]
pub(crate) use self::serde_bridge::impl_serde;
#[cfg(feature = "serde")]
pub use self::serde_bridge::{deserialize, serialize};
pub use self::slot::{Fill, Slot};
pub use self::tag::Tag;
pub use self::tree::Tree;
pub use self::writer::{Property, Writer};

/// A value that can be written as JSON.
pub trait Encode {
    /// Writes the value. Faults (a number that JSON cannot hold) are remembered by the writer.
    fn encode(&self, writer: &mut Writer);

    /// Returns whether the value is left out where it stands as a property or as an argument.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be read from JSON.
pub trait Decode: Sized {
    /// Reads one value.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Returns whether the value is one that the description knows of: what a union or an open enum merely keeps is
    /// not.
    #[must_use]
    fn is_known(&self) -> bool {
        true
    }

    /// Returns whether `null` is one of the type's own values, so that an optional property keeps it.
    #[must_use]
    fn holds_null() -> bool {
        false
    }

    /// Returns whether any text is a value of the type, so that text stands for itself where it need not be JSON.
    #[must_use]
    fn is_text() -> bool {
        false
    }

    /// Returns what a missing property stands for; `None` when the property must be there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Returns what a response without a body stands for; `None` when there must be one.
    #[must_use]
    fn empty() -> Option<Self> {
        None
    }
}

/// Reads a whole JSON document. Nothing but white space may follow the value, which may take 256 MiB of memory, or 16
/// times as much as its text.
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    from_slice_within(json, Memory::usual(json.len()))
}

/// Reads a whole JSON document into a value that may take so much memory.
pub(super) fn from_slice_within<T: Decode>(json: &[u8], memory: Memory) -> Result<T, DecodeError> {
    let mut reader = Reader::within(json, memory);
    match T::decode(&mut reader).and_then(|value| reader.finish().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(error) => Err(reader.locate(error)),
    }
}

/// Writes a value as compact JSON.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}
