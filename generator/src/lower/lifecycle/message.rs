//! The parts of requests and responses that an extension names, held against what the operation documents.

use super::expression::{self, Message};
use super::reach::{self, Lost};
use super::reader::{Object, Reader, alternatives};
use crate::document::{ExcerptNode, Place, Value};
use crate::ir::{Api, MessagePart, OperationId, ParameterKind, Payload, Type};

/// How many places of a request may be named. Each is held against types of any size.
const MOST_SENT: usize = 20;
/// How a part of a response is named.
const OF_RESPONSE: &str = "write it like `$response.body#/token` or `$response.header.X-Token`";
/// How a part of a request is named.
const OF_REQUEST: &str =
    "write it like `/token`, `$request.header.X-Token` or `$request.query.token`";

/// What can be put into requests, by the words of an extension.
pub(super) struct Words<T: 'static> {
    pub(super) words: &'static [(&'static str, T)],
    /// What each of them is.
    pub(super) noun: &'static str,
}

impl<T> Words<T> {
    /// "`token` or `refreshToken`"
    fn listed(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|(word, _)| *word).collect();
        alternatives(&words)
    }
}

/// What a value must be able to be.
#[derive(Clone, Copy)]
pub(super) enum Demand {
    Text,
    TextOrNumber,
}

impl Demand {
    fn is_met(self, api: &Api, ty: &Type) -> bool {
        match self {
            Self::Text => reach::is_text(api, ty),
            Self::TextOrNumber => reach::is_text_or_number(api, ty),
        }
    }

    /// What a value is that does not meet it.
    fn unmet(self) -> &'static str {
        match self {
            Self::Text => "is not a string",
            Self::TextOrNumber => "is neither a string nor a number",
        }
    }
}

/// A part that is named: how, and where.
struct Named<'n> {
    text: &'n str,
    place: Place,
    demand: Demand,
}

/// The part of the response that a key names.
pub(super) fn received<'a>(
    reader: &mut Reader<'a, '_>,
    key: &str,
    node: &ExcerptNode<'a>,
    operation: Option<OperationId>,
    demand: Demand,
) -> Option<MessagePart> {
    let text = reader.text(key, node, OF_RESPONSE)?;
    let place = node.place();
    let Some((Message::Response, part)) = expression::part(text) else {
        let message = format!("`{text}` is not a part of a response");
        reader.fault(&place, message, OF_RESPONSE);
        return None;
    };
    if let Some(operation) = operation {
        let named = Named {
            text,
            place,
            demand,
        };
        check_received(reader, &named, &part, operation);
    }
    Some(part)
}

/// What an object puts into the request, and where each part is named.
pub(super) fn sent<'a, T: Copy>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    operation: Option<OperationId>,
    words: &Words<T>,
) -> Vec<(MessagePart, T, Place)> {
    let mut sends: Vec<(MessagePart, T, Place)> = Vec::new();
    let Some(node) = object.get("send") else {
        return sends;
    };
    if !matches!(node.node.value, Value::Mapping(_)) {
        let message = format!("`send` is {}, not a mapping", node.node.kind());
        let help = format!("map each place in the request to {}", words.listed());
        reader.fault(&node.key_place(), message, &help);
    }
    if node.node.entries().len() > MOST_SENT {
        let message = format!("`send` has more than {MOST_SENT} entries");
        reader.fault(&node.key_place(), message, "use fewer entries");
    }
    for (key, value) in node.entries().take(MOST_SENT) {
        let place = value.key_place();
        let to = match expression::part(key) {
            Some((Message::Request, part)) => Some(part),
            None if key.starts_with('/') => expression::body(key),
            Some((Message::Response, _)) | None => None,
        };
        let what = sent_part(reader, &value, words);
        let Some(to) = to else {
            let message = format!("`{key}` is not a part of a request");
            reader.fault(&place, message, OF_REQUEST);
            continue;
        };
        if sends.iter().any(|(it, ..)| is_same(it, &to)) {
            let message = format!("`{key}` names a part of the request that is already in use");
            reader.fault(&place, message, "keep one of the two");
        }
        if let Some(operation) = operation {
            let named = Named {
                text: key,
                place,
                demand: Demand::Text,
            };
            check_sent(reader, &named, &to, operation);
        }
        sends.extend(what.map(|what| (to, what, value.place())));
    }
    sends
}

fn sent_part<'a, T: Copy>(
    reader: &mut Reader<'a, '_>,
    value: &ExcerptNode<'a>,
    words: &Words<T>,
) -> Option<T> {
    let stated = value.node.as_str();
    let part = words.words.iter().find(|(word, _)| Some(*word) == stated);
    if part.is_none() {
        let noun = words.noun;
        let message = match stated {
            Some(text) => format!("`{text}` is not {noun}"),
            None => format!("{} is not {noun}", value.node.kind()),
        };
        let known = words.words.iter().map(|(word, _)| *word);
        let help = reader.meant(
            "a value with a similar name",
            stated.unwrap_or_default(),
            known,
            &format!("use {}", words.listed()),
        );
        reader.fault(&value.place(), message, &help);
    }
    part.map(|(_, part)| *part)
}

