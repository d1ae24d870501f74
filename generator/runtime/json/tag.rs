//! Discriminators of unions, read ahead of the value.

use std::borrow::Cow;

use super::decimal::Decimal;
use super::{DecodeError, Kind, Reader};

/// The value of a property that distinguishes the types of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<T> {
    /// The property is missing or `null`.
    Absent,
    /// Text.
    Text(T),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
    /// Any other value.
    Other,
}

impl Tag<Cow<'_, str>> {
    /// Borrows the text.
    #[must_use]
    pub fn as_deref(&self) -> Tag<&str> {
        match self {
            Self::Absent => Tag::Absent,
            Self::Text(text) => Tag::Text(text),
            Self::Integer(value) => Tag::Integer(*value),
            Self::Bool(value) => Tag::Bool(*value),
            Self::Other => Tag::Other,
        }
    }
}

impl<'j> Reader<'j> {
    /// Returns the value of a property of the next object, such as the discriminator of a union, without reading the
    /// object.
    pub fn tag(&mut self, name: &str) -> Result<Tag<Cow<'j, str>>, DecodeError> {
        let mark = self.mark();
        let mut tag = Tag::Absent;
        if self.kind()? == Kind::Object {
            self.map(&mut |key, reader| {
                if key == name {
                    tag = reader.scalar()?;
                    Ok(())
                } else {
                    reader.skip()
                }
            })?;
        }
        self.rewind(&mark);
        Ok(tag)
    }

    /// Reads a value as a tag.
    fn scalar(&mut self) -> Result<Tag<Cow<'j, str>>, DecodeError> {
        Ok(match self.kind()? {
            Kind::String => Tag::Text(self.text()?),
            Kind::Bool => Tag::Bool(self.bool()?),
            Kind::Number => {
                let number = Decimal::parse(self.number_text()?);
                let tag = number.and_then(|it| it.integer_of_64_bits());
                tag.map_or(Tag::Other, Tag::Integer)
            }
            kind @ (Kind::Null | Kind::Array | Kind::Object) => {
                self.skip()?;
                if kind == Kind::Null {
                    Tag::Absent
                } else {
                    Tag::Other
                }
            }
        })
    }

    /// Returns the index of the first of these names that is a property of the next object, without reading the object.
    pub fn first_of(&mut self, names: &[&str]) -> Result<Option<usize>, DecodeError> {
        let mark = self.mark();
        let mut first = None;
        if self.kind()? == Kind::Object {
            self.map(&mut |key, reader| {
                let found = names.iter().position(|name| *name == key);
                first = [first, found].into_iter().flatten().min();
                reader.skip()
            })?;
        }
        self.rewind(&mark);
        Ok(first)
    }
}
