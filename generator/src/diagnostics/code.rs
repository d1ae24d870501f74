//! The table of codes: each fault that Keywright can find, once.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A right client is made, but something was dropped or approximated.
    Warning,
    /// No right client can be made.
    Error,
}

macro_rules! codes {
    ($($name:ident = $number:literal, $severity:ident, $summary:literal;)+) => {
        /// A kind of fault. The hundreds of its number tell the stage; numbers are never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $summary] $name = $number,)+
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// How bad the fault is unless `--strict` says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// What the fault is, in general.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)+ }
            }
        }
    };
}

codes! {
    // 00xx: command line and configuration
    UnreadableConfig = 1, Error, "The configuration cannot be read.";
    InvalidConfig = 2, Error, "The configuration says something that it cannot mean.";
    // 01xx: load
    UnreadableFile = 101, Error, "A file of the spec cannot be read.";
    InvalidSyntax = 102, Error, "A file is not valid YAML or JSON.";
    LimitExceeded = 103, Error, "A spec goes beyond a limit of size, depth, alias expansion or number.";
    DuplicateKey = 104, Warning, "A mapping has the same key twice.";
    InvalidKey = 105, Error, "A mapping has a key that is not text.";
    // 02xx: resolve
    UnresolvedReference = 201, Error, "A `$ref` leads to nothing.";
    RemoteReference = 202, Error, "A `$ref` leads to the network, which is never fetched.";
    CircularReference = 203, Error, "A `$ref` leads back to itself without a schema between.";
    InvalidReference = 204, Error, "A `$ref` is not a URI reference with a JSON pointer.";
    OutsideRoot = 205, Error, "A `$ref` leads out of the folder in which the files of a spec may be.";
    // 03xx: normalize
    UnknownVersion = 301, Error, "The document does not say that it is OpenAPI of a known version.";
    WrongType = 302, Error, "A value has another type than the specification demands.";
    MissingField = 303, Error, "A field that the specification demands is missing.";
    UnknownField = 304, Warning, "A field is not in the specification and not an extension.";
    InvalidValue = 305, Error, "A value is not one of those that the specification knows.";
    IgnoredHeaderParameter = 306, Warning, "A header parameter is ignored, as the specification demands.";
    RepairedKeyword = 307, Warning, "A keyword of another version was read as what it means there.";
    UndeclaredPathParameter = 308, Warning, "A path template names a parameter that is not declared.";
    UnusedPathParameter = 309, Warning, "A path parameter is declared that the template does not have.";
    DuplicateOperationId = 310, Warning, "Two operations have the same `operationId`.";
    UnknownSecurityScheme = 311, Warning, "A security requirement names a scheme that is not declared.";
    DuplicateParameter = 312, Warning, "An operation has two parameters of the same name and place.";
    InvalidPathTemplate = 313, Warning, "A path template is malformed.";
    MissingResponses = 314, Warning, "An operation documents no response.";
    UnknownRequiredProperty = 315, Warning, "`required` names a property that the schema does not describe.";
    UnreadableRequest = 316, Warning, "An operation is left out since a part of its request cannot be read.";
    MisspelledPathParameter = 317, Warning, "A path template and a path parameter spell one name in two ways.";
    UnfitDefault = 318, Warning, "A `default` is not a value that its schema allows.";
    // 04xx: lower
    UnsupportedFeature = 401, Warning, "A feature is not supported yet; what it touches is approximated or left out.";
    ConflictingSchemas = 402, Warning, "Schemas that must all hold contradict each other.";
    UnknownFormat = 403, Warning, "A format is not known; the value keeps its plain type.";
    InvalidServer = 407, Warning, "A server URL cannot be used.";
    InvalidExtension = 408, Warning, "An extension is malformed; what is wrong in it has no effect.";
    AmbiguousUnion = 409, Warning, "Nothing but trial tells the branches of a `oneOf` or `anyOf` apart.";
    UnnamedXmlRoot = 410, Warning, "The root element of an XML body has no name; it is called `root`.";
    ImpossibleBody = 411, Warning, "A body is documented of an answer that HTTP gives none.";
    ImpossibleTag = 412, Warning, "A `discriminator` maps a value that its property cannot have.";
    ForeignBranch = 413, Warning, "A `discriminator` maps a value to a schema that is no branch.";
    UnboundedInteger = 415, Warning, "No integer type holds what the bounds of an integer allow; it is read as any JSON value.";
    OpenPatterns = 416, Warning, "Keys that match no pattern may hold anything, so that no value of the object has a type.";
    ConflictingCredentials = 420, Warning, "Credentials that are required together have one place in a request.";
    ArgumentForCredential = 421, Warning, "A parameter is what a security scheme describes already.";
    InferredSecurity = 422, Warning, "A parameter is a credential, and no security scheme describes it.";
    CompositionLimit = 424, Error, "What schemas have from others by `allOf` and the like goes beyond a limit.";
    InvalidSession = 425, Warning, "A session is described in a way that the client cannot act on; it has no effect.";
    InvalidDeviceFlow = 426, Warning, "A device flow is described in a way that the client cannot act on; it has no effect.";
    UnusableEndpoint = 428, Warning, "The URL of an authorization server cannot be used; the client has no method for the flow.";
    UnknownPrefix = 429, Warning, "Nothing says what stands before a key in `Authorization`; callers give the whole value.";
    // 05xx: name
    NameCollision = 501, Warning, "Two things of the document want the same Rust name; one gets another.";
    // 06xx: write
    ForeignFile = 601, Error, "The output folder holds files that Keywright did not write.";
    UnwritableFile = 602, Error, "A file cannot be written.";
    UnreadableOutput = 603, Error, "A file that is to be replaced cannot be read.";
    CannotWatch = 604, Error, "Files cannot be watched.";
    // 07xx: interchange
    NotExpressible = 701, Warning, "OpenAPI 3.0 cannot say this; it is left out of the converted document.";
    BackendRefused = 702, Error, "The chosen backend does not accept the document.";
    // 08xx: mock
    CannotServe = 801, Error, "A stand-in cannot be started.";
    InvalidRules = 802, Error, "A file of rules for a stand-in says something that it cannot mean.";
    // 09xx: lint
    MissingOperationId = 901, Warning, "An operation has no `operationId`.";
    UndescribedOperation = 902, Warning, "An operation has neither a `summary` nor a `description`.";
    UndeclaredTag = 903, Warning, "An operation has a tag that the document does not declare.";
    UnexpectedBody = 904, Warning, "A `GET`, `HEAD` or `DELETE` operation has a body.";
    UndocumentedErrors = 905, Warning, "An operation documents no error response.";
    EmptyError = 906, Warning, "An error response has no body.";
    OverlappingBranches = 907, Warning, "A value may fit several branches of a `oneOf` or `anyOf`.";
    UntitledInlineType = 908, Warning, "An inline schema without a `title` becomes a Rust type.";
    ChangedName = 909, Warning, "A name of the document could not be kept in Rust.";
    ReservedName = 910, Warning, "A name of the document is taken by Rust or by the client.";
    UnusedComponent = 911, Warning, "A component is not used.";
    InsecureServer = 912, Warning, "Credentials would travel over plain HTTP.";
    MissingPrefix = 913, Warning, "An API key in `Authorization` has no documented prefix.";
    UnmarkedSecret = 914, Warning, "A secret is not marked as one.";
    UndeclaredSession = 915, Warning, "An operation signs in, and no `x-keywright-session` says so.";
    UnpagedList = 916, Warning, "A list cannot be requested in pages.";
    UselessAllow = 917, Warning, "An `x-keywright-lint` has no effect, or an exception has no reason.";
    // 10xx: diff
    CannotCompare = 1001, Error, "A side of a comparison cannot be read.";
    UnusedAllowance = 1002, Warning, "The configuration allows a change that is not there.";
}

impl Code {
    /// What to do about the fault in general, where a finding has nothing more exact to say.
    #[must_use]
    pub fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::UnreadableFile => "check the path, and that the file may be read",
            Self::InvalidSyntax => {
                "correct the text at this place; an editor that knows YAML and JSON shows it, too"
            }
            Self::DuplicateKey => "keep one of the two, or rename one",
            Self::InvalidKey => "write the key as text",
            Self::UnresolvedReference => "add what is missing, or correct the reference",
            Self::WrongType => "give it the type that the OpenAPI Specification demands here",
            Self::MissingField => "add the field",
            Self::InvalidValue => "use one of the values that the OpenAPI Specification lists here",
            Self::UndeclaredPathParameter => {
                "declare it under `parameters`, with `in: path` and `required: true`"
            }
            Self::DuplicateParameter => "keep one of the two",
            Self::InvalidPathTemplate => "begin it with `/`, and close every `{` with a `}`",
            Self::UnreadableRequest => "correct that part, or what refers to it",
            Self::UnknownSecurityScheme => "declare it under `components.securitySchemes`",
            _ => return None,
        })
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KW{:04}", *self as u16)
    }
}
