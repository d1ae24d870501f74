//! `serde` for every model, through the same codec: nothing is compiled until it is used.

use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Decode, Encode, Tree, from_slice, to_vec};

/// Gives models `serde::Serialize` and `serde::Deserialize`, named by path with `runtime` in scope.
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

/// Hands a model to a serializer. Secrets are written out, as they are on the wire.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_vec(value).map_err(S::Error::custom)?;
    from_slice::<Tree>(&json)
        .map_err(S::Error::custom)?
        .serialize(serializer)
}

/// Reads a model from a deserializer of a self-describing format.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let json = to_vec(&value).map_err(de::Error::custom)?;
    from_slice(&json).map_err(de::Error::custom)
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::String(text) => serializer.serialize_str(text),
            Self::Number(text) => match (
                text.parse::<i64>(),
                text.parse::<u64>(),
                text.parse::<f64>(),
            ) {
                (Ok(value), _, _) => serializer.serialize_i64(value),
                (_, Ok(value), _) => serializer.serialize_u64(value),
                (_, _, Ok(value)) => serializer.serialize_f64(value),
                (_, _, Err(error)) => Err(S::Error::custom(error)),
            },
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
