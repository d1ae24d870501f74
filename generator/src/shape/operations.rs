//! Operations: the client's method, what it takes, and what a response becomes.

use std::collections::{BTreeMap, HashSet};

use super::{Argument, Cx, Headers, Type, Variant, headers, items, twins};
use crate::ir::{
    self, BodyEncoding, BodyNames, Ident, OperationId, OperationNames, Payload, Success, Value,
};

/// A method takes so many arguments in a row. Beyond that it takes a struct of them, which names each at the call.
const MOST_ARGUMENTS: usize = 4;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The client's method.
    pub method: Ident,
    /// The type that stands for the operation: `GetPet` in `Request<GetPet>`.
    pub name: Ident,
    /// What becomes of each argument but the body, by index.
    pub parameters: Vec<Parameter>,
    /// The trait by which the operation takes each argument that it shares with others, by index.
    pub shared: BTreeMap<usize, Ident>,
    /// The struct of the required arguments and of the body, where these are many.
    pub arguments_struct: Option<Ident>,
    /// The body.
    pub body: Option<Body>,
    /// Whether a request can be sent once only, since its body cannot be copied.
    pub is_once: bool,
    /// What a success gives.
    pub output: Type,
    /// The enum of successes, where their bodies are of different types.
    pub success: Option<Choice>,
    /// The headers of a success, if some are documented.
    pub headers: Option<Headers>,
    /// The error.
    pub error: Ident,
    /// Every documented response, by index.
    pub responses: Vec<Response>,
}

/// What becomes of an argument.
#[derive(Clone, Debug)]
pub enum Parameter {
    /// The caller gives it: its name, and how it is taken.
    Argument(Ident, Argument),
    /// It has one value, which is sent without being asked for.
    Constant(Value),
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// The argument's name.
    pub name: Ident,
    /// How it is taken.
    pub argument: Argument,
    /// The enum of payloads, where callers have a choice.
    pub choice: Option<Choice>,
}

/// An enum of which one variant holds: what is sent, or what may come.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub name: Ident,
    /// Its variants: of successes by index in [`Success::responses`], of bodies by index of the payload.
    pub variants: Vec<Variant>,
    /// Whether values can be copied.
    pub is_cloned: bool,
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The variant of the error, or of the enum of successes.
    pub variant: Ident,
    /// The type of its body.
    pub body: Type,
    /// The enum of its payloads, where it may be of several.
    pub choice: Option<Choice>,
    /// Whether it counts as a success.
    pub is_success: bool,
    /// Whether it counts as a failure; `default` may be both.
    pub is_failure: bool,
    /// Its headers as a failure, if some are documented.
    pub headers: Option<Headers>,
}

/// A function that reads what the API sends.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Its name.
    pub name: Ident,
    /// What it gives; `()` when it reads nothing.
    pub output: Type,
    /// The body of each answer that the API understands, by index.
    pub responses: Vec<Type>,
}

impl Operation {
    /// The types that stand beside the operation, which the module exports.
    pub fn types(&self) -> impl Iterator<Item = &Ident> {
        let choices = self.responses.iter().filter_map(|it| it.choice.as_ref());
        let body = self.body.iter().filter_map(|it| it.choice.as_ref());
        let choices = choices.chain(body).chain(&self.success);
        let failures = self.responses.iter().filter_map(|it| it.headers.as_ref());
        let headers = failures.chain(&self.headers).map(|it| &it.name);
        [&self.name, &self.error]
            .into_iter()
            .chain(&self.arguments_struct)
            .chain(choices.map(|it| &it.name))
            .chain(headers)
    }
}

/// The operations, by id.
pub(super) fn shape(cx: &Cx<'_>) -> Vec<Operation> {
    let operations = (0..).map(OperationId).zip(&cx.api.operations);
    operations
        .map(|(id, operation)| shape_operation(cx, operation, cx.names.operation(id)))
        .collect()
}

fn shape_operation(cx: &Cx<'_>, operation: &ir::Operation, names: &OperationNames) -> Operation {
    let arguments = operation.arguments.iter().zip(&names.arguments);
    let parameters: Vec<Parameter> = arguments
        .map(|(it, name)| match items::constant_argument(it) {
            Some(value) => Parameter::Constant(value),
            None => Parameter::Argument(name.clone(), cx.borrowed(&it.ty)),
        })
        .collect();
    let required = operation.arguments.iter().zip(&parameters);
    let required = required
        .filter(|(it, parameter)| it.required && matches!(parameter, Parameter::Argument(..)))
        .count();
    let required = required + operation.body.iter().filter(|it| it.required).count();
    let body = operation.body.as_ref();
    let responses: Vec<Response> = (0..operation.responses.len())
        .map(|index| response(cx, operation, names, index))
        .collect();
    let output = match &operation.success {
        Success::Undocumented => Type::unit(),
        Success::One(indices) => {
            let first = indices.first();
            first.map_or_else(Type::unit, |index| responses[*index].body.clone())
        }
        Success::Several(_) => Type::Own(names.success.clone()),
    };
    Operation {
        method: names.method.clone(),
        name: names.builder.clone(),
        parameters,
        shared: BTreeMap::new(),
        arguments_struct: (required > MOST_ARGUMENTS).then(|| names.arguments_type.clone()),
        body: body.map(|body| shape_body(cx, body, names)),
        is_once: body.is_some_and(|it| it.payloads.iter().any(is_once)),
        output,
        success: success(cx, operation, names, &responses),
        headers: headers::of_success(cx, operation, names),
        error: names.error.clone(),
        responses,
    }
}

