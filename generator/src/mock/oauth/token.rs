//! The token endpoint (RFC 6749, section 3.2).

use super::error::{ErrorCode, OAuthError};
use super::grant::{Grant, Granter};
use super::visit::{Client, Visit};
use super::{pkce, resource};
use crate::ir::OAuthFlowKind;
use crate::mock::answer::Reply;
use crate::mock::state::{FlowState, Refused, TokenKind};

/// How a device asks for its credential (RFC 8628, section 3.4).
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// By how much longer a device has to wait that asks too often, in seconds (RFC 8628, section 3.5).
const SLOWER: u64 = 5;

/// The ways by which there is a grant type, and what it is called.
pub(super) const GRANT_TYPES: [(OAuthFlowKind, &str); 4] = [
    (OAuthFlowKind::ClientCredentials, "client_credentials"),
    (OAuthFlowKind::Password, "password"),
    (OAuthFlowKind::AuthorizationCode, "authorization_code"),
    (OAuthFlowKind::Device, DEVICE_CODE),
];
pub(super) const REFRESH_TOKEN: &str = "refresh_token";

/// Gives credentials.
pub(super) fn answer(visit: &mut Visit<'_>) -> Result<Reply, OAuthError> {
    visit.take_form()?;
    let client = visit.client()?;
    let asked = visit.required("grant_type", "`grant_type` is not there")?;
    if asked == REFRESH_TOKEN {
        return visit.refresh(client);
    }
    let known = GRANT_TYPES.into_iter().find(|(_, it)| *it == asked);
    let offered = known.filter(|(kind, _)| visit.server.way(*kind).is_some());
    let Some((kind, _)) = offered else {
        let description = "the document has no flow of this grant type";
        return Err(OAuthError::new(
            ErrorCode::UnsupportedGrantType,
            description,
        ));
    };
    match kind {
        OAuthFlowKind::ClientCredentials => visit.client_credentials(client),
        OAuthFlowKind::Password => visit.password(client),
        OAuthFlowKind::Device => visit.device_code(client),
        // No token endpoint gives those of the other.
        OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Implicit => visit.code(client),
    }
}

