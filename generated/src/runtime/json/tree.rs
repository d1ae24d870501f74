//! JSON values that keep the order of properties and the text of numbers.

use super::{Blank, Decode, DecodeError, Encode, Kind, Reader, Writer};

/// Any JSON value. Objects keep their order and numbers their text. Arguments are written from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Tree>),
    /// An object.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Returns the text of a string, number or boolean.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(text) | Self::String(text) => Some(text),
            Self::Null | Self::Array(_) | Self::Object(_) => None,
        }
    }
}

impl Blank for Tree {
    fn blank() -> Self {
        Self::Null
    }
}

impl Decode for Tree {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match reader.kind()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Bool => Self::Bool(reader.bool()?),
            Kind::Number => {
                let text = reader.number_text()?;
                reader.allocate(text.len())?;
                Self::Number(text.to_owned())
            }
            Kind::String => Self::String(reader.string()?),
            Kind::Array => Self::Array(reader.read()?),
            Kind::Object => {
                let mut properties = Vec::new();
                reader.map(&mut |name, reader| {
                    reader.grow(&mut properties)?;
                    reader.allocate(name.len())?;
                    properties.push((name.into_owned(), reader.read()?));
                    Ok(())
                })?;
                Self::Object(properties)
            }
        })
    }
}

impl Encode for Tree {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.bool(*value),
            Self::Number(text) => writer.raw(text.as_bytes()),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(properties) => {
                writer.map(properties.iter().map(|(name, value)| (name, value)));
            }
        }
    }
}
