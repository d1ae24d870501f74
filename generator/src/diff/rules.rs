//! The table of rules: every way in which a package can differ from an earlier one.

/// The effect of a change on callers, in the terms of Semantic Versioning 2.0.0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Nothing has changed.
    #[default]
    None,
    /// Callers do not notice the change.
    Patch,
    /// Existing code still compiles.
    Minor,
    /// Existing code may no longer compile, or calls that succeeded may fail.
    Major,
}

impl Level {
    /// Returns the word for the level.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The class of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Permissions and the use of credentials. Every such change needs a review.
    Security,
    /// Requests and responses, without changes in the Rust code of callers. Every such change needs a review.
    Wire,
    /// The code of callers.
    Source,
    /// Traits and attributes, whose loss is easily missed.
    Traits,
    /// The behavior of a call at run time.
    Behavior,
    /// Additions.
    Additive,
    /// Documentation.
    Docs,
}

impl Class {
    /// Every class, in the order in which changes are shown.
    pub const ALL: [Self; 7] = [
        Self::Security,
        Self::Wire,
        Self::Source,
        Self::Traits,
        Self::Behavior,
        Self::Additive,
        Self::Docs,
    ];

    /// Returns the word for the class.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Wire => "wire",
            Self::Source => "source",
            Self::Traits => "traits",
            Self::Behavior => "behavior",
            Self::Additive => "additive",
            Self::Docs => "docs",
        }
    }

    /// Returns the class as a heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Wire => "Requests and responses",
            Self::Source => "Source code",
            Self::Traits => "Traits and attributes",
            Self::Behavior => "Behavior",
            Self::Additive => "Additions",
            Self::Docs => "Documentation",
        }
    }
}

macro_rules! rules {
    ($($(#[$comment:meta])* $variant:ident = $name:literal, $class:ident, $published:ident, $vendored:ident, $summary:literal, $help:literal;)+) => {
        /// A way in which a package can differ from an earlier one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $summary] $variant,)+
        }

        impl Rule {
            /// Every rule, by class.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Returns the name of the rule, which never changes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Returns the class of the rule.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class,)+ }
            }

            /// Returns the level for callers in other crates.
            #[must_use]
            pub const fn published(self) -> Level {
                match self { $(Self::$variant => Level::$published,)+ }
            }

            /// Returns the level for callers in the same crate, where `#[non_exhaustive]` has no effect.
            #[must_use]
            pub const fn vendored(self) -> Level {
                match self { $(Self::$variant => Level::$vendored,)+ }
            }

            /// Returns the change as a sentence without a period.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary,)+ }
            }

            /// Returns the general advice for callers or reviewers, or an empty text if there is none.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)+ }
            }
        }
    };
}

