//! Operations: what is sent, and what may come back.

use crate::model::StatusPattern;

use super::{Alternative, Docs, Origin, SchemeId, Type, Value, Xml};

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
    /// Whether `security` is inferred from parameters, since the document states none.
    pub security_is_inferred: bool,
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

/// What a payload of a media type is called: `json`, `event-stream`, `image`.
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

impl Incoming {
    /// The payload that is read: the one in JSON, or else the one in XML.
    #[must_use]
    pub fn read_payload(&self) -> Option<&Payload> {
        let payloads = || self.body.iter().flat_map(|it| &it.payloads);
        let json = payloads().find(|it| it.json().is_some());
        json.or_else(|| payloads().find(|it| it.is_xml()))
    }
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
    /// The only value that its schema allows, where that is a text, a whole number or a boolean.
    pub only: Option<Value>,
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
    /// The schemes whose credentials a request has no place for beside this argument.
    pub replaces: Vec<SchemeId>,
    /// Whether it is an idempotency key: a header that takes a UUID, by which the server knows a call that it has carried
    /// out.
    pub is_idempotency_key: bool,
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
    /// As `application/x-www-form-urlencoded`, with the properties whose style is stated.
    Form(Vec<(String, Serialization)>),
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
    /// What may be sent, the preferred first; of several the caller picks one. Never empty.
    pub payloads: Vec<Payload>,
}

/// What a body holds: its type, and the forms in which a value of that type travels.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The forms, the preferred first; never empty. A request is sent in the first, an answer may come in any.
    pub forms: Vec<Form>,
    /// The type; that of one event or line where they come one after the other.
    pub ty: Type,
    /// How a value looks as XML, where one of the forms is that: its root element always has a name.
    pub xml: Option<Box<Xml>>,
    /// Examples.
    pub examples: Vec<Value>,
}

/// A form in which a value travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The media type or range, as the document has it.
    pub media_type: String,
    /// How the value is written.
    pub encoding: BodyEncoding,
    /// Whether the document describes a value in it, in a format that the client leaves to its caller.
    pub is_unread: bool,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// JSON, whatever the media type's name for it.
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
    /// A JSON text after the other: a line each, or records of RFC 7464.
    Lines,
}

impl Payload {
    /// The preferred form.
    ///
    /// # Panics
    ///
    /// Never: `lower` gives every payload a form.
    #[must_use]
    pub fn form(&self) -> &Form {
        self.forms.first().expect("a payload has a form")
    }

    /// Whether it comes bit by bit, so that it is handed over before it is complete.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(
            self.form().encoding,
            BodyEncoding::Bytes | BodyEncoding::Events | BodyEncoding::Lines
        )
    }

    /// Whether it may be XML.
    #[must_use]
    pub fn is_xml(&self) -> bool {
        let mut forms = self.forms.iter();
        forms.any(|form| form.encoding == BodyEncoding::Xml)
    }

    /// The form in JSON, if it has one.
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
    /// Which statuses it is for.
    pub status: StatusPattern,
    /// What it is called after, when that is not the status (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// What it means.
    pub description: String,
    /// What its body may be, told apart by the media type, the preferred first; empty when it has none.
    pub payloads: Vec<Payload>,
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
    /// The argument that is an idempotency key, if there is one.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&Argument> {
        self.arguments.iter().find(|it| it.is_idempotency_key)
    }

    /// Whether a response, by its index, describes statuses that are no success. `default` does so even where
    /// it stands for the success, too.
    #[must_use]
    pub fn is_failure(&self, index: usize) -> bool {
        !self.success.responses().contains(&index)
            || self.responses[index].status == StatusPattern::Default
    }
}
