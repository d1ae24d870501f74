//! Rules about secrets in requests and responses.

use super::subject::Subject;
use super::words::Words;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::extensions::SENSITIVE;
use crate::ir::{Api, ItemKind, Type};

/// How names of secrets end.
const SECRETS: &[&str] = &[
    "access token",
    "api key",
    "api secret",
    "api token",
    "auth token",
    "bearer token",
    "client secret",
    "id token",
    "jwt",
    "jwt token",
    "pass phrase",
    "pass word",
    "passwd",
    "private key",
    "refresh token",
    "secret access key",
    "secret key",
    "session token",
    "user token",
];
/// Names that are those of secrets where they are all there is: `token`, but neither `pageToken` nor `captchaToken`.
const ALONE: &[&str] = &["secret", "token"];

/// Reports properties and parameters that are secrets by their names, and plain text to the client.
pub(super) fn unmarked(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut check = |what: &str, name: &str, ty: &Type, place: &Place| {
        if is_secret(name) && is_text(subject.api, ty) && !is_stated(subject, place) {
            let message =
                format!("the {what} `{name}` is a secret by its name, and is not marked as one");
            let place = subject.name(place);
            found.push(Diagnostic::at(Code::UnmarkedSecret, &place, message));
        }
    };
    for item in &subject.api.items {
        if let ItemKind::Struct(structure) = &item.kind {
            for field in &structure.fields {
                let schema = &field.origin.place;
                if !is_stated(subject, schema) {
                    let name = &field.wire_name;
                    let place = subject.property(&item.origin.place, name, schema);
                    check("property", name, &field.ty, &place);
                }
            }
        }
    }
    for operation in &subject.api.operations {
        for argument in &operation.arguments {
            let place = &argument.origin.place;
            check("parameter", &argument.wire_name, &argument.ty, place);
        }
    }
}

fn is_secret(name: &str) -> bool {
    let is_alone = ALONE.iter().any(|it| name.eq_ignore_ascii_case(it));
    is_alone || Words::of([name]).end_with(SECRETS)
}

fn is_text(api: &Api, ty: &Type) -> bool {
    match api.resolve(ty) {
        Type::String => true,
        Type::Nullable(inner) => is_text(api, inner),
        _ => false,
    }
}

/// Whether the document says of a value, one way or the other, whether it is a secret.
fn is_stated(subject: &Subject<'_>, place: &Place) -> bool {
    let node = subject.node(place);
    node.is_some_and(|it| it.get(SENSITIVE).is_some())
}
