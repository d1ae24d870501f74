//! The parts of requests and responses that a session or a device flow could be about.

use super::words::Words;
use crate::document::JsonPointer;
use crate::ir::{
    Alternative, Api, Field, ItemKind, Operation, ParameterKind, Payload, Presence, SchemeId, Type,
};

/// How deep the parts of a body are looked for: `/data/attributes/token`.
const DEEPEST: usize = 3;

/// A property somewhere in a body.
pub(super) struct Part<'a> {
    /// The pointer to it.
    pub(super) pointer: JsonPointer,
    /// The pointer to the object that it stands in.
    pub(super) owner: JsonPointer,
    pub(super) field: &'a Field,
}

/// The properties of the bodies of a successful response in JSON, the outer ones first.
pub(super) fn received<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Part<'a>> {
    let indices = operation.success.responses().iter();
    let responses = indices.map(|index| &operation.responses[*index]);
    parts(api, responses.flat_map(|it| &it.payloads))
}

/// The properties of the body of a request, the outer ones first.
pub(super) fn sent<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Part<'a>> {
    parts(api, operation.body.iter().flat_map(|it| &it.payloads))
}

/// Whether a body can be sent as JSON.
pub(super) fn is_json(operation: &Operation) -> bool {
    let mut payloads = operation.body.iter().flat_map(|it| &it.payloads);
    payloads.any(|it| it.json().is_some())
}

fn parts<'a>(api: &'a Api, payloads: impl Iterator<Item = &'a Payload>) -> Vec<Part<'a>> {
    let mut found = Vec::new();
    let mut open: Vec<(JsonPointer, &Type)> =
        payloads.map(|it| (JsonPointer::root(), &it.ty)).collect();
    for _ in 0..DEEPEST {
        for (owner, ty) in std::mem::take(&mut open) {
            for field in fields(api, ty) {
                let pointer = owner.child(&field.wire_name);
                open.push((pointer.clone(), &field.ty));
                found.push(Part {
                    pointer,
                    owner: owner.clone(),
                    field,
                });
            }
        }
    }
    found
}

/// The fields of a value, if it is an object.
fn fields<'a>(api: &'a Api, ty: &'a Type) -> &'a [Field] {
    match api.resolve(ty) {
        Type::Nullable(inner) => fields(api, inner),
        Type::Item(id) => match &api[*id].kind {
            ItemKind::Struct(it) => &it.fields,
            ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Alias(_) => &[],
        },
        _ => &[],
    }
}

impl Part<'_> {
    /// Whether the name of the property ends with one of some phrases.
    pub(super) fn ends_with(&self, phrases: &[&str]) -> bool {
        Words::of([self.field.wire_name.as_str()]).end_with(phrases)
    }

    /// Whether it is text.
    pub(super) fn is_text(&self, api: &Api) -> bool {
        matches!(
            plain(api, &self.field.ty),
            Type::String | Type::Secret | Type::Uuid
        )
    }

    /// Whether it is a number, or text that may be one.
    pub(super) fn is_number(&self, api: &Api) -> bool {
        matches!(plain(api, &self.field.ty), Type::Integer(_) | Type::Number)
    }

    /// Whether it is a moment.
    pub(super) fn is_moment(&self, api: &Api) -> bool {
        matches!(plain(api, &self.field.ty), Type::DateTime)
    }

    /// Whether the request must have it.
    pub(super) fn is_required(&self) -> bool {
        matches!(self.field.presence, Presence::Required | Presence::Nullable)
    }
}

/// A type without aliases and `null`.
fn plain<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match api.resolve(ty) {
        Type::Nullable(inner) => plain(api, inner),
        ty => ty,
    }
}

/// Whether an operation has arguments that only its caller can give.
pub(super) fn wants_arguments(operation: &Operation) -> bool {
    let mut arguments = operation.arguments.iter();
    arguments.any(|it| it.required || it.kind == ParameterKind::Path)
}

/// Whether some alternative has a scheme.
pub(super) fn wants(security: &[Alternative], scheme: SchemeId) -> bool {
    let has = |it: &Alternative| it.schemes.iter().any(|(id, _)| *id == scheme);
    security.iter().any(has)
}

/// Whether every alternative has a scheme.
pub(super) fn needs(security: &[Alternative], scheme: SchemeId) -> bool {
    let has = |it: &Alternative| it.schemes.iter().any(|(id, _)| *id == scheme);
    !security.is_empty() && security.iter().all(has)
}
