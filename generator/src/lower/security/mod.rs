//! Security schemes and requirements.

pub(super) mod credential;
mod prefix;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::context::Context;
use super::{docs, extension};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::ir::{
    self, Alternative, ApiKeyLocation, CredentialSource, ForeignScheme, ParameterKind, SchemeId,
    SchemeKind,
};
use crate::model::{self, ParameterLocation, SecuritySchemeKind};

/// The schemes of a document.
pub(super) struct Schemes {
    /// Those that the client applies: the declared ones in the document's order, then what is inferred.
    pub(super) supported: Vec<ir::SecurityScheme>,
    /// Those that are left to the caller.
    pub(super) foreign: Vec<ForeignScheme>,
    by_name: HashMap<String, SchemeId>,
}

impl Schemes {
    /// Adds a scheme that the client applies.
    pub(super) fn add(&mut self, scheme: ir::SecurityScheme) -> SchemeId {
        let id = SchemeId(u32::try_from(self.supported.len()).expect("fewer than 2^32 schemes"));
        self.supported.push(scheme);
        id
    }
}

impl std::ops::Index<SchemeId> for Schemes {
    type Output = ir::SecurityScheme;

    fn index(&self, id: SchemeId) -> &ir::SecurityScheme {
        &self.supported[id.0 as usize]
    }
}

/// Lowers every declared scheme.
pub(super) fn lower_schemes(cx: &mut Context) -> Schemes {
    let mut schemes = Schemes {
        supported: Vec::new(),
        foreign: Vec::new(),
        by_name: HashMap::new(),
    };
    for (name, scheme) in &cx.description.security_schemes {
        let origin = ir::Origin {
            place: scheme.place.clone(),
        };
        let docs = docs::docs(None, scheme.description.as_ref(), None);
        match kind(cx, name, scheme) {
            Some(kind) => {
                let rust_name = extension::name(cx, &scheme.place, &scheme.extensions);
                let id = schemes.add(ir::SecurityScheme {
                    origin,
                    name: name.clone(),
                    rust_name,
                    docs,
                    deprecated: scheme.deprecated,
                    kind,
                    sources: sources(scheme),
                    inferred: false,
                });
                schemes.by_name.insert(name.clone(), id);
            }
            // `normalize` has said why.
            None => schemes.foreign.push(ForeignScheme {
                origin,
                name: name.clone(),
                docs,
            }),
        }
    }
    schemes
}

/// How a scheme's credential travels, if the client can send it.
fn kind(cx: &mut Context, name: &str, scheme: &model::SecurityScheme) -> Option<SchemeKind> {
    Some(match &scheme.kind {
        SecuritySchemeKind::Http {
            scheme,
            bearer_format,
        } => match scheme.as_str() {
            "basic" => SchemeKind::Basic,
            "digest" => SchemeKind::Digest,
            "bearer" => SchemeKind::Bearer {
                format: bearer_format.clone(),
            },
            other => SchemeKind::Http {
                scheme: other.to_owned(),
            },
        },
        SecuritySchemeKind::ApiKey {
            location,
            name: key,
        } => {
            let location = api_key_location(*location)?;
            let is_authorization =
                location == ApiKeyLocation::Header && key.eq_ignore_ascii_case("authorization");
            SchemeKind::ApiKey {
                location,
                name: key.clone(),
                prefix: prefix::prefix(cx, name, scheme, is_authorization),
            }
        }
        // Whatever the flow or the provider, what it ends in is a bearer token.
        SecuritySchemeKind::OAuth2(_) | SecuritySchemeKind::OpenIdConnect { .. } => {
            SchemeKind::Bearer { format: None }
        }
        SecuritySchemeKind::MutualTls => SchemeKind::MutualTls,
    })
}

/// Where an API key may travel.
pub(super) fn api_key_location(location: ParameterLocation) -> Option<ApiKeyLocation> {
    match location {
        ParameterLocation::Header => Some(ApiKeyLocation::Header),
        ParameterLocation::Query => Some(ApiKeyLocation::Query),
        ParameterLocation::Cookie => Some(ApiKeyLocation::Cookie),
        ParameterLocation::Path | ParameterLocation::QueryString => None,
    }
}

