//! The version-free description of an API, in the terms of OpenAPI 3.1, for documents of all versions from 2.0 on.
//!
//! It is the output of `normalize`, the only stage that knows versions, and the input of `lower` and `interchange`.
//! Schemas are in an arena, since references make them a graph: a [`SchemaId`] is a schema wherever it is used, and
//! chains of `$ref`s are already resolved. References to all other kinds of components are inlined. Every object has
//! its place in the user's input.

mod bound;
mod operation;
pub(crate) mod print;
mod prune;
mod schema;
mod security;
mod shared;
mod sparse;
mod xml;

use indexmap::IndexMap;
use serde_json::Value as Json;

pub use bound::Bound;
pub use operation::{
    Callback, Encoding, Header, LeftOut, Link, LinkTarget, MediaType, Omission, Operation,
    Parameter, ParameterLocation, ParameterValue, PathItem, RequestBody, Response, StatusPattern,
    Style,
};
pub use print::print;
pub use schema::{Bounds, Discriminator, Schema, SchemaId, Schemas, SimpleType, Types};
pub use security::{
    EndpointUrl, OAuthFlow, OAuthFlows, SecurityRequirement, SecurityScheme, SecuritySchemeKind,
};
pub use sparse::{Rare, Sparse};
pub use xml::{Xml, XmlNode};

use crate::document::{Excerpt, Place};
use crate::limits::Limits;

/// The specification extensions of an object (`x-*`), in their order.
pub type Extensions = IndexMap<String, Json>;

/// An API, whatever version its document is of (OAS 3.1.1, OpenAPI Object).
#[derive(Debug)]
pub struct Description {
    /// The root of the entry document.
    pub place: Place,
    /// The version that the document states, such as `2.0` or `3.0.3`.
    pub version: String,
    /// What the API is called and who is behind it.
    pub info: Info,
    /// Where it is served; empty when the document names no server.
    pub servers: Vec<Server>,
    /// The paths, in order.
    pub paths: Vec<PathItem>,
    /// The operations that `paths` lacks, in order.
    pub left_out: Vec<LeftOut>,
    /// The requests that the API makes of its caller, by name.
    pub webhooks: Vec<PathItem>,
    /// Every schema of the document that is reachable or a component.
    pub schemas: Schemas,
    /// `components.schemas`, or `definitions` of 2.0, in order: a name for each of these schemas.
    pub component_schemas: IndexMap<String, SchemaId>,
    /// `components.securitySchemes`, in order.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The tags that the document describes, in order.
    pub tags: Vec<Tag>,
    /// More to read.
    pub external_docs: Option<ExternalDocs>,
    /// Extensions of the root.
    pub extensions: Extensions,
    /// `x-keywright-sessions`, which is among the extensions, too.
    pub sessions: Option<Excerpt>,
    /// `x-keywright-device-flow` of every operation that has it, even of one that is left out, in order. It is among
    /// the extensions of the operation, too.
    pub device_flows: Vec<Excerpt>,
    /// `x-keywright-device-flows` of the root, which is among the extensions, too.
    pub listed_device_flows: Option<Excerpt>,
    /// How much code it may become.
    pub limits: Limits,
}

/// OAS 3.1.1, Info Object.
#[derive(Clone, Debug)]
pub struct Info {
    /// Where it stands.
    pub place: Place,
    /// The API's title.
    pub title: String,
    /// One line about it.
    pub summary: Option<String>,
    /// What it is, in `CommonMark`.
    pub description: Option<String>,
    /// The version of the API itself.
    pub version: String,
    /// The terms of service, a URL.
    pub terms_of_service: Option<String>,
    /// Whom to ask: name, URL and address, each if given.
    pub contact: Option<Contact>,
    /// The license's name and URL.
    pub license: Option<License>,
}

/// OAS 3.1.1, Contact Object.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Whom to ask.
    pub name: Option<String>,
    /// Their page.
    pub url: Option<String>,
    /// Their address.
    pub email: Option<String>,
}

/// OAS 3.1.1, License Object.
#[derive(Clone, Debug, Default)]
pub struct License {
    /// What the license is called.
    pub name: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its SPDX expression.
    pub identifier: Option<String>,
}

/// OAS 3.1.1, Server Object.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it stands.
    pub place: Place,
    /// The URL as written, possibly relative, possibly with `{variables}`.
    pub url: String,
    /// A name (OAS 3.2).
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The variables of the URL.
    pub variables: IndexMap<String, ServerVariable>,
    /// Extensions.
    pub extensions: Extensions,
}

/// OAS 3.1.1, Server Variable Object.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Where it stands.
    pub place: Place,
    /// The only values allowed, when there are any.
    pub allowed: Vec<String>,
    /// The value to use when the caller gives none.
    pub default: String,
    /// What it is.
    pub description: Option<String>,
}

/// OAS 3.1.1, Tag Object.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Where it stands.
    pub place: Place,
    /// The tag.
    pub name: String,
    /// A line about it (OAS 3.2).
    pub summary: Option<String>,
    /// The tag that it is in (OAS 3.2). There is such a tag, and no circle of them.
    pub parent: Option<String>,
    /// What it is for: `nav`, `badge`, .. (OAS 3.2).
    pub kind: Option<String>,
    /// What its operations have in common.
    pub description: Option<String>,
    /// More to read.
    pub external_docs: Option<ExternalDocs>,
    /// Extensions.
    pub extensions: Extensions,
}

/// OAS 3.1.1, External Documentation Object.
#[derive(Clone, Debug)]
pub struct ExternalDocs {
    /// What is to be found there.
    pub description: Option<String>,
    /// Where it is.
    pub url: String,
}
