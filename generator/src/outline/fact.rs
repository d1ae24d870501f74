//! What an outline knows of a part of a package.

use super::Ty;

/// A kind of fact. What it says of a node depends on the node's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// What kind of type, credential or session it is, in a word.
    Kind,
    /// The version of the package, or of a dependency.
    Release,
    /// The oldest Rust that the package builds with.
    RustVersion,
    /// Whether a feature is on by default.
    IsDefault,
    /// The Cargo features one of which must be on for it to exist.
    Features,
    /// The traits that it implements.
    Traits,
    /// The names of the types of an operation, by what they are for.
    Types,
    /// The type of a field, a variant, a header; the target of an alias.
    Type,
    /// Arguments in a row, or those of a constructor: names and types.
    Signature,
    /// Whether the arguments are the fields of a struct, which stands for them.
    IsStruct,
    /// The arguments of the constructor that the feature `mock` adds.
    MockSignature,
    /// The method that sets it, and what that takes.
    Setter,
    /// The setter that sends it without a value.
    EmptySetter,
    /// Whether callers must give it.
    Required,
    /// The type of a successful response.
    Output,
    /// The type of the documented headers of a successful response.
    Headers,
    /// Whether a response is a success, an error, or both.
    Role,
    /// Whether a type converts into it.
    From,
    /// The name on the wire.
    WireName,
    /// The value on the wire.
    WireValue,
    /// Where a parameter or credential travels.
    Location,
    /// How a value is written as text.
    Serialization,
    /// Whether it may be missing, or null.
    Presence,
    /// Whether only servers send it.
    ReadOnly,
    /// Whether only clients send it.
    WriteOnly,
    /// What happens with properties that have no field.
    Additional,
    /// How a union is decided.
    Dispatch,
    /// How it looks as XML.
    Xml,
    /// How it is written as a part of a multipart body.
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
    /// The servers of an operation that is not served where the rest is.
    Servers,
    /// Which server is the default.
    DefaultServer,
    /// The values that are allowed.
    Allowed,
    /// The credentials that an operation requires.
    Security,
    /// The schemes whose credentials an argument takes the place of.
    Replaces,
    /// What stands before a key.
    Prefix,
    /// The endpoints of an authorization server that belong to no flow: what for, and the URL.
    Endpoints,
    /// Where a user authorizes the client.
    AuthorizationUrl,
    /// Where the authorization of a device starts.
    DeviceUrl,
    /// Where tokens come from.
    TokenUrl,
    /// Where tokens are renewed, if that is elsewhere.
    RefreshUrl,
    /// The scopes that an authorization server knows.
    Scopes,
    /// How a token comes.
    Acquire,
    /// How a token is renewed.
    Renew,
    /// How a session ends.
    Revoke,
    /// What a server takes when it is missing.
    Default,
    /// Whether a call may be attempted again.
    Retry,
    /// Whether the document advises against it.
    Deprecated,
    /// What else is demanded of a value, which no type says.
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
    /// The keywords of the document that say it, at the node's place, the most telling first.
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

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// That it is so. What is not so is not said.
    Flag(bool),
    /// A text.
    Text(String),
    /// Texts whose order counts.
    List(Vec<String>),
    /// A Rust type.
    Type(Ty),
    /// Arguments: name and type of each.
    Arguments(Vec<(String, Ty)>),
    /// The alternatives of which one must hold; none when no credential is wanted.
    Security(Vec<Requirement>),
    /// Texts by name.
    Table(Vec<(String, String)>),
    /// The digest of a text, which is only compared.
    Digest(u64),
}

/// What follows the name of a scheme whose credential the transport has to send.
pub const FOREIGN: &str = " (by the transport)";

/// The credentials of an alternative that are required together, each with its scopes; none for a request without any.
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
