//! Reads and writes models as JSON.
//!
//! A model implements [`Decode`] and [`Encode`] over one concrete [`Reader`] and [`Writer`]. There is no derive macro
//! and nothing is generic over a format, so clients with hundreds of models compile fast. A model is read in place: it
//! starts [blank](Blank), and each property is read directly into its field. Only a model that holds a type of another
//! crate has no blank value; it is built after its properties have been read. Absent, `null` and present values are
//! distinct, numbers keep their precision, and errors have a JSON path.

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
pub use self::fill::{Constant, Fill, Required, Slot};
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
    /// Writes the value. The writer records faults, such as a number that JSON cannot represent.
    fn encode(&self, writer: &mut Writer);

    /// Returns `true` if the value is left out as a property or an argument.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value to start from when a value is read or built, such as an empty text or zero. The document need not allow it,
/// so callers never see it.
pub trait Blank {
    /// Returns the value.
    fn blank() -> Self;
}

/// Returns a value to start from.
#[must_use]
pub fn blank<T: Blank>() -> T {
    T::blank()
}

/// Reads a value into a blank one.
pub fn create<T: Blank + Decode>(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
    let mut value = T::blank();
    value.decode(reader)?;
    Ok(value)
}

/// A value that can be read from JSON.
pub trait Decode: Sized {
    /// Reads a value.
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Reads a value in place of this one. After an error, the value is unspecified.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Self::create(reader)?;
        Ok(())
    }

    /// Returns `true` if the value is documented. Unknown values that a union or an open enum keeps are not.
    #[must_use]
    fn is_known(&self) -> bool {
        true
    }

    /// Returns `true` if `null` is one of the type's own values, so that an optional property keeps it.
    #[must_use]
    fn holds_null() -> bool {
        false
    }

    /// Returns `true` if any text is a value of the type, so that plain text is taken as it is.
    #[must_use]
    fn is_text() -> bool {
        false
    }

    /// Sets the value that a missing property stands for. Returns `false` if the property is required.
    #[must_use]
    fn absent(&mut self) -> bool {
        false
    }

    /// Returns the value that a response without a body stands for, or `None` if a body is required.
    #[must_use]
    fn empty() -> Option<Self> {
        None
    }
}

/// Reads a whole JSON document. Only white space may follow the value. The value may take 256 MiB of memory, or 16
/// times the size of its text.
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    from_slice_within(json, Memory::usual(json.len()))
}

/// Reads a whole JSON document with a limit on memory.
pub(super) fn from_slice_within<T: Decode>(json: &[u8], memory: Memory) -> Result<T, DecodeError> {
    let mut reader = Reader::within(json, memory);
    let value = T::create(&mut reader).and_then(|value| reader.finish().map(|()| value));
    value.map_err(|error| reader.locate(error))
}

/// Writes a value as compact JSON.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}
