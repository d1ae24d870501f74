//! The docs of credentials.

use std::collections::HashSet;

use super::codes;
use crate::emit::context::Cx;
use crate::ir::{
    Alternative, Argument, CredentialSource, Ident, Operation, SchemeId, SchemeKind, SecurityScheme,
};
use crate::markdown::{self, Inline, Text, code, prose};

/// The way in which a scheme's credential is sent: "HTTP basic authentication".
pub(in crate::emit) fn kind(kind: &SchemeKind) -> Inline {
    match kind {
        SchemeKind::Basic => "HTTP basic authentication".into(),
        SchemeKind::Digest => "HTTP digest authentication, with the Cargo feature `digest`".into(),
        SchemeKind::Bearer { format: None } => "bearer token".into(),
        SchemeKind::Bearer {
            format: Some(format),
        } => prose!("bearer token ({})", markdown::inline(format)),
        SchemeKind::Http { scheme } => prose!(
            "credentials of the HTTP authentication scheme {}; the name of the scheme is sent before them",
            code(scheme)
        ),
        SchemeKind::MutualTls => "client certificate with its key, in PEM (mutual TLS)".into(),
        SchemeKind::ApiKey {
            location,
            name,
            prefix,
        } => {
            let key = prose!("key in the {} {}", location, code(name));
            match prefix {
                Some(prefix) => prose!("{}, after {}", key, code(prefix)),
                None => key,
            }
        }
    }
}

/// The docs of a function that takes a scheme's credential.
pub(in crate::emit) fn setter(scheme: &SecurityScheme) -> Text {
    let mut text = Text::default();
    text.paragraph(prose!(
        "Sets the credential of the security scheme {}: {}.",
        code(&scheme.name),
        kind(&scheme.kind)
    ));
    if scheme.kind == SchemeKind::MutualTls {
        text.paragraph(
            "The default transport presents it on all connections of the client. A custom [transport](Self::transport) presents its own.",
        );
    }
    if scheme.deprecated {
        text.paragraph("Deprecated.");
    }
    text.paragraph(inferred(scheme));
    text.paragraph(whole_value(&scheme.kind));
    text.docs(&scheme.docs);
    text
}

/// Says that the document does not declare a scheme.
fn inferred(scheme: &SecurityScheme) -> Inline {
    if !scheme.inferred {
        return Inline::default();
    }
    let Some((location, name)) = scheme.kind.target() else {
        return Inline::default();
    };
    prose!(
        "The document does not declare this scheme. It is inferred from the {} {} among the parameters.",
        location,
        code(name),
    )
}

/// Tells that a key has no prefix, where one is usual.
fn whole_value(kind: &SchemeKind) -> Inline {
    match kind {
        SchemeKind::ApiKey {
            name, prefix: None, ..
        } if name.eq_ignore_ascii_case("authorization") => {
            "The key is the whole value of the header.".into()
        }
        _ => Inline::default(),
    }
}

/// The schemes in the module's docs, each with the setter that takes its credential.
pub(in crate::emit) fn schemes(cx: &Cx<'_>) -> Vec<Text> {
    let schemes = (0..).map(SchemeId).zip(&cx.api.schemes);
    let schemes = schemes.map(|(id, scheme)| {
        let names = &cx.shape.credentials[id.0 as usize];
        let mut entry = Text::default();
        entry.paragraph(prose!(
            "{}: {}. See [`ClientBuilder::{}`]{}.",
            code(&scheme.name),
            kind(&scheme.kind),
            names.setter,
            names.others.as_ref().map_or_else(Inline::default, |it| {
                prose!(" and [`Client::{}`]", it.with)
            }),
        ));
        entry.list(scheme.sources.iter().map(source));
        entry.paragraph(lifecycle(cx, id));
        entry.paragraph(flows(cx, id));
        entry
    });
    let foreign = cx.api.foreign_schemes.iter().map(|scheme| {
        let mut entry = Text::default();
        entry.paragraph(foreign(&scheme.name, "ClientBuilder"));
        entry.docs(&scheme.docs);
        entry
    });
    schemes.chain(foreign).collect()
}

/// "With [`token_session`](..) the client signs in automatically .." If features can leave operations out, there may be
/// nothing to link to.
fn lifecycle(cx: &Cx<'_>, id: SchemeId) -> Inline {
    let mut sessions = cx.shape.sessions.iter();
    let Some(session) = sessions.find(|it| it.scheme == id) else {
        return Inline::default();
    };
    let is_always_there = cx.shape.parts.is_none();
    let name = |owner: &'static str, method: &Ident| {
        if is_always_there {
            prose!("[`{}::{}`]", owner, method)
        } else {
            code(method.as_str())
        }
    };
    let signs_in = session.sign_in.map(|_| {
        let set = name("ClientBuilder", &session.names.set);
        prose!(
            "With {}, the client signs in automatically and stays signed in.",
            set
        )
    });
    let confirms = session.confirm.map(|_| {
        let confirm = name("Client", &session.names.confirm);
        prose!("With {}, the client asks a user for it.", confirm)
    });
    Inline::join(signs_in.into_iter().chain(confirms), " ")
}

