//! The service that stands in for an API in tests: what its closures get, and what they return.

use super::items::{Constructor, Item, Kind, Member};
use super::{Argument, Cx, Type, items};
use crate::config::Dates;
use crate::ir::{
    self, Api, BodyEncoding, Ident, MockNames, MockOperationNames, Names, OperationNames, Payload,
    Success,
};

/// A service that stands in for an API.
#[derive(Debug)]
pub struct Mock {
    /// Its operations, by [`OperationId`](crate::ir::OperationId).
    pub operations: Vec<MockOperation>,
}

/// An operation of a service that stands in for an API.
#[derive(Debug)]
pub struct MockOperation {
    /// The method that sets what responds.
    pub on: Ident,
    /// The struct of what a request has.
    pub request: Ident,
    /// The field of each argument but the body, by index. One that has one value has no field.
    pub arguments: Vec<Option<(Ident, Type)>>,
    /// The field of the body.
    pub body: Option<(Ident, RequestBody)>,
    /// The functions that make responses, in the document's order.
    pub responses: Vec<MockResponse>,
    /// The function that makes a success, where the document has none.
    pub success: Option<Ident>,
    /// The setter of each documented header, with the response and the header, by index.
    pub headers: Vec<(Ident, Argument, usize, usize)>,
}

/// What becomes of the body of a request.
#[derive(Debug)]
pub enum RequestBody {
    /// It is a value of its one payload.
    Value(Type),
    /// It is one of several payloads: a variant for each, by index, of this enum.
    Choice(Type, Vec<Ident>),
    /// It is taken apart.
    Parts,
    /// It is handed over as it is.
    Raw,
}

/// A function that makes a response.
#[derive(Debug)]
pub struct MockResponse {
    /// Its name.
    pub name: Ident,
    /// The response, by index.
    pub response: usize,
    /// The payload, by index, and how the function takes it.
    pub body: Option<(usize, Given)>,
}

/// How a function takes the body of a response.
#[derive(Debug)]
pub enum Given {
    /// One value.
    One(Argument),
    /// What comes one after the other: `impl IntoIterator<Item = Row>`.
    Several(Argument),
}

/// The service of an API.
pub(super) fn shape(api: &Api, names: &Names, of_mock: MockNames, dates: Dates) -> Mock {
    let cx = Cx {
        api,
        names,
        dates,
        tags: super::Tags::of(api),
        twins: Vec::new(),
        without_blank: Vec::new(),
    };
    let operations = api.operations.iter().zip(&names.operations);
    let operations = operations.zip(of_mock.operations);
    let operations = operations.map(|((it, names), of_mock)| operation(&cx, it, names, of_mock));
    Mock {
        operations: operations.collect(),
    }
}

fn operation(
    cx: &Cx<'_>,
    it: &ir::Operation,
    names: &OperationNames,
    of_mock: MockOperationNames,
) -> MockOperation {
    let arguments = it.arguments.iter().zip(&names.arguments);
    let arguments = arguments.map(|(argument, name)| {
        let owned = cx.owned(&argument.ty);
        let ty = if argument.required {
            owned
        } else {
            owned.option()
        };
        let is_constant = items::constant_argument(argument).is_some();
        (!is_constant).then(|| (name.clone(), ty))
    });
    let arguments = arguments.collect();
    let body = it.body.as_ref();
    let body = body.map(|it| (names.body.clone(), request_body(cx, it, names)));
    let mut responses = Vec::new();
    for (index, (response, functions)) in it.responses.iter().zip(of_mock.responses).enumerate() {
        for (payload, name) in functions.into_iter().enumerate() {
            let body = response.payloads.get(payload);
            responses.push(MockResponse {
                name,
                response: index,
                body: body.map(|it| (payload, given(cx, it))),
            });
        }
    }
    let is_undocumented = it.success == Success::Undocumented;
    MockOperation {
        on: of_mock.on,
        request: of_mock.request,
        arguments,
        body,
        responses,
        success: is_undocumented.then_some(of_mock.success),
        headers: headers(cx, it, &of_mock.headers),
    }
}

/// What a closure gets of a body.
fn request_body(cx: &Cx<'_>, body: &ir::Body, names: &OperationNames) -> RequestBody {
    let is_multipart = |it: &Payload| it.form().encoding == BodyEncoding::Multipart;
    match &body.payloads[..] {
        [only] => match only.form().encoding {
            BodyEncoding::Multipart => RequestBody::Parts,
            BodyEncoding::Bytes | BodyEncoding::Events => RequestBody::Raw,
            BodyEncoding::Json
            | BodyEncoding::Xml
            | BodyEncoding::Form(_)
            | BodyEncoding::Text
            | BodyEncoding::Lines => RequestBody::Value(cx.sent(only)),
        },
        // Parts are sent, and not read as what they were.
        several if several.iter().any(is_multipart) => RequestBody::Raw,
        _ => {
            let ty = Type::Own(names.body_type.ty.clone());
            RequestBody::Choice(ty, names.body_type.payloads.clone())
        }
    }
}

/// How a function takes what a response has.
fn given(cx: &Cx<'_>, payload: &Payload) -> Given {
    let item = || cx.owned(&payload.ty);
    match payload.form().encoding {
        BodyEncoding::Bytes | BodyEncoding::Multipart => {
            Given::One(Argument::Into(Type::path("super::runtime::Body")))
        }
        BodyEncoding::Events => {
            let event = Type::Path("super::runtime::Event", vec![item()]);
            Given::Several(Argument::Into(event))
        }
        BodyEncoding::Lines => Given::Several(Argument::Value(item())),
        BodyEncoding::Json | BodyEncoding::Xml | BodyEncoding::Form(_) | BodyEncoding::Text => {
            Given::One(cx.kept(&payload.ty))
        }
    }
}

/// The setters of headers, each once.
fn headers(
    cx: &Cx<'_>,
    it: &ir::Operation,
    names: &[Vec<Ident>],
) -> Vec<(Ident, Argument, usize, usize)> {
    let mut setters: Vec<(Ident, Argument, usize, usize)> = Vec::new();
    for (response, (of_response, names)) in it.responses.iter().zip(names).enumerate() {
        for (header, (of_header, name)) in of_response.headers.iter().zip(names).enumerate() {
            if setters.iter().all(|(known, ..)| known != name) {
                let argument = cx.kept(&of_header.ty);
                setters.push((name.clone(), argument, response, header));
            }
        }
    }
    setters
}

/// Gives the models what a service needs to make those that callers only read.
pub(super) fn complete(api: &Api, names: &Names, items: &mut [Item]) {
    let all = items.iter_mut().zip(&api.items).zip(&names.types);
    for ((item, of), names) in all {
        let (Kind::Struct(it), ir::ItemKind::Struct(of)) = (&mut item.kind, &of.kind) else {
            continue;
        };
        // What is parts is only sent.
        if of.parts.is_some() {
            continue;
        }
        let required = it.required().count();
        if it.constructor == Constructor::None {
            it.mock_constructor = Some(items::constructor(required, names));
        }
        for (member, setter) in it.members.iter_mut().zip(&names.setters) {
            if let Member::Field(field) = member
                && field.setter.is_none()
                && !field.is_required()
            {
                field.mock_setter = Some(setter.clone());
            }
        }
    }
}
