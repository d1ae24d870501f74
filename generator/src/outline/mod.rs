//! The outline of a generated package: every item that callers can name and all requests and responses, as data that
//! can be compared with the outline of another package.
//!
//! An outline is a tree of [`Node`]s, each with [`Fact`]s. It is created from shapes and the IR ([`of_apis`]), or read
//! from a generated package ([`of_package`]). It is self-contained: nothing in it refers to the document by index.

mod aliases;
mod client;
mod fact;
mod models;
mod of_package;
mod operations;
mod package;
mod security;
mod source;
mod text;
mod ty;

pub use fact::{FOREIGN, Fact, Requirement, Value};
pub use of_package::of_package;
pub(crate) use operations::route;
pub use package::of_apis;
pub use ty::Ty;

use std::collections::HashMap;

use crate::document::{Place, Spec};

/// An outline.
#[derive(Debug, Default)]
pub struct Outline<'s> {
    /// The package: its APIs, features and dependencies.
    pub root: Node,
    /// The documents, by the name of the module, as far as they are known.
    pub specs: HashMap<String, &'s Spec>,
    /// The facts that the outline does not know, since its source does not have them, by the kind of node.
    pub unknown: Vec<(NodeKind, Fact)>,
}

/// A part of a package.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The kind of node.
    pub kind: NodeKind,
    /// The name that is unique among nodes of its kind and place: the Rust name, if there is one.
    pub name: String,
    /// The Rust path: `tvmaze::models::Session.expires_at`.
    pub path: String,
    /// Keys by which it is recognized under another name, the most specific first.
    pub keys: Vec<String>,
    /// The part of the document that it comes from.
    pub origin: Option<Place>,
    /// The facts about it, in the order of [`Fact`], without duplicates.
    pub facts: Vec<(Fact, Value)>,
    /// Its parts.
    pub children: Vec<Node>,
}

/// The kind of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeKind {
    /// The package.
    #[default]
    Package,
    /// A Cargo feature of it.
    Feature,
    /// A dependency of it whose types are public.
    Dependency,
    /// An item of the runtime.
    RuntimeItem,
    /// An API: a module.
    Api,
    /// A server of the API.
    Server,
    /// A part of a server's URL that callers choose.
    ServerVariable,
    /// A security scheme: the setters of its credential.
    Scheme,
    /// A security scheme whose credential the transport has to send.
    ForeignScheme,
    /// A flow of a scheme's authorization server.
    Flow,
    /// The session of a scheme.
    Session,
    /// The device flow of a scheme.
    DeviceFlow,
    /// An operation: a method of the client.
    Operation,
    /// An argument of an operation, or a setter of its request.
    Argument,
    /// The body of an operation's request.
    Body,
    /// A response.
    Response,
    /// A documented header of a response.
    Header,
    /// A variant of an enum: a value, a type or a form of a body.
    Variant,
    /// The trait of operations that share an argument.
    Marker,
    /// The function that parses a webhook or callback.
    Incoming,
    /// A model.
    Item,
    /// A field of a model.
    Field,
    /// A property that always has the same value, and so no field.
    Constant,
    /// An old name, which is a deprecated alias of a new one.
    Alias,
}

impl NodeKind {
    /// Every kind.
    pub const ALL: [Self; 24] = [
        Self::Package,
        Self::Feature,
        Self::Dependency,
        Self::RuntimeItem,
        Self::Api,
        Self::Server,
        Self::ServerVariable,
        Self::Scheme,
        Self::ForeignScheme,
        Self::Flow,
        Self::Session,
        Self::DeviceFlow,
        Self::Operation,
        Self::Argument,
        Self::Body,
        Self::Response,
        Self::Header,
        Self::Variant,
        Self::Marker,
        Self::Incoming,
        Self::Item,
        Self::Field,
        Self::Constant,
        Self::Alias,
    ];
}

impl Node {
    /// A node without facts.
    #[must_use]
    pub fn new(kind: NodeKind, name: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            path: path.into(),
            ..Self::default()
        }
    }

    /// Sets the place in the document.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.origin = Some(place.clone());
        self
    }

    /// Adds a key by which it is recognized.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, fact: Fact, value: impl Into<Value>) -> Self {
        self.facts.push((fact, value.into()));
        self
    }

    /// Adds a fact, if there is one.
    #[must_use]
    pub fn maybe(self, fact: Fact, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.fact(fact, value),
            None => self,
        }
    }

    /// Adds a flag, if it holds.
    #[must_use]
    pub fn flag(self, fact: Fact, holds: bool) -> Self {
        self.maybe(fact, holds.then_some(true))
    }

    /// Returns a fact.
    #[must_use]
    pub fn get(&self, fact: Fact) -> Option<&Value> {
        let mut facts = self.facts.iter();
        facts.find(|(it, _)| *it == fact).map(|(_, value)| value)
    }

    /// Returns `true` if a flag holds.
    #[must_use]
    pub fn is(&self, fact: Fact) -> bool {
        self.get(fact) == Some(&Value::Flag(true))
    }

    /// Returns a fact that is a text.
    #[must_use]
    pub fn text(&self, fact: Fact) -> &str {
        match self.get(fact) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns the parts of a kind.
    pub fn children(&self, kind: NodeKind) -> impl Iterator<Item = &Node> {
        self.children.iter().filter(move |it| it.kind == kind)
    }
}
