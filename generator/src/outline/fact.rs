//! The facts of an outline about a part of a package.

use super::Ty;

/// A kind of fact. Its meaning depends on the kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// The kind of type, credential or session, in one word.
    Kind,
    /// The version of the package, or of a dependency.
    Release,
    /// The oldest Rust that the package builds with.
    RustVersion,
    /// Set if a feature is on by default.
    IsDefault,
    /// The Cargo features, one of which must be on for it to exist.
    Features,
    /// The traits that it implements.
    Traits,
    /// The names of the types of an operation, by purpose.
    Types,
    /// The type of a field, a variant, a header; the target of an alias.
    Type,
    /// The arguments of a method or constructor: names and types.
    Signature,
    /// Set if the arguments are the fields of a struct.
    IsStruct,
    /// The arguments of the constructor that the feature `mock` adds.
    MockSignature,
    /// The method that sets it, and its argument.
    Setter,
    /// The setter that sends it without a value.
    EmptySetter,
    /// Set if it is required.
    Required,
    /// The type of a successful response.
    Output,
    /// The type of the documented headers of a successful response.
    Headers,
    /// The role of a response: success, error, or both.
    Role,
    /// Set if a type converts into it.
    From,
    /// The name on the wire.
    WireName,
    /// The value on the wire.
    WireValue,
    /// The location of a parameter or credential.
    Location,
    /// The serialization of a value as text.
    Serialization,
    /// The possible absence or null value.
    Presence,
    /// Set if only servers send it.
    ReadOnly,
    /// Set if only clients send it.
    WriteOnly,
    /// The treatment of properties without a field.
    Additional,
    /// The way in which a union is decided.
    Dispatch,
    /// The XML shape.
    Xml,
    /// The serialization as a part of a multipart body.
    Part,
    /// The media types, the preferred first.
    MediaTypes,
    /// The status of a response.
    Status,
    /// The method of a request.
    Method,
    /// The path template of a request.
    Path,
    /// The URL of a server.
    Url,
    /// The servers of an operation with its own servers.
    Servers,
    /// The default server.
    DefaultServer,
    /// The allowed values.
    Allowed,
    /// The credentials that an operation requires.
    Security,
    /// The schemes whose credentials an argument replaces.
    Replaces,
    /// The prefix of a key.
    Prefix,
    /// The endpoints of an authorization server that belong to no flow: purpose and URL.
    Endpoints,
    /// Where a user authorizes the client.
    AuthorizationUrl,
    /// Where the authorization of a device starts.
    DeviceUrl,
    /// Where tokens come from.
    TokenUrl,
    /// Where tokens are renewed, if that is elsewhere.
    RefreshUrl,
    /// The scopes of an authorization server.
    Scopes,
    /// The operation that gives a token.
    Acquire,
    /// The operation that renews a token.
    Renew,
    /// The operation that ends a session.
    Revoke,
    /// The value that the server uses if it is missing.
    Default,
    /// The possibility of retries.
    Retry,
    /// Set if the document marks it as deprecated.
    Deprecated,
    /// Constraints on a value that no type expresses.
    Constraints,
    /// The title of an API.
    Title,
    /// The version of an API.
    ApiVersion,
    /// The documentation, as a digest.
    Docs,
    /// The new path that an alias stands for, within the module.
    Target,
}

impl Fact {
    /// Returns the keywords of the document that determine it, at the node's place, the most specific first.
    #[must_use]
    pub fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Security => &["security"],
            Self::Types => &["operationId"],
            Self::Signature | Self::MockSignature => &["parameters", "required"],
            Self::EmptySetter => &["allowEmptyValue"],
            Self::Type | Self::Kind => &["format", "type", "$ref"],
            Self::Required => &["required"],
            Self::Location => &["in"],
            Self::WireName => &["name"],
            Self::Serialization => &["style", "explode", "allowReserved"],
            Self::ReadOnly => &["readOnly"],
            Self::WriteOnly => &["writeOnly"],
            Self::Additional => &["additionalProperties", "unevaluatedProperties"],
            Self::Dispatch => &["discriminator", "oneOf", "anyOf"],
            Self::Xml => &["xml"],
            Self::Url => &["url"],
            Self::Servers => &["servers"],
            Self::Allowed => &["enum"],
            Self::Prefix => &["x-keywright-prefix", "x-apikey-prefix"],
            Self::Endpoints => &["openIdConnectUrl", "oauth2MetadataUrl", "flows"],
            Self::AuthorizationUrl => &["authorizationUrl"],
            Self::DeviceUrl => &["deviceAuthorizationUrl"],
            Self::TokenUrl => &["tokenUrl"],
            Self::RefreshUrl => &["refreshUrl"],
            Self::Scopes => &["scopes", "flows"],
            Self::Acquire => &["acquire", "start"],
            Self::Renew => &["renew", "poll"],
            Self::Revoke => &["revoke"],
            Self::Default => &["default"],
            Self::WireValue => &["const", "enum"],
            Self::Deprecated => &["deprecated"],
            Self::Docs => &["description", "summary", "title"],
            Self::Title => &["title"],
            Self::ApiVersion => &["version"],
            Self::MediaTypes => &["content", "produces", "consumes"],
            Self::Presence => &["nullable", "type"],
            Self::Constraints => &[
                "maxLength",
                "minLength",
                "pattern",
                "maximum",
                "minimum",
                "maxItems",
                "minItems",
                "uniqueItems",
                "multipleOf",
            ],
            Self::Release
            | Self::RustVersion
            | Self::IsDefault
            | Self::Features
            | Self::Traits
            | Self::Replaces
            | Self::IsStruct
            | Self::Setter
            | Self::Output
            | Self::Headers
            | Self::Role
            | Self::From
            | Self::Part
            | Self::Status
            | Self::Method
            | Self::Path
            | Self::DefaultServer
            | Self::Retry
            | Self::Target => &[],
        }
    }
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A flag that holds. Flags that do not hold are left out.
    Flag(bool),
    /// A text.
    Text(String),
    /// Texts in a significant order.
    List(Vec<String>),
    /// A Rust type.
    Type(Ty),
    /// Arguments: name and type of each.
    Arguments(Vec<(String, Ty)>),
    /// The alternatives, one of which must be satisfied; none if no credential is required.
    Security(Vec<Requirement>),
    /// Texts by name.
    Table(Vec<(String, String)>),
    /// The digest of a text, which is only compared.
    Digest(u64),
}

/// The suffix of the name of a scheme whose credential the transport must send.
pub const FOREIGN: &str = " (by the transport)";

/// The credentials that an alternative requires together, each with its scopes; none for a request without credentials.
pub type Requirement = Vec<(String, Vec<String>)>;

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<String>> for Value {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

impl From<Ty> for Value {
    fn from(ty: Ty) -> Self {
        Self::Type(ty)
    }
}

impl From<Vec<(String, Ty)>> for Value {
    fn from(arguments: Vec<(String, Ty)>) -> Self {
        Self::Arguments(arguments)
    }
}

impl From<Vec<(String, String)>> for Value {
    fn from(table: Vec<(String, String)>) -> Self {
        Self::Table(table)
    }
}

impl From<Vec<Requirement>> for Value {
    fn from(security: Vec<Requirement>) -> Self {
        Self::Security(security)
    }
}
