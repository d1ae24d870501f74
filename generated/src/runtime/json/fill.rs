//! The targets of an object's properties while it is read.

use super::decimal::Decimal;
use super::{Decode, DecodeError, DecodeErrorKind, Encode, Kind, Reader, Writer};

/// A target that [`Reader::object`] fills.
pub trait Fill {
    /// Reads the value of the property. The last value of a repeated property counts.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Handles a missing property. Returns `true` if that is allowed.
    fn absent(&mut self) -> bool;
}

/// The type decides what a missing property means.
impl<T: Decode> Fill for T {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.decode(reader)
    }

    fn absent(&mut self) -> bool {
        Decode::absent(self)
    }
}

/// The target of a required property, which may be `null`.
#[derive(Debug)]
pub struct Required<'v, T>(pub &'v mut T);

impl<T: Decode> Fill for Required<'_, T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0.decode(reader)
    }

    fn absent(&mut self) -> bool {
        false
    }
}

/// The place of a value that has no blank one to be read into.
#[derive(Debug)]
pub struct Slot<T>(Option<T>);

impl<T> Slot<T> {
    /// Returns a place without a value.
    #[must_use]
    pub fn empty() -> Self {
        Self(None)
    }

    /// Returns the value. It is there when what it is a part of has been read.
    pub fn into_value(self) -> Result<T, DecodeError> {
        self.0.ok_or_else(|| {
            let expected = "a value";
            DecodeError::whole(DecodeErrorKind::Missing, expected, "nothing")
        })
    }
}

impl<T: Decode> Fill for Slot<T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = Some(T::create(reader)?);
        Ok(())
    }

    fn absent(&mut self) -> bool {
        false
    }
}

/// The target of a required property with one documented value. Any other value is skipped and is not an error, since
/// servers may be newer than the document.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// Text.
    Text(&'static str),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Constant {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<bool> for Constant {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl Encode for Constant {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Text(text) => writer.string(text),
            Self::Integer(value) => writer.i64(*value),
            Self::Bool(value) => writer.bool(*value),
        }
    }
}

impl Fill for Constant {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let is_it = match (&self, reader.kind()?) {
            (Self::Text(text), Kind::String) => reader.text()? == *text,
            (Self::Bool(value), Kind::Bool) => reader.bool()? == *value,
            (Self::Integer(value), Kind::Number) => {
                let read = Decimal::parse(reader.number_text()?);
                read.and_then(|it| it.integer_of_64_bits()) == Some(*value)
            }
            _ => {
                reader.skip()?;
                false
            }
        };
        if !is_it {
            reader.miss();
        }
        Ok(())
    }

    fn absent(&mut self) -> bool {
        false
    }
}
