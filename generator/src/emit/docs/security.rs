//! What the docs say about credentials.

use super::{Text, markdown};
use crate::emit::context::{Cx, prefixed};
use crate::ir::{
    Alternative, ApiKeyLocation, CredentialSource, Operation, SchemeId, SchemeKind, SecurityScheme,
};

/// How a scheme's credential travels: "HTTP basic authentication".
pub(in crate::emit) fn kind(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Basic => "HTTP basic authentication".to_owned(),
        SchemeKind::Bearer { format: None } => "bearer token".to_owned(),
        SchemeKind::Bearer {
            format: Some(format),
        } => format!("bearer token ({})", markdown::inline(format)),
        SchemeKind::ApiKey {
            location,
            name,
            prefix,
        } => {
            let place = match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query parameter",
                ApiKeyLocation::Cookie => "cookie",
            };
            let name = markdown::code(name);
            match prefix {
                Some(prefix) => format!(
                    "key in the {place} {name}, after {}",
                    markdown::code(prefix)
                ),
                None => format!("key in the {place} {name}"),
            }
        }
    }
}

/// The docs of a function that takes a scheme's credential.
pub(in crate::emit) fn setter(scheme: &SecurityScheme, first: &str) -> String {
    let mut text = Text::default();
    text.paragraph(first);
    text.docs(&scheme.docs);
    text.paragraph(&format!(
        "Security scheme {}: {}.",
        markdown::code(&scheme.name),
        kind(&scheme.kind)
    ));
    text.0
}

/// The schemes in the module's docs, each with the setter that takes its credential.
pub(in crate::emit) fn schemes(cx: &Cx<'_>) -> String {
    let mut text = Text::default();
    for (id, scheme) in (0..).map(SchemeId).zip(&cx.api.schemes) {
        let setter = cx.names.scheme(id);
        let mut entry = Text::default();
        entry.paragraph(&format!(
            "{}: {}. Set it with [`ClientBuilder::{setter}`], or later with [`Client::{}`].",
            markdown::code(&scheme.name),
            kind(&scheme.kind),
            prefixed("with_", setter),
        ));
        if scheme.deprecated {
            entry.paragraph("Deprecated.");
        }
        entry.docs(&scheme.docs);
        let mut sources = Text::default();
        for it in &scheme.sources {
            sources.item(&source(it));
        }
        entry.paragraph(sources.0.trim_start());
        text.item(&entry.0);
    }
    text.0
}

/// Where a credential comes from: "Device authorization: device codes from .., tokens from ..", and the scopes.
fn source(source: &CredentialSource) -> String {
    let urls = source.urls.iter();
    let urls: Vec<String> = urls
        .map(|(use_, url)| format!("{use_} {}", markdown::link(None, url)))
        .collect();
    let mut text = Text::default();
    let name = source.name;
    text.paragraph(&match &urls[..] {
        [] => format!("{name}."),
        urls => format!("{name}: {}.", urls.join(", ")),
    });
    let mut scopes = Text::default();
    for (scope, meaning) in &source.scopes {
        let scope = markdown::code(scope);
        scopes.item(&format!("{scope}: {}", markdown::inline(meaning)));
    }
    text.paragraph(scopes.0.trim_start());
    text.0
}

/// What an operation wants, in a line.
pub(super) fn operation(cx: &Cx<'_>, operation: &Operation) -> String {
    if operation.security.is_empty() {
        return "None: no credentials are sent.".to_owned();
    }
    let alternatives: Vec<String> = operation
        .security
        .iter()
        .filter(|it| !it.schemes.is_empty())
        .map(|it| alternative(cx, it))
        .collect();
    let optional = operation.security.iter().any(|it| it.schemes.is_empty());
    match (alternatives.is_empty(), optional) {
        (true, _) => "None: no credentials are sent.".to_owned(),
        (false, true) => format!("Optional: {}.", alternatives.join(", or ")),
        (false, false) => format!("{}.", alternatives.join(", or ")),
    }
}

/// Schemes that belong together: "`apiKey` and `oauth` (scopes `read`, `write`)".
fn alternative(cx: &Cx<'_>, alternative: &Alternative) -> String {
    let schemes = alternative.schemes.iter().map(|(id, scopes)| {
        let setter = cx.names.scheme(*id);
        let name = markdown::code_link(
            &cx.api[*id].name,
            &format!("super::ClientBuilder::{setter}"),
        );
        if scopes.is_empty() {
            return name;
        }
        let scopes: Vec<String> = scopes.iter().map(|it| markdown::code(it)).collect();
        format!("{name} (scopes {})", scopes.join(", "))
    });
    schemes.collect::<Vec<_>>().join(" and ")
}
