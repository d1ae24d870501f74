//! The authorization endpoint (RFC 6749, section 3.1): a user is asked, and sent back.

use http::Method;

use super::endpoint::Endpoint;
use super::error::{ErrorCode, OAuthError};
use super::grant::{Grant, Granter};
use super::redirect::{Mode, is_target, redirect};
use super::visit::Visit;
use super::{pkce, resource};
use crate::ir::OAuthFlowKind;
use crate::mock::answer::Reply;
use crate::mock::pages::{Asked, consent, failure};
use crate::mock::state::Code;

/// How long a code is good for, in seconds (RFC 6749, section 4.1.2).
const CODE_LIFETIME: i64 = 600;
/// The parameter by which a user answers, also without being asked.
pub(in crate::mock) const ANSWER: &str = "keywright_auto";

/// Asks a user.
pub(super) fn answer(visit: &mut Visit<'_>) -> Reply {
    if let Err(error) = take_parameters(visit) {
        return failure(error.description);
    }
    // Until it is known where the user comes from, there is nobody to tell of errors (RFC 6749, section 4.1.2.1).
    let target = match target(visit) {
        Ok(target) => target,
        Err(description) => return failure(description),
    };
    match respond(visit, &target) {
        Ok(reply) => reply,
        Err(error) => visit.send_back(
            &target,
            &[
                ("error", error.code.as_str()),
                ("error_description", error.description),
            ],
        ),
    }
}

/// Where a user is sent back to, and how.
struct Target {
    client: String,
    redirect_uri: String,
    mode: Mode,
}

fn take_parameters(visit: &mut Visit<'_>) -> Result<(), OAuthError> {
    if *visit.request.method() == Method::POST {
        return visit.take_form();
    }
    let query = visit.request.uri().query().unwrap_or_default();
    visit.take_parameters(query)
}

fn target(visit: &Visit<'_>) -> Result<Target, &'static str> {
    let parameters = &visit.parameters;
    let client = parameters.get("client_id");
    let client = client.ok_or("`client_id` is not there")?;
    visit.known(client).map_err(|it| it.description)?;
    let redirect_uri = parameters.get("redirect_uri");
    let redirect_uri = redirect_uri.ok_or("`redirect_uri` is not there")?;
    if !is_target(redirect_uri) {
        return Err("`redirect_uri` is not an absolute URL without a fragment");
    }
    let is_implicit = parameters.get("response_type") == Some("token");
    let is_fragment = is_implicit || parameters.get("response_mode") == Some("fragment");
    Ok(Target {
        client: client.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        mode: if is_fragment {
            Mode::Fragment
        } else {
            Mode::Query
        },
    })
}

/// What a client asks of a user.
struct Wanted {
    kind: OAuthFlowKind,
    scopes: Vec<String>,
    code: Option<Code>,
}

fn respond(visit: &mut Visit<'_>, target: &Target) -> Result<Reply, OAuthError> {
    let wanted = wanted(visit, target)?;
    let is_unasked = visit.settings.confirm_after.is_some_and(|it| it.is_zero());
    match visit.parameters.get(ANSWER) {
        Some("allow") => Ok(visit.allow(target, wanted)),
        Some("deny") => {
            let description = "the user has refused";
            Err(OAuthError::new(ErrorCode::AccessDenied, description))
        }
        Some(_) => Err(OAuthError::request(
            "`keywright_auto` is neither `allow` nor `deny`",
        )),
        None if is_unasked => Ok(visit.allow(target, wanted)),
        None if visit.parameters.get("prompt") == Some("none") => {
            let description = "the user has to be asked";
            Err(OAuthError::new(ErrorCode::ConsentRequired, description))
        }
        None => Ok(ask(visit, target, &wanted)),
    }
}

fn wanted(visit: &Visit<'_>, target: &Target) -> Result<Wanted, OAuthError> {
    let parameters = &visit.parameters;
    for (name, code) in [
        ("request", ErrorCode::RequestNotSupported),
        ("request_uri", ErrorCode::RequestUriNotSupported),
    ] {
        if parameters.get(name).is_some() {
            let description = "requests are read from parameters only";
            return Err(OAuthError::new(code, description));
        }
    }
    let kind = match visit.required("response_type", "`response_type` is not there")? {
        "code" => Some(OAuthFlowKind::AuthorizationCode),
        "token" => Some(OAuthFlowKind::Implicit),
        _ => None,
    };
    let Some(kind) = kind.filter(|it| visit.server.way(*it).is_some()) else {
        let description = "the document has no flow of this response type";
        return Err(OAuthError::new(
            ErrorCode::UnsupportedResponseType,
            description,
        ));
    };
    let is_implicit = kind == OAuthFlowKind::Implicit;
    match parameters.get("response_mode") {
        None | Some("fragment") => {}
        Some("query") if !is_implicit => {}
        Some(_) => return Err(OAuthError::request("this `response_mode` is not supported")),
    }
    let scopes = visit.granted(kind)?;
    let challenge = pkce::challenge(parameters)?;
    let resources = resource::resources(parameters)?;
    let code = (!is_implicit).then(|| Code {
        scheme: visit.server.key.clone(),
        client: target.client.clone(),
        redirect_uri: target.redirect_uri.clone(),
        challenge,
        scopes: scopes.clone(),
        resources,
        nonce: parameters.get("nonce").map(str::to_owned),
        expires_at: visit.now().saturating_add(CODE_LIFETIME),
        family: None,
    });
    Ok(Wanted { kind, scopes, code })
}

/// The page on which a user is asked.
fn ask(visit: &Visit<'_>, target: &Target, wanted: &Wanted) -> Reply {
    let scopes = wanted.scopes.iter().map(|scope| {
        let meaning = visit.server.meaning(scope).unwrap_or_default();
        (scope.as_str(), meaning)
    });
    consent(&Asked {
        service: &visit.server.title,
        client: &target.client,
        scopes: scopes.collect(),
        returns_to: &target.redirect_uri,
        way: wanted.kind.as_str(),
        action: &visit.scheme.path(Endpoint::Authorization),
        answer: ANSWER,
        parameters: visit.parameters.iter().collect(),
    })
}

impl Visit<'_> {
    /// Gives what a user has allowed.
    fn allow(&mut self, target: &Target, wanted: Wanted) -> Reply {
        let value = self.state.tokens.unique();
        if let Some(code) = wanted.code {
            self.state.codes.issue(value.clone(), code);
            return self.send_back(target, &[("code", &value)]);
        }
        let grant = Grant {
            client: target.client.clone(),
            family: self.state.tokens.sign_in(),
            scopes: wanted.scopes,
            by: Granter::Client,
        };
        let token = self.issue(&grant);
        let lifetime = self.lifetime().to_string();
        let scope = grant.scopes.join(" ");
        let mut parameters = vec![
            ("access_token", token.as_str()),
            ("token_type", "Bearer"),
            ("expires_in", &lifetime),
        ];
        if !scope.is_empty() {
            parameters.push(("scope", &scope));
        }
        self.send_back(target, &parameters)
    }

    /// Sends a user back, and says who does (RFC 9207).
    fn send_back(&self, target: &Target, parameters: &[(&str, &str)]) -> Reply {
        let issuer = self.issuer();
        let mut parameters = parameters.to_vec();
        if let Some(state) = self.parameters.get("state") {
            parameters.push(("state", state));
        }
        parameters.push(("iss", &issuer));
        redirect(&target.redirect_uri, target.mode, &parameters)
    }
}
