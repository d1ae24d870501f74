//! What the documents say of authorization servers.

use super::endpoint::{Endpoint, OPENID, Way};
use crate::document::is_absolute;
use crate::ir::{OAuth, OAuthEndpoints, OAuthFlowKind, OAuthMetadata};
use crate::mock::contract::Contract;
use crate::model::{EndpointUrl, OAuthFlow, OAuthFlows, SecurityScheme, SecuritySchemeKind};

const OPENID_METADATA: &str = "/.well-known/openid-configuration";
const OAUTH_METADATA: &str = "/.well-known/oauth-authorization-server";

/// What a document says of the server of a security scheme.
pub(super) struct Draft<'c> {
    pub(super) contract: &'c Contract,
    pub(super) name: &'c str,
    pub(super) ways: Vec<Way>,
    pub(super) is_openid: bool,
    /// Whether the document lists its scopes.
    pub(super) is_listed: bool,
    /// The endpoints and their paths.
    pub(super) stated: Vec<(Endpoint, String)>,
    /// The path of the issuer.
    pub(super) issuer: Option<String>,
}

impl Draft<'_> {
    pub(super) fn id(&self) -> (String, String) {
        (self.contract.module.clone(), self.name.to_owned())
    }
}

/// Reads what documents say of the schemes of OAuth 2 and OpenID Connect.
pub(super) fn read(contracts: &[Contract]) -> Vec<Draft<'_>> {
    let schemes = contracts
        .iter()
        .flat_map(|contract| contract.schemes.iter().map(move |it| (contract, it)));
    schemes
        .filter_map(|(contract, (name, scheme))| draft(contract, name, scheme))
        .collect()
}

fn draft<'c>(contract: &'c Contract, name: &'c str, scheme: &SecurityScheme) -> Option<Draft<'c>> {
    let mut servers = contract.api.oauth.iter();
    let lowered = servers.find(|it| contract.api.schemes[it.scheme.0 as usize].name == name);
    let mut paths = Paths {
        lowered,
        stated: Vec::new(),
    };
    let (mut ways, is_openid) = match &scheme.kind {
        SecuritySchemeKind::OAuth2(flows) => (paths.flows(flows), false),
        SecuritySchemeKind::OpenIdConnect { url } => {
            paths.metadata(url);
            (Vec::new(), true)
        }
        SecuritySchemeKind::ApiKey { .. }
        | SecuritySchemeKind::Http { .. }
        | SecuritySchemeKind::MutualTls => return None,
    };
    if let Some(url) = &scheme.metadata_url {
        paths.metadata(url);
    }
    let is_listed = !ways.is_empty();
    if !is_listed {
        ways = unstated(is_openid);
    }
    add_undeclared(contract, name, &mut ways);
    let metadata = paths
        .stated
        .iter()
        .filter(|(it, _)| *it == Endpoint::Metadata);
    let issuer = metadata.map(|(_, path)| issuer_of(path)).next();
    Some(Draft {
        contract,
        name,
        ways,
        is_openid,
        is_listed,
        stated: paths.stated,
        issuer,
    })
}

/// The ways of a server that the document does not describe.
fn unstated(is_openid: bool) -> Vec<Way> {
    let kinds = [
        OAuthFlowKind::ClientCredentials,
        OAuthFlowKind::AuthorizationCode,
        OAuthFlowKind::Device,
    ];
    let openid = || (OPENID.to_owned(), String::new());
    let way = |kind| Way {
        kind,
        scopes: is_openid.then(openid).into_iter().collect(),
    };
    kinds.map(way).into()
}

/// Adds what operations want and no flow declares to all of them: or else nobody could call these.
fn add_undeclared(contract: &Contract, name: &str, ways: &mut [Way]) {
    let alternatives = contract.operations.iter().flat_map(|it| &it.security);
    let wanted = alternatives.filter_map(|it| it.get(name)).flatten();
    for scope in wanted {
        let mut declared = ways.iter().flat_map(|it| &it.scopes);
        if declared.any(|(it, _)| it == scope) {
            continue;
        }
        for way in ways.iter_mut() {
            way.scopes.push((scope.clone(), String::new()));
        }
    }
}

/// Collects the paths of a scheme.
struct Paths<'c> {
    /// What clients are told, for URLs that are relative to that of the server.
    lowered: Option<&'c OAuth>,
    stated: Vec<(Endpoint, String)>,
}

impl Paths<'_> {
    fn flows(&mut self, flows: &OAuthFlows) -> Vec<Way> {
        let mut ways = Vec::new();
        for kind in OAuthFlowKind::ALL {
            if let Some(flow) = kind.of(flows) {
                self.endpoints(kind, flow);
                let scopes = flow.scopes.clone().into_iter().collect();
                ways.push(Way { kind, scopes });
            }
        }
        ways
    }

    fn endpoints(&mut self, kind: OAuthFlowKind, flow: &OAuthFlow) {
        let flows = self.lowered.map_or(&[][..], |it| &it.flows);
        let none = OAuthEndpoints::default();
        let lowered = flows.iter().find(|it| it.kind == kind);
        let lowered = lowered.map_or(none, |it| it.endpoints.clone());
        for (endpoint, url, lowered) in [
            (Endpoint::Token, &flow.token_url, &lowered.token),
            (Endpoint::Token, &flow.refresh_url, &lowered.refresh),
            (
                Endpoint::Device,
                &flow.device_authorization_url,
                &lowered.device_authorization,
            ),
            (
                Endpoint::Authorization,
                &flow.authorization_url,
                &lowered.authorization,
            ),
        ] {
            self.add(endpoint, url.as_ref(), lowered.as_ref());
        }
    }

    fn metadata(&mut self, url: &EndpointUrl) {
        let lowered = self.lowered.and_then(|it| it.metadata.clone());
        let lowered = lowered.map(|it| match it {
            OAuthMetadata::OAuth(url) | OAuthMetadata::OpenId(url) => url,
        });
        self.add(Endpoint::Metadata, Some(url), lowered.as_ref());
    }

    fn add(&mut self, endpoint: Endpoint, url: Option<&EndpointUrl>, lowered: Option<&String>) {
        let text = url.map(|it| it.text.trim()).filter(|it| !it.is_empty());
        let is_relative = |it: &str| !is_absolute(it) && !it.starts_with('/');
        let path = match text {
            Some(text) if is_relative(text) => lowered.map(|it| path_of(it)),
            Some(text) => Some(path_of(text)),
            None => None,
        };
        if let Some(path) = path.filter(|it| !self.stated.iter().any(|(_, known)| known == it)) {
            self.stated.push((endpoint, path));
        }
    }
}

/// The path of a URL, or of a reference that begins with its path.
fn path_of(url: &str) -> String {
    let path = match url.split_once("//") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

/// The path of the issuer that has its metadata at a path.
fn issuer_of(path: &str) -> String {
    let after = path.strip_prefix(OAUTH_METADATA);
    let after = after.filter(|it| it.is_empty() || it.starts_with('/'));
    let before = || {
        path.strip_suffix(OPENID_METADATA)
            .or_else(|| path.strip_suffix(OAUTH_METADATA))
    };
    let issuer = after.or_else(before).unwrap_or_default();
    issuer.trim_end_matches('/').to_owned()
}
