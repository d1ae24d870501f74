//! The docs of the flows of authorization servers.

use crate::emit::context::Cx;
use crate::ir::{OAuth, OAuthFlow, OAuthFlowKind, OAuthMetadata};
use crate::markdown::{Inline, Text, code, inline, link, prose};
use crate::shape::Session;

/// The docs of the method for a flow.
pub(in crate::emit) fn flow(cx: &Cx<'_>, oauth: &OAuth, flow: &OAuthFlow, it: &Session) -> Text {
    let scheme = code(&cx.api[oauth.scheme].name);
    let mut text = Text::default();
    text.paragraph(match flow.kind {
        OAuthFlowKind::ClientCredentials => prose!(
            "Sets up a session for the security scheme {}, for the app itself, with the client credentials flow (RFC 6749, \
             section 4.4).",
            scheme
        ),
        OAuthFlowKind::Password => prose!(
            "Sets up a session for the security scheme {}, with a user's name and password (RFC 6749, section 4.3).",
            scheme
        ),
        OAuthFlowKind::AuthorizationCode => prose!(
            "Signs a user in for the security scheme {}, in a browser, with the authorization code flow and PKCE (RFC 6749, \
             section 4.1; RFC 7636).",
            scheme
        ),
        OAuthFlowKind::Implicit => prose!(
            "Signs a user in for the security scheme {}, in a browser, with the implicit flow (RFC 6749, section 4.2).",
            scheme
        ),
        OAuthFlowKind::Device => prose!(
            "Signs a user in for the security scheme {}, in a browser on another device, with the device authorization flow \
             (RFC 8628).",
            scheme
        ),
    });
    text.paragraph(afterwards(flow.kind, it));
    text.paragraph(at(oauth));
    text.paragraph("Needs the Cargo feature `oauth2`.");
    if !flow.scopes.is_empty() {
        text.paragraph("Scopes:");
        let scopes = flow.scopes.iter();
        text.list(
            scopes.map(|(name, meaning)| Text::from(prose!("{}: {}", code(name), inline(meaning)))),
        );
    }
    text
}

/// The paragraph on renewing the token, with warnings about the flow.
fn afterwards(kind: OAuthFlowKind, it: &Session) -> Inline {
    match kind {
        OAuthFlowKind::ClientCredentials => "The client requests a token when it needs one, and renews it before it expires, \
             once for all requests that wait for it."
            .into(),
        OAuthFlowKind::Password => "The client requests a token when it needs one, and renews it before it expires. This flow \
             shows the password to\nthe client, which RFC 9700 advises against. Use another flow if there is one."
            .into(),
        OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Device => prose!(
            "The resulting client is signed in, and renews the token with its refresh token before it expires. See \
             [`Client::{}`].",
            it.names.get
        ),
        OAuthFlowKind::Implicit => "The token is not renewed. This flow is obsolete (RFC 9700, section 2.1.2): anyone who sees \
             the redirect gets the\ntoken. Use another flow if there is one."
            .into(),
    }
}

/// The paragraph on the source of the endpoints, if it is not the document.
fn at(oauth: &OAuth) -> Inline {
    match &oauth.metadata {
        Some(OAuthMetadata::OpenId(url)) => prose!(
            "The endpoints are read once from the OpenID provider's metadata at {}.",
            link(None, url)
        ),
        Some(OAuthMetadata::OAuth(_)) | None => Inline::default(),
    }
}

/// The docs of the builder's method for tokens that a store has.
pub(in crate::emit) fn app(cx: &Cx<'_>, oauth: &OAuth, it: &Session) -> Text {
    let mut text = Text::default();
    text.paragraph(prose!(
        "Sets the app for tokens of the security scheme {} that an earlier run has left in the [store](Self::{}). The client \
         renews and revokes them as this app.",
        code(&cx.api[oauth.scheme].name),
        it.names.store
    ));
    text.paragraph("Needs the Cargo feature `oauth2`.");
    text
}
