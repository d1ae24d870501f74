//! How models are read from JSON and written as JSON.
//!
//! A model implements [`Decode`] and [`Encode`] over one concrete [`Reader`] and [`Writer`]: no derive macro, and
//! nothing generic over a format, which is why clients with hundreds of models compile fast. A value is read in place:
//! it starts out [blank](Blank), and each property goes straight into its field. Absent, `null` and a value stay
//! apart, numbers keep their precision, and an error knows its JSON path.

mod closest;
mod containers;
mod cursor;
mod decimal;
mod enums;
mod error;
mod fill;
mod free;
mod maybe;
pub(super) mod memory;
mod nested;
mod number;
mod objects;
mod reader;
mod scalars;
mod scan;
#[cfg(feature = "serde")]
mod serde_bridge;
mod setters;
mod syntax;
mod tag;
pub(super) mod text;
mod tree;
mod unions;
mod writer;

use self::memory::Memory;

pub use self::closest::Closest;
pub use self::enums::UnknownValue;
#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use self::enums::{integer_enum, open_enum, string_enum, value_enum};
pub use self::error::{DecodeError, DecodeErrorKind, EncodeError};
pub use self::fill::{Constant, Fill, Required};
pub use self::maybe::{Maybe, Nullable};
pub use self::nested::Rest;
#[allow(
    unused_imports,
    reason = "an API need not have models of all directions"
)]
pub(crate) use self::objects::{object, received_object, sent_object};
pub use self::reader::{Kind, Mark, Reader};
#[cfg(feature = "serde")]
#[allow(unused_imports, reason = "an API need not have models")]
pub(crate) use self::serde_bridge::impl_serde;
#[cfg(feature = "serde")]
pub use self::serde_bridge::{deserialize, serialize};
pub use self::setters::Put;
#[allow(unused_imports, reason = "an API need not have optional properties")]
pub(crate) use self::setters::setters;
pub use self::tag::Tag;
pub use self::tree::Tree;
#[allow(unused_imports, reason = "an API need not have unions")]
pub(crate) use self::unions::{received_union, sent_union, union, union_from};
pub use self::writer::{Spread, Writer};

/// A value that can be written as JSON.
pub trait Encode {
    /// Writes the value. Faults (a number that JSON cannot hold) are remembered by the writer.
    fn encode(&self, writer: &mut Writer);

    /// Returns whether the value is left out where it stands as a property or as an argument.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value to start from when another is read or put together: empty text, zero, nothing. It need not be one that the
/// description allows, so nobody gets to see it.
pub trait Blank {
    /// Returns the value.
    fn blank() -> Self;
}

/// Returns the value to start from.
#[must_use]
pub fn blank<T: Blank>() -> T {
    T::blank()
}

/// A value that can be read from JSON.
pub trait Decode: Blank + Sized {
    /// Reads a value in place of this one, of which nothing is left. After an error it is neither.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

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

    /// Turns the value into what a missing property stands for; returns `false` when the property must be there.
    #[must_use]
    fn absent(&mut self) -> bool {
        false
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
    let mut value = T::blank();
    match value.decode(&mut reader).and_then(|()| reader.finish()) {
        Ok(()) => Ok(value),
        Err(error) => Err(reader.locate(error)),
    }
}

/// Writes a value as compact JSON.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}
