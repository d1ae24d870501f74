//! Which kind of type a schema stands for: decided once for each, when the schemas are composed.

use super::{is_enumeration, types};
use crate::model::{Schema, SchemaId, SimpleType};

/// The kind of type that a composed schema stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Class {
    /// Another name for a schema.
    Name(SchemaId),
    /// A value of one of several types.
    Choice,
    /// One of the values on a list, which may all be of one type.
    Enumeration(Option<SimpleType>),
    /// An object of which the properties are known, be it that there are none.
    Struct,
    /// An object with properties of any names.
    Map,
    /// An array with a schema for each place.
    Tuple,
    /// Any other array.
    Array,
    /// A text, a number, a boolean or null.
    Scalar(SimpleType),
    /// Any value.
    Any,
    /// No value at all.
    Never,
}

impl Class {
    /// The kind of a schema. `is_closed` says whether an object has no properties besides those that it describes.
    pub(in crate::lower) fn of(schema: &Schema, is_closed: bool) -> Self {
        if let Some(target) = schema.reference {
            return Self::Name(target);
        }
        if !schema.one_of.is_empty() {
            return Self::Choice;
        }
        let ty = sole(&types(schema));
        if is_enumeration(schema) {
            return Self::Enumeration(ty);
        }
        match ty {
            _ if !schema.satisfiable => Self::Never,
            Some(SimpleType::Object) if is_closed || !schema.properties.is_empty() => Self::Struct,
            Some(SimpleType::Object) => Self::Map,
            Some(SimpleType::Array) if schema.prefix_items.is_empty() => Self::Array,
            Some(SimpleType::Array) => Self::Tuple,
            Some(ty) => Self::Scalar(ty),
            None => Self::Any,
        }
    }

    /// Whether the type has a name of its own.
    pub(in crate::lower) fn is_item(self) -> bool {
        matches!(self, Self::Choice | Self::Enumeration(_) | Self::Struct)
    }

    /// Whether values are arrays.
    pub(in crate::lower) fn is_array(self) -> bool {
        matches!(self, Self::Array | Self::Tuple)
    }
}

/// The one type that decides, or `None` when values may be of any.
fn sole(types: &[SimpleType]) -> Option<SimpleType> {
    match types {
        [ty] => Some(*ty),
        // Every integer is a number.
        [SimpleType::Integer, SimpleType::Number] | [SimpleType::Number, SimpleType::Integer] => {
            Some(SimpleType::Number)
        }
        // None is stated, or several, whose values `enum` lists.
        [..] => None,
    }
}
