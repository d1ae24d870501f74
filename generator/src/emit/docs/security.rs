//! What the docs say about credentials.

use std::collections::HashSet;

use super::{Text, markdown};
use crate::emit::context::{Cx, prefixed};
use crate::ir::{
    Alternative, Argument, CredentialSource, ForeignKind, Operation, SchemeId, SchemeKind,
    SecurityScheme,
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
            let name = markdown::code(name);
            match prefix {
                Some(prefix) => format!(
                    "key in the {location} {name}, after {}",
                    markdown::code(prefix)
                ),
                None => format!("key in the {location} {name}"),
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
    text.paragraph(&inferred(scheme));
    text.0
}

/// Says that the document does not declare a scheme.
fn inferred(scheme: &SecurityScheme) -> String {
    if !scheme.inferred {
        return String::new();
    }
    let (location, name) = scheme.kind.target();
    let is_key = matches!(scheme.kind, SchemeKind::ApiKey { .. });
    let whole = if is_key && name.eq_ignore_ascii_case("authorization") {
        " The key is the whole value of the header."
    } else {
        ""
    };
    let name = markdown::code(name);
    format!(
        "The document does not declare this scheme: it is inferred from the {location} {name} among the parameters.{whole}"
    )
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
        entry.paragraph(&inferred(scheme));
        entry.docs(&scheme.docs);
        let mut sources = Text::default();
        for it in &scheme.sources {
            sources.item(&source(it));
        }
        entry.paragraph(sources.0.trim_start());
        text.item(&entry.0);
    }
    for scheme in &cx.api.foreign_schemes {
        let mut entry = Text::default();
        entry.paragraph(&format!(
            "{}: {}. {}",
            markdown::code(&scheme.name),
            foreign_kind(&scheme.kind),
            left_to_transport("ClientBuilder")
        ));
        entry.docs(&scheme.docs);
        text.item(&entry.0);
    }
    text.0
}

/// What a scheme is that the client cannot apply: "mutual TLS".
fn foreign_kind(kind: &ForeignKind) -> String {
    match kind {
        ForeignKind::Http(scheme) => {
            format!("HTTP authentication scheme {}", markdown::code(scheme))
        }
        ForeignKind::MutualTls => "mutual TLS, a certificate of the caller".to_owned(),
        ForeignKind::PathKey => "key in the path".to_owned(),
        ForeignKind::Unknown => "a scheme that the document does not declare".to_owned(),
    }
}

/// Who applies what the client cannot.
fn left_to_transport(builder: &str) -> String {
    format!(
        "This client cannot apply it. Give it a [transport]({builder}::transport) of your own that does: \
         otherwise requests go out without."
    )
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

/// What an operation wants: a line, and what a caller should know of it.
pub(super) fn operation(cx: &Cx<'_>, operation: &Operation) -> String {
    let is_optional = operation.security.iter().any(Alternative::is_anonymous);
    let wanted = operation.security.iter().filter(|it| !it.is_anonymous());
    let wanted: Vec<&Alternative> = wanted.collect();
    if wanted.is_empty() {
        return "None: no credentials are sent.".to_owned();
    }
    let alternatives: Vec<String> = wanted.iter().map(|it| alternative(cx, it)).collect();
    let alternatives = alternatives.join(", or ");
    let mut text = Text::default();
    text.paragraph(&if is_optional {
        format!("Optional: {alternatives}.")
    } else {
        format!("{alternatives}.")
    });
    if operation.security_is_inferred {
        text.paragraph(
            "The document does not say so: this is inferred from parameters that are credentials.",
        );
    }
    for (one, other) in wanted.iter().filter_map(|it| cx.api.conflict(it)) {
        text.paragraph(&conflict(cx, one, other));
    }
    let mut named = HashSet::new();
    for name in wanted.iter().flat_map(|it| &it.foreign) {
        if named.insert(name) {
            text.paragraph(&foreign(cx, name));
        }
    }
    text.0
}

/// "`bearer` and `basic` are both sent in the header `Authorization`, ..."
fn conflict(cx: &Cx<'_>, one: SchemeId, other: SchemeId) -> String {
    let (location, name) = cx.api[one].kind.target();
    let unless = if cx.api[one].kind.may_agree(&cx.api[other].kind) {
        ", unless both are the same credential"
    } else {
        ""
    };
    format!(
        "{} and {} are both sent in the {location} {}, which has room for one: together they are refused{unless}.",
        markdown::code(&cx.api[one].name),
        markdown::code(&cx.api[other].name),
        markdown::code(name),
    )
}

/// "`certificate`: mutual TLS, a certificate of the caller. This client cannot apply it. .."
fn foreign(cx: &Cx<'_>, name: &str) -> String {
    let scheme = cx.api.foreign_schemes.iter().find(|it| it.name == name);
    let kind = scheme.map_or(&ForeignKind::Unknown, |it| &it.kind);
    format!(
        "{}: {}. {}",
        markdown::code(name),
        foreign_kind(kind),
        left_to_transport("super::ClientBuilder")
    )
}

/// What the docs of an argument say of the credentials that it replaces.
pub(super) fn replaced(cx: &Cx<'_>, argument: &Argument) -> String {
    let schemes = argument.replaces.iter();
    let schemes: Vec<String> = schemes.map(|it| link(cx, *it)).collect();
    if schemes.is_empty() {
        return String::new();
    }
    let schemes = schemes.join(" and ");
    if argument.wire_name.eq_ignore_ascii_case("cookie") {
        return format!(
            "A cookie in it goes before the credential of the same name, be that {schemes}, for this request."
        );
    }
    format!("Sent instead of the credential of {schemes}, for this request.")
}

/// Schemes that belong together: "`apiKey` and `oauth` (scopes `read`, `write`)".
fn alternative(cx: &Cx<'_>, alternative: &Alternative) -> String {
    let schemes = alternative.schemes.iter().map(|(id, scopes)| {
        let name = link(cx, *id);
        if scopes.is_empty() {
            return name;
        }
        let scopes: Vec<String> = scopes.iter().map(|it| markdown::code(it)).collect();
        format!("{name} (scopes {})", scopes.join(", "))
    });
    let foreign = alternative.foreign.iter().map(|it| markdown::code(it));
    schemes.chain(foreign).collect::<Vec<_>>().join(" and ")
}

/// The name of a scheme, with a link to its setter.
fn link(cx: &Cx<'_>, id: SchemeId) -> String {
    let setter = cx.names.scheme(id);
    markdown::code_link(&cx.api[id].name, &format!("super::ClientBuilder::{setter}"))
}
