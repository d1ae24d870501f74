//! The Rust paths of a generated module: what is called `models::Session.expires_at` there, and where in the document it
//! comes from.
//!
//! Reads the names and the shape. Whoever names a part of a generated API to people does so by these paths: an item is
//! `tvmaze::models::Session`, a field `models::Session.expires_at`, a variant `models::Color::Red`, an operation
//! `Client::get_pet`, its argument `Client::get_pet(limit)`, and a response `GetPetError::NotFound`.

use crate::document::Place;
use crate::ir::{Api, EnumerationValues, ItemId, ItemKind, OperationId, SchemeId};
use crate::shape::{Constructor, Item, Kind, Member, Module, Parameter};

/// A part of a generated module.
#[derive(Clone, Debug)]
pub struct RustPath<'a> {
    /// Its path, without the module: `models::Session.expires_at`.
    pub path: String,
    /// What it is.
    pub part: RustPart,
    /// Where the document describes it.
    pub origin: &'a Place,
}

/// Which part of a generated module. Numbers are indices of the IR's and the shape's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RustPart {
    /// A struct, an enum or another name of a type.
    Item(ItemId),
    /// A constructor of a struct.
    Constructor(ItemId),
    /// A field of a struct.
    Field(ItemId, usize),
    /// A variant of an enum.
    Variant(ItemId, usize),
    /// A method of the client.
    Operation(OperationId),
    /// The type that stands for an operation.
    Request(OperationId),
    /// An argument of an operation.
    Argument(OperationId, usize),
    /// The body of an operation.
    Body(OperationId),
    /// The error of an operation.
    Error(OperationId),
    /// A response of an operation that is a failure: a variant of its error.
    Failure(OperationId, usize),
    /// The builder's method for the credential of a security scheme.
    Credential(SchemeId),
}

impl RustPart {
    /// The part in the words of a message: "field".
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Item(_) => "type",
            Self::Constructor(_) => "constructor",
            Self::Field(..) => "field",
            Self::Variant(..) => "variant",
            Self::Operation(_) => "operation",
            Self::Request(_) => "request type",
            Self::Argument(..) => "argument",
            Self::Body(_) => "body",
            Self::Error(_) => "error type",
            Self::Failure(..) => "response",
            Self::Credential(_) => "credential",
        }
    }
}

/// Lists every path of a module: credentials, then models, then operations, each in the document's order.
#[must_use]
pub fn paths<'a>(api: &'a Api, shape: &Module) -> Vec<RustPath<'a>> {
    let mut list = List(Vec::new());
    let schemes = api.schemes.iter().zip((0..).map(SchemeId));
    for ((scheme, id), credential) in schemes.zip(&shape.credentials) {
        let path = format!("ClientBuilder::{}", credential.setter);
        list.add(path, RustPart::Credential(id), &scheme.origin.place);
    }
    for (id, item) in api.item_ids().zip(&shape.items) {
        list.item(api, id, item);
    }
    for (index, operation) in (0..).zip(&shape.operations) {
        list.operation(api, OperationId(index), operation);
    }
    list.0
}

/// The paths so far.
struct List<'a>(Vec<RustPath<'a>>);

impl<'a> List<'a> {
    fn add(&mut self, path: String, part: RustPart, origin: &'a Place) {
        self.0.push(RustPath { path, part, origin });
    }

    fn item(&mut self, api: &'a Api, id: ItemId, item: &Item) {
        let described = &api[id];
        let origin = &described.origin.place;
        let path = format!("models::{}", item.name);
        if matches!(item.kind, Kind::Omitted) {
            return;
        }
        self.add(path.clone(), RustPart::Item(id), origin);
        match (&item.kind, &described.kind) {
            (Kind::Struct(shape), ItemKind::Struct(it)) => {
                if !matches!(shape.constructor, Constructor::None) {
                    self.add(format!("{path}::new"), RustPart::Constructor(id), origin);
                }
                for (index, member) in shape.members.iter().enumerate() {
                    if let Member::Field(field) = member {
                        let path = format!("{path}.{}", field.name);
                        let origin = &it.fields[index].origin.place;
                        self.add(path, RustPart::Field(id, index), origin);
                    }
                }
            }
            (Kind::Enumeration(shape), _) => {
                for (index, variant) in shape.variants.iter().enumerate() {
                    let path = format!("{path}::{}", variant.name);
                    self.add(path, RustPart::Variant(id, index), origin);
                }
            }
            (Kind::Union(shape), ItemKind::Union(it)) => {
                for (index, variant) in shape.variants.iter().enumerate() {
                    let path = format!("{path}::{}", variant.name);
                    let origin = &it.branches[index].origin.place;
                    self.add(path, RustPart::Variant(id, index), origin);
                }
            }
            (
                Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) | Kind::Twin(_) | Kind::Omitted,
                _,
            ) => {}
        }
    }

    fn operation(&mut self, api: &'a Api, id: OperationId, operation: &crate::shape::Operation) {
        let described = &api[id];
        let origin = &described.origin.place;
        let path = format!("Client::{}", operation.method);
        self.add(path.clone(), RustPart::Operation(id), origin);
        self.add(operation.name.to_string(), RustPart::Request(id), origin);
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if let Parameter::Argument(name, _) = parameter {
                let origin = &described.arguments[index].origin.place;
                self.add(
                    format!("{path}({name})"),
                    RustPart::Argument(id, index),
                    origin,
                );
            }
        }
        if let (Some(body), Some(it)) = (&operation.body, &described.body) {
            let path = format!("{path}({})", body.name);
            self.add(path, RustPart::Body(id), &it.origin.place);
        }
        self.add(operation.error.to_string(), RustPart::Error(id), origin);
        let responses = operation.responses.iter().zip(&described.responses);
        for (index, (response, it)) in responses.enumerate() {
            if response.is_failure {
                let path = format!("{}::{}", operation.error, response.variant);
                self.add(path, RustPart::Failure(id, index), &it.origin.place);
            }
        }
    }
}

/// Returns the value of a variant of an enumeration, as the document has it.
#[must_use]
pub fn enumeration_value(values: &EnumerationValues, index: usize) -> Option<String> {
    match values {
        EnumerationValues::Strings(it) => it.get(index).map(|it| it.value.clone()),
        EnumerationValues::Integers(it) => it.get(index).map(|it| it.value.to_string()),
        EnumerationValues::Mixed(it) => it.get(index).map(|it| it.value.to_string()),
    }
}