rules! {
    // Security
    OperationBecamePublic = "operation-became-public", Security, Minor, Minor,
        "The operation no longer requires credentials",
        "make sure that the operation is meant to be public";
    AnonymousAccessAdded = "anonymous-access-added", Security, Minor, Minor,
        "The operation can now be called without credentials",
        "make sure that anonymous calls are meant to be allowed";
    OperationBecameProtected = "operation-became-protected", Security, Major, Major,
        "The operation now requires credentials",
        "set one of the credentials on the client builder; calls without it fail before they are sent";
    SecurityAlternativeAdded = "security-alternative-added", Security, Minor, Minor,
        "The operation accepts other credentials as well",
        "make sure that these credentials are meant to give access";
    SecurityAlternativeRemoved = "security-alternative-removed", Security, Major, Major,
        "The operation no longer accepts some credentials",
        "set one of the credentials that are still accepted";
    SecurityOrderChanged = "security-order-changed", Security, Minor, Minor,
        "The accepted credentials are in another order, and the first that is set is sent",
        "make sure that clients with several credentials send the right one";
    SecurityStrengthened = "security-strengthened", Security, Major, Major,
        "The operation requires further credentials beside the ones it required before",
        "set all of the credentials on the client builder";
    SecurityWeakened = "security-weakened", Security, Minor, Minor,
        "The operation requires fewer credentials than before",
        "make sure that the remaining credentials are enough";
    ScopeAdded = "scope-added", Security, Minor, Minor,
        "The operation requires a further scope",
        "request the scope when users sign in; tokens issued before lack it";
    ScopeRemoved = "scope-removed", Security, Minor, Minor,
        "The operation no longer requires a scope",
        "make sure that callers without the scope are meant to have access";
    SchemeAdded = "scheme-added", Security, Minor, Minor,
        "A security scheme was added",
        "";
    SchemeRemoved = "scheme-removed", Security, Major, Major,
        "A security scheme was removed, and with it the setters of its credential",
        "remove the call of the setter, and set another credential";
    SchemeRenamed = "scheme-renamed", Security, Major, Major,
        "The setters of a credential have another name",
        "call the setter by its new name";
    CredentialKindChanged = "credential-kind-changed", Security, Major, Major,
        "A security scheme takes another kind of credential",
        "provide a credential of the new kind";
    CredentialMoved = "credential-moved", Security, Minor, Minor,
        "A credential is sent in another part of the request",
        "make sure that the new place is safe: URLs are logged, headers are usually not";
    CredentialRenamed = "credential-renamed", Security, Minor, Minor,
        "A credential is sent under another name",
        "";
    PrefixAdded = "prefix-added", Security, Major, Major,
        "The client now writes a prefix before the key",
        "pass the bare key, without the prefix";
    PrefixRemoved = "prefix-removed", Security, Major, Major,
        "The client no longer writes a prefix before the key",
        "pass the complete value of the header, with its prefix";
    PrefixChanged = "prefix-changed", Security, Minor, Minor,
        "The client writes another prefix before the key",
        "";
    OauthEndpointChanged = "oauth-endpoint-changed", Security, Minor, Minor,
        "The URLs of the authorization server changed",
        "make sure that the new server may receive the client's secret and its users' passwords";
    OauthScopesChanged = "oauth-scopes-changed", Security, Minor, Minor,
        "The authorization server documents other scopes",
        "";
    OauthFlowAdded = "oauth-flow-added", Security, Minor, Minor,
        "A flow of the authorization server was added",
        "";
    OauthFlowRemoved = "oauth-flow-removed", Security, Major, Major,
        "A flow of the authorization server was removed",
        "sign in by another flow";
    OauthFlowRenamed = "oauth-flow-renamed", Security, Major, Major,
        "The method of a flow has another name",
        "call the method by its new name";
    ServerHostChanged = "server-host-changed", Security, Minor, Minor,
        "Requests and credentials go to another host",
        "make sure that the new host may receive the credentials";
    ServerBecameInsecure = "server-became-insecure", Security, Major, Major,
        "The server is no longer reached over HTTPS",
        "serve the API over HTTPS; the client sends no credentials over plain HTTP unless it is told to";
    ServerBecameSecure = "server-became-secure", Security, Minor, Minor,
        "The server is now reached over HTTPS",
        "";
    SecretExposed = "secret-exposed", Security, Major, Major,
        "A value is no longer a secret: `Debug` shows it, and memory keeps it",
        "make sure that the value may appear in logs; read it without `expose_secret()`";
    SecretProtected = "secret-protected", Security, Major, Major,
        "A value is now a secret",
        "read it with `expose_secret()`";
    SessionAdded = "session-added", Security, Minor, Minor,
        "The client can now keep a session",
        "";
    SessionRemoved = "session-removed", Security, Major, Major,
        "The client no longer keeps a session",
        "get and renew the token yourself, and set it with the setter of the credential";
    SessionRenamed = "session-renamed", Security, Major, Major,
        "The methods of a session have other names",
        "call the methods by their new names";
    SessionChanged = "session-changed", Security, Minor, Minor,
        "The session is obtained, renewed or ended in another way",
        "check the operations and places of the session against the service";
    DeviceFlowAdded = "device-flow-added", Security, Minor, Minor,
        "Users can now confirm on another device",
        "";
    DeviceFlowRemoved = "device-flow-removed", Security, Major, Major,
        "Users can no longer confirm on another device",
        "call the operations one by one";
    DeviceFlowRenamed = "device-flow-renamed", Security, Major, Major,
        "The method of a device flow has another name",
        "call the method by its new name";
    DeviceFlowChanged = "device-flow-changed", Security, Minor, Minor,
        "The device flow runs in another way",
        "check the operations, places and statuses of the flow against the service";

    // Requests and responses
    PathChanged = "path-changed", Wire, Minor, Minor,
        "The operation has another path",
        "make sure that the server serves the new path";
    MethodChanged = "method-changed", Wire, Minor, Minor,
        "The operation has another HTTP method",
        "make sure that the server accepts the new method";
    ServerPathChanged = "server-path-changed", Wire, Minor, Minor,
        "The URL of the server has another path or port",
        "make sure that the API is served there";
    OperationServersChanged = "operation-servers-changed", Security, Minor, Minor,
        "The operation is served elsewhere",
        "make sure that the new server may receive the credentials";
    ParameterMoved = "parameter-moved", Wire, Minor, Minor,
        "The parameter is sent in another part of the request",
        "make sure that the server reads it there";
    ParameterRenamedOnWire = "parameter-renamed-on-wire", Wire, Minor, Minor,
        "The parameter is sent under another name",
        "make sure that the server knows the new name";
    SerializationChanged = "serialization-changed", Wire, Minor, Minor,
        "The value is written in another style",
        "make sure that the server reads the new style";
    RequestMediaTypeChanged = "request-media-type-changed", Wire, Minor, Minor,
        "The request body has other media types",
        "make sure that the server accepts the first of them";
    ResponseMediaTypeChanged = "response-media-type-changed", Wire, Minor, Minor,
        "The response body has other media types",
        "";
    HeaderRenamedOnWire = "header-renamed-on-wire", Wire, Minor, Minor,
        "A response header has another name",
        "";
    WireValueChanged = "wire-value-changed", Wire, Minor, Minor,
        "The same variant stands for another value",
        "make sure that the server knows the new value; stored values of the old kind become `Unknown`";
    ConstantChanged = "constant-changed", Wire, Minor, Minor,
        "A fixed value is another one",
        "make sure that the server expects the new value";
    PropertyRenamedOnWire = "property-renamed-on-wire", Wire, Minor, Minor,
        "The property has another name in JSON",
        "make sure that the server knows the new name";
    PresenceChanged = "presence-changed", Wire, Minor, Minor,
        "The property may be missing, or null, where it was not so before",
        "";
    ReadOnlyChanged = "read-only-changed", Wire, Minor, Minor,
        "The property is read-only, or no longer so",
        "";
    WriteOnlyChanged = "write-only-changed", Wire, Minor, Minor,
        "The property is write-only, or no longer so",
        "";
    AdditionalPropertiesChanged = "additional-properties-changed", Wire, Minor, Minor,
        "Other properties are allowed than before",
        "";
    SuccessStatusChanged = "success-status-changed", Wire, Minor, Minor,
        "A successful response has another status",
        "";
    StatusMoved = "status-moved", Wire, Major, Major,
        "A status is now a success where it was an error, or the other way round",
        "handle the response on the other side of the `Result`";
    SuccessResponseAdded = "success-response-added", Wire, Minor, Minor,
        "A further status is a success",
        "";
    SuccessResponseRemoved = "success-response-removed", Wire, Minor, Minor,
        "A status is no longer documented as a success",
        "";
    DiscriminatorChanged = "discriminator-changed", Wire, Minor, Minor,
        "The variant of a value is found in another way",
        "make sure that the server marks its values so";
    XmlChanged = "xml-changed", Wire, Minor, Minor,
        "The value has another form in XML",
        "";
    PartChanged = "part-changed", Wire, Minor, Minor,
        "The property is written in another way as a part of a multipart body",
        "";
    CredentialReplacedByArgument = "credential-argument-changed", Wire, Minor, Minor,
        "The argument takes the place of other credentials than before",
        "";

    // Source code
    ApiRemoved = "api-removed", Source, Major, Major,
        "An API was removed, with its module and its feature",
        "stay with the old version, or call another API";
    ApiRenamed = "api-renamed", Source, Major, Major,
        "The module of an API has another name",
        "import it by its new name";
    PackageRenamed = "package-renamed", Source, Major, Patch,
        "The package has another name",
        "depend on it by its new name";
    OperationRemoved = "operation-removed", Source, Major, Major,
        "An operation was removed",
        "remove the call; the document has no such operation";
    OperationRenamed = "operation-renamed", Source, Major, Major,
        "An operation has another name, and so have its types",
        "call the method by its new name";
    OperationTypesRenamed = "operation-types-renamed", Source, Major, Major,
        "Types of an operation have other names",
        "name the types by their new names";
    ArgumentRemoved = "argument-removed", Source, Major, Major,
        "An argument was removed",
        "remove it from the call";
    ArgumentRenamed = "argument-renamed", Source, Major, Major,
        "The setter of an argument has another name",
        "call the setter by its new name";
    ArgumentNameChanged = "argument-name-changed", Docs, Patch, Patch,
        "A positional argument has another name",
        "";
    RequiredArgumentAdded = "required-argument-added", Source, Major, Major,
        "A required argument was added",
        "pass a value for it";
    ArgumentBecameRequired = "argument-became-required", Source, Major, Major,
        "An argument became required: it moved from a setter into the method",
        "pass the value to the method instead of calling the setter";
    ArgumentBecameOptional = "argument-became-optional", Source, Major, Major,
        "An argument became optional: it moved from the method to a setter",
        "call the setter instead of passing the value to the method";
    ArgumentsReordered = "arguments-reordered", Source, Major, Major,
        "The arguments are in another order",
        "pass them in the new order; the compiler does not notice where their types are the same";
    SignatureChanged = "signature-changed", Source, Major, Major,
        "The required arguments are passed as a struct, or no longer so",
        "pass the arguments in the new form";
    ArgumentTypeChanged = "argument-type-changed", Source, Major, Major,
        "An argument has another type",
        "pass a value of the new type";
    ArgumentWidened = "argument-widened", Additive, Minor, Minor,
        "An argument accepts more types than before",
        "";
    ArgumentFixed = "argument-fixed", Source, Major, Major,
        "An argument has one possible value, which the client sends by itself",
        "remove it from the call";
    EmptySetterRemoved = "empty-setter-removed", Source, Major, Major,
        "A parameter can no longer be sent without a value",
        "pass a value to the setter";
    RequestBodyRemoved = "request-body-removed", Source, Major, Major,
        "The operation no longer takes a body",
        "remove the body from the call";
    OutputChanged = "output-changed", Source, Major, Major,
        "A successful call returns another type",
        "adapt the code that uses the result";
    ResponseHeadersChanged = "response-headers-changed", Source, Major, Major,
        "A response has documented headers where it had none, or has none any more",
        "adapt code that names the type of the response";
    ErrorVariantRemoved = "error-variant-removed", Source, Major, Major,
        "An error no longer has a variant for a status",
        "handle the status under `Other`, or remove the match arm";
    ErrorVariantChanged = "error-variant-changed", Source, Major, Major,
        "The variant of an error holds another type",
        "adapt the code that reads the body of the error";
    ErrorVariantRenamed = "error-variant-renamed", Source, Major, Major,
        "A variant has another name",
        "match it by its new name";
    HeaderRemoved = "header-removed", Source, Major, Major,
        "A documented header of a response was removed",
        "read it from `headers()` by name";
    HeaderRenamed = "header-renamed", Source, Major, Major,
        "The field of a response header has another name",
        "read the field by its new name";
    HeaderTypeChanged = "header-type-changed", Source, Major, Major,
        "A response header has another type",
        "adapt the code that reads it";
    MarkerRemoved = "argument-trait-removed", Source, Major, Major,
        "The trait of operations that share an argument was removed",
        "remove it from the bounds of your functions";
    IncomingRemoved = "webhook-removed", Source, Major, Major,
        "A webhook or callback was removed, and with it the function that reads it",
        "remove the call of the function";
    IncomingRenamed = "webhook-renamed", Source, Major, Major,
        "The function that reads a webhook or callback has another name",
        "call the function by its new name";
    IncomingTypeChanged = "webhook-type-changed", Source, Major, Major,
        "A webhook or callback carries another type",
        "adapt the code that uses it";
    ModelRemoved = "model-removed", Source, Major, Major,
        "A model was removed",
        "remove the uses of the type";
    ModelRenamed = "model-renamed", Source, Major, Major,
        "A model has another name",
        "name the type by its new name";
    ModelKindChanged = "model-kind-changed", Source, Major, Major,
        "A model is another kind of type",
        "adapt the code that makes or reads its values";
    AliasTargetChanged = "alias-target-changed", Source, Major, Major,
        "A type alias stands for another type",
        "adapt the code that uses its values";
    AliasRemoved = "alias-removed", Source, Major, Major,
        "The deprecated alias of an item was removed",
        "use the new name";
    FieldRemoved = "field-removed", Source, Major, Major,
        "A field was removed",
        "remove the uses of the field";
    FieldRenamed = "field-renamed", Source, Major, Major,
        "A field has another name",
        "name the field, and its setter, by the new name";
    FieldTypeChanged = "field-type-changed", Source, Major, Major,
        "A field has another type",
        "adapt the code that reads or sets the field";
    FieldFixed = "field-fixed", Source, Major, Major,
        "A property has one possible value, which the client writes by itself, and no field",
        "remove the uses of the field";
    FieldUnfixed = "field-unfixed", Source, Minor, Major,
        "A property with one fixed value has become a field",
        "set the field where you make a value";
    ConstructorChanged = "constructor-changed", Source, Major, Major,
        "`new` takes other arguments",
        "pass the new arguments";
    ConstructorRemoved = "constructor-removed", Source, Major, Major,
        "`new` was removed, since no request sends the type any more",
        "values of this type come from responses alone";
    MockConstructorChanged = "mock-constructor-changed", Source, Major, Major,
        "`new` takes other arguments in tests with the feature `mock`",
        "pass the new arguments in your tests";
    SetterRemoved = "setter-removed", Source, Major, Major,
        "The setter of a field was removed",
        "remove the call; the server sets the property, or `new` asks for it";
    SetterChanged = "setter-changed", Source, Major, Major,
        "The setter of a field takes another type, or has another name",
        "adapt the call";
    VariantRemoved = "variant-removed", Source, Major, Major,
        "A variant was removed",
        "match the value as `Unknown`, or remove the match arm";
    VariantRenamed = "variant-renamed", Source, Major, Major,
        "A variant has another name",
        "name the variant by its new name";
    VariantRenamedWithAlias = "variant-renamed-with-alias", Source, Major, Major,
        "A variant has another name, and the old one is a deprecated constant",
        "match it by its new name: the constant matches a value, and not what is behind a reference";
    VariantTypeChanged = "variant-type-changed", Source, Major, Major,
        "A variant holds another type",
        "adapt the code that makes or matches the variant";
    ConversionRemoved = "conversion-removed", Source, Major, Major,
        "A type no longer converts into the enum by `From`",
        "name the variant where you make the value";
    FeatureRemoved = "feature-removed", Source, Major, Major,
        "A Cargo feature was removed",
        "remove it from the features of the dependency";
    FeatureNotDefault = "feature-not-default", Source, Major, Minor,
        "A Cargo feature is no longer on by default",
        "name it among the features of the dependency";
    FeatureMoved = "feature-moved", Source, Major, Major,
        "An item is behind another Cargo feature",
        "switch the new feature on";
    RustVersionRaised = "rust-version-raised", Source, Minor, Minor,
        "The package needs a newer Rust",
        "update the toolchain";
    DependencyReplaced = "dependency-changed", Source, Major, Major,
        "A dependency whose types are public has another major version, or is gone",
        "use the types of the new version";
    RuntimeItemRemoved = "runtime-item-removed", Source, Major, Major,
        "An item of the runtime was removed, since nothing needs it any more",
        "remove the uses of the item";
    ServerConstructorRemoved = "server-removed", Source, Major, Major,
        "A server was removed",
        "choose another server, or set the base URL";
    ServerConstructorChanged = "server-constructor-changed", Source, Major, Major,
        "The constructor of a server has another name, or takes other variables",
        "adapt the call";
    RenamedWithAlias = "renamed-with-alias", Traits, Minor, Minor,
        "An item has another name, and the old one is a deprecated alias",
        "use the new name before the alias is removed";

    // Traits and attributes
    TraitLost = "trait-lost", Traits, Major, Major,
        "A type no longer implements a trait",
        "remove the uses of the trait";
    TraitGained = "trait-gained", Additive, Minor, Minor,
        "A type implements a further trait",
        "";
    Deprecated = "deprecated", Traits, Minor, Minor,
        "An item is deprecated",
        "follow its documentation; the compiler warns of every use";
    Undeprecated = "undeprecated", Traits, Patch, Patch,
        "An item is no longer deprecated",
        "";

    // Behavior
    DefaultChanged = "default-changed", Behavior, Minor, Minor,
        "The server takes another value where none is sent",
        "set the value where you relied on the old default";
    DefaultServerChanged = "default-server-changed", Security, Minor, Minor,
        "Another server is the default, so that requests and credentials go there",
        "make sure that the new server may receive the credentials";
    ServerVariableDefaultChanged = "server-variable-default-changed", Security, Minor, Minor,
        "A variable of the server's URL has another default, so that requests and credentials go elsewhere",
        "make sure that the new server may receive the credentials";
    ServerVariableChanged = "server-variable-changed", Behavior, Minor, Minor,
        "A variable of the server's URL takes other values",
        "";
    RetryChanged = "retry-changed", Behavior, Minor, Minor,
        "A failed call is repeated under other conditions",
        "make sure that a repeated call does no harm";

    // Additions
    ApiAdded = "api-added", Additive, Minor, Minor, "An API was added", "";
    OperationAdded = "operation-added", Additive, Minor, Minor, "An operation was added", "";
    OptionalArgumentAdded = "optional-argument-added", Additive, Minor, Minor,
        "An optional argument was added", "";
    EmptySetterAdded = "empty-setter-added", Additive, Minor, Minor,
        "A parameter can now be sent without a value", "";
    ErrorVariantAdded = "error-variant-added", Additive, Minor, Major,
        "An error has a variant for a further status",
        "add a match arm; other crates have one for `_` already";
    HeaderAdded = "header-added", Additive, Minor, Major,
        "A response header was added",
        "name the field in exhaustive patterns; other crates can have none";
    MarkerAdded = "argument-trait-added", Additive, Minor, Minor,
        "A trait of operations that share an argument was added", "";
    IncomingAdded = "webhook-added", Additive, Minor, Minor, "A webhook or callback was added", "";
    AliasAdded = "alias-added", Additive, Minor, Minor, "A deprecated alias of an item was added", "";
    ModelAdded = "model-added", Additive, Minor, Minor, "A model was added", "";
    FieldAdded = "field-added", Additive, Minor, Major,
        "A field was added",
        "name the field in struct literals and exhaustive patterns; other crates can have neither";
    ConstructorAdded = "constructor-added", Additive, Minor, Minor, "`new` was added", "";
    SetterAdded = "setter-added", Additive, Minor, Minor, "The setter of a field was added", "";
    VariantAdded = "variant-added", Additive, Minor, Major,
        "A variant was added",
        "add a match arm; other crates have one for `_` already";
    ConversionAdded = "conversion-added", Additive, Minor, Minor,
        "A further type converts into the enum by `From`; type inference may need a hint", "";
    FeatureAdded = "feature-added", Additive, Minor, Minor, "A Cargo feature was added", "";
    FeatureDefault = "feature-default", Additive, Minor, Minor,
        "A Cargo feature is now on by default", "";
    RuntimeItemAdded = "runtime-item-added", Additive, Minor, Minor,
        "An item of the runtime was added", "";
    DependencyAdded = "dependency-added", Additive, Minor, Minor,
        "A dependency whose types are public was added", "";
    ServerAdded = "server-added", Security, Minor, Minor,
        "A server was added",
        "make sure that the new server may receive the credentials";
    ServerVariableAdded = "server-variable-added", Additive, Minor, Minor,
        "The URL of a server has a further variable", "";

    // Documentation
    DocsChanged = "docs-changed", Docs, Patch, Patch, "The documentation changed", "";
    ConstraintsChanged = "constraints-changed", Docs, Patch, Patch,
        "The documented constraints of a value changed", "";
    TitleChanged = "title-changed", Docs, Patch, Patch, "The API has another title", "";
    ApiVersionChanged = "api-version-changed", Docs, Patch, Patch, "The API has another version", "";
    VersionChanged = "version-changed", Docs, Patch, Patch, "The package has another version", "";
}
