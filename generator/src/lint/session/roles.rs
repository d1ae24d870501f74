//! Which operations sign in, renew and sign out, by what they are called, send and give.

use crate::document::JsonPointer;
use crate::ir::{Api, Operation, OperationId, SchemeId, SchemeKind, SessionPart};
use crate::lint::message::{self, Part, wants};
use crate::lint::subject::Subject;
use crate::lint::words::Words;

/// What operations that sign in are called, the surest first.
const SIGN_IN: [&[&str]; 2] = [
    &[
        "log in",
        "sign in",
        "log on",
        "sign on",
        "authenticate",
        "obtain token",
        "create token",
        "issue token",
    ],
    &[
        "auth",
        "authentication",
        "authorization",
        "authorize",
        "jwt",
        "session",
        "sessions",
        "token",
        "tokens",
    ],
];
/// What operations are called that give a token for another reason, or none for a password.
const OTHER: &[&str] = &[
    "change",
    "confirm",
    "forgot",
    "invite",
    "log out",
    "mfa",
    "password reset",
    "recover",
    "refresh",
    "register",
    "registration",
    "renew",
    "reset",
    "revoke",
    "sign out",
    "sign up",
    "verify",
];
const RENEW: &[&str] = &["extend", "refresh", "renew", "reissue", "rotate"];
const SIGN_OUT: &[&str] = &["log off", "log out", "revoke", "sign off", "sign out"];
/// What an operation that deletes is about, where it signs out.
const SESSIONS: &[&str] = &["session", "sessions"];
/// How properties end by which a caller proves who it is.
const CREDENTIALS: &[&str] = &[
    "api key",
    "client secret",
    "code",
    "otp",
    "passcode",
    "passwd",
    "pass phrase",
    "pass word",
    "password",
    "pin",
    "secret",
    "secret key",
    "user key",
];
/// How properties end that hold the token, the surest first.
const TOKENS: [&[&str]; 4] = [
    &["access token", "access jwt"],
    &[
        "jwt",
        "jwt token",
        "bearer token",
        "auth token",
        "session token",
    ],
    &["token"],
    &["id token", "access"],
];
const REFRESH_TOKENS: &[&str] = &["refresh token", "refresh jwt", "renewal token", "refresh"];
const NO_TOKENS: &[&str] = &[
    "csrf token",
    "device token",
    "mfa token",
    "page token",
    "push token",
    "reset token",
    "verification token",
    "xsrf token",
];

/// The operations of a session.
pub(super) struct Roles {
    pub(super) acquire: Grant,
    pub(super) renew: Option<(Grant, Sends)>,
    pub(super) revoke: Option<(OperationId, Sends)>,
}

/// What the client puts into a request.
pub(super) type Sends = Vec<(JsonPointer, SessionPart)>;

/// An operation that gives a token.
pub(super) struct Grant {
    pub(super) operation: OperationId,
    pub(super) token: JsonPointer,
    pub(super) refresh_token: Option<JsonPointer>,
    /// The key of the extension, and the part of the response.
    pub(super) expiry: Option<(&'static str, JsonPointer)>,
}

impl Roles {
    /// Finds the operations of a session for a scheme.
    pub(super) fn find(subject: &Subject<'_>, scheme: SchemeId) -> Option<Self> {
        let cx = Search {
            subject,
            api: subject.api,
            scheme,
        };
        let acquire = cx.acquire()?;
        let renew = cx.renew(&acquire);
        let revoke = cx.revoke(&acquire);
        Some(Self {
            acquire,
            renew,
            revoke,
        })
    }
}

struct Search<'s, 'a> {
    subject: &'s Subject<'a>,
    api: &'a Api,
    scheme: SchemeId,
}

impl<'a> Search<'_, 'a> {
    /// The operations that a session can name, each with its words.
    fn operations(&self) -> impl Iterator<Item = (OperationId, &'a Operation, Words)> {
        let operations = self.api.operations.iter().zip((0..).map(OperationId));
        operations.filter_map(|(it, id)| {
            self.subject.node(&it.origin.place)?.get("operationId")?;
            let summary = it.docs.summary.as_deref().unwrap_or_default();
            let words = Words::of([it.id.as_str(), it.path.as_str(), summary]);
            Some((id, it, words))
        })
    }

    fn acquire(&self) -> Option<Grant> {
        let candidates = self.operations().filter_map(|(id, operation, words)| {
            let rank = SIGN_IN.iter().position(|it| words.have(it))?;
            let is_one = operation.method == "POST" && !words.have(OTHER);
            let grant = self.grant(id, operation)?;
            (is_one && self.takes_credentials(operation)).then_some((rank, grant))
        });
        let best = candidates.min_by_key(|(rank, _)| *rank);
        best.map(|(_, grant)| grant)
    }

