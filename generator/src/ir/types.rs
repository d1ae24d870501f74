//! Types: what a value on the wire is.

use std::fmt;

use super::{Docs, Foreign, Origin, Xml};

/// The index of an item in an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text.
    String,
    /// Text that must not be shown: passwords, tokens, keys.
    Secret,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(IntegerFormat),
    /// A floating-point number, for both `float` and `double`, since 32 bits would change the digits.
    Number,
    /// `date-time` of RFC 3339.
    DateTime,
    /// `full-date` of RFC 3339.
    Date,
    /// A UUID.
    Uuid,
    /// Bytes, written in base64.
    Base64,
    /// Raw bytes: a whole body or a part of one.
    Bytes,
    /// `null` and nothing else.
    Null,
    /// Any JSON value.
    Any,
    /// Several values of one type.
    Array(Box<Type>),
    /// A fixed number of values, each with its own type.
    Tuple(Vec<Type>),
    /// Values of one type with arbitrary keys.
    Map(Box<Type>),
    /// A value or `null`, outside of fields: the items of an array, the values of a map, a body.
    Nullable(Box<Type>),
    /// A type of its own.
    Item(ItemId),
    /// A part of a multipart body with bytes and an optional file name.
    File,
    /// A part of a multipart body with its own headers and a value.
    Part(Box<Type>),
    /// Parts with arbitrary names.
    Multipart,
    /// A placeholder for a type that could not be created. The run has an error with the reason.
    Error,
}

impl Type {
    /// Returns the JSON type of all values, if the type alone determines it. For items, see their kind.
    #[must_use]
    pub fn json_type(&self) -> Option<JsonType> {
        match self {
            // These travel as text.
            Self::String
            | Self::Secret
            | Self::DateTime
            | Self::Date
            | Self::Uuid
            | Self::Base64
            | Self::Bytes => Some(JsonType::String),
            Self::Boolean => Some(JsonType::Boolean),
            Self::Integer(_) | Self::Number => Some(JsonType::Number),
            Self::Null => Some(JsonType::Null),
            Self::Array(_) | Self::Tuple(_) => Some(JsonType::Array),
            Self::Map(_) => Some(JsonType::Object),
            // The last three stand in no JSON.
            Self::Any
            | Self::Nullable(_)
            | Self::Item(_)
            | Self::Error
            | Self::File
            | Self::Part(_)
            | Self::Multipart => None,
        }
    }
}

/// The width of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// `int32`
    I32,
    /// `int64`, and integers without a format.
    I64,
    /// `uint32`
    U32,
    /// `uint64`
    U64,
    /// `int128`, and integers whose bounds are wider than 64 bits.
    I128,
    /// `uint128`, and integers that are not negative and whose bounds `int128` does not hold.
    U128,
}

/// A named type.
#[derive(Clone, Debug)]
pub struct Item {
    /// The schema that it comes from.
    pub origin: Origin,
    /// The source of the name.
    pub hint: NameHint,
    /// The documentation.
    pub docs: Docs,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// Examples, as JSON.
    pub examples: Vec<Value>,
    /// The XML shape of its values, as far as the schema gives it.
    pub xml: Option<Box<Xml>>,
    /// The kind of item.
    pub kind: ItemKind,
    /// The Rust type that takes its place, if the configuration names one.
    pub foreign: Option<Box<Foreign>>,
}

/// The source of an item's name. `name` derives the Rust name from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NameHint {
    /// A name that was given for Rust: an `x-keywright-name`, or one of the configuration.
    Given(String),
    /// A name of its own: that of the component.
    Own(String),
    /// The item that it stands in, and its role there: a property's name, `item`, `value`.
    Inner(ItemId, String),
    /// An operation and its role there: `request`, `response`, `error`, or a parameter's name.
    Operation(super::OperationId, String),
    /// Something that has no operation of the client's: a webhook and the role there, in words.
    Words(String),
}

/// The kind of an item.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// Named fields.
    Struct(Struct),
    /// One of several known values, or one that is not known yet.
    Enumeration(Enumeration),
    /// A value of one of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its properties, in the document's order; those of `allOf` branches first, in their order.
    pub fields: Vec<Field>,
    /// The treatment of properties without a field.
    pub additional: Additional,
    /// The serialization of the properties as parts, if this is a multipart body. Such a struct is only sent, and is
    /// never part of other types.
    pub parts: Option<Parts>,
}

/// The serialization of the properties of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Each field, by index.
    pub fields: Vec<Part>,
    /// Properties that have no field, if they are kept.
    pub rest: Option<Part>,
}

/// The serialization of a property as a part of a multipart body. Each item of an array is a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The encoding of the value.
    pub encoding: PartEncoding,
    /// Its media type, where the document states one or the value has one by default.
    pub media_type: Option<String>,
    /// The encoding of its text that a header tells: `base64`.
    pub transfer_encoding: Option<String>,
    /// The headers that the document describes for it.
    pub headers: Vec<String>,
}

/// The encoding of the value of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartEncoding {
    /// As bytes.
    File,
    /// As text.
    Text,
    /// As JSON.
    Json,
    /// As text or as JSON: a union of scalars and others.
    Value,
    /// As text, by one of OpenAPI's styles: perhaps as several parts.
    Style(super::Serialization),
}

