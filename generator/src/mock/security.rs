//! Whether a request has the credentials that its operation wants (OAS 3.1.1, Security Requirement Object).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, StatusCode};
use indexmap::IndexMap;

use super::contract::{Contract, Operation};
use super::judge::{Finding, Part};
use super::oauth::Servers;
use super::settings::Settings;
use super::state::{Refused, State, Token, TokenKind};
use super::urlencoded::{self, decoded};
use crate::ir::{ApiKeyLocation, SchemeKind, SecurityScheme, Session, SessionPart};

/// A credential that a request has, and that is good.
#[derive(Clone, Debug)]
pub(super) struct Presented {
    /// The security scheme.
    pub(super) scheme: String,
    /// The credential; `name:password` for basic authentication.
    pub(super) value: String,
}

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(super) struct Denied {
    /// 401 without a good credential; 403 where it does not allow this.
    pub(super) status: StatusCode,
    /// What is wrong.
    pub(super) finding: Finding,
    /// The values of `WWW-Authenticate` (RFC 9110, section 11.6.1).
    pub(super) challenges: Vec<String>,
}

/// What is wrong with a credential.
enum Fault {
    /// It is not there.
    Missing,
    /// It is not good.
    Bad(String),
    /// It lacks a scope.
    Lacking(String),
}

/// Checks the credentials of a request: those of the first alternative that holds.
pub(super) fn check(
    contract: &Contract,
    operation: &Operation,
    request: &http::Request<Bytes>,
    settings: &Settings,
    servers: &Servers,
    state: &State,
) -> Result<Vec<Presented>, Denied> {
    let checker = Checker {
        operation,
        contract,
        request,
        settings,
        servers,
        state,
    };
    let mut worst: Option<(String, Fault)> = None;
    let named = operation.security.iter().filter(|it| !it.is_empty());
    for alternative in named {
        match checker.alternative(alternative) {
            Ok(presented) => return Ok(presented),
            Err((scheme, fault)) => {
                // What is there and wrong tells more than what is not there.
                let is_missing = matches!(fault, Fault::Missing);
                if worst.is_none() || !is_missing {
                    worst = Some((scheme, fault));
                }
            }
        }
    }
    let takes_strangers = operation.security.iter().any(IndexMap::is_empty);
    match worst {
        Some((scheme, fault)) if !takes_strangers => {
            Err(checker.denied(operation, &scheme, &fault))
        }
        _ => Ok(Vec::new()),
    }
}

struct Checker<'c> {
    operation: &'c Operation,
    contract: &'c Contract,
    request: &'c http::Request<Bytes>,
    settings: &'c Settings,
    servers: &'c Servers,
    state: &'c State,
}

impl Checker<'_> {
    fn alternative(
        &self,
        schemes: &IndexMap<String, Vec<String>>,
    ) -> Result<Vec<Presented>, (String, Fault)> {
        let check = |(name, scopes): (&String, &Vec<String>)| {
            let checked = self.scheme(name, scopes);
            checked.map_err(|fault| (name.clone(), fault))
        };
        let presented: Result<Vec<Option<Presented>>, _> = schemes.iter().map(check).collect();
        Ok(presented?.into_iter().flatten().collect())
    }

    /// The credential of a scheme; none where it does not travel in requests.
    fn scheme(&self, name: &str, scopes: &[String]) -> Result<Option<Presented>, Fault> {
        let schemes = &self.contract.api.schemes;
        let Some(scheme) = schemes.iter().find(|it| it.name == name) else {
            // Nobody can say how its credential travels.
            return Ok(None);
        };
        if scheme.kind == SchemeKind::MutualTls {
            return Ok(None);
        }
        let value = sent(&scheme.kind, self.request).ok_or(Fault::Missing)?;
        let value = value.map_err(Fault::Bad)?;
        self.judge(scheme, &value, scopes)?;
        Ok(Some(Presented {
            scheme: name.to_owned(),
            value,
        }))
    }

    fn judge(&self, scheme: &SecurityScheme, value: &str, scopes: &[String]) -> Result<(), Fault> {
        let known = self.settings.credentials.iter();
        let mut known = known.filter(|(name, _)| *name == scheme.name).peekable();
        let has_known = known.peek().is_some();
        if known.any(|(_, it)| it == value) {
            return Ok(());
        }
        let module = &self.contract.module;
        let of_server = self.servers.key(module, &scheme.name);
        if of_server.is_none() && !self.contract.issues(&scheme.name) {
            return if has_known {
                Err(Fault::Bad("it is not the right one".to_owned()))
            } else {
                Ok(())
            };
        }
        let key = (module.clone(), scheme.name.clone());
        let token = match (self.issued(&key, value), of_server) {
            // What the authorization server gives is known by the first of its schemes.
            (Err(Refused::Unknown), Some(key)) => self.issued(key, value),
            (issued, _) => issued,
        };
        let token = match token {
            Ok(token) => token,
            Err(Refused::Expired) if self.renews(&scheme.name) => return Ok(()),
            Err(refused) => return Err(Fault::Bad(refused.to_string())),
        };
        let lacking = |scope: &&String| {
            let allowed = token.scopes.as_ref();
            allowed.is_some_and(|it| !it.contains(*scope))
        };
        match scopes.iter().find(lacking) {
            Some(scope) => Err(Fault::Lacking(scope.clone())),
            None => Ok(()),
        }
    }

    /// Whether the operation renews the credential of a scheme by a refresh token: its time may be over then.
    fn renews(&self, scheme: &str) -> bool {
        let api = &self.contract.api;
        let is_its = |it: &&Session| api.schemes[it.scheme.0 as usize].name == scheme;
        let renewals = api.sessions.iter().filter(is_its);
        let mut renewals = renewals.filter_map(|it| it.renew.as_ref());
        renewals.any(|it| {
            let mut sent = it.sends.iter();
            Some(it.operation) == self.operation.client
                && sent.any(|(_, part)| *part == SessionPart::RefreshToken)
        })
    }

    fn issued(&self, key: &(String, String), value: &str) -> Result<&Token, Refused> {
        let now = self.state.clock.seconds();
        self.state.tokens.check(key, TokenKind::Access, value, now)
    }

    fn denied(&self, operation: &Operation, scheme: &str, fault: &Fault) -> Denied {
        let (status, message) = match fault {
            Fault::Missing => (
                StatusCode::UNAUTHORIZED,
                format!("none of `{scheme}` was sent"),
            ),
            Fault::Bad(why) => (
                StatusCode::UNAUTHORIZED,
                format!("that of `{scheme}`: {why}"),
            ),
            Fault::Lacking(scope) => {
                let message = format!("that of `{scheme}` lacks the scope `{scope}`");
                (StatusCode::FORBIDDEN, message)
            }
        };
        let place = self.contract.schemes.get(scheme).map(|it| &it.place);
        let error = match fault {
            Fault::Missing => None,
            Fault::Bad(_) => Some("invalid_token"),
            Fault::Lacking(_) => Some("insufficient_scope"),
        };
        Denied {
            status,
            finding: Finding::new(Part::Credential, message, place),
            challenges: challenges(self.contract, operation, error),
        }
    }
}