/// How callers hand over a body.
fn shape_body(cx: &Cx<'_>, body: &ir::Body, names: &OperationNames) -> Body {
    let (argument, choice) = match &body.payloads[..] {
        [payload] => (body_argument(cx, payload), None),
        payloads => {
            let choice = sent_choice(cx, payloads, &names.body_type);
            (Argument::Into(Type::Own(choice.name.clone())), Some(choice))
        }
    };
    Body {
        name: names.body.clone(),
        argument,
        choice,
    }
}

fn body_argument(cx: &Cx<'_>, payload: &Payload) -> Argument {
    match payload.form().encoding {
        BodyEncoding::Bytes | BodyEncoding::Events => Argument::Into(cx.sent(payload)),
        BodyEncoding::Lines | BodyEncoding::Multipart => Argument::Value(cx.sent(payload)),
        BodyEncoding::Json | BodyEncoding::Xml | BodyEncoding::Form(_) | BodyEncoding::Text => {
            cx.kept(&payload.ty)
        }
    }
}

/// Whether a body is sent only once, and cannot be copied.
fn is_once(payload: &Payload) -> bool {
    match payload.form().encoding {
        BodyEncoding::Multipart | BodyEncoding::Bytes | BodyEncoding::Events => true,
        BodyEncoding::Json
        | BodyEncoding::Xml
        | BodyEncoding::Form(_)
        | BodyEncoding::Text
        | BodyEncoding::Lines => false,
    }
}

/// The enum of a body that callers choose the form of. A value stands for its preferred form.
fn sent_choice(cx: &Cx<'_>, payloads: &[Payload], names: &BodyNames) -> Choice {
    let mut known: HashSet<Type> = HashSet::new();
    let variants = payloads.iter().zip(&names.payloads).map(|(payload, name)| {
        let plain = cx.sent(payload);
        // Aliases and twins are the same type.
        let ty = twins::identity(cx, &payload.ty);
        let identity = cx.sent(&Payload {
            ty,
            ..payload.clone()
        });
        Variant {
            name: name.clone(),
            ty: held(cx, payload, plain.clone()),
            from: known.insert(identity).then_some(plain),
        }
    });
    Choice {
        name: names.ty.clone(),
        variants: variants.collect(),
        is_cloned: !payloads.iter().any(is_once),
    }
}

fn response(
    cx: &Cx<'_>,
    operation: &ir::Operation,
    names: &OperationNames,
    index: usize,
) -> Response {
    let it = &operation.responses[index];
    let (body, choice) = match &it.payloads[..] {
        [] => (Type::unit(), None),
        [payload] => (cx.received(payload), None),
        payloads => {
            let choice = received_choice(cx, payloads, &names.body_types[index]);
            (Type::Own(choice.name.clone()), Some(choice))
        }
    };
    let is_success = operation.success.responses().contains(&index);
    // A response for everything is marked once, as that of a success.
    let failure = (!is_success).then(|| headers::of_failure(cx, operation, names, index));
    Response {
        variant: names.responses[index].clone(),
        body,
        choice,
        is_success,
        is_failure: operation.is_failure(index),
        headers: failure.flatten(),
    }
}

/// The enum of a response that may be of several payloads.
fn received_choice(cx: &Cx<'_>, payloads: &[Payload], names: &BodyNames) -> Choice {
    let variants = payloads.iter().zip(&names.payloads);
    let variants = variants.map(|(payload, name)| Variant {
        name: name.clone(),
        ty: held(cx, payload, cx.received(payload)),
        from: None,
    });
    Choice {
        name: names.ty.clone(),
        variants: variants.collect(),
        is_cloned: !payloads.iter().any(Payload::is_stream),
    }
}

/// The enum of an operation whose successes have bodies of different types.
fn success(
    cx: &Cx<'_>,
    operation: &ir::Operation,
    names: &OperationNames,
    responses: &[Response],
) -> Option<Choice> {
    let Success::Several(indices) = &operation.success else {
        return None;
    };
    let variants = indices.iter().map(|index| {
        let body = responses[*index].body.clone();
        Variant {
            name: names.responses[*index].clone(),
            // The enum of several payloads has boxes of its own.
            ty: match &operation.responses[*index].payloads[..] {
                [payload] => held(cx, payload, body),
                _ => body,
            },
            from: None,
        }
    });
    let mut payloads = indices
        .iter()
        .flat_map(|index| &operation.responses[*index].payloads);
    Some(Choice {
        name: names.success.clone(),
        variants: variants.collect(),
        is_cloned: !payloads.any(Payload::is_stream),
    })
}

/// The type of a payload as a variant of an enum holds it: objects in a box, whatever their size.
fn held(cx: &Cx<'_>, payload: &Payload, plain: Type) -> Type {
    if !payload.is_stream() && cx.is_boxed(&payload.ty) {
        plain.boxed()
    } else {
        plain
    }
}

/// The functions that read what the API sends, by index.
pub(super) fn shape_incoming(cx: &Cx<'_>) -> Vec<Incoming> {
    let incoming = cx.api.incoming.iter().zip(&cx.names.incoming);
    incoming
        .map(|(it, name)| {
            let received = |payloads: &[Payload]| {
                let first = payloads.first();
                first.map_or_else(Type::unit, |payload| cx.received(payload))
            };
            let read = it.read_payload();
            let responses = it.responses.iter();
            Incoming {
                name: name.clone(),
                output: read.map_or_else(Type::unit, |payload| cx.owned(&payload.ty)),
                responses: responses.map(|it| received(&it.payloads)).collect(),
            }
        })
        .collect()
}
