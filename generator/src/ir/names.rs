//! Every Rust identifier of a generated module: filled by `name`, looked up by what prints Rust.

use std::collections::BTreeMap;

use super::{ItemId, OAuthFlowKind, OperationId, SchemeId};

/// A Rust identifier, valid as it stands: keywords carry a trailing underscore.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(pub String);

impl Ident {
    /// The identifier's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The names of an API.
#[derive(Debug, Default)]
pub struct Names {
    /// Those of each item, by [`ItemId`].
    pub types: Vec<TypeNames>,
    /// Those of each operation, by [`OperationId`].
    pub operations: Vec<OperationNames>,
    /// The trait of the operations that take an optional argument, by the name of its setter: `TakesLimit`.
    pub markers: BTreeMap<Ident, Ident>,
    /// The function that reads each request that the API makes, by index.
    pub incoming: Vec<Ident>,
    /// Those of each security scheme, by [`SchemeId`].
    pub schemes: Vec<SchemeNames>,
    /// The file of each group, by index.
    pub groups: Vec<Ident>,
    /// What the Cargo feature of each group has after the module's name, where it has one, by index: `user-keys`.
    pub features: Vec<String>,
    /// Those of each server, by index.
    pub servers: Vec<ServerNames>,
}

/// The names of the service that stands in for an API in tests.
#[derive(Debug)]
pub struct MockNames {
    /// Those of each operation, by [`OperationId`].
    pub operations: Vec<MockOperationNames>,
}

/// The names of an operation in the service that stands in for its API.
#[derive(Clone, Debug)]
pub struct MockOperationNames {
    /// The method that sets what responds: `on_get_pet`.
    pub on: Ident,
    /// The struct of what a request has: `GetPetRequest`.
    pub request: Ident,
    /// The function for each payload of each response, or for a response without any, by index: `not_found`.
    pub responses: Vec<Vec<Ident>>,
    /// The function for a success, where the document has none.
    pub success: Ident,
    /// The method that sets each header of each response, by index: `with_x_total`. Headers of one name share it.
    pub headers: Vec<Vec<Ident>>,
}

/// The names of an item.
#[derive(Debug)]
pub struct TypeNames {
    /// The type.
    pub ty: Ident,
    /// A static about the type: its name in upper case.
    pub constant: Ident,
    /// The file of the type, where it has one of its own: its name in lower case.
    pub file: Ident,
    /// Fields of a struct, or variants of an enumeration, by index.
    pub members: Vec<Ident>,
    /// The method that sets each field of a struct, by index.
    pub setters: Vec<Ident>,
    /// The struct of what a constructor asks for, where that is much: `OrderRequired`.
    pub required: Ident,
    /// The field that keeps additional properties, or the variant that keeps an unknown value.
    pub rest: Option<Ident>,
}

/// The names of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method: `get_pet`.
    pub method: Ident,
    /// The operation's own type: `GetPet`.
    pub builder: Ident,
    /// The struct of what the method asks for, where that is much: `GetPetArguments`.
    pub arguments_type: Ident,
    /// The error: `GetPetError`.
    pub error: Ident,
    /// The enum of several successes: `GetPetSuccess`.
    pub success: Ident,
    /// Arguments, by index.
    pub arguments: Vec<Ident>,
    /// The setter that sends an argument without a value, for each that may be sent so, by index.
    pub empties: Vec<Option<Ident>>,
    /// The argument for the body.
    pub body: Ident,
    /// The enum of a body that may be of several payloads, and a variant for each: `AddPetBody`.
    pub body_type: BodyNames,
    /// The variant for each response, by index: `NotFound`.
    pub responses: Vec<Ident>,
    /// The enum of each response whose body may be of several payloads, and its variants: `GetPet200Body`.
    pub body_types: Vec<BodyNames>,
    /// The type that marks the headers of each response, by index: `GetPet200Headers`.
    pub header_types: Vec<Ident>,
    /// The method for each header of each response.
    pub headers: Vec<Vec<Ident>>,
}

/// The names of a security scheme.
#[derive(Debug)]
pub struct SchemeNames {
    /// The builder's method that sets the credential: `usertoken`.
    pub setter: Ident,
    /// The builder's method that sets who provides it: `usertoken_provider`.
    pub provider: Ident,
    /// The client's method that returns a copy with another one: `with_usertoken`.
    pub with: Ident,
    /// The client's method that returns a copy with another provider: `with_usertoken_provider`.
    pub with_provider: Ident,
    /// The constant for the scheme's place: `USERTOKEN`.
    pub constant: Ident,
    /// Those of its session, if it has one.
    pub session: Option<SessionNames>,
    /// Those of the flows of its authorization server, if it has one.
    pub oauth: Option<OAuthNames>,
}

