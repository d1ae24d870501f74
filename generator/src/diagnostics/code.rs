//! The table of codes: each fault that Keywright can find, once.

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The client is correct, but something is left out or approximated.
    Warning,
    /// No correct client can be generated.
    Error,
}

macro_rules! codes {
    ($($name:ident = $number:literal, $severity:ident, $summary:literal;)+) => {
        /// A kind of fault. The hundreds digit of its number gives the stage. Numbers are never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $summary] $name = $number,)+
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Returns the severity of the fault without `--strict`.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// Returns a general description of the fault.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)+ }
            }
        }
    };
}

codes! {
    // 00xx: command line and configuration
    UnreadableConfig = 1, Error, "The configuration file cannot be read.";
    InvalidConfig = 2, Error, "The configuration contains an invalid setting.";
    // 01xx: load
    UnreadableFile = 101, Error, "A file of the spec cannot be read.";
    InvalidSyntax = 102, Error, "A file is not valid YAML or JSON.";
    LimitExceeded = 103, Error, "The spec exceeds a limit on size, depth, alias expansion or number.";
    DuplicateKey = 104, Warning, "A mapping contains the same key twice.";
    InvalidKey = 105, Error, "A mapping has a key that is not a string.";
    InvalidOverlay = 111, Error, "An overlay is malformed; what is wrong in it has no effect.";
    UnmatchedAction = 112, Warning, "The target of an overlay's action matches nothing in the document.";
    IncompatibleAction = 113, Error, "An action of an overlay does not fit the nodes that it changes.";
    // 02xx: resolve
    UnresolvedReference = 201, Error, "A reference points to something that does not exist.";
    RemoteReference = 202, Error, "A `$ref` points to the network; Keywright does not fetch anything.";
    CircularReference = 203, Error, "A `$ref` refers to itself without passing through a schema.";
    InvalidReference = 204, Error, "A `$ref` is not a valid URI reference with a JSON pointer.";
    OutsideRoot = 205, Error, "A `$ref` points outside the folder that the files of a spec must be in.";
    // 03xx: normalize
    UnknownVersion = 301, Error, "The document does not state a supported OpenAPI version.";
    WrongType = 302, Error, "A value does not have the type that the specification requires.";
    MissingField = 303, Error, "A field that the specification requires is missing.";
    UnknownField = 304, Warning, "A field is neither part of the specification nor an extension.";
    InvalidValue = 305, Error, "A value is not one of those that the specification allows.";
    IgnoredHeaderParameter = 306, Warning, "A header parameter is ignored, as the specification requires.";
    RepairedKeyword = 307, Warning, "A keyword comes from another OpenAPI version; it is read as it would be there.";
    UndeclaredPathParameter = 308, Warning, "A path template uses a parameter that is not declared.";
    UnusedPathParameter = 309, Warning, "A declared path parameter does not appear in the path template.";
    DuplicateOperationId = 310, Warning, "Two operations have the same `operationId`.";
    UnknownSecurityScheme = 311, Warning, "A security requirement names a scheme that is not declared.";
    DuplicateParameter = 312, Warning, "An operation has two parameters with the same name and location.";
    InvalidPathTemplate = 313, Warning, "A path template is malformed.";
    MissingResponses = 314, Warning, "An operation documents no responses.";
    UnknownRequiredProperty = 315, Warning, "`required` lists a property that the schema does not define.";
    UnreadableRequest = 316, Warning, "An operation is left out because part of its request cannot be read.";
    MisspelledPathParameter = 317, Warning, "A path template and a path parameter spell the same name differently.";
    UnfitDefault = 318, Warning, "A `default` is not a value that its schema allows.";
    // 04xx: lower
    UnsupportedFeature = 401, Warning, "A feature is not supported yet; the affected part is approximated or left out.";
    ConflictingSchemas = 402, Warning, "Schemas that must all match contradict each other.";
    UnknownFormat = 403, Warning, "A `format` is unknown; the value keeps its plain type.";
    InvalidServer = 407, Warning, "A server URL cannot be used.";
    InvalidExtension = 408, Warning, "An extension has an invalid value; the invalid part is ignored.";
    AmbiguousUnion = 409, Warning, "The branches of a `oneOf` or `anyOf` can only be told apart by trying them.";
    UnnamedXmlRoot = 410, Warning, "The root element of an XML body has no name; it is called `root`.";
    ImpossibleBody = 411, Warning, "A response that cannot have a body documents one.";
    ImpossibleTag = 412, Warning, "A `discriminator` maps a value that its property cannot have.";
    ForeignBranch = 413, Warning, "A `discriminator` maps a value to a schema that is not a branch.";
    UnboundedInteger = 415, Warning, "The bounds of an integer exceed every integer type; it is read as any JSON value.";
    OpenPatterns = 416, Warning, "Keys that match no pattern may have any value, so the values have no common type.";
    ConflictingCredentials = 420, Warning, "Credentials that are required together use the same place in the request.";
    ArgumentForCredential = 421, Warning, "A parameter is sent in the same place as a credential.";
    InferredSecurity = 422, Warning, "A parameter is a credential, but no security scheme describes it.";
    CompositionLimit = 424, Error, "Schemas composed by `allOf` and similar keywords exceed a limit.";
    InvalidSession = 425, Warning, "The description of a session is invalid; the session is ignored.";
    InvalidDeviceFlow = 426, Warning, "The description of a device flow is invalid; the device flow is ignored.";
    UnusableEndpoint = 428, Warning, "The URL of an authorization server cannot be used; the client has no method for the flow.";
    UnknownPrefix = 429, Warning, "The prefix of a key in `Authorization` is unknown; callers pass the whole header value.";
    UndefinedSerialization = 430, Warning, "The specification does not define how a value is serialized; a convention is used.";
    UnmatchedPattern = 431, Warning, "A pattern of the configuration matches no operation and no tag.";
    UnusableType = 432, Warning, "A Rust type of the configuration cannot take the place of a schema.";
    // 05xx: name
    NameCollision = 501, Warning, "Two parts of the document would get the same Rust name; one is renamed.";
    InvalidAlias = 502, Error, "The client cannot have an alias that the configuration lists.";
    // 06xx: write
    ForeignFile = 601, Error, "The output folder contains files that Keywright did not write.";
    UnwritableFile = 602, Error, "A file cannot be written.";
    UnreadableOutput = 603, Error, "A file that is about to be replaced cannot be read.";
    CannotWatch = 604, Error, "Files cannot be watched.";
    // 07xx: interchange
    NotExpressible = 701, Warning, "OpenAPI 3.0 cannot express this; the converted document leaves it out.";
    BackendRefused = 702, Error, "The selected backend rejects the document.";
    // 08xx: mock
    CannotServe = 801, Error, "The mock server cannot be started.";
    InvalidRules = 802, Error, "A rules file for the mock server contains an invalid rule.";
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
    UndeclaredDeviceFlow = 918, Warning, "Polling an operation gives a credential, and no `x-keywright-device-flow` says so.";
    UnfitExample = 919, Warning, "An example does not conform to its schema.";
    // 10xx: diff
    CannotCompare = 1001, Error, "A side of a comparison cannot be read.";
    UnusedAllowance = 1002, Warning, "The configuration allows a change that is not there.";
}

impl Code {
    /// Returns the general fix, for findings without a more specific one.
    #[must_use]
    pub fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::UnreadableFile => "check the path and the permissions of the file",
            Self::InvalidSyntax => {
                "correct the text here; an editor with YAML or JSON support shows it, too"
            }
            Self::DuplicateKey | Self::DuplicateParameter => "remove one of the two, or rename it",
            Self::InvalidKey => "write the key as a string",
            Self::UnresolvedReference => "add what is missing, or correct the reference",
            Self::WrongType => "use the type that the OpenAPI Specification requires here",
            Self::MissingField => "add the field",
            Self::InvalidValue => {
                "use one of the values that the OpenAPI Specification allows here"
            }
            Self::RepairedKeyword => {
                "write it as the version of this document requires, or change the version"
            }
            Self::UnreadableRequest => "correct that part",
            Self::UnsupportedFeature => "nothing to do; the rest of the client is not affected",
            Self::UnknownFormat => "use a known format, or remove it",
            Self::InvalidExtension => "correct the value; see the extension reference",
            _ => return None,
        })
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KW{:04}", *self as u16)
    }
}
