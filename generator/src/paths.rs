//! The Rust paths of a generated module, such as `models::Session.expires_at`, and their places in the document.
//!
//! Reads the names and the shape. All messages name the parts of a generated API by these paths: an item is
//! `tvmaze::models::Session`, a field `models::Session.expires_at`, a variant `models::Color::Red`, an operation
//! `Client::get_pet`, its argument `Client::get_pet(limit)`, and a response `GetPetError::NotFound` or
//! `GetPetSuccess::Ok`, its header `GetPetHeaders.etag`, and a webhook `webhooks::new_pet`.

use crate::document::Place;
use crate::ir::{Api, Cause, EnumerationValues, ItemId, ItemKind, OperationId, SchemeId};
use crate::shape::{Constructor, Headers, Item, Kind, Member, Module, Parameter, Session};

/// A part of a generated module.
#[derive(Clone, Debug)]
pub struct RustPath<'a> {
    /// The path, without the module: `models::Session.expires_at`.
    pub path: String,
    /// The kind of part.
    pub part: RustPart,
    /// The place in the document that describes it.
    pub origin: &'a Place,
}

/// A kind of part of a generated module. Numbers are indexes into the lists of the IR and the shape.
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
    /// The enum of the successes of an operation.
    Successes(OperationId),
    /// A response of an operation that is a success: a variant of that enum.
    Success(OperationId, usize),
    /// The documented headers of responses of an operation, by the first of these that has any.
    Headers(OperationId, usize),
    /// A header of a response: a field of those.
    Header(OperationId, usize, usize),
    /// The builder's method for the credential of a security scheme.
    Credential(SchemeId),
    /// A method of the client or its builder for the session of a security scheme.
    Session(SchemeId),
    /// The client's method by which a user confirms on another device.
    DeviceFlow(SchemeId),
    /// A function that reads a webhook or a callback.
    Incoming(usize),
}

impl RustPart {
    /// Returns the noun for the part in messages: "field".
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
            Self::Failure(..) | Self::Success(..) => "response",
            Self::Successes(_) => "response type",
            Self::Headers(..) => "headers",
            Self::Header(..) => "header",
            Self::Credential(_) => "credential",
            Self::Session(_) => "session",
            Self::DeviceFlow(_) => "device flow",
            Self::Incoming(_) => "parsing function",
        }
    }
}

/// Lists every path of a module: credentials and sessions, then models, operations, webhooks and callbacks, each in the
/// document's order.
#[must_use]
pub fn paths<'a>(api: &'a Api, shape: &Module) -> Vec<RustPath<'a>> {
    let mut list = List(Vec::new());
    let schemes = api.schemes.iter().zip((0..).map(SchemeId));
    for ((scheme, id), credential) in schemes.zip(&shape.credentials) {
        let path = format!("ClientBuilder::{}", credential.setter);
        list.add(path, RustPart::Credential(id), &scheme.origin.place);
    }
    for session in &shape.sessions {
        list.session(api, session);
    }
    for (id, item) in api.item_ids().zip(&shape.items) {
        list.item(api, id, item);
    }
    for (index, operation) in (0..).zip(&shape.operations) {
        list.operation(api, OperationId(index), operation);
    }
    for (index, (incoming, it)) in shape.incoming.iter().zip(&api.incoming).enumerate() {
        // What has no body has no function.
        if it.read_payload().is_some() {
            let module = match it.cause {
                Cause::Webhook => "webhooks",
                Cause::Callback { .. } => "callbacks",
            };
            let path = format!("{module}::{}", incoming.name);
            list.add(path, RustPart::Incoming(index), &it.origin.place);
        }
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
            if let Some(headers) = &response.headers {
                self.headers(api, id, headers);
            }
        }
        if let Some(choice) = &operation.success {
            self.add(choice.name.to_string(), RustPart::Successes(id), origin);
            let successes = described.success.responses().iter().zip(&choice.variants);
            for (index, variant) in successes {
                let path = format!("{}::{}", choice.name, variant.name);
                let origin = &described.responses[*index].origin.place;
                self.add(path, RustPart::Success(id, *index), origin);
            }
        }
        if let Some(headers) = &operation.headers {
            self.headers(api, id, headers);
        }
    }

    fn headers(&mut self, api: &'a Api, id: OperationId, headers: &Headers) {
        let responses = &api[id].responses;
        if let Some(first) = headers.fields.first() {
            let origin = &responses[first.response].origin.place;
            let part = RustPart::Headers(id, first.response);
            self.add(headers.name.to_string(), part, origin);
        }
        for field in &headers.fields {
            let path = format!("{}.{}", headers.name, field.name);
            let origin = &responses[field.response].headers[field.header].origin.place;
            self.add(
                path,
                RustPart::Header(id, field.response, field.header),
                origin,
            );
        }
    }

    fn session(&mut self, api: &'a Api, session: &Session) {
        let (scheme, names) = (session.scheme, &session.names);
        let flow = api.device_flow(scheme).map(|it| &it.origin.place);
        let stated = api.session(scheme).map(|it| &it.origin.place);
        let origin = stated.or(flow).unwrap_or(&api[scheme].origin.place);
        let part = RustPart::Session(scheme);
        self.add(format!("Client::{}", names.get), part, origin);
        if session.sign_in.is_some() {
            self.add(format!("ClientBuilder::{}", names.set), part, origin);
        }
        if let Some(origin) = flow {
            let path = format!("Client::{}", names.confirm);
            self.add(path, RustPart::DeviceFlow(scheme), origin);
        }
    }
}

/// Returns the value of a variant of an enumeration in the document.
#[must_use]
pub fn enumeration_value(values: &EnumerationValues, index: usize) -> Option<String> {
    match values {
        EnumerationValues::Strings(it) => it.get(index).map(|it| it.value.clone()),
        EnumerationValues::Integers(it) => it.get(index).map(|it| it.value.to_string()),
        EnumerationValues::Mixed(it) => it.get(index).map(|it| it.value.to_string()),
    }
}
