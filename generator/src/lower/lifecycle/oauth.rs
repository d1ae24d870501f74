//! Authorization servers: which flows of OAuth 2 and OpenID Connect a client can use, and where.
//!
//! A scheme that the document gives a session or a device flow of its own gets its tokens by that. A flow with an endpoint
//! that cannot be used is left out; one without it was reported by who read it.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{is_absolute, resolve};
use crate::ir::{
    Api, OAuth, OAuthEndpoints, OAuthFlow, OAuthFlowKind, OAuthMetadata, Origin, SchemeId,
};
use crate::model::{self, Description, EndpointUrl, OAuthFlows, SecuritySchemeKind};

/// Lowers the authorization servers of all security schemes.
pub(in crate::lower) fn lower_all(
    description: &Description,
    api: &Api,
    diagnostics: &mut Diagnostics,
) -> Vec<OAuth> {
    let schemes = (0..).map(SchemeId).zip(&api.schemes);
    let mut reader = Reader {
        base: base(description, api),
        diagnostics,
    };
    let schemes = schemes.filter_map(|(id, scheme)| {
        let is_taken = api.session(id).is_some() || api.device_flow(id).is_some();
        let model = description.security_schemes.get(&scheme.name);
        let model = model.filter(|_| !is_taken && !scheme.inferred)?;
        let (flows, metadata) = reader.scheme(model)?;
        (!flows.is_empty()).then(|| OAuth {
            origin: Origin {
                place: model.place.clone(),
            },
            scheme: id,
            flows,
            metadata,
        })
    });
    schemes.collect()
}

/// Where the API is, with the slash at its end that the document has.
fn base(description: &Description, api: &Api) -> String {
    let mut base = api
        .servers
        .first()
        .map(crate::ir::Server::default_url)
        .unwrap_or_default();
    let written = description.servers.first();
    if written.is_some_and(|it| it.url.ends_with('/')) && !base.ends_with('/') {
        base.push('/');
    }
    base
}

struct Reader<'a> {
    base: String,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn scheme(
        &mut self,
        scheme: &model::SecurityScheme,
    ) -> Option<(Vec<OAuthFlow>, Option<OAuthMetadata>)> {
        match &scheme.kind {
            SecuritySchemeKind::OAuth2(flows) => {
                let metadata = scheme.metadata_url.as_ref();
                let metadata = metadata.and_then(|it| self.url("oauth2MetadataUrl", it));
                let metadata = metadata.map(OAuthMetadata::OAuth);
                Some((self.flows(flows, metadata.is_some()), metadata))
            }
            SecuritySchemeKind::OpenIdConnect { url } => {
                let url = self.url("openIdConnectUrl", url)?;
                Some((openid_flows(), Some(OAuthMetadata::OpenId(url))))
            }
            SecuritySchemeKind::ApiKey { .. }
            | SecuritySchemeKind::Http { .. }
            | SecuritySchemeKind::MutualTls => None,
        }
    }

    fn flows(&mut self, flows: &OAuthFlows, has_metadata: bool) -> Vec<OAuthFlow> {
        let kinds = OAuthFlowKind::ALL.into_iter();
        kinds
            .filter_map(|kind| self.flow(kind, kind.of(flows)?, has_metadata))
            .collect()
    }

    fn flow(
        &mut self,
        kind: OAuthFlowKind,
        flow: &model::OAuthFlow,
        has_metadata: bool,
    ) -> Option<OAuthFlow> {
        let mut is_usable = true;
        // Only what the flow needs: what else is there is of no interest.
        let mut read = |key, url: &Option<EndpointUrl>, is_wanted: bool, is_needed: bool| {
            let url = url.as_ref().filter(|_| is_wanted);
            let read = url.map(|url| self.url(key, url));
            is_usable &= match read {
                Some(ref read) => read.is_some(),
                None => !is_needed || has_metadata,
            };
            read.flatten()
        };
        let is_in_browser = matches!(
            kind,
            OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Implicit
        );
        let is_device = kind == OAuthFlowKind::Device;
        let gives_at_endpoint = kind != OAuthFlowKind::Implicit;
        let endpoints = OAuthEndpoints {
            authorization: read(
                "authorizationUrl",
                &flow.authorization_url,
                is_in_browser,
                is_in_browser,
            ),
            device_authorization: read(
                "deviceAuthorizationUrl",
                &flow.device_authorization_url,
                is_device,
                is_device,
            ),
            token: read(
                "tokenUrl",
                &flow.token_url,
                gives_at_endpoint,
                gives_at_endpoint,
            ),
            refresh: read("refreshUrl", &flow.refresh_url, gives_at_endpoint, false),
        };
        let scopes = flow.scopes.iter();
        is_usable.then(|| OAuthFlow {
            kind,
            endpoints,
            scopes: scopes
                .map(|(name, it)| (name.clone(), it.clone()))
                .collect(),
        })
    }

    /// A URL that a client can use, absolute or from the root of the API's host.
    fn url(&mut self, key: &str, url: &EndpointUrl) -> Option<String> {
        let text = url.text.trim();
        if let Some(problem) = problem(text) {
            let message = format!("`{key}` cannot be used: {problem}");
            let finding = Diagnostic::at(Code::UnusableEndpoint, &url.place, message);
            self.diagnostics.report(
                finding
                    .label("the client has no method for this flow")
                    .help("use an absolute URL, or one relative to the server URL"),
            );
            return None;
        }
        if is_absolute(text) || text.starts_with('/') {
            return Some(text.to_owned());
        }
        // A client whose base URL is another one asks there.
        Some(root_path(&resolve(&self.base, text)))
    }
}

