//! Types of other crates that take the place of schemas, and models that hold one directly.
//!
//! `serde_json` reads and writes the types. They need not have a blank value, so neither has a model of which one is a
//! required property: such a model is put together when its properties have been read.
//!
//! The macros are named by path, with `runtime` in scope:
//!
//! ```ignore
//! runtime::foreign::object! { models::Order {
//!     id = "id",
//!     #[slot] price = "price",
//! } }
//! ```
//!
//! The lines are those of [`object`](super::object), and `#[slot]` marks a property without a blank value.

use super::json::{Blank, DecodeErrorKind, Slot};
use super::{DecodeError, EncodeError, Kind, Reader, Writer};

/// Implements reading and writing of types of other crates.
#[allow(unused_macros, reason = "the macros of models stand here, too")]
macro_rules! foreign {
    ($($type:ty),+ $(,)?) => { $(
        impl super::Decode for $type {
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                read(reader, concat!("a value of `", stringify!($type), "`"), |json| {
                    serde_json::from_slice(json)
                })
            }
        }

        impl super::Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                let message = concat!("a value of `", stringify!($type), "` cannot be written as JSON");
                write(writer, serde_json::to_vec(self), message);
            }
        }
    )+ };
}

/// Reads a value from its JSON. The error of `serde_json` is not kept: it may show a secret.
#[allow(dead_code, reason = "the macros of models stand here, too")]
fn read<T>(
    reader: &mut Reader<'_>,
    expected: &'static str,
    parse: fn(&[u8]) -> serde_json::Result<T>,
) -> Result<T, DecodeError> {
    let found = match reader.kind()? {
        Kind::Null => "`null`, which does not fit",
        Kind::Bool => "a boolean that does not fit",
        Kind::Number => "a number that does not fit",
        Kind::String => "a string that does not fit",
        Kind::Array => "an array that does not fit",
        Kind::Object => "an object that does not fit",
    };
    let start = reader.offset();
    let json = reader.raw()?;
    // What the type makes of it is not known; it is hardly more than its text.
    reader.allocate(json.len())?;
    parse(json).map_err(|_| DecodeError::at(start, DecodeErrorKind::Format, expected, found))
}

/// Writes the JSON of a value.
#[allow(dead_code, reason = "the macros of models stand here, too")]
fn write(writer: &mut Writer, json: serde_json::Result<Vec<u8>>, message: &'static str) {
    match json {
        Ok(json) => writer.raw(&json),
        Err(_) => writer.fail(EncodeError::new(message)),
    }
}

/// Returns a blank value for a field of a model, which the function is not called for: it says which type that is.
#[allow(dead_code, reason = "an API need not have such models")]
pub(crate) fn blank<M, T: Blank>(_: fn(&M) -> &T) -> T {
    T::blank()
}

/// Returns an empty place for a field of a model, likewise.
#[allow(dead_code, reason = "an API need not have such models")]
pub(crate) fn slot<M, T>(_: fn(&M) -> &T) -> Slot<T> {
    Slot::empty()
}

/// Declares a macro of tables of properties, and when it implements [`Decode`](super::Decode) and [`Encode`](super::Encode). The first
/// argument is a dollar sign, which stands for itself.
macro_rules! declare {
    ($d:tt $name:ident, decode: [$($decode:meta)?], encode: [$($encode:meta)?]) => {
        #[allow(unused_macros, reason = "an API need not have models of all directions")]
        macro_rules! $name {
            ($d type:ty {
                $d(
                    $d($d field:ident = $d wire:literal)?
                    $d(#[slot] $d slot:ident = $d slot_wire:literal)?
                    $d(#[nullable] $d nullable:ident = $d nullable_wire:literal)?
                    $d($d constant:literal = $d value:literal)?,
                )*
                $d(..$d rest:ident)?
            }) => {
                $(#[cfg($decode)])?
                impl runtime::Decode for $d type {
                    fn create(
                        reader: &mut runtime::Reader<'_>,
                    ) -> Result<Self, runtime::DecodeError> {
                        $d(
                            $d(let mut $d field = runtime::foreign::blank(|it: &Self| &it.$d field);)?
                            $d(let mut $d slot = runtime::foreign::slot(|it: &Self| &it.$d slot);)?
                            $d(let mut $d nullable = runtime::foreign::blank(|it: &Self| &it.$d nullable);)?
                        )*
                        $d(let mut $d rest = runtime::foreign::blank(|it: &Self| &it.$d rest);)?
                        reader.object(
                            &[$d($d($d wire)? $d($d slot_wire)? $d($d nullable_wire)? $d($d constant)?),*],
                            &mut [$d(
                                $d(&mut $d field)?
                                $d(&mut $d slot)?
                                $d(&mut runtime::Required(&mut $d nullable))?
                                $d(&mut runtime::Constant::from($d value))?
                            ),*],
                            &mut [$d(&mut $d rest)?],
                        )?;
                        Ok(Self {
                            $d($d($d field,)? $d($d slot: $d slot.into_value()?,)? $d($d nullable,)?)*
                            $d($d rest,)?
                        })
                    }
                }

                $(#[cfg($encode)])?
                impl runtime::Encode for $d type {
                    fn encode(&self, writer: &mut runtime::Writer) {
                        writer.object(
                            &[$d($d($d wire)? $d($d slot_wire)? $d($d nullable_wire)? $d($d constant)?),*],
                            &[$d(
                                $d(&self.$d field)?
                                $d(&self.$d slot)?
                                $d(&runtime::Nullable(&self.$d nullable))?
                                $d(&runtime::Constant::from($d value))?
                            ),*],
                            &[$d(&self.$d rest)?],
                        );
                    }
                }

                #[cfg(feature = "serde")]
                runtime::impl_serde!($d type);
            };
        }
    };
}

declare!($ object, decode: [], encode: []);
declare!($ received_object, decode: [], encode: [feature = "full"]);
declare!($ sent_object, decode: [feature = "full"], encode: []);

#[allow(unused_imports, reason = "an API need not have such models")]
pub(crate) use {object, received_object, sent_object};