    /// Whether a caller proves with the request who it is. The token endpoint of OAuth 2 does not count, which a scheme
    /// of the type `oauth2` describes.
    fn takes_credentials(&self, operation: &Operation) -> bool {
        let parts = message::sent(self.api, operation);
        if parts.iter().any(|it| it.ends_with(&["grant type"])) {
            return false;
        }
        let mut schemes = operation.security.iter().flat_map(|it| &it.schemes);
        let is_basic = schemes.any(|(id, _)| self.api[*id].kind == SchemeKind::Basic);
        is_basic
            || parts
                .iter()
                .any(|it| it.ends_with(CREDENTIALS) && it.is_text(self.api))
    }

    /// What an operation gives, if it gives a token.
    fn grant(&self, id: OperationId, operation: &'a Operation) -> Option<Grant> {
        let parts = message::received(self.api, operation);
        let is_token = |it: &&Part<'_>, names: &[&str]| {
            it.ends_with(names)
                && !it.ends_with(REFRESH_TOKENS)
                && !it.ends_with(NO_TOKENS)
                && it.is_text(self.api)
        };
        let token = TOKENS
            .iter()
            .find_map(|names| parts.iter().find(|it| is_token(it, names)))?;
        let beside = || parts.iter().filter(|it| it.owner == token.owner);
        let refresh_token =
            beside().find(|it| it.ends_with(REFRESH_TOKENS) && it.is_text(self.api));
        let seconds = beside().find(|it| {
            it.ends_with(&["expires in", "expire in", "expiry in", "token expires in"])
                && it.is_number(self.api)
        });
        let moment = beside().find(|it| {
            let is_named =
                it.ends_with(&["expires at", "expire at", "expiry", "expires", "expiration"]);
            let is_refresh = Words::of([it.field.wire_name.as_str()]).have(&["refresh"]);
            is_named && !is_refresh && it.is_moment(self.api)
        });
        let seconds = seconds.map(|it| ("expiresIn", it.pointer.clone()));
        let moment = moment.map(|it| ("expiresAt", it.pointer.clone()));
        Some(Grant {
            operation: id,
            token: token.pointer.clone(),
            refresh_token: refresh_token.map(|it| it.pointer.clone()),
            expiry: seconds.or(moment),
        })
    }

    fn renew(&self, acquire: &Grant) -> Option<(Grant, Sends)> {
        let mut candidates = self.operations().filter(|(id, _, words)| {
            *id != acquire.operation && words.have(RENEW) && !words.have(SIGN_OUT)
        });
        candidates.find_map(|(id, operation, _)| {
            let grant = self.grant(id, operation)?;
            Some((grant, self.sends(operation, acquire)?))
        })
    }

    fn revoke(&self, acquire: &Grant) -> Option<(OperationId, Sends)> {
        let mut candidates = self.operations().filter(|(_, operation, words)| {
            let deletes = operation.method == "DELETE" && words.have(SESSIONS);
            words.have(SIGN_OUT) || deletes
        });
        candidates.find_map(|(id, operation, _)| Some((id, self.sends(operation, acquire)?)))
    }

    /// What the client puts into a request that it sends by itself; `None` if that is not enough for it.
    fn sends(&self, operation: &'a Operation, acquire: &Grant) -> Option<Sends> {
        if message::wants_arguments(operation) {
            return None;
        }
        let parts = message::sent(self.api, operation);
        let outer = parts.iter().filter(|it| it.owner == JsonPointer::root());
        let mut sends = Sends::new();
        for part in outer {
            let is_refresh = part.ends_with(REFRESH_TOKENS);
            let what = if is_refresh && part.is_text(self.api) && acquire.refresh_token.is_some() {
                Some(SessionPart::RefreshToken)
            } else if part.ends_with(&["token", "access token"])
                && !is_refresh
                && part.is_text(self.api)
            {
                // Where the session has both, a mere `token` could be either.
                Some(SessionPart::Token).filter(|_| {
                    part.is_required()
                        && (acquire.refresh_token.is_none() || part.ends_with(&["access token"]))
                })
            } else {
                None
            };
            match what {
                Some(what) => sends.push((part.pointer.clone(), what)),
                None if part.is_required() => return None,
                None => {}
            }
        }
        let is_secured = wants(&operation.security, self.scheme);
        let body_is_needed = operation.body.as_ref().is_some_and(|it| it.required);
        let is_enough = if sends.is_empty() {
            is_secured && !(body_is_needed && parts.is_empty())
        } else {
            message::is_json(operation)
        };
        is_enough.then_some(sends)
    }
}
