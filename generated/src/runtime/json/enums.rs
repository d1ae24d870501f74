//! Open enums: the documented values, and `Unknown` for any other value, which is kept as it is.
//!
//! The macros are called by path, with `runtime` in scope:
//!
//! ```ignore
//! runtime::string_enum! {
//!     /// The role of a user.
//!     pub enum Role {
//!         /// `admin`: may do everything.
//!         Admin = "admin",
//!         Member = "member",
//!     }
//! }
//! ```
//!
//! A variant without docs gets its value as docs.

/// An undocumented value. It is opaque, so that code that handles it stays correct when the value is documented later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownValue<T = String>(T);

#[allow(dead_code, reason = "an API need not have enums")]
impl<T> UnknownValue<T> {
    /// Keeps a value.
    pub(crate) const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value.
    pub(crate) const fn get(&self) -> &T {
        &self.0
    }
}

/// Declares an enum of strings.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! string_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(
                $($(#[$docs:meta])+ $described:ident = $described_value:literal)?
                $($variant:ident = $value:literal)?,
            )*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $($(#[$docs])+ $described)?
                $(#[doc = concat!("`", $value, "`")] $variant)?,
            )*
            /// An undocumented value, which [`as_str`](Self::as_str) returns.
            Unknown(runtime::UnknownValue),
        }

        impl $name {
            /// Returns the value as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $($(Self::$described => $described_value)? $(Self::$variant => $value)?,)*
                    Self::Unknown(value) => value.get(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($($described_value => Self::$described)? $($value => Self::$variant)?,)*
                    _ => Self::Unknown(runtime::UnknownValue::new(text.to_owned())),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl runtime::Encode for $name {
            fn encode(&self, writer: &mut runtime::Writer) {
                writer.string(self.as_str());
            }
        }

        runtime::open_enum!($name, String::new(), reader => Self::from(&*reader.text()?));
    };
}

/// Declares an enum of integers.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! integer_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(
                $($(#[$docs:meta])+ $described:ident = $described_value:literal)?
                $($variant:ident = $value:literal)?,
            )*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $($(#[$docs])+ $described)?
                $(#[doc = concat!("`", $value, "`")] $variant)?,
            )*
            /// An undocumented value, which [`value`](Self::value) returns.
            Unknown(runtime::UnknownValue<i64>),
        }

        impl $name {
            /// Returns the value as it is sent.
            #[must_use]
            pub fn value(self) -> i64 {
                match self {
                    $($(Self::$described => $described_value)? $(Self::$variant => $value)?,)*
                    Self::Unknown(value) => *value.get(),
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($($described_value => Self::$described)? $($value => Self::$variant)?,)*
                    _ => Self::Unknown(runtime::UnknownValue::new(value)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl runtime::Encode for $name {
            fn encode(&self, writer: &mut runtime::Writer) {
                writer.i64(self.value());
            }
        }

        runtime::open_enum!($name, 0, reader => Self::from(reader.read::<i64>()?));
    };
}

/// Declares an enum of any scalars.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! value_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(
                $($(#[$docs:meta])+ $described:ident = $described_value:literal)?
                $($variant:ident = $value:literal)?,
            )*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $($(#[$docs])+ $described)?
                $(#[doc = concat!("`", stringify!($value), "`")] $variant)?,
            )*
            /// An undocumented value, which [`to_value`](Self::to_value) returns.
            Unknown(runtime::UnknownValue<serde_json::Value>),
        }

        impl $name {
            /// Returns the value as it is sent.
            #[must_use]
            pub fn to_value(&self) -> serde_json::Value {
                match self {
                    $(
                        $(Self::$described => serde_json::Value::from($described_value))?
                        $(Self::$variant => serde_json::Value::from($value))?,
                    )*
                    Self::Unknown(value) => value.get().clone(),
                }
            }
        }

        impl From<serde_json::Value> for $name {
            fn from(value: serde_json::Value) -> Self {
                $(
                    if value == $($described_value)? $($value)? {
                        return $(Self::$described)? $(Self::$variant)?;
                    }
                )*
                Self::Unknown(runtime::UnknownValue::new(value))
            }
        }

        impl runtime::Encode for $name {
            fn encode(&self, writer: &mut runtime::Writer) {
                runtime::Encode::encode(&self.to_value(), writer);
            }
        }

        runtime::open_enum!(
            $name,
            serde_json::Value::Null,
            reader => Self::from(reader.read::<serde_json::Value>()?)
        );
    };
}

/// Implements reading for an enum.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! open_enum {
    ($name:ident, $blank:expr, $reader:ident => $read:expr) => {
        impl runtime::Blank for $name {
            fn blank() -> Self {
                Self::Unknown(runtime::UnknownValue::new($blank))
            }
        }

        impl runtime::Decode for $name {
            fn create($reader: &mut runtime::Reader<'_>) -> Result<Self, runtime::DecodeError> {
                let value: Self = $read;
                if !runtime::Decode::is_known(&value) {
                    $reader.miss();
                }
                Ok(value)
            }

            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        #[cfg(feature = "serde")]
        runtime::impl_serde!($name);
    };
}

#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use {integer_enum, open_enum, string_enum, value_enum};
