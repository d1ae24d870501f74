//! Types as text, as [`emit`](crate::emit) writes them, without the paths.

use crate::config::Dates;
use crate::ir::{Api, BodyEncoding, IntegerFormat, Names, Payload, Type};

/// What decides how a type is written.
pub(super) struct Types<'a> {
    pub(super) names: &'a Names,
    pub(super) dates: Dates,
}

impl Types<'_> {
    /// The type of a value that is held.
    pub(super) fn owned(&self, ty: &Type) -> String {
        match ty {
            Type::String | Type::Bytes => "String".to_owned(),
            Type::Secret => "SecretString".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Integer(IntegerFormat::I32) => "i32".to_owned(),
            Type::Integer(IntegerFormat::I64) => "i64".to_owned(),
            Type::Integer(IntegerFormat::U32) => "u32".to_owned(),
            Type::Integer(IntegerFormat::U64) => "u64".to_owned(),
            Type::Integer(IntegerFormat::I128) => "i128".to_owned(),
            Type::Integer(IntegerFormat::U128) => "u128".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::DateTime => match self.dates {
                Dates::Text => "DateTime".to_owned(),
                Dates::Jiff => "jiff::Timestamp".to_owned(),
                Dates::Chrono => "chrono::DateTime<FixedOffset>".to_owned(),
            },
            Type::Date => match self.dates {
                Dates::Text => "Date".to_owned(),
                Dates::Jiff => "jiff::civil::Date".to_owned(),
                Dates::Chrono => "chrono::NaiveDate".to_owned(),
            },
            Type::Uuid => "Uuid".to_owned(),
            Type::Base64 => "Base64".to_owned(),
            Type::Any => "Value".to_owned(),
            Type::Array(inner) => format!("Vec<{}>", self.owned(inner)),
            Type::Null => "Null".to_owned(),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.owned(item)).collect();
                format!("({})", items.join(", "))
            }
            Type::Map(inner) => format!("BTreeMap<String, {}>", self.owned(inner)),
            Type::Nullable(inner) => format!("Option<{}>", self.owned(inner)),
            Type::Item(id) => self.names.ty(*id).to_string(),
            Type::File => "File".to_owned(),
            Type::Part(inner) => format!("Part<{}>", self.owned(inner)),
            Type::Multipart => "Multipart".to_owned(),
            Type::Error => "()".to_owned(),
        }
    }

    /// The type of a body that is received.
    pub(super) fn received(&self, payload: &Payload) -> String {
        let ty = self.owned(&payload.ty);
        match payload.form().encoding {
            BodyEncoding::Bytes => "Body".to_owned(),
            BodyEncoding::Events => format!("Events<{ty}>"),
            BodyEncoding::Lines => format!("Lines<{ty}>"),
            _ => ty,
        }
    }

    /// The type of a body that is held to be sent.
    pub(super) fn held(&self, payload: &Payload) -> String {
        let ty = self.owned(&payload.ty);
        match payload.form().encoding {
            BodyEncoding::Bytes | BodyEncoding::Events => "Body".to_owned(),
            BodyEncoding::Lines => format!("Vec<{ty}>"),
            _ => ty,
        }
    }

    /// The type of the argument for a body.
    pub(super) fn sent(&self, api: &Api, payload: &Payload) -> String {
        match payload.form().encoding {
            BodyEncoding::Bytes | BodyEncoding::Events => "impl Into<Body>".to_owned(),
            BodyEncoding::Lines | BodyEncoding::Multipart => self.held(payload),
            _ => self.kept(api, &payload.ty),
        }
    }

    /// The type of an argument whose value is kept.
    pub(super) fn kept(&self, api: &Api, ty: &Type) -> String {
        let owned = self.owned(ty);
        let converts = match api.resolve(ty) {
            Type::String | Type::Bytes | Type::Secret | Type::File | Type::Part(_) => true,
            Type::DateTime | Type::Date => self.dates == Dates::Text,
            _ => false,
        };
        if converts {
            format!("impl Into<{owned}>")
        } else {
            owned
        }
    }

    /// The type of an argument whose value is only looked at.
    pub(super) fn borrowed(&self, api: &Api, ty: &Type) -> String {
        match api.resolve(ty) {
            Type::String | Type::Bytes => "&str".to_owned(),
            Type::DateTime | Type::Date => self.kept(api, ty),
            Type::Boolean | Type::Integer(_) | Type::Number | Type::Uuid => self.owned(ty),
            Type::Array(inner) if matches!(api.resolve(inner), Type::String | Type::Bytes) => {
                "&[impl AsRef<str>]".to_owned()
            }
            Type::Array(inner) => format!("&[{}]", self.owned(inner)),
            _ => format!("&{}", self.owned(ty)),
        }
    }
}