/// Whether two parts of a request are one.
fn is_same(one: &MessagePart, other: &MessagePart) -> bool {
    match (one, other) {
        (MessagePart::Header(one), MessagePart::Header(other)) => one.eq_ignore_ascii_case(other),
        (one, other) => one == other,
    }
}

fn check_received(
    reader: &mut Reader<'_, '_>,
    named: &Named<'_>,
    part: &MessagePart,
    operation: OperationId,
) {
    let operation = &reader.api[operation];
    let indices = operation.success.responses().iter();
    let responses = || indices.clone().map(|index| &operation.responses[*index]);
    let lacks = format!("no successful response of `{}` has a", operation.id);
    match part {
        MessagePart::Body(pointer) => {
            let payloads = responses().flat_map(|it| &it.payloads);
            check_body(reader, named, pointer, (payloads, false), &lacks);
        }
        MessagePart::Header(_) | MessagePart::Query(_) => {
            let headers = responses().flat_map(|it| &it.headers);
            let headers: Vec<_> = headers.map(|it| (it.wire_name.as_str(), &it.ty)).collect();
            check_name(reader, named, part, &headers, &lacks);
        }
    }
}

fn check_sent(
    reader: &mut Reader<'_, '_>,
    named: &Named<'_>,
    part: &MessagePart,
    operation: OperationId,
) {
    let operation = &reader.api[operation];
    let lacks = format!("the request of `{}` has no", operation.id);
    let kind = match part {
        MessagePart::Body(pointer) => {
            let payloads = operation.body.iter().flat_map(|it| &it.payloads);
            return check_body(reader, named, pointer, (payloads, true), &lacks);
        }
        MessagePart::Header(_) => ParameterKind::Header,
        MessagePart::Query(_) => ParameterKind::Query,
    };
    let arguments = operation.arguments.iter().filter(|it| it.kind == kind);
    let arguments: Vec<_> = arguments
        .map(|it| (it.wire_name.as_str(), &it.ty))
        .collect();
    check_name(reader, named, part, &arguments, &lacks);
}

/// Checks a part of a body, of which the payloads are given, and whether it is sent.
fn check_body<'a>(
    reader: &mut Reader<'a, '_>,
    named: &Named<'_>,
    pointer: &str,
    (payloads, is_sent): (impl Iterator<Item = &'a Payload>, bool),
    lacks: &str,
) {
    let text = named.text;
    let types = payloads.filter(|it| it.json().is_some()).map(|it| &it.ty);
    let types: Vec<_> = types.collect();
    if types.is_empty() {
        let message = format!("`{text}` does not exist: {lacks} JSON body");
        reader.fault(&named.place, message, "describe the body in the document");
        return;
    }
    match reach::reach(reader.api, types, pointer, is_sent) {
        Ok(types) => check_types(reader, named, types),
        Err(Lost { step, properties }) => {
            let message = format!("`{text}` does not exist: {lacks} property `{step}` there");
            let otherwise = "correct the pointer, or add the property to the schema";
            let help = reader.meant(
                "a property with a similar name",
                &step,
                properties,
                otherwise,
            );
            reader.fault(&named.place, message, &help);
        }
    }
}

/// Checks a part that goes by its name, `documented` being all of its kind.
fn check_name<'a>(
    reader: &mut Reader<'a, '_>,
    named: &Named<'_>,
    part: &MessagePart,
    documented: &[(&'a str, &'a Type)],
    lacks: &str,
) {
    let (noun, name, ignores_case) = match part {
        MessagePart::Header(name) => ("header", name, true),
        MessagePart::Query(name) => ("query parameter", name, false),
        MessagePart::Body(_) => return,
    };
    let is_meant = |it: &str| it == name || ignores_case && it.eq_ignore_ascii_case(name);
    let matching = documented.iter().filter(|(it, _)| is_meant(it));
    let types: Vec<_> = matching.map(|(_, ty)| *ty).collect();
    if types.is_empty() {
        let message = format!("{lacks} {noun} `{name}`");
        let known = documented.iter().map(|(it, _)| *it);
        let otherwise = format!("correct the name, or document the {noun}");
        let help = reader.meant(
            &format!("a {noun} with a similar name"),
            name,
            known,
            &otherwise,
        );
        reader.fault(&named.place, message, &help);
        return;
    }
    check_types(reader, named, types);
}

fn check_types<'a>(reader: &mut Reader<'a, '_>, named: &Named<'_>, types: Vec<&'a Type>) {
    let api = reader.api;
    let mut types = reach::alternatives(api, types).into_iter();
    if !types.any(|ty| named.demand.is_met(api, ty)) {
        let (text, unmet) = (named.text, named.demand.unmet());
        let message = format!("the value at `{text}` {unmet}");
        reader.fault(
            &named.place,
            message,
            "correct the schema, or refer to another value",
        );
    }
}
