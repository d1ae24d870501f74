//! Security schemes and requirements.

use std::collections::HashMap;

use super::context::Context;
use super::{docs, extension};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Alternative, ApiKeyLocation, CredentialSource, SchemeId, SchemeKind};
use crate::model::{self, ParameterLocation, SecuritySchemeKind};

/// The schemes of a document, as far as the client can apply them.
pub(super) struct Schemes {
    /// Those that it can, in the document's order.
    pub(super) supported: Vec<ir::SecurityScheme>,
    by_name: HashMap<String, SchemeId>,
}

/// Lowers every declared scheme.
pub(super) fn lower_schemes(cx: &mut Context) -> Schemes {
    let mut schemes = Schemes {
        supported: Vec::new(),
        by_name: HashMap::new(),
    };
    for (name, scheme) in &cx.description.security_schemes {
        let Some(kind) = kind(cx, name, scheme) else {
            continue;
        };
        let id = SchemeId(u32::try_from(schemes.supported.len()).expect("fewer than 2^32 schemes"));
        schemes.by_name.insert(name.clone(), id);
        schemes.supported.push(ir::SecurityScheme {
            origin: ir::Origin {
                place: scheme.place.clone(),
            },
            name: name.clone(),
            rust_name: extension::name(cx, &scheme.place, &scheme.extensions),
            docs: docs::docs(None, scheme.description.as_ref(), None),
            deprecated: scheme.deprecated,
            kind,
            sources: sources(scheme),
        });
    }
    schemes
}

/// How a scheme's credential travels, if the client can send it.
fn kind(cx: &mut Context, name: &str, scheme: &model::SecurityScheme) -> Option<SchemeKind> {
    let unsupported = match &scheme.kind {
        SecuritySchemeKind::Http {
            scheme,
            bearer_format,
        } => match scheme.as_str() {
            "basic" => return Some(SchemeKind::Basic),
            "bearer" => {
                return Some(SchemeKind::Bearer {
                    format: bearer_format.clone(),
                });
            }
            other => format!("the HTTP authentication scheme `{other}`"),
        },
        SecuritySchemeKind::ApiKey { location, name } => match location {
            ParameterLocation::Header => {
                return Some(api_key(cx, scheme, ApiKeyLocation::Header, name));
            }
            ParameterLocation::Query => {
                return Some(api_key(cx, scheme, ApiKeyLocation::Query, name));
            }
            ParameterLocation::Cookie => {
                return Some(api_key(cx, scheme, ApiKeyLocation::Cookie, name));
            }
            ParameterLocation::Path | ParameterLocation::QueryString => {
                "an API key in the path".to_owned()
            }
        },
        // Whatever the flow or the provider, what it ends in is a bearer token.
        SecuritySchemeKind::OAuth2(_) | SecuritySchemeKind::OpenIdConnect { .. } => {
            return Some(SchemeKind::Bearer { format: None });
        }
        SecuritySchemeKind::MutualTls => "mutual TLS".to_owned(),
    };
    cx.report(
        Diagnostic::at(
            Code::UnsupportedSecurity,
            &scheme.place,
            format!(
                "the security scheme `{name}` cannot be applied: {unsupported} is not supported yet"
            ),
        )
        .label("left to the transport")
        .help("give the client a transport that authenticates"),
    );
    None
}

/// Where a scheme's credential comes from.
fn sources(scheme: &model::SecurityScheme) -> Vec<CredentialSource> {
    let metadata = scheme.metadata_url.as_ref().map(|url| CredentialSource {
        name: "Metadata",
        urls: vec![("at", url.clone())],
        scopes: Vec::new(),
    });
    match &scheme.kind {
        SecuritySchemeKind::OAuth2(flows) => [
            ("Implicit", &flows.implicit),
            ("Password", &flows.password),
            ("Client credentials", &flows.client_credentials),
            ("Authorization code", &flows.authorization_code),
            ("Device authorization", &flows.device_authorization),
        ]
        .into_iter()
        .filter_map(|(name, flow)| Some(source(name, flow.as_ref()?)))
        .chain(metadata)
        .collect(),
        SecuritySchemeKind::OpenIdConnect { url } => vec![CredentialSource {
            name: "OpenID Connect",
            urls: vec![("at", url.clone())],
            scopes: Vec::new(),
        }],
        SecuritySchemeKind::ApiKey { .. }
        | SecuritySchemeKind::Http { .. }
        | SecuritySchemeKind::MutualTls => Vec::new(),
    }
}

fn source(name: &'static str, flow: &model::OAuthFlow) -> CredentialSource {
    let urls = [
        ("authorized at", &flow.authorization_url),
        ("device codes from", &flow.device_authorization_url),
        ("tokens from", &flow.token_url),
        ("renewed at", &flow.refresh_url),
    ];
    let urls = urls.into_iter();
    CredentialSource {
        name,
        urls: urls
            .filter_map(|(use_, url)| Some((use_, url.clone()?)))
            .collect(),
        scopes: flow
            .scopes
            .iter()
            .map(|(scope, meaning)| (scope.clone(), meaning.clone()))
            .collect(),
    }
}

fn api_key(
    cx: &mut Context,
    scheme: &model::SecurityScheme,
    location: ApiKeyLocation,
    name: &str,
) -> SchemeKind {
    let prefix = extension::prefix(cx, &scheme.place, &scheme.extensions);
    SchemeKind::ApiKey {
        location,
        name: name.to_owned(),
        prefix,
    }
}

/// The alternatives of an operation. Schemes that the client cannot apply are taken as satisfied by the
/// transport; a warning has said so where they are declared.
pub(super) fn alternatives(
    schemes: &Schemes,
    security: &[model::SecurityRequirement],
) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for requirement in security {
        let schemes = requirement
            .schemes
            .iter()
            .filter_map(|(name, scopes)| Some((*schemes.by_name.get(name)?, scopes.clone())))
            .collect();
        let alternative = Alternative { schemes };
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    // `security: [{}]` wants nothing at all.
    if alternatives
        .iter()
        .all(|alternative| alternative.schemes.is_empty())
    {
        alternatives.clear();
    }
    alternatives
}