/// "The Cargo feature `oauth2` adds `petstore_auth_client_credentials`, .." Without it, there is nothing to link to.
fn flows(cx: &Cx<'_>, id: SchemeId) -> Inline {
    let names = cx.names.schemes[id.0 as usize].oauth.as_ref();
    let Some((oauth, names)) = cx.api.oauth(id).zip(names) else {
        return Inline::default();
    };
    let methods = oauth.flows.iter();
    let methods = methods.map(|it| code(names.method(it.kind).as_str()));
    prose!(
        "The Cargo feature `oauth2` adds methods that get tokens: {}.",
        Inline::join(methods, ", ")
    )
}

/// "`card`: a scheme that the document does not declare. This client cannot apply it. .."
fn foreign(name: &str, builder: &'static str) -> Inline {
    prose!(
        "{}: a scheme that the document does not declare, or declares in an unknown form. This client cannot apply it. \
         Set a custom [transport]({}::transport) that does; otherwise, requests are sent without it.",
        code(name),
        builder
    )
}

/// The source of a credential: "Device authorization: device codes from .., tokens from ..", and the scopes.
fn source(source: &CredentialSource) -> Text {
    let urls = source.urls.iter();
    let urls: Vec<Inline> = urls
        .map(|(use_, url)| prose!("{} {}", use_, markdown::link(None, url)))
        .collect();
    let mut text = Text::default();
    let name = source.name;
    text.paragraph(if urls.is_empty() {
        prose!("{}.", name)
    } else {
        prose!("{}: {}.", name, Inline::join(urls, ", "))
    });
    let scopes = source.scopes.iter();
    text.list(scopes.map(|(scope, meaning)| {
        Text::from(prose!("{}: {}", code(scope), markdown::inline(meaning)))
    }));
    text
}

/// The credentials of an operation, after its route: " with [`usertoken`](..)". Empty if the API has none.
pub(super) fn authorization(cx: &Cx<'_>, operation: &Operation) -> Inline {
    let is_optional = operation.security.iter().any(Alternative::is_anonymous);
    let wanted = wanted(operation).map(|it| alternative(cx, it));
    let wanted = Inline::join(wanted, ", or ");
    if wanted.is_empty() {
        let has_schemes = !cx.api.schemes.is_empty() || !cx.api.foreign_schemes.is_empty();
        return if has_schemes {
            " without credentials".into()
        } else {
            Inline::default()
        };
    }
    if is_optional {
        prose!(", optionally with {}", wanted)
    } else {
        prose!(" with {}", wanted)
    }
}

fn wanted(operation: &Operation) -> impl Iterator<Item = &Alternative> {
    operation.security.iter().filter(|it| !it.is_anonymous())
}

/// Notes for callers on the credentials of an operation.
pub(super) fn notes(cx: &Cx<'_>, operation: &Operation) -> Text {
    let mut text = Text::default();
    if operation.security_is_inferred {
        text.paragraph(
            "The document does not declare these credentials. They are inferred from parameters.",
        );
    }
    for (one, other) in wanted(operation).filter_map(|it| cx.api.conflict(it)) {
        text.paragraph(conflict(cx, one, other));
    }
    let mut named = HashSet::new();
    for name in wanted(operation).flat_map(|it| &it.foreign) {
        if named.insert(name) {
            text.paragraph(foreign(name, "super::ClientBuilder"));
        }
    }
    text
}

/// "`bearer` and `basic` are both sent in the header `Authorization`, ..."
fn conflict(cx: &Cx<'_>, one: SchemeId, other: SchemeId) -> Inline {
    let Some((location, name)) = cx.api[one].kind.target() else {
        return Inline::default();
    };
    let unless = if cx.api[one].kind.may_agree(&cx.api[other].kind) {
        ", unless both are the same credential"
    } else {
        ""
    };
    prose!(
        "{} and {} are both sent in the {} {}, which can hold only one. The client does not send both together{}.",
        code(&cx.api[one].name),
        code(&cx.api[other].name),
        location,
        code(name),
        unless,
    )
}

/// The sentence on the credentials that an argument replaces.
pub(super) fn replaced(cx: &Cx<'_>, argument: &Argument) -> Inline {
    if argument.replaces.is_empty() {
        return Inline::default();
    }
    let schemes = argument.replaces.iter().map(|it| link(cx, *it));
    let schemes = Inline::join(schemes, " and ");
    if argument.wire_name.eq_ignore_ascii_case("cookie") {
        return prose!(
            "A cookie in it replaces a credential of the same name ({}) for this request.",
            schemes
        );
    }
    prose!("Replaces the credential of {} for this request.", schemes)
}

/// Schemes that belong together: "`apiKey` and `oauth` (scopes `read`, `write`)".
fn alternative(cx: &Cx<'_>, alternative: &Alternative) -> Inline {
    let schemes = alternative.schemes.iter().map(|(id, scopes)| {
        let name = link(cx, *id);
        if scopes.is_empty() {
            name
        } else {
            prose!("{} (scopes {})", name, codes(scopes, ", "))
        }
    });
    let foreign = alternative.foreign.iter().map(|it| code(it));
    Inline::join(schemes.chain(foreign), " and ")
}

/// The name of a scheme, with a link to its setter.
fn link(cx: &Cx<'_>, id: SchemeId) -> Inline {
    prose!(
        "[{}](super::ClientBuilder::{})",
        code(&cx.api[id].name),
        cx.names.scheme(id)
    )
}
