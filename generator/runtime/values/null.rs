//! Values that can only be `null`.

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

/// The value `null`, if the document allows no other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Null;

impl Encode for Null {
    fn encode(&self, writer: &mut Writer) {
        writer.null();
    }
}

impl Blank for Null {
    fn blank() -> Self {
        Self
    }
}

impl Decode for Null {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.null()? {
            Ok(Self)
        } else {
            Err(reader.wrong_type("null"))
        }
    }

    fn holds_null() -> bool {
        true
    }
}
