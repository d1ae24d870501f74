//! The client of an API before any Rust is written: types, operations, security, servers.
//!
//! It is the output of `lower` and the input of `name`, `emit`, `surface` and `diff`. It is only data: it can be read
//! without knowing OpenAPI, contains no Rust identifiers, and does not depend on the version or notation of the
//! document. Everything has its [`Origin`].

mod device_flow;
mod foreign;
mod names;
mod oauth;
mod operation;
mod print;
mod print_lifecycle;
mod print_names;
mod security;
mod session;
mod types;
mod xml;

pub use device_flow::{DeviceFlow, DeviceGrant, DevicePoll, DeviceStart};
pub use foreign::{Dependency, Foreign};
pub use names::{
    BodyNames, FormerNames, Ident, MockNames, MockOperationNames, Names, OAuthNames,
    OperationNames, SchemeNames, ServerNames, SessionNames, TypeNames,
};
pub use oauth::{OAuth, OAuthEndpoints, OAuthFlow, OAuthFlowKind, OAuthMetadata};
pub use operation::{
    Argument, Body, BodyEncoding, Cause, Form, Incoming, Link, Operation, OperationId,
    ParameterKind, Payload, Response, ResponseHeader, Serialization, Success, media_type_words,
    route_words,
};
pub use print::print;
pub use print_names::print_names;
pub use security::{
    Alternative, ApiKeyLocation, CredentialSource, ForeignScheme, SchemeId, SchemeKind,
    SecurityScheme,
};
pub use session::{Expiry, Grant, MessagePart, Revocation, Session, SessionPart};
pub use types::{
    Additional, Branch, Choice, Enumeration, EnumerationValues, Field, IntegerFormat, Item, ItemId,
    ItemKind, JsonType, NameHint, Part, PartEncoding, Parts, Presence, Struct, TagValue, Type,
    Union, Value, Variant,
};

pub use xml::{Xml, XmlNode};

pub use crate::model::{Omission, StatusPattern, Style};

use std::collections::HashMap;

use crate::document::Place;

/// An API.
#[derive(Debug)]
pub struct Api {
    /// The general information about the API.
    pub info: Info,
    /// The servers, the default first. Never empty: a document without servers gives the URL `/`.
    pub servers: Vec<Server>,
    /// The security schemes that the client applies: those of the document in its order, then those that are inferred.
    pub schemes: Vec<SecurityScheme>,
    /// The sessions of security schemes, in the order of the schemes; at most one for each.
    pub sessions: Vec<Session>,
    /// The device flows of security schemes: first those of the configuration, then those of the document, each in
    /// order; at most one for each scheme.
    pub device_flows: Vec<DeviceFlow>,
    /// The authorization servers of OAuth 2 and OpenID Connect schemes without a session or a device flow, in the order
    /// of the schemes.
    pub oauth: Vec<OAuth>,
    /// The security schemes that are left to the caller, in the order of their first use.
    pub foreign_schemes: Vec<ForeignScheme>,
    /// Groups of operations, in the document's order; every operation is in exactly one.
    pub groups: Vec<Group>,
    /// The types that get an item of their own, in the document's order.
    pub items: Vec<Item>,
    /// The operations, in the document's order.
    pub operations: Vec<Operation>,
    /// The requests that the API makes of its caller: webhooks, then callbacks, each in the document's order.
    pub incoming: Vec<Incoming>,
    /// The values that can only be any JSON value, in no particular order.
    pub untyped: Vec<Untyped>,
    /// The operations without a method, in the document's order.
    pub left_out: Vec<LeftOut>,
}

/// A place whose values can only be any JSON value ([`Type::Any`]).
#[derive(Clone, Debug)]
pub struct Untyped {
    /// The schema, or what should have one.
    pub origin: Origin,
    /// The reason why there is no better type.
    pub why: Why,
}

