//! `format: date-time`, `date` and `time` as the types of `chrono`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::{Decode, DecodeError, Encode, Reader, Writer};

const DATE_TIME: &str = "a date with time and offset (RFC 3339)";

impl Encode for DateTime<Utc> {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Decode for DateTime<Utc> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        DateTime::<FixedOffset>::decode(reader).map(|date| date.to_utc())
    }
}

impl Encode for DateTime<FixedOffset> {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Decode for DateTime<FixedOffset> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(DATE_TIME, |text| DateTime::parse_from_rfc3339(text).ok())
    }
}

impl Encode for NaiveDate {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }
}

impl Decode for NaiveDate {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed("a date (RFC 3339)", |text| text.parse().ok())
    }
}

impl Encode for NaiveTime {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }
}

impl Decode for NaiveTime {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed("a time (RFC 3339)", |text| text.parse().ok())
    }
}