/// The treatment of properties without a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// They are skipped when reading, since the schema does not describe them.
    Skipped,
    /// They are skipped when reading, and a conforming server sends none.
    Denied,
    /// They are kept.
    Kept(Type),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The schema that it comes from.
    pub origin: Origin,
    /// Its name on the wire.
    pub wire_name: String,
    /// The name to use in Rust, if it is not the name on the wire (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// Its type, without what [`presence`](Self::presence) adds.
    pub ty: Type,
    /// The only value that the schema allows, if it is a text, an integer or a boolean.
    pub only: Option<Value>,
    /// The possible absence or null value.
    pub presence: Presence,
    /// Set if the type contains itself through this field, which therefore needs a `Box`.
    pub boxed: bool,
    /// The value that the server uses if it is missing.
    pub default: Option<Value>,
    /// Examples.
    pub examples: Vec<Value>,
    /// Further constraints of the schema, in words: "at least 8 characters".
    pub constraints: Vec<String>,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// Set if only servers send it.
    pub read_only: bool,
    /// Set if only clients send it.
    pub write_only: bool,
    /// The XML shape, if it differs from that of the type.
    pub xml: Option<Box<Xml>>,
}

/// The possible absence or null value of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, possibly null.
    Nullable,
    /// Possibly missing, never null.
    Optional,
    /// Possibly missing, possibly null; the two differ.
    OptionalNullable,
}

/// One of several known values.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The values.
    pub values: EnumerationValues,
}

/// The values of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub enum EnumerationValues {
    /// Texts.
    Strings(Vec<Variant<String>>),
    /// Whole numbers.
    Integers(Vec<Variant<i64>>),
    /// Values of several JSON types, or numbers with fractions.
    Mixed(Vec<Variant<Value>>),
}

/// A known value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant<T> {
    /// The value on the wire.
    pub value: T,
    /// The name to use in Rust, if it is not derived from the value (`x-enum-varnames`).
    pub rust_name: Option<String>,
    /// What it means (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// A value of one of several types, or one that fits none of them, which is kept as it is.
#[derive(Clone, Debug)]
pub struct Union {
    /// The types, in the document's order.
    pub branches: Vec<Branch>,
    /// How the type of a value is found: for each JSON type that a branch can have, in the order of
    /// [`JsonType`]. Values of other JSON types fit no branch.
    pub dispatch: Vec<(JsonType, Choice)>,
    /// Whether a value that looks like a branch and is none fits the document, too.
    pub is_open: bool,
}

/// A type that a value of a union may have.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The schema that it comes from.
    pub origin: Origin,
    /// What it is called after: its component, what marks it, its title, a property of its own, or its JSON type.
    pub hint: String,
    /// The documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// The XML shape, if it differs from that of the type.
    pub xml: Option<Box<Xml>>,
}

/// The types of JSON, as one can tell them apart at the first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JsonType {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number
    Number,
    /// Text
    String,
    /// An array
    Array,
    /// An object
    Object,
}

impl JsonType {
    /// All of them, in the order in which a union decides.
    pub const ALL: [Self; 6] = [
        Self::Null,
        Self::Boolean,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];
}

/// How one branch is chosen among several of the same JSON type: a decision, or the first of several. Numbers are
/// indices of branches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// There is only one.
    Only(usize),
    /// By the value of a property.
    Tag {
        /// The property's name on the wire.
        property: String,
        /// Values and what they lead to, in the document's order.
        values: Vec<(TagValue, Choice)>,
        /// What any other value leads to, if anything.
        other: Option<Box<Choice>>,
        /// What it leads to that the property is missing or null, if anything.
        absent: Option<Box<Choice>>,
    },
    /// By the first of these properties that is there; by `otherwise` when none is.
    Key {
        /// Properties that only one branch has, and that it demands.
        keys: Vec<(String, usize)>,
        /// The branch without such a property, if there is one.
        otherwise: Option<usize>,
    },
    /// By trial: of those that can be read the one that leaves the fewest properties unread, or else the first.
    Trial {
        /// What is tried.
        branches: Vec<usize>,
        /// What is tried where none of these can be read.
        fallback: Vec<usize>,
    },
}

impl Choice {
    /// The branch to which this leads, where it is no other's turn.
    #[must_use]
    pub fn sole(&self) -> Option<usize> {
        match self {
            Self::Only(branch) => Some(*branch),
            Self::Trial { branches, .. } => match branches[..] {
                [only] => Some(only),
                _ => None,
            },
            Self::Tag { .. } | Self::Key { .. } => None,
        }
    }
}

/// A value of a property that tells branches apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TagValue {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
}

impl TagValue {
    /// The tag that a JSON value can be. Integers beyond 64 bits, fractions, lists and objects can be none.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        // The bounds of what `f64` holds exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match value {
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Bool(value) => Some(Self::Boolean(*value)),
            Value::Number(number) => {
                let whole = || {
                    number
                        .as_f64()
                        .filter(|it| it.fract() == 0.0 && it.abs() <= EXACT)
                };
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "it is whole, and small enough"
                )]
                let integer = number.as_i64().or_else(|| whole().map(|it| it as i64));
                integer.map(Self::Integer)
            }
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// As in JSON, but text without quotes.
impl fmt::Display for TagValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(value) => value.fmt(f),
            Self::Boolean(value) => value.fmt(f),
        }
    }
}

/// A JSON value, kept as data.
pub type Value = serde_json::Value;
