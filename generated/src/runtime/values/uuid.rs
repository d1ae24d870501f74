//! `format: uuid`.

use ::uuid::Uuid;

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

impl Encode for Uuid {
    fn encode(&self, writer: &mut Writer) {
        writer.string(
            self.as_hyphenated()
                .encode_lower(&mut Uuid::encode_buffer()),
        );
    }
}

impl Blank for Uuid {
    fn blank() -> Self {
        Self::nil()
    }
}

impl Decode for Uuid {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed("a UUID", |text| text.parse().ok())
    }
}