/// The reason why values have no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The schema does not describe them.
    Empty,
    /// There is no schema.
    NoSchema,
    /// The items of an array are not described.
    Items,
    /// The properties of an object are not described.
    Properties,
    /// A required property is not described.
    Undescribed(String),
    /// No value satisfies the schema.
    Unsatisfiable,
    /// Rust has no type for the bounds of an integer.
    Unbounded,
    /// The schema refers only to itself.
    Circular,
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("the schema says nothing of its values"),
            Self::NoSchema => f.write_str("there is no schema"),
            Self::Items => f.write_str("the array says nothing of its items"),
            Self::Properties => f.write_str("the object says nothing of its properties"),
            Self::Undescribed(name) => {
                write!(f, "the property `{name}` is required and not described")
            }
            Self::Unsatisfiable => f.write_str("nothing satisfies the schema"),
            Self::Unbounded => f.write_str("no integer type holds what the bounds allow"),
            Self::Circular => f.write_str("the schema consists of nothing but itself"),
        }
    }
}

/// An operation without a method.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The Operation Object.
    pub origin: Origin,
    /// Its method.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// The reason.
    pub why: Omission,
}

impl Api {
    /// Returns the ids of all items, in the document's order.
    pub fn item_ids(&self) -> impl Iterator<Item = ItemId> + use<> {
        let count = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        (0..count).map(ItemId)
    }

    /// Returns the session of a scheme, if the document describes one.
    #[must_use]
    pub fn session(&self, scheme: SchemeId) -> Option<&Session> {
        self.sessions.iter().find(|it| it.scheme == scheme)
    }

    /// Returns the device flow of a scheme, or the first of several.
    #[must_use]
    pub fn device_flow(&self, scheme: SchemeId) -> Option<&DeviceFlow> {
        self.device_flows.iter().find(|it| it.scheme == scheme)
    }

    /// Returns the authorization server of a scheme, if a client can use it.
    #[must_use]
    pub fn oauth(&self, scheme: SchemeId) -> Option<&OAuth> {
        self.oauth.iter().find(|it| it.scheme == scheme)
    }

    /// Returns all responses of operations, webhooks and callbacks.
    pub fn responses(&self) -> impl Iterator<Item = &Response> {
        let of_operations = self.operations.iter().flat_map(|it| &it.responses);
        of_operations.chain(self.incoming.iter().flat_map(|it| &it.responses))
    }

    /// Returns all arguments of operations, webhooks and callbacks.
    pub fn arguments(&self) -> impl Iterator<Item = &Argument> {
        let of_operations = self.operations.iter().flat_map(|it| &it.arguments);
        of_operations.chain(self.incoming.iter().flat_map(|it| &it.arguments))
    }

    /// Returns all request bodies of operations, webhooks and callbacks.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let of_operations = self.operations.iter().filter_map(|it| it.body.as_ref());
        of_operations.chain(self.incoming.iter().filter_map(|it| it.body.as_ref()))
    }

    /// Returns the types that operations, webhooks and callbacks mention directly.
    pub fn mentioned_types(&self) -> impl Iterator<Item = &Type> {
        let arguments = self.arguments().map(|it| &it.ty);
        let bodies = self.bodies().flat_map(|it| &it.payloads).map(|it| &it.ty);
        let responses = || self.responses();
        let payloads = responses().flat_map(|it| &it.payloads).map(|it| &it.ty);
        let headers = responses().flat_map(|it| &it.headers).map(|it| &it.ty);
        arguments.chain(bodies).chain(payloads).chain(headers)
    }

    /// Returns the first two schemes of an alternative that write the same part of a request, so only one of them can
    /// be sent.
    #[must_use]
    pub fn conflict(&self, alternative: &Alternative) -> Option<(SchemeId, SchemeId)> {
        let mut written = HashMap::new();
        alternative.schemes.iter().find_map(|(id, _)| {
            let other = written.insert(self[*id].kind.part()?, *id);
            other.map(|other| (other, *id))
        })
    }

    /// Resolves the aliases of a type. An item that a type of another crate replaces is not an alias.
    #[must_use]
    pub fn resolve<'a>(&'a self, ty: &'a Type) -> &'a Type {
        let mut ty = ty;
        // `lower` leaves no circle of aliases, so that this ends.
        while let Type::Item(id) = ty
            && let Item {
                kind: ItemKind::Alias(target),
                foreign: None,
                ..
            } = &self[*id]
        {
            ty = target;
        }
        ty
    }

    /// Returns the type of another crate that replaces a type, if there is one.
    #[must_use]
    pub fn foreign(&self, ty: &Type) -> Option<&Foreign> {
        match self.resolve(ty) {
            Type::Item(id) => self[*id].foreign.as_deref(),
            _ => None,
        }
    }

    /// Returns a type without aliases at any depth. Two types are the same in Rust if these are equal.
    #[must_use]
    pub fn unaliased(&self, ty: &Type) -> Type {
        let boxed = |inner: &Type| Box::new(self.unaliased(inner));
        match self.resolve(ty) {
            Type::Array(inner) => Type::Array(boxed(inner)),
            Type::Map(inner) => Type::Map(boxed(inner)),
            Type::Nullable(inner) => Type::Nullable(boxed(inner)),
            Type::Part(inner) => Type::Part(boxed(inner)),
            Type::Tuple(items) => {
                Type::Tuple(items.iter().map(|item| self.unaliased(item)).collect())
            }
            other => other.clone(),
        }
    }
}

