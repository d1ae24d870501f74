//! Reading and writing of the types of the standard library, of secrets and of free-form JSON.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Number, Value};

use super::{Decode, DecodeError, DecodeErrorKind, Encode, Kind, Reader, Writer};

/// Implements an integer type through `i64` or `u64`.
macro_rules! integers {
    ($($type:ty => $write:ident, $expected:literal;)+) => { $(
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }
        }

        impl Decode for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.integer($expected)
            }
        }
    )+ };
}

integers! {
    i8 => i64, "an integer of 8 bits";
    i16 => i64, "an integer of 16 bits";
    i32 => i64, "an integer of 32 bits";
    i64 => i64, "an integer of 64 bits";
    u8 => u64, "an integer from 0 to 255";
    u16 => u64, "an integer from 0 to 65535";
    u32 => u64, "an integer of 32 bits, not negative";
    u64 => u64, "an integer of 64 bits, not negative";
}

/// Implements an integer type of more than 64 bits.
macro_rules! long_integers {
    ($($type:ty => $expected:literal;)+) => { $(
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.raw(self.to_string().as_bytes());
            }
        }

        impl Decode for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.integer($expected)
            }
        }
    )+ };
}

long_integers! {
    i128 => "an integer of 128 bits";
    u128 => "an integer of 128 bits, not negative";
}

/// Implements a type by one method of the writer and one of the reader.
macro_rules! simple {
    ($($type:ty, $name:ident;)+) => { $(
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.$name(*self);
            }
        }

        impl Decode for $type {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.$name()
            }
        }
    )+ };
}

simple! {
    bool, bool;
    f32, f32;
    f64, f64;
}

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.string()
    }

    fn is_text() -> bool {
        true
    }
}

impl Encode for SecretString {
    fn encode(&self, writer: &mut Writer) {
        writer.string(self.expose_secret());
    }
}

impl Decode for SecretString {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.string().map(Self::from)
    }

    fn is_text() -> bool {
        true
    }
}

/// Written as an object without properties; read from any value, and from none.
impl Encode for () {
    fn encode(&self, writer: &mut Writer) {
        writer.object(&[]);
    }
}

impl Decode for () {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.marker()
    }

    fn empty() -> Option<Self> {
        Some(())
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.allocate(size_of::<T>())?;
        T::decode(reader).map(Self::new)
    }

    fn is_known(&self) -> bool {
        (**self).is_known()
    }

    fn holds_null() -> bool {
        T::holds_null()
    }

    fn is_text() -> bool {
        T::is_text()
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn empty() -> Option<Self> {
        T::empty().map(Self::new)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(if !T::holds_null() && reader.null()? {
            None
        } else {
            Some(T::decode(reader)?)
        })
    }

    fn is_text() -> bool {
        T::is_text()
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, writer: &mut Writer) {
        writer.array(&mut self.iter().map(|item| item as &dyn Encode));
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        self.as_slice().encode(writer);
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Self::new();
        reader.array(&mut |reader| {
            reader.grow(&mut items)?;
            items.push(T::decode(reader)?);
            Ok(())
        })?;
        Ok(items)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, writer: &mut Writer) {
        writer.object_with(&[], self);
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = Self::new();
        reader.object_with(&mut [], &mut map)?;
        Ok(map)
    }
}

impl Encode for Value {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.bool(*value),
            Self::Number(number) => writer.raw(number.to_string().as_bytes()),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(properties) => writer.object_with(&[], properties),
        }
    }
}

impl Decode for Value {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match reader.kind()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Bool => Self::Bool(reader.bool()?),
            Kind::Number => Self::Number(number(reader)?),
            Kind::String => Self::String(reader.string()?),
            Kind::Array => Self::Array(Vec::decode(reader)?),
            Kind::Object => {
                let mut properties = Map::new();
                reader.map(&mut |name, reader| {
                    reader.grow_map::<Self>(properties.len())?;
                    reader.allocate(name.len())?;
                    properties.insert(name.to_owned(), Self::decode(reader)?);
                    Ok(())
                })?;
                Self::Object(properties)
            }
        })
    }

    fn holds_null() -> bool {
        true
    }
}

/// Reads a number as exactly as `serde_json` holds it: in full with its feature `arbitrary_precision`, as the nearest
/// number of 64 bits without.
fn number(reader: &mut Reader<'_>) -> Result<Number, DecodeError> {
    let text = reader.number_text()?;
    let exact = text
        .parse::<Number>()
        .ok()
        .filter(|number| !number.is_f64() || number.to_string() == text);
    // What `serde_json` reads is not always the nearest `f64`.
    let nearest = || text.parse().ok().and_then(Number::from_f64);
    exact.or_else(nearest).ok_or_else(|| {
        DecodeError::whole(
            DecodeErrorKind::Range,
            "a number of 64 bits",
            "a number that does not fit",
        )
    })
}
