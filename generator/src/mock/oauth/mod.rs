//! The mock server as an authorization server: RFC 6749, 7009, 7636, 8414, 8628, 8707, 9207 and 9700, and the related
//! parts of OpenID Connect.
//!
//! Each `oauth2` and `openIdConnect` scheme has its endpoints at the paths in the document, and at
//! `/__keywright/oauth/`. Credentials that they issue are stored with all others.

mod authority;
mod authorization;
mod device;
mod endpoint;
mod error;
mod grant;
mod keys;
mod metadata;
mod operation;
mod parameters;
mod pkce;
mod read;
mod redirect;
mod resource;
mod revocation;
mod servers;
#[cfg(test)]
mod tests;
mod token;
mod visit;

use bytes::Bytes;
use http::StatusCode;
use http::header::ALLOW;
use serde_json::{Map, Value};

pub use authority::Authority;
use endpoint::Endpoint;
use error::OAuthError;
pub(super) use keys::Keys;
pub(super) use operation::overlaid;
use parameters::Parameters;
pub(super) use servers::{FoundEndpoint, Servers};
use visit::Visit;

use super::answer::{Reply, problem};
use super::settings::Settings;
use super::state::State;

/// A refusal by the rules of OAuth.
pub(super) struct Refusal {
    /// As OAuth has it.
    pub(super) reply: Reply,
    /// What is wrong.
    pub(super) why: &'static str,
}

impl FoundEndpoint<'_> {
    /// Answers a request.
    pub(super) fn answer(
        &self,
        request: &http::Request<Bytes>,
        keys: &Keys,
        settings: &Settings,
        state: &mut State,
    ) -> Reply {
        let methods = self.endpoint.methods();
        if !methods.contains(&request.method().as_str()) {
            let methods = methods.join(", ");
            let message = format!("the endpoint has only {methods}");
            let mut reply = problem(StatusCode::METHOD_NOT_ALLOWED, &message, &[]);
            reply.set_header(ALLOW, &methods);
            return reply;
        }
        let mut visit = self.visit(request, keys, settings, state);
        let answered = match self.endpoint {
            Endpoint::Token => token::answer(&mut visit),
            Endpoint::Device => device::answer(&mut visit),
            Endpoint::Revocation => revocation::answer(&mut visit),
            Endpoint::Authorization => Ok(authorization::answer(&mut visit)),
            Endpoint::UserInfo => Ok(metadata::user_info(&visit)),
            Endpoint::Keys => Ok(metadata::keys(&visit)),
            Endpoint::Metadata => Ok(metadata::metadata(&visit)),
        };
        answered.unwrap_or_else(OAuthError::reply)
    }

    /// Gives the members of the answer of an operation that the document has at this endpoint, if it is one that issues
    /// credentials; or a refusal, and why it is refused.
    pub(super) fn lend(
        &self,
        request: &http::Request<Bytes>,
        keys: &Keys,
        settings: &Settings,
        state: &mut State,
    ) -> Option<Result<Map<String, Value>, Refusal>> {
        let takes_method = self.endpoint.methods().contains(&request.method().as_str());
        if self.endpoint != Endpoint::Token || !takes_method {
            return None;
        }
        let mut visit = self.visit(request, keys, settings, state);
        let lent = operation::lend(&mut visit);
        Some(lent.map_err(|it| Refusal {
            reply: it.reply(),
            why: it.description,
        }))
    }

    fn visit<'v>(
        &'v self,
        request: &'v http::Request<Bytes>,
        keys: &'v Keys,
        settings: &'v Settings,
        state: &'v mut State,
    ) -> Visit<'v> {
        Visit {
            scheme: self.scheme,
            server: self.server,
            request,
            parameters: Parameters::default(),
            keys,
            settings,
            state,
        }
    }
}
