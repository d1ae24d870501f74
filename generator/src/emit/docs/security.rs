//! What the docs say about credentials.

use std::collections::HashSet;

use super::codes;
use crate::emit::context::Cx;
use crate::ir::{
    Alternative, Argument, CredentialSource, Ident, Operation, SchemeId, SchemeKind, SecurityScheme,
};
use crate::markdown::{self, Inline, Text, code, prose};

/// How a scheme's credential travels: "HTTP basic authentication".
pub(in crate::emit) fn kind(kind: &SchemeKind) -> Inline {
    match kind {
        SchemeKind::Basic => "HTTP basic authentication".into(),
        SchemeKind::Digest => "HTTP digest authentication, with the Cargo feature `digest`".into(),
        SchemeKind::Bearer { format: None } => "bearer token".into(),
        SchemeKind::Bearer {
            format: Some(format),
        } => prose!("bearer token ({})", markdown::inline(format)),
        SchemeKind::Http { scheme } => prose!(
            "credentials of the HTTP authentication scheme {}, which is sent before them",
            code(scheme)
        ),
        SchemeKind::MutualTls => {
            "certificate and key of the caller, in PEM, shown when connecting (mutual TLS)".into()
        }
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
            "Of the default transport, for all connections of the client. A [transport](Self::transport) of your own shows its own.",
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
        "The document does not declare this scheme: it is inferred from the {} {} among the parameters.",
        location,
        code(name),
    )
}

/// Says that nothing is put before a key where that is usual.
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

/// "With [`token_session`](..) the client signs in by itself, .." Where features leave operations out, there may be nothing to
/// link to.
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
            "With {} the client signs in by itself, and stays signed in.",
            set
        )
    });
    let confirms = session.confirm.map(|_| {
        let confirm = name("Client", &session.names.confirm);
        prose!("With {} the client asks a user for it.", confirm)
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
        "{}: a scheme that the document does not declare, or not in a way that can be read. This client cannot apply it. \
         Give it a [transport]({}::transport) of your own that does: otherwise requests go out without.",
        code(name),
        builder
    )
}

/// Where a credential comes from: "Device authorization: device codes from .., tokens from ..", and the scopes.
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

/// The credentials that an operation wants, after its route: " with [`usertoken`](..)". Nothing where the API has none.
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

/// What a caller should know of the credentials that an operation wants.
pub(super) fn notes(cx: &Cx<'_>, operation: &Operation) -> Text {
    let mut text = Text::default();
    if operation.security_is_inferred {
        text.paragraph(
            "The document does not state these credentials: they are inferred from parameters.",
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
        "{} and {} are both sent in the {} {}, which has room for one: together they are refused{}.",
        code(&cx.api[one].name),
        code(&cx.api[other].name),
        location,
        code(name),
        unless,
    )
}

/// What the docs of an argument say of the credentials that it replaces.
pub(super) fn replaced(cx: &Cx<'_>, argument: &Argument) -> Inline {
    if argument.replaces.is_empty() {
        return Inline::default();
    }
    let schemes = argument.replaces.iter().map(|it| link(cx, *it));
    let schemes = Inline::join(schemes, " and ");
    if argument.wire_name.eq_ignore_ascii_case("cookie") {
        return prose!(
            "A cookie in it goes before the credential of the same name, be that {}, for this request.",
            schemes
        );
    }
    prose!(
        "Sent instead of the credential of {}, for this request.",
        schemes
    )
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
