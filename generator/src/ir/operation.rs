//! Operations: what is sent, and what may come back.

use crate::model::StatusPattern;

use super::{Alternative, Docs, Origin, SchemeId, Type, Value, Xml};

/// The index of an operation in an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub u32);

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The Operation Object.
    pub origin: Origin,
    /// The `operationId`, or the words of the route. No two operations have the same `operationId`.
    pub id: String,
    /// The name to use in Rust, if it is not the id (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path template, as written: `/pets/{petId}`.
    pub path: String,
    /// The operation's own servers, the default first; empty if it uses those of the API.
    pub servers: Vec<super::Server>,
    /// The documentation.
    pub docs: Docs,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// Its arguments other than the body, in the document's order.
    pub arguments: Vec<Argument>,
    /// Its body.
    pub body: Option<Body>,
    /// Every documented response, in the document's order.
    pub responses: Vec<Response>,
    /// The result of a successful call.
    pub success: Success,
    /// The alternatives of credentials, one of which must be satisfied, in the document's order; empty if none are
    /// required.
    pub security: Vec<Alternative>,
    /// Set if `security` is inferred from parameters, since the document has none.
    pub security_is_inferred: bool,
}

/// Returns the words of a route, for operations without a usable id: `GET /pets/{petId}` gives `get-pets-by-petId`.
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

/// Returns the words of a media type: `json`, `event-stream`, `image`.
#[must_use]
pub fn media_type_words(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    let words = match (ty, subtype) {
        ("multipart", "form-data") => "multipart",
        ("application", "www-form-urlencoded") => "form",
        ("application", "octet-stream") => "binary",
        ("text", "plain") => "text",
        ("*" | "application", "*") | ("", "") => "any",
        (ty, "*") => ty,
        (_, subtype) => subtype,
    };
    words.to_owned()
}

/// A request that the API sends to its caller: a webhook or a callback.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The Operation Object.
    pub origin: Origin,
    /// The cause of the request.
    pub cause: Cause,
    /// The webhook's or the callback's name.
    pub name: String,
    /// The name to use in Rust, if it is not this name (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The documentation.
    pub docs: Docs,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// The parameters, in the document's order.
    pub arguments: Vec<Argument>,
    /// The body.
    pub body: Option<Body>,
    /// The responses that the API accepts, in the document's order.
    pub responses: Vec<Response>,
}

impl Incoming {
    /// Returns the payload that is parsed: the one in JSON, or else the one in XML.
    #[must_use]
    pub fn read_payload(&self) -> Option<&Payload> {
        let payloads = || self.body.iter().flat_map(|it| &it.payloads);
        let json = payloads().find(|it| it.json().is_some());
        json.or_else(|| payloads().find(|it| it.is_xml()))
    }
}

/// The cause of a request that an API sends to its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An event: a webhook.
    Webhook,
    /// An earlier operation: a callback.
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
    /// The name to use in Rust, if it is not the name on the wire (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The location.
    pub kind: ParameterKind,
    /// The documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// The only value that the schema allows, if it is a text, an integer or a boolean.
    pub only: Option<Value>,
    /// Set if it is required.
    pub required: bool,
    /// Set if it may be sent without a value, which its type does not express (`allowEmptyValue`).
    pub may_be_empty: bool,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// The serialization of the value.
    pub serialization: Serialization,
    /// The value that the server uses if it is missing.
    pub default: Option<Value>,
    /// Examples.
    pub examples: Vec<Value>,
    /// Further constraints of the schema, in words.
    pub constraints: Vec<String>,
    /// The schemes whose credentials this argument replaces.
    pub replaces: Vec<SchemeId>,
    /// Set if it is an idempotency key: a header that takes a UUID, by which the server recognizes a repeated call.
    pub is_idempotency_key: bool,
}

/// The location of an argument.
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

/// The serialization of an argument or header as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serialization {
    /// With one of OpenAPI's styles.
    Style {
        /// The style.
        style: crate::model::Style,
        /// Set if items and properties are separate pairs.
        explode: bool,
        /// Set if reserved characters are kept.
        allow_reserved: bool,
    },
    /// As JSON.
    Json,
    /// As text, for any other media type.
    Text,
    /// As `application/x-www-form-urlencoded`, with the properties that have a style.
    Form(Vec<(String, Serialization)>),
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// The Request Body Object.
    pub origin: Origin,
    /// The documentation.
    pub docs: Docs,
    /// Set if it is required.
    pub required: bool,
    /// The possible payloads, the preferred first; the caller chooses one. Never empty.
    pub payloads: Vec<Payload>,
}

