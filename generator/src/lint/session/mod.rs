//! Sign-in operations that no `x-keywright-session` describes: finds them, and writes the block to add.

mod block;
mod roles;

use std::cmp::Reverse;

use super::block::is_json;
use super::message::{needs, wants};
use super::subject::Subject;
use super::words::Words;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{ApiKeyLocation, SchemeId, SchemeKind, SecurityScheme};
use roles::Roles;

/// What API keys are called that are tokens of a session, and not keys for good.
const TOKENS: &[&str] = &["auth", "authorization", "bearer", "jwt", "session", "token"];

/// Reports a security scheme whose token an operation of the document gives.
pub(super) fn undeclared(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some((id, scheme)) = scheme(subject) else {
        return;
    };
    let Some(roles) = Roles::find(subject, id) else {
        return;
    };
    let acquire = &subject.api[roles.acquire.operation];
    let message = format!(
        "`{}` gives a token for `{}`, and no `x-keywright-session` says so",
        acquire.id, scheme.name
    );
    let place = subject.name(&scheme.origin.place);
    let operation = subject.name(&acquire.origin.place);
    let mut finding =
        Diagnostic::at(Code::UndeclaredSession, &place, message).related(&operation, "signs in");
    if needs(&acquire.security, id) {
        let note = format!(
            "`{}` must not require the token that it gives: add `security: []` to the operation",
            acquire.id
        );
        finding = finding.note(note);
    }
    let lines = block::lines(subject, &roles, is_json(&scheme.origin.place));
    let help = format!("add this to the security scheme `{}`:", scheme.name);
    found.push(finding.help_with_lines(help, &lines));
}

/// The security scheme that a session could be for: of those that take a token and have no other source of it, the one
/// that most operations want.
fn scheme<'a>(subject: &Subject<'a>) -> Option<(SchemeId, &'a SecurityScheme)> {
    let api = subject.api;
    let uses = |id: SchemeId| {
        let operations = api.operations.iter();
        operations.filter(|it| wants(&it.security, id)).count()
    };
    let schemes = api.schemes.iter().zip((0..).map(SchemeId));
    let schemes = schemes.filter(|(it, id)| {
        let is_free = api.session(*id).is_none() && api.device_flow(*id).is_none();
        is_free && it.sources.is_empty() && !it.inferred && takes_token(it)
    });
    let schemes = schemes.map(|(scheme, id)| (uses(id), id, scheme));
    // Of several that are used as often, the first.
    let most = schemes.min_by_key(|(uses, ..)| Reverse(*uses));
    most.filter(|(uses, ..)| *uses > 0)
        .map(|(_, id, scheme)| (id, scheme))
}

/// Whether the credential of a scheme may be the token of a session.
fn takes_token(scheme: &SecurityScheme) -> bool {
    match &scheme.kind {
        SchemeKind::Bearer { .. } => true,
        SchemeKind::ApiKey {
            location: ApiKeyLocation::Header,
            name,
            ..
        } => Words::of([name.as_str(), scheme.name.as_str()]).have(TOKENS),
        SchemeKind::ApiKey { .. }
        | SchemeKind::Basic
        | SchemeKind::Digest
        | SchemeKind::Http { .. }
        | SchemeKind::MutualTls => false,
    }
}
