//! What the docs say about the flows of authorization servers.

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
            "Keeps a session for the security scheme {}, for the app itself: by the client credentials flow (RFC 6749, \
             section 4.4).",
            scheme
        ),
        OAuthFlowKind::Password => prose!(
            "Keeps a session for the security scheme {}, for a user's name and password (RFC 6749, section 4.3).",
            scheme
        ),
        OAuthFlowKind::AuthorizationCode => prose!(
            "Signs a user in for the security scheme {}, in a browser: by the authorization code flow with PKCE (RFC 6749, \
             section 4.1; RFC 7636).",
            scheme
        ),
        OAuthFlowKind::Implicit => prose!(
            "Signs a user in for the security scheme {}, in a browser: by the implicit flow (RFC 6749, section 4.2).",
            scheme
        ),
        OAuthFlowKind::Device => prose!(
            "Signs a user in for the security scheme {}, in a browser on another device: by the device authorization flow \
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

/// What becomes of the token, and what to know of the flow.
fn afterwards(kind: OAuthFlowKind, it: &Session) -> Inline {
    match kind {
        OAuthFlowKind::ClientCredentials => "A token is requested when one is needed, and renewed before it expires, once for \
             all requests that wait for it."
            .into(),
        OAuthFlowKind::Password => "A token is requested when one is needed, and renewed before it expires. The client sees the \
             password, which\nRFC 9700 advises against: use another flow if there is one."
            .into(),
        OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Device => prose!(
            "The client that this gives is signed in, and renews the token by its refresh token before it expires. See \
             [`Client::{}`].",
            it.names.get
        ),
        OAuthFlowKind::Implicit => "The token is not renewed. The flow is obsolete (RFC 9700, section 2.1.2): anybody who sees \
             the redirect has the\ntoken. Use another flow if there is one."
            .into(),
    }
}

/// Where the endpoints come from, if not from the document.
fn at(oauth: &OAuth) -> Inline {
    match &oauth.metadata {
        Some(OAuthMetadata::OpenId(url)) => prose!(
            "The endpoints are those that the OpenID provider names at {}: they are read once.",
            link(None, url)
        ),
        Some(OAuthMetadata::OAuth(_)) | None => Inline::default(),
    }
}

/// The docs of the builder's method for tokens that a store has.
pub(in crate::emit) fn app(cx: &Cx<'_>, oauth: &OAuth, it: &Session) -> Text {
    let mut text = Text::default();
    text.paragraph(prose!(
        "Sets the app whose tokens for the security scheme {} are in the [store](Self::{}), from an earlier run of the \
         program: they are renewed and revoked as it.",
        code(&cx.api[oauth.scheme].name),
        it.names.store
    ));
    text.paragraph("Needs the Cargo feature `oauth2`.");
    text
}