/// The values of `WWW-Authenticate` of an operation, with the error where one is known (RFC 6750, section 3.1).
pub(super) fn challenges(
    contract: &Contract,
    operation: &Operation,
    error: Option<&str>,
) -> Vec<String> {
    let mut challenges = Vec::new();
    let names = operation.security.iter().flat_map(IndexMap::keys);
    for name in names {
        let scheme = contract.api.schemes.iter().find(|it| it.name == *name);
        let challenge = match scheme.map(|it| &it.kind) {
            Some(SchemeKind::Basic) => "Basic realm=\"stand-in\", charset=\"UTF-8\"".to_owned(),
            Some(SchemeKind::Bearer { .. }) => match error {
                Some(error) => format!("Bearer realm=\"stand-in\", error=\"{error}\""),
                None => "Bearer realm=\"stand-in\"".to_owned(),
            },
            Some(SchemeKind::Http { scheme }) => format!("{scheme} realm=\"stand-in\""),
            _ => continue,
        };
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}

impl Contract {
    /// Returns whether the stand-in issues the credentials of a security scheme itself.
    #[must_use]
    pub fn issues(&self, scheme: &str) -> bool {
        let of = |id: crate::ir::SchemeId| self.api.schemes[id.0 as usize].name == scheme;
        self.api.sessions.iter().any(|it| of(it.scheme))
            || self.api.device_flows.iter().any(|it| of(it.scheme))
            || self.api.oauth.iter().any(|it| of(it.scheme))
    }
}

/// The credential of a kind that a request has; an error when it has not the form of one.
pub(super) fn sent(
    kind: &SchemeKind,
    request: &http::Request<Bytes>,
) -> Option<Result<String, String>> {
    let authorization = |scheme: &str| {
        let values = request.headers().get_all(AUTHORIZATION).iter();
        let mut values = values.filter_map(|it| it.to_str().ok());
        values.find_map(|it| after(it, scheme).map(str::to_owned))
    };
    match kind {
        SchemeKind::Basic => authorization("Basic").map(|it| basic(&it)),
        SchemeKind::Bearer { .. } => authorization("Bearer").map(|it| bearer(&it)),
        SchemeKind::Http { scheme } => authorization(scheme).map(Ok),
        SchemeKind::Digest => authorization("Digest").map(Ok),
        SchemeKind::MutualTls => None,
        SchemeKind::ApiKey {
            location,
            name,
            prefix,
        } => {
            let value = key(*location, name, request)?;
            match prefix {
                None => Some(Ok(value)),
                Some(prefix) => {
                    let key = after(&value, prefix).map(str::to_owned);
                    Some(key.ok_or_else(|| format!("it does not begin with `{prefix} `")))
                }
            }
        }
    }
    .filter(|it| it.as_ref().map_or(true, |it| !it.is_empty()))
}

/// What stands after the name of a scheme, which has no case (RFC 9110, section 11.1).
fn after<'v>(value: &'v str, scheme: &str) -> Option<&'v str> {
    let (name, rest) = value.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim_start())
}

/// User name and password (RFC 7617, section 2).
fn basic(value: &str) -> Result<String, String> {
    let bytes = STANDARD
        .decode(value)
        .map_err(|_| "it is not Base64".to_owned())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    if text.contains(':') {
        Ok(text)
    } else {
        Err("it has no colon".to_owned())
    }
}

/// A token (RFC 6750, section 2.1).
fn bearer(value: &str) -> Result<String, String> {
    let is_token = |it: char| it.is_ascii_alphanumeric() || "-._~+/=".contains(it);
    if value.chars().all(is_token) {
        Ok(value.to_owned())
    } else {
        Err("it has a form that no bearer token has".to_owned())
    }
}

fn key(location: ApiKeyLocation, name: &str, request: &http::Request<Bytes>) -> Option<String> {
    match location {
        ApiKeyLocation::Header => {
            let value = request.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        }
        ApiKeyLocation::Query => urlencoded::field(request.uri().query()?, name),
        ApiKeyLocation::Cookie => cookie(request.headers(), name),
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(COOKIE).iter();
    let values = values.filter_map(|it| it.to_str().ok());
    let mut pairs = values
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='));
    let own = pairs.find(|(key, _)| decoded(key) == name);
    own.map(|(_, value)| decoded(value))
}
