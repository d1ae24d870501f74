//! Where the properties of an object go while it is read.

use super::decimal::Decimal;
use super::{Decode, DecodeError, Encode, Kind, Reader, Writer};

/// A place that [`Reader::object`] fills.
pub trait Fill {
    /// Reads the property's value. A property that comes twice keeps its last value.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Says that the property is missing; returns whether that is allowed.
    fn absent(&mut self) -> bool;
}

/// The type says what it means that the property is missing.
impl<T: Decode> Fill for T {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.decode(reader)
    }

    fn absent(&mut self) -> bool {
        Decode::absent(self)
    }
}

/// The place of a property that must be there, even if it may be `null`.
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

/// The place of a property that must be there and has one value. Another value is no error, since servers may know
/// more than the description; it is skipped.
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
