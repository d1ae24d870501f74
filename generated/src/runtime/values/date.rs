//! `format: date-time` and `date` as text.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

/// A date and time as text: `2025-09-13T00:14:42.935897+00:00` (RFC 3339).
///
/// The text is kept unchanged and is not checked. To calculate with it, parse it into a type of a date library:
///
/// ```ignore
/// let moment: jiff::Timestamp = user.created_at.parse()?;
/// let moment: chrono::DateTime<chrono::Utc> = user.created_at.parse()?;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(String);

/// A date as text: `2025-09-13` (RFC 3339, `full-date`).
///
/// The text is kept unchanged and is not checked. To calculate with it, parse it into a type of a date library:
///
/// ```ignore
/// let day: jiff::civil::Date = user.born.parse()?;
/// let day: chrono::NaiveDate = user.born.parse()?;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(String);

macro_rules! text {
    ($($name:ident),+) => { $(
        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Parses the text into another type, such as one of a date library.
            pub fn parse<T: FromStr>(&self) -> Result<T, T::Err> {
                self.0.parse()
            }
        }

        impl Encode for $name {
            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }
        }

        impl Blank for $name {
            fn blank() -> Self {
                Self(String::new())
            }
        }

        impl Decode for $name {
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                String::create(reader).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok(Self::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )+ };
}

text!(Date, DateTime);
