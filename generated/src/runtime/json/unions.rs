//! Unions: a value of one of several types, or `Unknown` for a value that fits none of them, which is kept as it is.
//!
//! The macros are called by path, with `runtime` in scope:
//!
//! ```ignore
//! runtime::union! { models::Pet {
//!     Cat,
//!     Dog where "kind" = "dog",
//! } reader => match reader.kind()? {
//!     Kind::Object => match reader.tag("kind")?.as_deref() {
//!         Tag::Text("cat") => reader.read().map(Self::Cat),
//!         Tag::Text("dog") => reader.read().map(Self::Dog),
//!         _ => reader.unknown().map(Self::Unknown),
//!     },
//!     _ => reader.unknown().map(Self::Unknown),
//! } }
//! ```
//!
//! Each line is a variant, with its discriminator if the type of the variant does not declare it. The code that reads a
//! value follows. If `null` is a value of the union, `, holds_null: true` follows the type.

/// Declares a macro for these tables, and when it implements [`Decode`](super::Decode) and [`Encode`](super::Encode).
/// The first argument is a literal dollar sign.
macro_rules! declare {
    ($d:tt $name:ident, decode: [$($decode:meta)?], encode: [$($encode:meta)?]) => {
        #[allow(unused_macros, reason = "an API need not have unions of all directions")]
        macro_rules! $name {
            (
                $d type:ty $d(, holds_null: $d null:literal)? {
                    $d($d variant:ident $d(where $d tag:literal = $d value:literal)?,)*
                }
                $d reader:ident => $d read:expr
            ) => {
                impl runtime::Blank for $d type {
                    fn blank() -> Self {
                        Self::Unknown(serde_json::Value::Null)
                    }
                }

                $(#[cfg($decode)])?
                impl runtime::Decode for $d type {
                    fn create(
                        $d reader: &mut runtime::Reader<'_>,
                    ) -> Result<Self, runtime::DecodeError> {
                        $d read
                    }

                    fn is_known(&self) -> bool {
                        !matches!(self, Self::Unknown(_))
                    }

                    $d(
                        fn holds_null() -> bool {
                            $d null
                        }
                    )?
                }

                $(#[cfg($encode)])?
                impl runtime::Encode for $d type {
                    fn encode(&self, writer: &mut runtime::Writer) {
                        match self {
                            $d(
                                Self::$d variant(value) => {
                                    $d(writer.tag($d tag, runtime::Constant::from($d value));)?
                                    runtime::Encode::encode(value, writer);
                                }
                            )*
                            Self::Unknown(value) => runtime::Encode::encode(value, writer),
                        }
                    }
                }

                #[cfg(feature = "serde")]
                runtime::impl_serde!($d type);
            };
        }
    };
}

declare!($ union, decode: [], encode: []);
declare!($ received_union, decode: [], encode: [feature = "full"]);
declare!($ sent_union, decode: [feature = "full"], encode: []);

/// Implements `From` for a union. Each line is a variant whose type occurs only once.
#[allow(unused_macros, reason = "an API need not have unions")]
macro_rules! union_from {
    ($name:ident { $($variant:ident($type:ty),)* }) => { $(
        impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )* };
}

#[allow(
    unused_imports,
    reason = "an API need not have unions of all directions"
)]
pub(crate) use {received_union, sent_union, union, union_from};
