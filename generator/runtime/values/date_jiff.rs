//! `format: date-time`, `date` and `time` as the types of `jiff`.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

/// Implements a type with its `Display` and `FromStr`, which use RFC 3339.
macro_rules! by_text {
    ($($type:ty, $expected:literal;)+) => { $(
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.to_string());
            }
        }

        impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        }

        impl Decode for $type {
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.parsed($expected, |text| text.parse().ok())
            }
        }
    )+ };
}

by_text! {
    Timestamp, "a date with time and offset (RFC 3339)";
    Date, "a date (RFC 3339)";
    Time, "a time (RFC 3339)";
}
