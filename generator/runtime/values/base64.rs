//! `format: byte`: bytes that are sent as Base64.

use ::base64::Engine as _;
use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

/// Bytes that are written as Base64 with padding (RFC 4648, section 4). When reading, the padding is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Encode for Base64 {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&ENGINE.encode(&self.0));
    }
}

impl Blank for Base64 {
    fn blank() -> Self {
        Self::default()
    }
}

impl Decode for Base64 {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let bytes = reader.parsed("Base64", |text| ENGINE.decode(text).ok());
        bytes.map(Self)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Base64> for Vec<u8> {
    fn from(Base64(bytes): Base64) -> Self {
        bytes
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