/// Where a scheme's credential comes from.
fn sources(scheme: &model::SecurityScheme) -> Vec<CredentialSource> {
    let metadata = scheme.metadata_url.as_ref().map(|url| CredentialSource {
        name: "Metadata",
        urls: vec![("at", url.text.clone())],
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
            urls: vec![("at", url.text.clone())],
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
            .filter_map(|(use_, url)| Some((use_, url.as_ref()?.text.clone())))
            .collect(),
        scopes: flow
            .scopes
            .iter()
            .map(|(scope, meaning)| (scope.clone(), meaning.clone()))
            .collect(),
    }
}

/// The alternatives of an operation.
pub(super) fn alternatives(
    cx: &mut Context,
    schemes: &Schemes,
    security: &[model::SecurityRequirement],
) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for requirement in security {
        let mut alternative = Alternative::default();
        for (name, scopes) in &requirement.schemes {
            match schemes.by_name.get(name) {
                Some(id) => alternative.schemes.push((*id, scopes.clone())),
                None => alternative.foreign.push(name.clone()),
            }
        }
        report_conflicts(cx, schemes, &requirement.place, &alternative);
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    // `security: [{}]` wants nothing at all.
    if alternatives.iter().all(Alternative::is_anonymous) {
        alternatives.clear();
    }
    alternatives
}

/// Reports schemes that must be satisfied together and write the same part of a request.
fn report_conflicts(cx: &mut Context, schemes: &Schemes, place: &Place, alternative: &Alternative) {
    let mut written = HashMap::new();
    for (id, _) in &alternative.schemes {
        let scheme = &schemes[*id];
        let Some((location, name)) = scheme.kind.target() else {
            continue;
        };
        let Some(other) = written.insert(scheme.kind.part(), *id) else {
            continue;
        };
        let other = &schemes[other];
        let message = format!(
            "the security schemes `{}` and `{}` are required together, but both set the {location} `{name}`",
            other.name, scheme.name
        );
        let finding = Diagnostic::at(Code::ConflictingCredentials, place, message)
            .label(if other.kind.may_agree(&scheme.kind) {
                "fails, unless both have the same credential"
            } else {
                "the client cannot send both"
            })
            .related(
                &other.origin.place,
                format!("`{}` is declared here", other.name),
            )
            .related(
                &scheme.origin.place,
                format!("`{}` is declared here", scheme.name),
            )
            .help_with_lines(
                "if one of them is enough, list them as alternatives:",
                &format!("security:\n  - {}: []\n  - {}: []", other.name, scheme.name),
            );
        cx.report(finding);
    }
}

/// Adds the schemes that operations want and the document does not declare, or not in a way that can be read.
pub(super) fn add_unknown(schemes: &mut Schemes, operations: &[ir::Operation]) {
    let declared = schemes.foreign.iter().map(|it| it.name.clone());
    let mut known: HashSet<String> = declared.collect();
    for operation in operations {
        for name in operation.security.iter().flat_map(|it| &it.foreign) {
            if known.insert(name.clone()) {
                schemes.foreign.push(ForeignScheme {
                    origin: operation.origin.clone(),
                    name: name.clone(),
                    docs: ir::Docs::default(),
                });
            }
        }
    }
}

/// Notes for each argument which credentials a request has no place for beside it, and reports that.
pub(super) fn mark_replaced(
    cx: &mut Context,
    schemes: &Schemes,
    alternatives: &[Alternative],
    arguments: &mut [ir::Argument],
) {
    let mut written: IndexMap<_, Vec<SchemeId>> = IndexMap::new();
    for (id, _) in alternatives.iter().flat_map(|it| &it.schemes) {
        let Some(part) = schemes[*id].kind.part() else {
            continue;
        };
        let ids = written.entry(part).or_default();
        if !ids.contains(id) {
            ids.push(*id);
        }
    }
    for argument in arguments {
        let location = match argument.kind {
            ParameterKind::Header => ApiKeyLocation::Header,
            ParameterKind::Query => ApiKeyLocation::Query,
            ParameterKind::Cookie => ApiKeyLocation::Cookie,
            ParameterKind::Path | ParameterKind::QueryString => continue,
        };
        let part = SchemeKind::ApiKey {
            location,
            name: argument.wire_name.clone(),
            prefix: None,
        };
        let Some(part) = part.part() else { continue };
        // The whole of what cookies travel in.
        let is_cookies = part == (ApiKeyLocation::Header, "cookie".to_owned());
        let parts = written.iter();
        argument.replaces = parts
            .filter(|(it, _)| **it == part || (is_cookies && it.0 == ApiKeyLocation::Cookie))
            .flat_map(|(_, ids)| ids.iter().copied())
            .collect();
        for id in &argument.replaces {
            report_replaced(cx, argument, location, &schemes[*id]);
        }
    }
}

fn report_replaced(
    cx: &mut Context,
    argument: &ir::Argument,
    location: ApiKeyLocation,
    scheme: &ir::SecurityScheme,
) {
    let message = format!(
        "the {location} `{}` is both a parameter and the place of the credential for `{}`",
        argument.wire_name, scheme.name
    );
    let finding = Diagnostic::at(Code::ArgumentForCredential, &argument.origin.place, message);
    cx.report(
        finding
            .related(&scheme.origin.place, "this scheme sets it, too")
            .label("if a caller sets it, it replaces the credential")
            .help("remove the parameter; the security scheme already describes it"),
    );
}