/// A possible payload of a body: its type, and the media types in which a value of that type is sent.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The forms, the preferred first; never empty. A request is sent in the first, a response may be in any.
    pub forms: Vec<Form>,
    /// The type; for streams, the type of one event or line.
    pub ty: Type,
    /// The XML shape of a value, if one of the forms is XML. Its root element always has a name.
    pub xml: Option<Box<Xml>>,
    /// Examples.
    pub examples: Vec<Value>,
}

/// A form of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The media type or range, as written in the document.
    pub media_type: String,
    /// The encoding of the value.
    pub encoding: BodyEncoding,
    /// Set if the document describes a value in a format that the client does not read.
    pub is_unread: bool,
}

/// The encoding of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// JSON, whatever the name of the media type.
    Json,
    /// XML, by the `xml` objects of the schemas.
    Xml,
    /// `application/x-www-form-urlencoded`, with the properties whose style is stated.
    Form(Vec<(String, Serialization)>),
    /// Parts, one or more for each property.
    Multipart,
    /// Plain text: a string, or another value as text.
    Text,
    /// Bytes.
    Bytes,
    /// Server-sent events (HTML standard, section 9.2).
    Events,
    /// A sequence of JSON texts: lines, or records of RFC 7464.
    Lines,
}

impl Payload {
    /// Returns the preferred form.
    ///
    /// # Panics
    ///
    /// Never: `lower` gives every payload a form.
    #[must_use]
    pub fn form(&self) -> &Form {
        self.forms.first().expect("a payload has a form")
    }

    /// Returns `true` if the payload is streamed.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(
            self.form().encoding,
            BodyEncoding::Bytes | BodyEncoding::Events | BodyEncoding::Lines
        )
    }

    /// Returns `true` if the payload can be XML.
    #[must_use]
    pub fn is_xml(&self) -> bool {
        let mut forms = self.forms.iter();
        forms.any(|form| form.encoding == BodyEncoding::Xml)
    }

    /// Returns the JSON form, if there is one.
    #[must_use]
    pub fn json(&self) -> Option<&Form> {
        self.forms
            .iter()
            .find(|form| form.encoding == BodyEncoding::Json)
    }
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The Response Object.
    pub origin: Origin,
    /// The statuses that it applies to.
    pub status: StatusPattern,
    /// The name to use in Rust, if it is not derived from the status (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The description.
    pub description: String,
    /// The possible payloads, distinguished by media type, the preferred first; empty if there is no body.
    pub payloads: Vec<Payload>,
    /// Its headers.
    pub headers: Vec<ResponseHeader>,
    /// The links to other operations.
    pub links: Vec<Link>,
}

/// A link from a response to another operation (OAS 3.1.1, Link Object).
#[derive(Clone, Debug)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// The documentation.
    pub description: Option<String>,
    /// The operation, or its reference if the client does not have it.
    pub target: Result<OperationId, String>,
    /// The names of its arguments, with their location if needed (`path.id`), and their values, as constants or runtime
    /// expressions.
    pub arguments: Vec<(String, Value)>,
    /// The body, as a constant or a runtime expression.
    pub body: Option<Value>,
}

/// A documented header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The Header Object.
    pub origin: Origin,
    /// The name, as written.
    pub wire_name: String,
    /// The name to use in Rust, if it is not the name on the wire (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Set if it is always sent.
    pub required: bool,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// The serialization of the value.
    pub serialization: Serialization,
}

/// The result of a successful call: the responses that count as success, by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    /// None is documented; any 2xx is a success without a body.
    Undocumented,
    /// One body type: all of these responses have it (or all have none).
    One(Vec<usize>),
    /// Bodies of different types: these responses become the variants of an enum.
    Several(Vec<usize>),
}

impl Success {
    /// Returns the indexes of the responses that count as success.
    #[must_use]
    pub fn responses(&self) -> &[usize] {
        match self {
            Self::Undocumented => &[],
            Self::One(indices) | Self::Several(indices) => indices,
        }
    }

    /// Returns `true` if successes have bodies of different types.
    #[must_use]
    pub fn is_several(&self) -> bool {
        matches!(self, Self::Several(_))
    }
}

impl Operation {
    /// Returns the argument that is an idempotency key, if there is one.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&Argument> {
        self.arguments.iter().find(|it| it.is_idempotency_key)
    }

    /// Returns `true` if a response, given by index, describes failures. `default` does so even if it also describes
    /// the success.
    #[must_use]
    pub fn is_failure(&self, index: usize) -> bool {
        !self.success.responses().contains(&index)
            || self.responses[index].status == StatusPattern::Default
    }
}
