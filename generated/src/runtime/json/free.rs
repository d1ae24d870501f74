//! Reads and writes free-form JSON.

use serde_json::{Map, Number, Value};

use super::{Blank, Decode, DecodeError, DecodeErrorKind, Encode, Kind, Reader, Writer};

impl Encode for Value {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.bool(*value),
            Self::Number(number) => writer.raw(number.to_string().as_bytes()),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(properties) => writer.map(properties),
        }
    }
}

impl Blank for Value {
    fn blank() -> Self {
        Self::Null
    }
}

impl Decode for Value {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match reader.kind()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Bool => Self::Bool(reader.bool()?),
            Kind::Number => Self::Number(number(reader)?),
            Kind::String => Self::String(reader.string()?),
            Kind::Array => Self::Array(reader.read()?),
            Kind::Object => {
                let mut properties = Map::new();
                reader.map(&mut |name, reader| {
                    reader.grow_map::<Self>(properties.len())?;
                    reader.allocate(name.len())?;
                    properties.insert(name.into_owned(), reader.read()?);
                    Ok(())
                })?;
                Self::Object(properties)
            }
        })
    }

    fn holds_null() -> bool {
        true
    }
}

/// Reads a number as exactly as `serde_json` can represent it: exactly with its feature `arbitrary_precision`, or as
/// the nearest number of 64 bits.
fn number(reader: &mut Reader<'_>) -> Result<Number, DecodeError> {
    let text = reader.number_text()?;
    let exact = text
        .parse::<Number>()
        .ok()
        .filter(|number| !number.is_f64() || number.to_string() == text);
    // `serde_json` does not always read the nearest `f64`.
    let nearest = || text.parse().ok().and_then(Number::from_f64);
    exact.or_else(nearest).ok_or_else(|| {
        DecodeError::whole(
            DecodeErrorKind::Range,
            "a number of 64 bits",
            "a number that does not fit",
        )
    })
}
