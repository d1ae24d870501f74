//! Where the properties of an object are collected while it is read.

use super::{Decode, DecodeError, Reader};

/// A place that [`Reader::object`] fills.
pub trait Fill {
    /// Reads the property's value. A property that comes twice keeps its last value.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Says that the property is missing; returns whether that is allowed.
    fn absent(&mut self) -> bool;
}

/// A property of type `T`, empty until it is read.
#[derive(Debug)]
pub struct Slot<T> {
    value: Option<T>,
    required: bool,
}

impl<T: Decode> Slot<T> {
    /// Returns an empty slot. If the property is missing, the type says what that means ([`Decode::absent`]).
    #[must_use]
    pub const fn new() -> Self {
        Self {
            value: None,
            required: false,
        }
    }

    /// Returns an empty slot of a property that must be there, even if it may be `null`.
    #[must_use]
    pub const fn required() -> Self {
        Self {
            value: None,
            required: true,
        }
    }

    /// Returns the property's value, after [`Reader::object`] has succeeded with this slot among its fields.
    #[must_use]
    pub fn take(self) -> T {
        self.value
            .expect("`Reader::object` fails when it leaves a slot empty")
    }
}

impl<T: Decode> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Decode> Fill for Slot<T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.value = Some(T::decode(reader)?);
        Ok(())
    }

    fn absent(&mut self) -> bool {
        if self.value.is_none() && !self.required {
            self.value = T::absent();
        }
        self.value.is_some()
    }
}
