//! Reads and writes text, numbers, booleans and the unit type.

use secrecy::{ExposeSecret, SecretString};

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

/// Implements [`Blank`](super::Blank) with `Default`.
macro_rules! blank {
    ($($type:ty),+ $(,)?) => { $(
        impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        }
    )+ };
}

blank!(
    bool, f32, f64, i8, i16, i32, i64, i128, u8, u16, u32, u64, u128
);
blank!((), String, SecretString);

/// Implements an integer type through `i64` or `u64`.
macro_rules! integers {
    ($($type:ty => $write:ident, $expected:literal;)+) => { $(
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }
        }

        impl Decode for $type {
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
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
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
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
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
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
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
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
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.string().map(Self::from)
    }

    fn is_text() -> bool {
        true
    }
}

/// The unit type is written as an empty object, and read from any value or from none.
impl Encode for () {
    fn encode(&self, writer: &mut Writer) {
        writer.object(&[], &[], &[]);
    }
}

impl Decode for () {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.marker()
    }

    fn empty() -> Option<Self> {
        Some(())
    }
}
