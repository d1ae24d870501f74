//! Operations: what is sent, and what may come back.

use crate::model::StatusPattern;

use super::{Alternative, Docs, Origin, Type, Value};

/// Which operation of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub u32);

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The Operation Object.
    pub origin: Origin,
    /// Its `operationId`, or the words of its route. No two operations have the same `operationId`.
    pub id: String,
    /// What it is called after, when that is not the id (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The method, as it travels.
    pub method: String,
    /// The path template, as written: `/pets/{petId}`.
    pub path: String,
    /// Where it is served, the default first; empty when it is where the rest of the API is.
    pub servers: Vec<super::Server>,
    /// What it does.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// Its arguments other than the body, in the document's order.
    pub arguments: Vec<Argument>,
    /// Its body.
    pub body: Option<Body>,
    /// Every documented response, in the document's order.
    pub responses: Vec<Response>,
    /// What a successful call gives.
    pub success: Success,
    /// The alternatives of which one must hold, in the document's order; empty when none is wanted.
    pub security: Vec<Alternative>,
}

/// What an operation is called after that has no usable id of its own: `GET /pets/{petId}` is
/// `get-pets-by-petId`.
#[must_use]
pub fn route_words(method: &str, path: &str) -> String {
    let route = path.replace('{', "by-").replace('}', "");
    let words = route
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    std::iter::once(method.to_lowercase().as_str())
        .chain(words)
        .collect::<Vec<_>>()
        .join("-")
}

/// A request that the API makes of its caller: the caller reads what it carries, and answers it.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The Operation Object.
    pub origin: Origin,
    /// What makes the API send it.
    pub cause: Cause,
    /// The webhook's or the callback's name.
    pub name: String,
    /// What it is called after, when that is not the name (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The method, as it travels.
    pub method: String,
    /// What it tells.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// What comes with it besides the body, in the document's order.
    pub arguments: Vec<Argument>,
    /// The body.
    pub body: Option<Body>,
    /// The answers that the API understands, in the document's order.
    pub responses: Vec<Response>,
}

/// What makes an API send a request to its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Something that happens there: a webhook.
    Webhook,
    /// An operation, which was told where to send it: a callback.
    Callback {
        /// The operation.
        operation: OperationId,
        /// The URL that it is sent to, with runtime expressions (OAS 3.1.1, Runtime Expressions).
        url: String,
    },
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The Parameter Object.
    pub origin: Origin,
    /// Its name on the wire.
    pub wire_name: String,
    /// What it is called after, when that is not the name on the wire (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// Where it travels.
    pub kind: ParameterKind,
    /// What it is.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it may be sent without a value, which its type does not say (`allowEmptyValue`).
    pub may_be_empty: bool,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// How its value is written.
    pub serialization: Serialization,
    /// What a server takes when it is missing.
    pub default: Option<Value>,
    /// Examples.
    pub examples: Vec<Value>,
    /// What else the schema demands of the value, in words.
    pub constraints: Vec<String>,
}

/// Where an argument travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterKind {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How an argument or header is written as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serialization {
    /// By one of OpenAPI's styles.
    Style {
        /// Which.
        style: crate::model::Style,
        /// Whether items and properties are separate pairs.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As JSON.
    Json,
    /// As text, by a media type that is neither of the others.
    Text,
    /// As `application/x-www-form-urlencoded`.
    Form,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// The Request Body Object.
    pub origin: Origin,
    /// What it is.
    pub docs: Docs,
    /// Whether it must be sent.
    pub required: bool,
    /// What is sent.
    pub payload: Payload,
}

/// A body: its media type, how it is written, and its type.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The media type, as the document has it.
    pub media_type: String,
    /// How it is written.
    pub encoding: BodyEncoding,
    /// Its type.
    pub ty: Type,
    /// Examples.
    pub examples: Vec<Value>,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyEncoding {
    /// JSON, whatever the media type's name for it.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// Plain text.
    Text,
    /// Bytes.
    Bytes,
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The Response Object.
    pub origin: Origin,
    /// Which statuses it is for.
    pub status: StatusPattern,
    /// What it is called after, when that is not the status (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// What it means.
    pub description: String,
    /// Its body; `None` when it has none.
    pub payload: Option<Payload>,
    /// Every media type that the document lists, for the docs and for `Accept`.
    pub media_types: Vec<String>,
    /// Its headers.
    pub headers: Vec<ResponseHeader>,
    /// What can be done next with what it brings.
    pub links: Vec<Link>,
}

/// Where what a response brings leads to (OAS 3.1.1, Link Object).
#[derive(Clone, Debug)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// The operation, if the client has it.
    pub target: Result<OperationId, String>,
    /// The names of its arguments, with a place where that tells them apart (`path.id`), and their values, as
    /// constants or runtime expressions.
    pub arguments: Vec<(String, Value)>,
    /// Its body, as a constant or a runtime expression.
    pub body: Option<Value>,
}

/// A documented header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The Header Object.
    pub origin: Origin,
    /// Its name, as written.
    pub wire_name: String,
    /// What it is called after, when that is not the name on the wire (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// What it is.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// How its value is written.
    pub serialization: Serialization,
}

/// What a successful call gives: which of the responses count as success, by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    /// None is documented; any 2xx is a success without a body.
    Undocumented,
    /// One body type: these responses all carry it (or all carry none).
    One(Vec<usize>),
    /// Bodies of different types: these responses become the variants of an enum.
    Several(Vec<usize>),
}

impl Success {
    /// The indices of the responses that count as success.
    #[must_use]
    pub fn responses(&self) -> &[usize] {
        match self {
            Self::Undocumented => &[],
            Self::One(indices) | Self::Several(indices) => indices,
        }
    }

    /// Whether bodies of different types are a success.
    #[must_use]
    pub fn is_several(&self) -> bool {
        matches!(self, Self::Several(_))
    }
}

impl Operation {
    /// Whether a response, by its index, describes statuses that are no success. `default` does so even where
    /// it stands for the success, too.
    #[must_use]
    pub fn is_failure(&self, index: usize) -> bool {
        !self.success.responses().contains(&index)
            || self.responses[index].status == StatusPattern::Default
    }
}
