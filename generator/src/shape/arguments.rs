//! How functions take values.

use super::{Cx, Type};
use crate::config::Dates;
use crate::ir;

/// How a function takes a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    /// As it is: `pet: Pet`.
    Value(Type),
    /// As anything that becomes it: `name: impl Into<String>`.
    Into(Type),
    /// By reference: `filter: &Filter`.
    Reference(Type),
    /// `name: &str`
    Text,
    /// `ids: &[i64]`
    Slice(Type),
    /// `names: &[impl AsRef<str>]`, since lists of literals and lists of owned text are both common.
    Texts,
}

impl Cx<'_> {
    /// An argument whose value the function keeps, as constructors and setters do.
    pub(super) fn kept(&self, ty: &ir::Type) -> Argument {
        let owned = self.owned(ty);
        if self.converts(ty) {
            Argument::Into(owned)
        } else {
            Argument::Value(owned)
        }
    }

    /// An argument whose value the function only looks at.
    pub(super) fn borrowed(&self, ty: &ir::Type) -> Argument {
        match self.api.resolve(ty) {
            ir::Type::String | ir::Type::Bytes => Argument::Text,
            ir::Type::DateTime | ir::Type::Date => self.kept(ty),
            ir::Type::Boolean | ir::Type::Integer(_) | ir::Type::Number | ir::Type::Uuid => {
                Argument::Value(self.owned(ty))
            }
            ir::Type::Array(inner) => match self.api.resolve(inner) {
                ir::Type::String | ir::Type::Bytes => Argument::Texts,
                _ => Argument::Slice(self.owned(inner)),
            },
            ir::Type::Secret
            | ir::Type::Base64
            | ir::Type::Any
            | ir::Type::Null
            | ir::Type::Tuple(_)
            | ir::Type::Map(_)
            | ir::Type::Nullable(_)
            | ir::Type::Item(_)
            | ir::Type::File
            | ir::Type::Part(_)
            | ir::Type::Multipart
            | ir::Type::Error => Argument::Reference(self.owned(ty)),
        }
    }

    /// Whether callers usually have another type at hand, such as a string literal, that converts.
    fn converts(&self, ty: &ir::Type) -> bool {
        match self.api.resolve(ty) {
            ir::Type::String
            | ir::Type::Bytes
            | ir::Type::Secret
            | ir::Type::File
            | ir::Type::Part(_) => true,
            ir::Type::DateTime | ir::Type::Date => self.dates == Dates::Text,
            ir::Type::Base64
            | ir::Type::Boolean
            | ir::Type::Integer(_)
            | ir::Type::Number
            | ir::Type::Uuid
            | ir::Type::Any
            | ir::Type::Array(_)
            | ir::Type::Null
            | ir::Type::Tuple(_)
            | ir::Type::Map(_)
            | ir::Type::Nullable(_)
            | ir::Type::Item(_)
            | ir::Type::Multipart
            | ir::Type::Error => false,
        }
    }
}