/// The names of the flows of an authorization server, whichever it has.
#[derive(Clone, Debug)]
pub struct OAuthNames {
    /// The builder's method for the app itself: `petstore_auth_client_credentials`.
    pub client_credentials: Ident,
    /// The builder's method for a user's password: `petstore_auth_password`.
    pub password: Ident,
    /// The builder's method for tokens that a store has: `petstore_auth_app`.
    pub app: Ident,
    /// The client's method for a user in a browser: `petstore_auth_authorization_code`.
    pub authorization_code: Ident,
    /// The same without a code: `petstore_auth_implicit`.
    pub implicit: Ident,
    /// The client's method for a user on another device: `petstore_auth_device`.
    pub device: Ident,
}

impl OAuthNames {
    /// The method of a flow.
    #[must_use]
    pub fn method(&self, kind: OAuthFlowKind) -> &Ident {
        match kind {
            OAuthFlowKind::ClientCredentials => &self.client_credentials,
            OAuthFlowKind::Password => &self.password,
            OAuthFlowKind::AuthorizationCode => &self.authorization_code,
            OAuthFlowKind::Implicit => &self.implicit,
            OAuthFlowKind::Device => &self.device,
        }
    }
}

/// The names of the session of a security scheme.
#[derive(Clone, Debug)]
pub struct SessionNames {
    /// The client's method that returns it: `session`, or `usertoken_session` if an earlier scheme has that.
    pub get: Ident,
    /// The builder's method that sets how to sign in: `usertoken_session`.
    pub set: Ident,
    /// The builder's method that sets the store: `usertoken_store`.
    pub store: Ident,
    /// The builder's method that sets who hears of changes: `usertoken_listener`.
    pub listener: Ident,
    /// The builder's method that sets the clock: `usertoken_clock`.
    pub clock: Ident,
    /// The client's method that returns a copy with another session: `with_usertoken_session`.
    pub with: Ident,
    /// The static for what the document says of it: `USERTOKEN_SESSION`.
    pub plan: Ident,
    /// The client's method that has a user confirm on another device: `usertoken_confirmation`.
    pub confirm: Ident,
    /// The static for what the document says of that: `USERTOKEN_CONFIRMATION`.
    pub flow: Ident,
}

/// The names of a body that may be of several payloads.
#[derive(Debug)]
pub struct BodyNames {
    /// The enum.
    pub ty: Ident,
    /// The variant for each payload, by index.
    pub payloads: Vec<Ident>,
}

/// The names of a server.
#[derive(Debug)]
pub struct ServerNames {
    /// Its constructor.
    pub constructor: Ident,
    /// The setter of each variable, by index.
    pub variables: Vec<Ident>,
}

/// What goes with a name that a part of a module had before.
#[derive(Clone, Debug)]
pub struct FormerNames {
    /// The type of an operation whose method had the name: `GetPet`.
    pub operation: Ident,
    /// The trait of the operations that take an argument of the name: `TakesLimit`.
    pub marker: Ident,
    /// Whether a model or a variant can have the name.
    pub is_for_models: bool,
    /// Whether a method of the client can have the name.
    pub is_for_methods: bool,
    /// Whether a setter of a request can have the name.
    pub is_for_setters: bool,
}

impl Names {
    /// The Rust name of an item.
    #[must_use]
    pub fn ty(&self, id: ItemId) -> &Ident {
        &self.item(id).ty
    }

    /// The names of an item's members.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &TypeNames {
        &self.types[id.0 as usize]
    }

    /// The names of an operation.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0 as usize]
    }

    /// Every name.
    pub fn all(&self) -> impl Iterator<Item = &Ident> {
        let types = self
            .types
            .iter()
            .flat_map(|it| it.members.iter().chain([&it.ty]));
        let operations = self.operations.iter().flat_map(|it| {
            let headers = it.headers.iter().flatten();
            it.arguments.iter().chain(headers).chain([&it.method])
        });
        let servers = self
            .servers
            .iter()
            .flat_map(|it| it.variables.iter().chain([&it.constructor]));
        let rest = self
            .schemes
            .iter()
            .map(|it| &it.setter)
            .chain(&self.groups)
            .chain(&self.incoming);
        types.chain(operations).chain(servers).chain(rest)
    }

    /// The setter of a security scheme.
    #[must_use]
    pub fn scheme(&self, id: SchemeId) -> &Ident {
        &self.schemes[id.0 as usize].setter
    }
}
