//! Tables of the properties of structs.
//!
//! The macros are called by path, with `runtime` in scope:
//!
//! ```ignore
//! runtime::object! { models::Pet {
//!     id = "id",
//!     #[nullable] owner = "owner",
//!     "object" = "pet",
//!     ..additional_properties
//! } }
//! ```
//!
//! Each line has a field and its property. `#[nullable]` marks a required property that may be `null`. A line without a
//! field is a property with one value. The last line may name the map that keeps all other properties.

/// Declares a macro for these tables, and when it implements [`Decode`](super::Decode) and [`Encode`](super::Encode).
/// The first argument is a literal dollar sign.
macro_rules! declare {
    ($d:tt $name:ident, decode: [$($decode:meta)?], encode: [$($encode:meta)?]) => {
        #[allow(unused_macros, reason = "an API need not have models of all directions")]
        macro_rules! $name {
            // Nothing is a value of a type that holds nothing.
            ($d type:ty {}) => {
                impl runtime::Blank for $d type {
                    fn blank() -> Self {
                        Self {}
                    }
                }

                $(#[cfg($decode)])?
                impl runtime::Decode for $d type {
                    fn create(reader: &mut runtime::Reader<'_>) -> Result<Self, runtime::DecodeError> {
                        runtime::create(reader)
                    }

                    fn decode(
                        &mut self,
                        reader: &mut runtime::Reader<'_>,
                    ) -> Result<(), runtime::DecodeError> {
                        reader.marker()
                    }

                    fn empty() -> Option<Self> {
                        Some(Self {})
                    }
                }

                $(#[cfg($encode)])?
                impl runtime::Encode for $d type {
                    fn encode(&self, writer: &mut runtime::Writer) {
                        writer.object(&[], &[], &[]);
                    }
                }

                #[cfg(feature = "serde")]
                runtime::impl_serde!($d type);
            };
            ($d type:ty {
                $d(
                    $d($d field:ident = $d wire:literal)?
                    $d(#[nullable] $d nullable:ident = $d nullable_wire:literal)?
                    $d($d constant:literal = $d value:literal)?,
                )*
                $d(..$d rest:ident)?
            }) => {
                impl runtime::Blank for $d type {
                    fn blank() -> Self {
                        Self {
                            $d($d($d field: runtime::blank(),)? $d($d nullable: runtime::blank(),)?)*
                            $d($d rest: runtime::blank(),)?
                        }
                    }
                }

                $(#[cfg($decode)])?
                impl runtime::Decode for $d type {
                    fn create(reader: &mut runtime::Reader<'_>) -> Result<Self, runtime::DecodeError> {
                        runtime::create(reader)
                    }

                    fn decode(
                        &mut self,
                        reader: &mut runtime::Reader<'_>,
                    ) -> Result<(), runtime::DecodeError> {
                        reader.object(
                            &[$d($d($d wire)? $d($d nullable_wire)? $d($d constant)?),*],
                            &mut [$d(
                                $d(&mut self.$d field)?
                                $d(&mut runtime::Required(&mut self.$d nullable))?
                                $d(&mut runtime::Constant::from($d value))?
                            ),*],
                            &mut [$d(&mut self.$d rest)?],
                        )
                    }
                }

                $(#[cfg($encode)])?
                impl runtime::Encode for $d type {
                    fn encode(&self, writer: &mut runtime::Writer) {
                        writer.object(
                            &[$d($d($d wire)? $d($d nullable_wire)? $d($d constant)?),*],
                            &[$d(
                                $d(&self.$d field)?
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

#[allow(
    unused_imports,
    reason = "an API need not have models of all directions"
)]
pub(crate) use {object, received_object, sent_object};