impl Visit<'_> {
    /// RFC 6749, section 4.4.
    fn client_credentials(&mut self, client: Client) -> Result<Reply, OAuthError> {
        if !client.is_confidential {
            let description = "a client without a secret cannot ask for itself";
            return Err(OAuthError::new(ErrorCode::UnauthorizedClient, description));
        }
        resource::resources(&self.parameters)?;
        let scopes = self.granted(OAuthFlowKind::ClientCredentials)?;
        let family = self.state.tokens.sign_in();
        Ok(self.give(&Grant {
            client: client.id,
            family,
            scopes,
            by: Granter::Client,
        }))
    }

    /// RFC 6749, section 4.3. Every name and every password is good.
    fn password(&mut self, client: Client) -> Result<Reply, OAuthError> {
        self.required("username", "`username` is not there")?;
        self.required("password", "`password` is not there")?;
        resource::resources(&self.parameters)?;
        let scopes = self.granted(OAuthFlowKind::Password)?;
        Ok(self.sign_in(client, scopes, None).0)
    }

    /// RFC 6749, section 4.1.3. A code that comes again has been stolen: all that has come of it ends (section 4.1.2).
    fn code(&mut self, client: Client) -> Result<Reply, OAuthError> {
        let value = self.required("code", "`code` is not there")?.to_owned();
        let asked = resource::resources(&self.parameters)?;
        let now = self.now();
        let known = self.state.codes.get_mut(&value);
        let known = known.filter(|it| it.scheme == self.server.key && it.client == client.id);
        let code = known.ok_or(OAuthError::grant("the code was not issued to this client"))?;
        if let Some(family) = code.family {
            self.state.tokens.revoke_family(family);
            return Err(OAuthError::grant("the code has been used before"));
        }
        if code.expires_at <= now {
            return Err(OAuthError::grant("the code has expired"));
        }
        if self.parameters.get("redirect_uri") != Some(&code.redirect_uri) {
            let description = "`redirect_uri` is not that for which the code was issued";
            return Err(OAuthError::grant(description));
        }
        pkce::check(
            code.challenge.as_ref(),
            self.parameters.get("code_verifier"),
        )?;
        resource::check(&asked, &code.resources)?;
        let (scopes, nonce) = (code.scopes.clone(), code.nonce.clone());
        let (reply, family) = self.sign_in(client, scopes, nonce);
        if let Some(code) = self.state.codes.get_mut(&value) {
            code.family = Some(family);
        }
        Ok(reply)
    }

    /// RFC 8628, section 3.5.
    fn device_code(&mut self, client: Client) -> Result<Reply, OAuthError> {
        let value = self.required("device_code", "`device_code` is not there")?;
        let value = value.to_owned();
        let now = self.state.clock.now();
        let after = self.settings.confirm_after;
        let flow = self.state.flows.get_mut(&value);
        let is_own = |it: &&mut crate::mock::state::Flow| {
            it.scheme == self.server.key && it.client.as_ref() == Some(&client.id)
        };
        let Some(flow) = flow.filter(is_own) else {
            return Err(OAuthError::grant(
                "the device code was not issued to this client",
            ));
        };
        flow.settle(now, after);
        let is_hasty = flow.ask(now);
        match flow.state {
            FlowState::Claimed => {
                return Err(OAuthError::grant("the device code has been used before"));
            }
            FlowState::Denied => {
                let description = "the user has refused";
                return Err(OAuthError::new(ErrorCode::AccessDenied, description));
            }
            FlowState::Pending | FlowState::Confirmed if flow.ends <= now => {
                let description = "the device code has expired";
                return Err(OAuthError::new(ErrorCode::ExpiredToken, description));
            }
            FlowState::Pending | FlowState::Confirmed if is_hasty => {
                let slower = std::time::Duration::from_secs(SLOWER);
                flow.interval = flow.interval.saturating_add(slower);
                let description = "the device asks too soon after the last time";
                return Err(OAuthError::new(ErrorCode::SlowDown, description));
            }
            FlowState::Pending => {
                let description = "the user has not confirmed yet";
                return Err(OAuthError::new(
                    ErrorCode::AuthorizationPending,
                    description,
                ));
            }
            FlowState::Confirmed => flow.state = FlowState::Claimed,
        }
        let scopes = flow.scopes.clone().unwrap_or_default();
        Ok(self.sign_in(client, scopes, None).0)
    }

    /// RFC 6749, section 6. Each refresh token is good once; one that comes again has been stolen: all that has come of
    /// its sign-in ends (RFC 9700, section 4.14.2).
    fn refresh(&mut self, client: Client) -> Result<Reply, OAuthError> {
        let value = self.required("refresh_token", "`refresh_token` is not there")?;
        let value = value.to_owned();
        resource::resources(&self.parameters)?;
        let now = self.now();
        let token = self.state.tokens.get(&value);
        let token = token
            .filter(|it| it.client.as_ref() == Some(&client.id))
            .cloned();
        let token = token.ok_or(OAuthError::grant(
            "the refresh token was not issued to this client",
        ))?;
        let key = &self.server.key;
        let checked = self
            .state
            .tokens
            .check(key, TokenKind::Refresh, &value, now);
        if let Err(refused) = checked {
            return Err(OAuthError::grant(match refused {
                Refused::Used => {
                    self.state.tokens.revoke_family(token.family);
                    "the refresh token has been used before"
                }
                Refused::Expired => "the refresh token has expired",
                Refused::Revoked => "the refresh token has been revoked",
                Refused::Unknown => "it is no refresh token of this server",
            }));
        }
        let allows = token.scopes.unwrap_or_default();
        let scopes = self.narrowed(&allows)?;
        self.state.tokens.use_up(&value);
        let by = Granter::User {
            nonce: None,
            allows,
        };
        Ok(self.give(&Grant {
            client: client.id,
            family: token.family,
            scopes,
            by,
        }))
    }

    /// The scopes that are asked for, out of those that the user allows.
    fn narrowed(&self, allowed: &[String]) -> Result<Vec<String>, OAuthError> {
        let Some(asked) = self.parameters.get("scope") else {
            return Ok(allowed.to_vec());
        };
        let asked = asked.split(' ').filter(|it| !it.is_empty());
        let asked: Vec<String> = asked.map(str::to_owned).collect();
        if asked.iter().all(|it| allowed.contains(it)) {
            return Ok(asked);
        }
        let description = "the user has not allowed all of these scopes";
        Err(OAuthError::new(ErrorCode::InvalidScope, description))
    }

    /// The scopes that are granted by a flow.
    pub(super) fn granted(&self, kind: OAuthFlowKind) -> Result<Vec<String>, OAuthError> {
        self.server.granted(kind, self.parameters.get("scope"))
    }

    /// Signs a user in.
    fn sign_in(
        &mut self,
        client: Client,
        scopes: Vec<String>,
        nonce: Option<String>,
    ) -> (Reply, crate::mock::state::Family) {
        let family = self.state.tokens.sign_in();
        let allows = scopes.clone();
        let reply = self.give(&Grant {
            client: client.id,
            family,
            scopes,
            by: Granter::User { nonce, allows },
        });
        (reply, family)
    }
}