impl std::ops::Index<ItemId> for Api {
    type Output = Item;

    fn index(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }
}

impl std::ops::Index<OperationId> for Api {
    type Output = Operation;

    fn index(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }
}

impl std::ops::Index<SchemeId> for Api {
    type Output = SecurityScheme;

    fn index(&self, id: SchemeId) -> &SecurityScheme {
        &self.schemes[id.0 as usize]
    }
}

/// The part of a document that something comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The place. Its JSON pointer is also in the generated docs.
    pub place: Place,
}

/// The general information about an API.
#[derive(Clone, Debug)]
pub struct Info {
    /// The Info Object.
    pub origin: Origin,
    /// The title.
    pub title: String,
    /// The API's own version.
    pub version: String,
    /// The documentation.
    pub docs: Docs,
    /// The terms of service, a URL.
    pub terms_of_service: Option<String>,
    /// The contact: name, page and email address, as far as given.
    pub contact: Vec<String>,
    /// The license: name, SPDX expression or page, as far as given.
    pub license: Vec<String>,
}

/// The documentation of something, in `CommonMark`, as written in the document. It is untrusted text until the emitter
/// escapes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The first line: `summary` or `title`.
    pub summary: Option<String>,
    /// The details: `description`.
    pub description: Option<String>,
    /// The text and the URL of external documentation.
    pub external: Option<(Option<String>, String)>,
}

/// A server of an API.
#[derive(Clone, Debug)]
pub struct Server {
    /// The Server Object.
    pub origin: Origin,
    /// The URL, with `{variables}`, without a trailing slash.
    pub url: String,
    /// The name in the document (OAS 3.2).
    pub name: Option<String>,
    /// The name to use in Rust, if it is not derived from the document (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The purpose.
    pub description: Option<String>,
    /// Its variables, in the document's order.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// Returns the URL with the default values of all variables.
    #[must_use]
    pub fn default_url(&self) -> String {
        self.variables
            .iter()
            .fold(self.url.clone(), |url, variable| {
                url.replace(&format!("{{{}}}", variable.name), &variable.default)
            })
    }
}

/// A part of a server's URL that the caller chooses.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// The name in the URL.
    pub name: String,
    /// The allowed values, if they are restricted.
    pub allowed: Vec<String>,
    /// The default value.
    pub default: String,
    /// The description.
    pub description: Option<String>,
}

/// A group of operations with the same first tag.
#[derive(Clone, Debug)]
pub struct Group {
    /// The tag; `None` for operations without one.
    pub tag: Option<String>,
    /// The name to use in Rust, if it is not the tag (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The enclosing tags, outermost first, each with its summary (OAS 3.2, `parent`).
    pub parents: Vec<(String, Option<String>)>,
    /// The documentation of the tag.
    pub docs: Docs,
    /// The operations, in the document's order.
    pub operations: Vec<OperationId>,
}
