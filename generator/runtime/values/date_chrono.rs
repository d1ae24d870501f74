//! `format: date-time`, `date` and `time` as the types of `chrono`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

const DATE_TIME: &str = "a date with time and offset (RFC 3339)";

/// Implements `Blank` with `Default`.
macro_rules! blank {
    ($($type:ty),+) => { $(
        impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        }
    )+ };
}

blank!(DateTime<Utc>, DateTime<FixedOffset>, NaiveDate, NaiveTime);

impl Encode for DateTime<Utc> {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Decode for DateTime<Utc> {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(reader.read::<DateTime<FixedOffset>>()?.to_utc())
    }
}

impl Encode for DateTime<FixedOffset> {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Decode for DateTime<FixedOffset> {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(DATE_TIME, |text| DateTime::parse_from_rfc3339(text).ok())
    }
}

impl Encode for NaiveDate {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }
}

impl Decode for NaiveDate {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed("a date (RFC 3339)", |text| text.parse().ok())
    }
}

impl Encode for NaiveTime {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }
}

impl Decode for NaiveTime {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed("a time (RFC 3339)", |text| text.parse().ok())
    }
}
