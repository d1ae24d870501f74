//! Which Rust type stands for an IR type.

use super::Cx;
use crate::config::Dates;
use crate::ir::{self, BodyEncoding, Ident, IntegerFormat, ItemId, ItemKind, Payload, Presence};

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type of the language, of a library or of the client's runtime, with its arguments, by its path as a file of the
    /// API's module has it: `String`, `std::collections::BTreeMap`, `super::runtime::Body`.
    Path(&'static str, Vec<Type>),
    /// A model.
    Item(ItemId),
    /// A type of another crate in the place of a model, by its path.
    Foreign(String),
    /// A type that stands beside an operation.
    Own(Ident),
    /// As many values as there are types. Nothing is `()`.
    Tuple(Vec<Type>),
}

impl Type {
    /// `()`
    #[must_use]
    pub fn unit() -> Self {
        Self::Tuple(Vec::new())
    }

    /// A type without arguments.
    #[must_use]
    pub fn path(path: &'static str) -> Self {
        Self::Path(path, Vec::new())
    }

    /// `Option<..>`
    #[must_use]
    pub fn option(self) -> Self {
        Self::Path("Option", vec![self])
    }

    /// `Box<..>`
    #[must_use]
    pub fn boxed(self) -> Self {
        Self::Path("Box", vec![self])
    }

    /// `Vec<..>`
    #[must_use]
    pub fn vec(self) -> Self {
        Self::Path("Vec", vec![self])
    }

    /// `BTreeMap<String, ..>`
    #[must_use]
    pub fn map(self) -> Self {
        Self::Path(
            "std::collections::BTreeMap",
            vec![Self::path("String"), self],
        )
    }

    /// Whether it is a box.
    #[must_use]
    pub fn is_boxed(&self) -> bool {
        matches!(self, Self::Path("Box", _))
    }

    /// Whether it is `()`.
    #[must_use]
    pub fn is_unit(&self) -> bool {
        matches!(self, Self::Tuple(types) if types.is_empty())
    }
}

/// Returns what a reader needs of a path. Types of other libraries keep it, because several may have the name.
#[must_use]
pub fn short(path: &str) -> &str {
    let is_usual = ["std::", "super::", "secrecy::", "serde_json::", "uuid::"];
    match path.rsplit_once("::") {
        Some((_, name)) if is_usual.iter().any(|it| path.starts_with(it)) => name,
        _ => path,
    }
}

impl Cx<'_> {
    /// The type of a value that is held.
    pub(super) fn owned(&self, ty: &ir::Type) -> Type {
        match ty {
            // Bytes inside JSON are text whose encoding the document leaves open; those of a whole body are not
            // asked for here.
            ir::Type::String | ir::Type::Bytes => Type::path("String"),
            ir::Type::Secret => Type::path("secrecy::SecretString"),
            ir::Type::Boolean => Type::path("bool"),
            ir::Type::Integer(format) => Type::path(integer(*format)),
            ir::Type::Number => Type::path("f64"),
            ir::Type::DateTime => match self.dates {
                Dates::Text => Type::path("super::runtime::DateTime"),
                Dates::Jiff => Type::path("jiff::Timestamp"),
                Dates::Chrono => {
                    Type::Path("chrono::DateTime", vec![Type::path("chrono::FixedOffset")])
                }
            },
            ir::Type::Date => Type::path(match self.dates {
                Dates::Text => "super::runtime::Date",
                Dates::Jiff => "jiff::civil::Date",
                Dates::Chrono => "chrono::NaiveDate",
            }),
            ir::Type::Uuid => Type::path("uuid::Uuid"),
            ir::Type::Base64 => Type::path("super::runtime::Base64"),
            ir::Type::Any => Type::path("serde_json::Value"),
            ir::Type::Array(inner) => self.owned(inner).vec(),
            ir::Type::Null => Type::path("super::runtime::Null"),
            ir::Type::Tuple(items) => Type::Tuple(items.iter().map(|it| self.owned(it)).collect()),
            ir::Type::Map(inner) => self.owned(inner).map(),
            ir::Type::Nullable(inner) => self.owned(inner).option(),
            ir::Type::Item(id) => match &self.api[*id].foreign {
                Some(foreign) => Type::Foreign(foreign.path.clone()),
                None => Type::Item(*id),
            },
            ir::Type::File => Type::path("super::runtime::File"),
            ir::Type::Part(inner) => Type::Path("super::runtime::Part", vec![self.owned(inner)]),
            ir::Type::Multipart => Type::path("super::runtime::Multipart"),
            // The run has an error, so nobody will see it.
            ir::Type::Error => Type::unit(),
        }
    }

    /// The type of a struct's field: with what its presence adds, and boxed where the type contains itself.
    pub(super) fn field(&self, field: &ir::Field) -> Type {
        let plain = self.owned(&field.ty);
        let ty = if field.boxed { plain.boxed() } else { plain };
        match field.presence {
            Presence::Required => ty,
            Presence::Nullable | Presence::Optional => ty.option(),
            Presence::OptionalNullable => Type::Path("super::runtime::Maybe", vec![ty]),
        }
    }

    /// The type of a body that is received.
    pub(super) fn received(&self, payload: &Payload) -> Type {
        match payload.form().encoding {
            BodyEncoding::Bytes => Type::path("super::runtime::Body"),
            BodyEncoding::Events => {
                Type::Path("super::runtime::Events", vec![self.owned(&payload.ty)])
            }
            BodyEncoding::Lines => {
                Type::Path("super::runtime::Lines", vec![self.owned(&payload.ty)])
            }
            BodyEncoding::Json
            | BodyEncoding::Xml
            | BodyEncoding::Form(_)
            | BodyEncoding::Multipart
            | BodyEncoding::Text => self.owned(&payload.ty),
        }
    }

    /// The type of a body that is sent.
    pub(super) fn sent(&self, payload: &Payload) -> Type {
        match payload.form().encoding {
            BodyEncoding::Bytes | BodyEncoding::Events => Type::path("super::runtime::Body"),
            BodyEncoding::Lines => self.owned(&payload.ty).vec(),
            BodyEncoding::Json
            | BodyEncoding::Xml
            | BodyEncoding::Form(_)
            | BodyEncoding::Multipart
            | BodyEncoding::Text => self.owned(&payload.ty),
        }
    }

    /// Whether the type is an object, which stands in a box where it is one of several, whatever its size: then
    /// no edit of one type changes how another is used, and a type may contain itself.
    pub(super) fn is_boxed(&self, ty: &ir::Type) -> bool {
        match self.api.resolve(ty) {
            ir::Type::Item(id) if self.api[*id].foreign.is_some() => false,
            ir::Type::Item(id) => {
                matches!(self.api[*id].kind, ItemKind::Struct(_) | ItemKind::Union(_))
            }
            ir::Type::Nullable(inner) => self.is_boxed(inner),
            _ => false,
        }
    }

    /// The type of a value as a variant of an enum holds it.
    pub(super) fn held(&self, ty: &ir::Type) -> Type {
        let plain = self.owned(ty);
        if self.is_boxed(ty) {
            plain.boxed()
        } else {
            plain
        }
    }
}

fn integer(format: IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::I32 => "i32",
        IntegerFormat::I64 => "i64",
        IntegerFormat::U32 => "u32",
        IntegerFormat::U64 => "u64",
        IntegerFormat::I128 => "i128",
        IntegerFormat::U128 => "u128",
    }
}
