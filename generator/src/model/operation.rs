//! OAS 3.1.1, Path Item Object and what is in it.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{Extensions, ExternalDocs, SchemaId, SecurityRequirement, Server};
use crate::document::Place;

/// A path, or a webhook, and its operations (OAS 3.1.1, Path Item Object).
#[derive(Clone, Debug)]
pub struct PathItem {
    /// Where it stands, after its own `$ref`.
    pub place: Place,
    /// The path template, or the webhook's name.
    pub path: String,
    /// Where the path template stands.
    pub path_place: Place,
    /// Its operations, in the document's order. Parameters and servers of the path item are in each already.
    pub operations: Vec<Operation>,
}

/// OAS 3.1.1, Operation Object.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub place: Place,
    /// The HTTP method, in upper case.
    pub method: String,
    /// `operationId`, and where it stands.
    pub operation_id: Option<(String, Place)>,
    /// The tags, in order.
    pub tags: Vec<String>,
    /// A line about it.
    pub summary: Option<String>,
    /// More about it, in `CommonMark`.
    pub description: Option<String>,
    /// More to read.
    pub external_docs: Option<ExternalDocs>,
    /// Parameters: those of the path item that the operation does not override, then its own.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub request_body: Option<RequestBody>,
    /// The responses, in order.
    pub responses: Vec<(StatusPattern, Response)>,
    /// Callbacks, by name.
    pub callbacks: Vec<Callback>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The alternatives of which one must hold: the operation's own or the document's. Empty when no
    /// credentials are wanted.
    pub security: Vec<SecurityRequirement>,
    /// Whether `security` is the operation's own, and not the document's.
    pub has_own_security: bool,
    /// The operation's or path item's own servers; empty when the document's apply.
    pub servers: Vec<Server>,
    /// Extensions.
    pub extensions: Extensions,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// As the whole query string (OAS 3.2, `querystring`).
    QueryString,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter's value is written (OAS 3.1.1, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `matrix`
    Matrix,
    /// `label`
    Label,
    /// `simple`
    Simple,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `tsv` (OAS 2.0, `collectionFormat`)
    TabDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie` (OAS 3.2)
    Cookie,
}

/// What a parameter's or header's value is.
#[derive(Clone, Debug)]
pub enum ParameterValue {
    /// `schema` with `style` and `explode`, defaults filled in.
    Schema {
        /// The schema.
        schema: SchemaId,
        /// How it is written.
        style: Style,
        /// Whether items and properties are separate pairs.
        explode: bool,
        /// Whether reserved characters stay unencoded.
        allow_reserved: bool,
    },
    /// `content`: one media type.
    Content(Box<MediaType>),
}

/// OAS 3.1.1, Parameter Object.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands, after its `$ref`.
    pub place: Place,
    /// Its name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: ParameterLocation,
    /// What it is, in `CommonMark`.
    pub description: Option<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// `allowEmptyValue`
    pub allow_empty_value: bool,
    /// What it may be.
    pub value: ParameterValue,
    /// `example` and the values of `examples`
    pub examples: Vec<Json>,
    /// Extensions.
    pub extensions: Extensions,
}

/// OAS 3.1.1, Request Body Object.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Where it stands, after its `$ref`.
    pub place: Place,
    /// What it is.
    pub description: Option<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// Its forms, in order.
    pub content: Vec<MediaType>,
    /// Extensions; among them `x-body-name`, what 2.0 calls a body.
    pub extensions: Extensions,
}

/// OAS 3.1.1, Media Type Object, with its key.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// Where it stands.
    pub place: Place,
    /// The media type or range, as written.
    pub name: String,
    /// The schema of the whole.
    pub schema: Option<SchemaId>,
    /// The schema of each item of a stream (OAS 3.2).
    pub item_schema: Option<SchemaId>,
    /// Examples.
    pub examples: Vec<Json>,
    /// How the parts of a form or multipart body are written.
    pub encoding: IndexMap<String, Encoding>,
}

/// OAS 3.1.1, Encoding Object.
#[derive(Clone, Debug)]
pub struct Encoding {
    /// Where it stands.
    pub place: Place,
    /// The part's media types, as written.
    pub content_type: Option<String>,
    /// The part's headers.
    pub headers: Vec<Header>,
    /// `style`, if stated.
    pub style: Option<Style>,
    /// `explode`, if stated.
    pub explode: Option<bool>,
    /// `allowReserved`
    pub allow_reserved: bool,
}

/// A key of the Responses Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusPattern {
    /// A status, 100 to 599.
    Code(u16),
    /// A range by its first digit: `4` for `4XX`.
    Range(u8),
    /// `default`
    Default,
}

impl std::fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// OAS 3.1.1, Response Object.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it stands, after its `$ref`.
    pub place: Place,
    /// A line about it (OAS 3.2).
    pub summary: Option<String>,
    /// What it means.
    pub description: String,
    /// Its headers, in order, without `Content-Type`, which is ignored there.
    pub headers: Vec<Header>,
    /// Its forms, in order; none when it has no body.
    pub content: Vec<MediaType>,
    /// Links, by name.
    pub links: Vec<Link>,
    /// Extensions.
    pub extensions: Extensions,
}

/// OAS 3.1.1, Header Object, with its name.
#[derive(Clone, Debug)]
pub struct Header {
    /// Where it stands.
    pub place: Place,
    /// Its name, as written.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What it may be.
    pub value: ParameterValue,
    /// Extensions.
    pub extensions: Extensions,
}

/// OAS 3.1.1, Link Object, with its name.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// What it leads to.
    pub target: LinkTarget,
    /// What it is.
    pub description: Option<String>,
    /// Parameters, as constants or runtime expressions.
    pub parameters: IndexMap<String, Json>,
    /// The body, as a constant or a runtime expression.
    pub request_body: Option<Json>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// The operation of an `operationId`.
    Id(String),
    /// The operation that an `operationRef` refers to.
    Reference(String),
}

/// OAS 3.1.1, Callback Object, with its name.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// The requests, by the runtime expression of their URL.
    pub path_items: Vec<PathItem>,
}

/// An operation of a path that is left out.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The Operation Object.
    pub place: Place,
    /// The method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `operationId`, if it has one.
    pub operation_id: Option<String>,
    /// Why.
    pub why: Omission,
}

/// Why an operation is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Omission {
    /// It is no object.
    Malformed,
    /// A part of its request leads nowhere, or is malformed.
    UnreadableRequest,
    /// Nobody can say what its path is.
    PathTemplate,
    /// Its method cannot be one of HTTP.
    Method,
    /// The path has another operation of the method.
    Repeated,
    /// There are too many before it, which is an error.
    Limit,
    /// It asks a proxy for a tunnel.
    Tunnel,
    /// The configuration does not include it, or excludes it.
    NotSelected,
}

impl std::fmt::Display for Omission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "it is not an object",
            Self::UnreadableRequest => "part of its request cannot be read",
            Self::PathTemplate => "the path template is malformed",
            Self::Method => "its method is not a valid HTTP method",
            Self::Repeated => "the path has another operation for the same method",
            Self::Limit => "the spec has more operations than the limit allows",
            Self::Tunnel => "`CONNECT` opens a tunnel through a proxy and has no response to read",
            Self::NotSelected => "the configuration does not select it",
        })
    }
}