/// What is wrong with a URL, if anything is.
fn problem(url: &str) -> Option<&'static str> {
    let is_web = |url: &str| {
        let scheme = url.split(':').next().unwrap_or_default();
        ["https", "http"]
            .iter()
            .any(|it| scheme.eq_ignore_ascii_case(it))
    };
    let host = url.split_once("//").map_or("-", |(_, rest)| rest);
    let host = host.split(['/', '?']).next().unwrap_or_default();
    if url.is_empty() {
        Some("it is empty")
    } else if url.contains(['{', '}', '<', '>']) {
        Some("it contains a placeholder")
    } else if !url.chars().all(is_of_url) {
        Some("it contains a character that is not allowed in a URL")
    } else if is_absolute(url) && !is_web(url) {
        Some("its scheme is neither `https` nor `http`")
    } else if url.contains('#') {
        Some("it has a fragment")
    } else if host.is_empty() || host.contains('@') {
        Some("it has no host, or a user name before it")
    } else {
        None
    }
}

/// Whether a URL may hold a character (RFC 3986, section 2).
fn is_of_url(it: char) -> bool {
    it.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(it)
}

/// The path of a URL and what follows, with the slash at its start.
fn root_path(url: &str) -> String {
    let rest = url.split_once("//").map_or(url, |(_, rest)| {
        rest.find('/').map_or("", |start| &rest[start..])
    });
    // Nothing is above the root (RFC 3986, section 5.2.4).
    let mut rest = rest.trim_start_matches('/');
    while let Some(below) = rest.strip_prefix("../") {
        rest = below;
    }
    format!("/{rest}")
}

/// What a server of OpenID Connect may have: it says itself which of it, and where.
fn openid_flows() -> Vec<OAuthFlow> {
    let kinds = [
        OAuthFlowKind::ClientCredentials,
        OAuthFlowKind::AuthorizationCode,
        OAuthFlowKind::Device,
    ];
    let flows = kinds.into_iter().map(|kind| OAuthFlow {
        kind,
        endpoints: OAuthEndpoints::default(),
        scopes: Vec::new(),
    });
    flows.collect()
}
