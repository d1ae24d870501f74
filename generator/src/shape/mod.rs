//! The generated Rust code as data: every item, field, method and argument with its type, decided once.
//!
//! The input is the IR and its names. `emit` prints the shape as Rust, `surface` prints it as lines, and everything
//! else that must know the generated API uses it. No later stage decides what a type is, whether it is borrowed or
//! boxed, or whether an item exists. Requests and responses are in the IR: a part of a shape has the same index as its
//! part of the IR.

mod aliases;
mod arguments;
mod clients;
mod foreign;
mod headers;
mod items;
mod mock;
mod operations;
mod parts;
mod reach;
mod shared;
mod tags;
#[cfg(test)]
mod tests;
mod twins;
mod types;

pub use aliases::{Alias, Renamed, Setter, Subject, aliases};
pub use arguments::Argument;
pub use clients::{Credential, Session};
pub use headers::{Header, Headers};
pub use items::{
    Constant, Constructor, Direction, Enumeration, Field, Item, Kind, Member, Struct, Union,
    Variant,
};
pub use mock::{Given, Mock, MockOperation, MockResponse, RequestBody};
pub use operations::{Body, Choice, Incoming, Operation, Parameter, Response};
pub use parts::{Feature, ModelsFile, NeededBy, Part, Parts};
pub use shared::SharedArgument;
pub use types::{Type, short};

use tags::Tags;

use crate::config::Dates;
use crate::ir::{Api, ItemId, MockNames, Names, OperationId};

/// The Rust module of an API.
#[derive(Debug)]
pub struct Module {
    /// The models, by [`ItemId`].
    pub items: Vec<Item>,
    /// The operations, by [`OperationId`].
    pub operations: Vec<Operation>,
    /// The arguments that several operations share, by the name of their setter.
    pub shared: Vec<SharedArgument>,
    /// The credentials of the security schemes, by [`SchemeId`](crate::ir::SchemeId).
    pub credentials: Vec<Credential>,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// The functions that read what the API sends, by index.
    pub incoming: Vec<Incoming>,
    /// The service that stands in for the API in tests, where there is one.
    pub mock: Option<Mock>,
    /// What the module is taken apart into, where it is laid out by tag.
    pub parts: Option<Parts>,
    /// The old names that are kept as aliases.
    pub aliases: Vec<Alias>,
}

/// Keeps modules apart that stand in one package, before anything else is made of them.
pub fn keep_apart(modules: &mut [Module]) {
    shared::keep_apart(modules);
}

impl Module {
    /// The same module, laid out by tag.
    #[must_use]
    pub fn by_tag(mut self, api: &Api, names: &Names) -> Self {
        self.parts = Some(parts::parts(api, names, &self));
        self
    }

    /// The same module with a service that stands in for the API in tests.
    #[must_use]
    pub fn with_mock(mut self, api: &Api, names: &Names, of_mock: MockNames, dates: Dates) -> Self {
        mock::complete(api, names, &mut self.items);
        self.mock = Some(mock::shape(api, names, of_mock, dates));
        self
    }

    /// An item that others may be only other names of.
    #[must_use]
    pub fn twin(&self, id: ItemId) -> ItemId {
        match self[id].kind {
            Kind::Twin(of) => of,
            _ => id,
        }
    }
}

impl std::ops::Index<ItemId> for Module {
    type Output = Item;

    fn index(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }
}

impl std::ops::Index<OperationId> for Module {
    type Output = Operation;

    fn index(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }
}

/// Decides what Rust an API becomes.
#[must_use]
pub fn shape(api: &Api, names: &Names, dates: Dates) -> Module {
    let mut cx = Cx {
        api,
        names,
        dates,
        tags: Tags::of(api),
        twins: Vec::new(),
        without_blank: Vec::new(),
    };
    cx.without_blank = foreign::without_blank(&cx);
    let mut omitted = items::omitted(&cx);
    foreign::mark_replaced(&cx, &mut omitted);
    let told = items::told_at_fields(&cx);
    cx.twins = twins::find(&cx, &omitted, &told);
    let mut operations = operations::shape(&cx);
    Module {
        shared: shared::find(api, names, &mut operations),
        operations,
        credentials: clients::shape(&cx),
        sessions: clients::shape_sessions(&cx),
        incoming: operations::shape_incoming(&cx),
        items: items::shape(&cx, &omitted, &told),
        mock: None,
        parts: None,
        aliases: Vec::new(),
    }
}

/// What decisions depend on.
struct Cx<'a> {
    api: &'a Api,
    names: &'a Names,
    dates: Dates,
    /// Which properties tell unions what a value is.
    tags: Tags,
    /// For each item, by index, the one that is written in its place: itself, unless it is another's twin.
    twins: Vec<usize>,
    /// For each item, by index, whether its type has no blank value.
    without_blank: Vec<bool>,
}
