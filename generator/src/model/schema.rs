//! OAS 3.1.1, Schema Object: JSON Schema draft 2020-12, in which every older form is expressed.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{Bound, Extensions, ExternalDocs, Sparse, Xml};
use crate::document::Place;

/// Which schema of a [`Schemas`] arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// Every schema of a description.
#[derive(Debug, Default)]
pub struct Schemas(pub Vec<Schema>);

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.0[id.0 as usize]
    }
}

/// One of JSON Schema's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SimpleType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl SimpleType {
    /// The type as `type` has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The types that `type` allows, without `null`, which is [`Schema::nullable`]; empty when any is allowed.
pub type Types = Vec<SimpleType>;

/// A schema (OAS 3.1.1, Schema Object). Absent keywords are `None` or empty.
///
/// `nullable: true` (3.0), `x-nullable` (2.0), `type: [.., 'null']` and a sole `null` branch of `oneOf` or
/// `anyOf` have all become [`nullable`](Self::nullable). Boolean `exclusiveMinimum` has become numeric.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where it stands.
    pub place: Place,
    /// The name under which it is a component, if it stands there itself.
    pub component: Option<String>,
    /// Whether it is another schema with other meanings for its `$dynamicRef`s: one for a use of it.
    pub is_copy: bool,
    /// The schema that a `$ref` leads to. Other fields are its siblings, which apply too (3.1). Beside a 3.0
    /// reference there are only those that do not change what is allowed (`description`, `deprecated`,
    /// `default`, `readOnly`, extensions, ..), and [`nullable`](Self::nullable), which everybody means. A node
    /// that is nothing but a `$ref` is no schema of its own, unless it is a component.
    pub reference: Option<SchemaId>,
    /// `false` for the schema `false`, which nothing satisfies; `true` otherwise.
    pub satisfiable: bool,
    /// The allowed types, without null; only [`SimpleType::Null`] when null is all that is allowed.
    pub types: Types,
    /// Whether `null` is allowed. A schema without `type` allows it too, but says nothing of it here.
    pub nullable: bool,
    /// `format`
    pub format: Option<String>,
    /// `enum`, with null taken out when [`nullable`](Self::nullable) says it.
    pub enumeration: Option<Vec<Json>>,
    /// `const`
    pub constant: Option<Json>,
    /// `properties`, in order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`, without repetitions.
    pub required: Vec<String>,
    /// `additionalProperties`, or else `unevaluatedProperties`; `None` when neither is stated.
    pub additional_properties: Option<SchemaId>,
    /// `patternProperties`
    pub pattern_properties: Sparse<IndexMap<String, SchemaId>>,
    /// `propertyNames`
    pub property_names: Option<SchemaId>,
    /// `items`, or else `unevaluatedItems`: a schema for every further item.
    pub items: Option<SchemaId>,
    /// `prefixItems`
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `anyOf`, without a sole null branch.
    pub any_of: Vec<SchemaId>,
    /// `oneOf`, without a sole null branch.
    pub one_of: Vec<SchemaId>,
    /// `not`
    pub not: Option<SchemaId>,
    /// `if`, `then`, `else` and the schemas of `dependentSchemas`: what they describe is true of some values.
    pub conditional: Vec<SchemaId>,
    /// `discriminator`
    pub discriminator: Option<Box<Discriminator>>,
    /// `default`
    pub default: Option<Json>,
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `example` and `examples`
    pub examples: Vec<Json>,
    /// `deprecated`
    pub deprecated: bool,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `minimum`, `maxLength` and their like.
    pub bounds: Sparse<Bounds>,
    /// `contentEncoding`
    pub content_encoding: Option<String>,
    /// `contentMediaType`
    pub content_media_type: Option<String>,
    /// `contentSchema`
    pub content_schema: Option<SchemaId>,
    /// `externalDocs`
    pub external_docs: Option<Box<ExternalDocs>>,
    /// `xml`: how a value looks as XML.
    pub xml: Option<Box<Xml>>,
    /// Keywords of JSON Schema that have no field here (`contains`, ..), by name
    /// and place, for the stage that must say that it does not honour them.
    pub other_keywords: Vec<(String, Place)>,
    /// Extensions.
    pub extensions: Sparse<Extensions>,
}

impl Schema {
    /// The schema `{}` at a place, which allows everything.
    #[must_use]
    pub fn any(place: Place) -> Self {
        Self {
            place,
            component: None,
            is_copy: false,
            reference: None,
            satisfiable: true,
            types: Vec::new(),
            nullable: false,
            format: None,
            enumeration: None,
            constant: None,
            properties: IndexMap::new(),
            required: Vec::new(),
            additional_properties: None,
            pattern_properties: Sparse::default(),
            property_names: None,
            items: None,
            prefix_items: Vec::new(),
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            not: None,
            conditional: Vec::new(),
            discriminator: None,
            default: None,
            title: None,
            description: None,
            examples: Vec::new(),
            deprecated: false,
            read_only: false,
            write_only: false,
            bounds: Sparse::default(),
            content_encoding: None,
            content_media_type: None,
            content_schema: None,
            external_docs: None,
            xml: None,
            other_keywords: Vec::new(),
            extensions: Sparse::default(),
        }
    }
}

/// What a schema demands of a value beside its type.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// `minimum`
    pub minimum: Option<Bound>,
    /// `maximum`
    pub maximum: Option<Bound>,
    /// `exclusiveMinimum`, as a number
    pub exclusive_minimum: Option<Bound>,
    /// `exclusiveMaximum`, as a number
    pub exclusive_maximum: Option<Bound>,
    /// `multipleOf`
    pub multiple_of: Option<Bound>,
    /// `minLength`
    pub min_length: Option<u64>,
    /// `maxLength`
    pub max_length: Option<u64>,
    /// `pattern`
    pub pattern: Option<String>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
}

/// OAS 3.1.1, Discriminator Object.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The property that tells the branches apart.
    pub property: String,
    /// Values and the schemas they stand for; implicit names are not listed.
    pub mapping: IndexMap<String, SchemaId>,
    /// The schema of a value that is not in the mapping (OAS 3.2, `defaultMapping`).
    pub otherwise: Option<SchemaId>,
}
