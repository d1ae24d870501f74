//! The keys of sessions and device flows, which are those of the extensions.

use super::{Key, Kind};

/// The values of `send` in a session.
const PARTS: &[(&str, &str)] = &[
    ("token", "the token of the session"),
    ("refreshToken", "its refresh token"),
];
/// The values of `send` in a device flow.
const POLLED: &[(&str, &str)] = &[("token", "the token that identifies the flow")];
/// The values of `scope`.
const SCOPES: &[(&str, &str)] = &[("all", "all sessions of the user, on every device")];

/// Returns the keys of a session.
pub(crate) fn session() -> Vec<Key> {
    vec![
        Key::required(
            "acquire",
            Kind::Table(grant(false)),
            "",
            "The operation that gives the first token.",
        ),
        Key::new(
            "renew",
            Kind::Table(grant(true)),
            "",
            "The operation that gives the next token. Without it, a session lasts as long as its token.",
        ),
        Key::new(
            "revoke",
            Kind::Table(revocation()),
            "",
            "The operation that ends the session.",
        ),
    ]
}

fn text(name: &'static str, example: &str, doc: &'static str) -> Key {
    Key::new(name, Kind::Text, example, doc)
}

fn operation(example: &str) -> Key {
    Key::required(
        "operation",
        Kind::Text,
        example,
        "The `operationId` of the operation.",
    )
}

fn send(words: &'static [(&'static str, &'static str)]) -> Kind {
    Kind::Map {
        of: "place",
        example: "/token",
        value: Box::new(Kind::Choice(words)),
    }
}

fn statuses() -> Kind {
    Kind::List(Box::new(Kind::Number))
}

/// The keys of what gives a token: the first one, or the next.
fn grant(is_renewal: bool) -> Vec<Key> {
    let operation = operation(if is_renewal {
        "\"refresh\""
    } else {
        "\"login\""
    });
    let send = Key::new(
        "send",
        send(PARTS),
        "\"refreshToken\"",
        "The parts of the session that the request carries, by their places in the request.",
    );
    let token = Key::required(
        "token",
        Kind::Text,
        "\"$response.body#/token\"",
        "The place of the token in the response.",
    );
    let others = [
        text(
            "refreshToken",
            "\"$response.body#/refreshToken\"",
            "The place of the refresh token in the response.",
        ),
        text(
            "expiresIn",
            "\"$response.body#/expiresIn\"",
            "The place of the number of seconds for which the token is valid.",
        ),
        text(
            "expiresAt",
            "\"$response.body#/expiresAt\"",
            "The place of the time at which the token expires.",
        ),
        text(
            "lifetime",
            "\"24h\"",
            "The time for which a token is valid, if the response does not give it: a whole number and `s`, `m`, `h` \
             or `d`.",
        ),
        Key::new(
            "ended",
            statuses(),
            "[401]",
            "The statuses with which the server ends the session.",
        )
        .or("[401]"),
    ];
    let mut keys = vec![operation, send, token];
    keys.extend(others);
    keys
}

fn revocation() -> Vec<Key> {
    vec![
        operation("\"logout\""),
        Key::new(
            "send",
            send(PARTS),
            "\"refreshToken\"",
            "The parts of the session that the request carries, by their places in the request.",
        ),
        Key::new(
            "scope",
            Kind::Choice(SCOPES),
            "\"all\"",
            "The sessions that the operation ends. By default, only this one.",
        ),
    ]
}

/// Returns the keys of a device flow.
pub(crate) fn device_flow() -> Vec<Key> {
    vec![
        Key::required(
            "scheme",
            Kind::Text,
            "\"usertoken\"",
            "The security scheme whose credential the flow gives.",
        ),
        Key::required(
            "start",
            Kind::Table(start()),
            "",
            "The operation that asks the user to confirm.",
        ),
        Key::required(
            "poll",
            Kind::Table(poll()),
            "",
            "The operation that is polled until the user has confirmed, and then gives the credential.",
        ),
        Key::new(
            "check",
            Kind::Table(vec![operation("\"validate\"")]),
            "",
            "An operation that uses the security scheme, and so shows whether the credential is accepted.",
        ),
    ]
}

fn start() -> Vec<Key> {
    vec![
        operation("\"authStart\""),
        Key::required(
            "token",
            Kind::Text,
            "\"$response.body#/token\"",
            "The place of the token that identifies the flow.",
        ),
        text(
            "url",
            "\"$response.body#/url\"",
            "The place of the page on which the user confirms.",
        ),
        text(
            "code",
            "\"$response.body#/code\"",
            "The place of the code that the user enters on the page.",
        ),
        text(
            "interval",
            "\"$response.body#/interval\"",
            "The place of the number of seconds to wait between polls.",
        ),
        text(
            "expiresIn",
            "\"$response.body#/expiresIn\"",
            "The place of the number of seconds for which the token is valid.",
        ),
    ]
}

fn poll() -> Vec<Key> {
    vec![
        operation("\"authPoll\""),
        Key::required(
            "send",
            send(POLLED),
            "\"token\"",
            "The place in the request for the token that identifies the flow.",
        ),
        text(
            "interval",
            "\"3s\"",
            "The time to wait between polls, if the response of `start` does not give it.",
        )
        .or("\"5s\""),
        text(
            "deadline",
            "\"5m\"",
            "The time after which the client gives up, if the response of `start` does not give it.",
        )
        .or("\"15m\""),
        Key::required(
            "pending",
            statuses(),
            "[403]",
            "The statuses with which the server says that the user has not confirmed yet.",
        ),
        Key::new(
            "slowDown",
            statuses(),
            "[429]",
            "The statuses with which the server asks for fewer polls.",
        ),
        Key::new(
            "gone",
            statuses(),
            "[404, 410]",
            "The statuses with which the server says that the flow is over.",
        ),
        text(
            "username",
            "\"$response.body#/username\"",
            "The place of the user name, for a scheme of basic authentication.",
        ),
        text(
            "password",
            "\"$response.body#/password\"",
            "The place of the password, for a scheme of basic authentication.",
        ),
        text(
            "token",
            "\"$response.body#/key\"",
            "The place of the token or key, for any other scheme.",
        ),
    ]
}
