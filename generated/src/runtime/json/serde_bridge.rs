//! `serde` for every model, by way of the JSON codec. Nothing is compiled until it is used.

use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde::{Deserializer, Serialize, Serializer, de};

use super::{Decode, Encode, Tree, Writer, from_slice, to_vec};

/// Implements `serde::Serialize` and `serde::Deserialize` for models. It is called by path, with `runtime` in scope.
#[allow(unused_macros, reason = "an API need not have models")]
macro_rules! impl_serde {
    ($($name:ty),+ $(,)?) => { $(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize(deserializer)
            }
        }
    )+ };
}

#[allow(unused_imports, reason = "an API need not have models")]
pub(crate) use impl_serde;

/// Serializes a model. Secrets are written in clear text, as they are sent.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_vec(value).map_err(S::Error::custom)?;
    from_slice::<Tree>(&json)
        .map_err(S::Error::custom)?
        .serialize(serializer)
}

/// Reads a model from a deserializer of a self-describing format. With `serde_json` and its feature `raw_value`,
/// numbers keep all digits; otherwise, they have the precision of 64 bits.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut writer = Writer::new();
    deserializer.deserialize_newtype_struct(RAW, Text::new(&mut writer))?;
    let json = writer.finish().map_err(de::Error::custom)?;
    from_slice(&json).map_err(de::Error::custom)
}

/// The name by which `serde_json` passes on raw JSON text for its `RawValue`.
const RAW: &str = "$serde_json::private::RawValue";
/// The name by which `serde_json` passes on the text of a number, with its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::String(text) => serializer.serialize_str(text),
            Self::Number(text) => serialize_number(text, serializer),
            Self::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(item)?;
                }
                sequence.end()
            }
            Self::Object(properties) => {
                let mut map = serializer.serialize_map(Some(properties.len()))?;
                for (name, value) in properties {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Serializes a number as the simplest type that represents it, or else as `serde_json` parses its text.
fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse() {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = text.parse() {
        return serializer.serialize_u64(value);
    }
    if let Ok(value) = text.parse() {
        return serializer.serialize_i128(value);
    }
    if let Ok(value) = text.parse() {
        return serializer.serialize_u128(value);
    }
    match text.parse::<f64>() {
        Ok(value) if to_vec(&value).is_ok_and(|it| it == text.as_bytes()) => {
            serializer.serialize_f64(value)
        }
        _ => {
            let number: serde_json::Number = text.parse().map_err(S::Error::custom)?;
            number.serialize(serializer)
        }
    }
}

/// A visitor that writes values as JSON.
struct Text<'w> {
    writer: &'w mut Writer,
    /// The separator to write first.
    separator: &'static [u8],
}

impl<'w> Text<'w> {
    fn new(writer: &'w mut Writer) -> Self {
        let separator = b"";
        Self { writer, separator }
    }
}

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.writer.raw(self.separator);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what JSON can hold")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.writer.null();
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.writer.bool(value);
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.writer.i64(value);
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.writer.u64(value);
        Ok(())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<(), E> {
        value.encode(self.writer);
        Ok(())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<(), E> {
        value.encode(self.writer);
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.writer.f64(value);
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.writer.string(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let writer = self.writer;
        writer.raw(b"[");
        let mut separator: &[u8] = b"";
        while items
            .next_element_seed(Text {
                writer: &mut *writer,
                separator,
            })?
            .is_some()
        {
            separator = b",";
        }
        writer.raw(b"]");
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let writer = self.writer;
        let mut name = entries.next_key::<String>()?;
        if let Some(RAW | NUMBER) = name.as_deref() {
            writer.raw(entries.next_value::<String>()?.as_bytes());
            return Ok(());
        }
        writer.raw(b"{");
        let mut separator: &[u8] = b"";
        while let Some(key) = name {
            writer.raw(separator);
            writer.string(&key);
            writer.raw(b":");
            entries.next_value_seed(Text::new(writer))?;
            separator = b",";
            name = entries.next_key()?;
        }
        writer.raw(b"}");
        Ok(())
    }
}
