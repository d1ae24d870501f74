//! `format: uuid`.

use ::uuid::Uuid;

use super::{Decode, DecodeError, Encode, Reader, Writer};

impl Encode for Uuid {
    fn encode(&self, writer: &mut Writer) {
        writer.string(
            self.as_hyphenated()
                .encode_lower(&mut Uuid::encode_buffer()),
        );
    }
}

impl Decode for Uuid {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed("a UUID", |text| text.parse().ok())
    }
}
