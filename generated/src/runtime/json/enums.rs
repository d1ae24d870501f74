//! What every enum of the description has in common. Enums are open: a value that is not listed is kept as it is.
//!
//! The macros are named by path (`runtime::string_enum!(Role);`) and need `runtime` in scope where they are used.

/// Implements reading, writing, `Display`, `FromStr`, `From<String>` and `AsRef<str>` for enums of strings, which
/// bring `fn as_str(&self) -> &str` and `From<&str>`.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! string_enum {
    ($($name:ty),+ $(,)?) => { $(
        impl runtime::Encode for $name {
            fn encode(&self, writer: &mut runtime::Writer) {
                writer.string(self.as_str());
            }
        }

        impl runtime::Decode for $name {
            fn decode(reader: &mut runtime::Reader<'_>) -> Result<Self, runtime::DecodeError> {
                let value = Self::from(reader.text()?);
                if !runtime::Decode::is_known(&value) {
                    reader.miss();
                }
                Ok(value)
            }

            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    )+ };
}

/// Implements reading, writing and `Display` for enums of integers, which bring `fn value(&self) -> i64` and
/// `From<i64>`.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! integer_enum {
    ($($name:ty),+ $(,)?) => { $(
        impl runtime::Encode for $name {
            fn encode(&self, writer: &mut runtime::Writer) {
                runtime::Encode::encode(&self.value(), writer);
            }
        }

        impl runtime::Decode for $name {
            fn decode(reader: &mut runtime::Reader<'_>) -> Result<Self, runtime::DecodeError> {
                let value = Self::from(<i64 as runtime::Decode>::decode(reader)?);
                if !runtime::Decode::is_known(&value) {
                    reader.miss();
                }
                Ok(value)
            }

            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.value(), f)
            }
        }
    )+ };
}

/// Implements reading and writing for enums of any scalars, which bring `fn to_value(&self) -> Value` and
/// `From<Value>`.
#[allow(unused_macros, reason = "an API need not have enums")]
macro_rules! value_enum {
    ($($name:ty),+ $(,)?) => { $(
        impl runtime::Encode for $name {
            fn encode(&self, writer: &mut runtime::Writer) {
                runtime::Encode::encode(&self.to_value(), writer);
            }
        }

        impl runtime::Decode for $name {
            fn decode(reader: &mut runtime::Reader<'_>) -> Result<Self, runtime::DecodeError> {
                let value = Self::from(<serde_json::Value as runtime::Decode>::decode(reader)?);
                if !runtime::Decode::is_known(&value) {
                    reader.miss();
                }
                Ok(value)
            }

            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }
    )+ };
}

#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use {integer_enum, string_enum, value_enum};
