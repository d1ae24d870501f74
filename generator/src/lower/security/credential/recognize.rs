//! Which parameters are credentials, by what the document says of them.

use serde_json::Value as Json;

use crate::ir::ApiKeyLocation;
use crate::lower::context::Context;

use crate::lower::security;
use crate::model::{Parameter, ParameterLocation, ParameterValue, Schema, SimpleType};

/// What makes parameters one credential: how it is sent, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A token in `Authorization`, after `Bearer`.
    Bearer,
    /// User name and password in `Authorization`.
    Basic,
    /// What the caller gives, as it is. The names of headers are in lower case.
    Whole(ApiKeyLocation, String),
}

impl Key {
    /// A value of `Authorization` about which nothing is known.
    pub(super) fn authorization() -> Self {
        Self::Whole(ApiKeyLocation::Header, "authorization".to_owned())
    }

    /// Whether it is sent in `Authorization`.
    pub(super) fn is_authorization(&self) -> bool {
        matches!(self, Self::Bearer | Self::Basic) || *self == Self::authorization()
    }
}

/// How sure it is that a parameter is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Its name says so, and the description; of `Authorization`, that tells how it is sent.
    Clear,
    /// Its name says so, and nothing else.
    NameAlone,
}

/// Recognizes a credential. A header `Authorization` is one; another parameter is one when its name *and* its
/// description say so, since it works as an argument, too.
pub(super) fn recognize(cx: &Context, parameter: &Parameter) -> Option<(Key, Evidence)> {
    let location = security::api_key_location(parameter.location)?;
    let said = Said::of(cx, parameter);
    if is_authorization(parameter) {
        return Some(authorization(&said));
    }
    if !said.is_plain_text || !is_name_of_key(location, &parameter.name) {
        return None;
    }
    let evidence = match () {
        () if said.prose.is_empty() => Evidence::NameAlone,
        () if is_about_credentials(location, &parameter.name, &said.prose) => Evidence::Clear,
        () => return None,
    };
    let name = match location {
        ApiKeyLocation::Header => parameter.name.to_ascii_lowercase(),
        ApiKeyLocation::Query | ApiKeyLocation::Cookie => parameter.name.clone(),
    };
    Some((Key::Whole(location, name), evidence))
}

/// Whether a parameter is the header `Authorization`.
pub(super) fn is_authorization(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Header
        && parameter.name.eq_ignore_ascii_case("authorization")
}

/// How many characters of a text are read: what a parameter is stands at its beginning, and many operations may have
/// one parameter.
const ENOUGH: usize = 1_000;
/// How many samples of a value are looked at.
const ENOUGH_SAMPLES: usize = 8;

/// What a document says of a parameter.
struct Said {
    /// Descriptions, titles and placeholders, in lower case.
    prose: String,
    /// What a value looks like: examples, the default, the pattern, and what prose has as code.
    samples: Vec<String>,
    /// Whether a value is any text, as that of a key is.
    is_plain_text: bool,
}

impl Said {
    fn of(cx: &Context, parameter: &Parameter) -> Self {
        let schema = match &parameter.value {
            ParameterValue::Schema { schema, .. } => Some(*schema),
            ParameterValue::Content(content) => content.schema,
        };
        let schema = schema.map(|id| cx.referred(id));
        let of_schema = schema.iter().flat_map(|it| [&it.title, &it.description]);
        let texts = [&parameter.description].into_iter().chain(of_schema);
        let texts = texts.flatten().map(|it| beginning(it.trim()));
        let values = parameter.examples.iter();
        let values = values.chain(schema.iter().flat_map(|it| &it.examples));
        let values = values.chain(schema.and_then(|it| it.default.as_ref()));
        let values = values.filter_map(Json::as_str).take(ENOUGH_SAMPLES);
        let values: Vec<&str> = values.map(beginning).collect();
        // `{{your_api_key}}` describes as well as it shows.
        let placeholders = values.iter().filter(|it| it.contains(['<', '{']));
        let placeholders = placeholders.map(|it| it.replace(['_', '-'], " "));
        let texts = texts.map(str::to_owned).chain(placeholders);
        let texts: Vec<String> = texts.filter(|it| !it.is_empty()).collect();
        let prose = texts.join("\n");
        let pattern = schema
            .and_then(|it| it.bounds.pattern.as_deref())
            .map(beginning);
        let samples = values.into_iter().chain(pattern).map(str::to_owned);
        let samples = samples.chain(templates(&prose)).collect();
        Self {
            prose: prose.to_lowercase(),
            samples,
            is_plain_text: schema.is_none_or(is_plain_text),
        }
    }

    fn has_word(&self, wanted: &[&str]) -> bool {
        let mut words = self.prose.split(|it: char| !it.is_alphanumeric());
        words.any(|word| wanted.contains(&word))
    }
}

/// As much of a text as is read.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(ENOUGH);
    end.map_or(text, |(end, _)| &text[..end])
}

fn is_plain_text(schema: &Schema) -> bool {
    let is_text = schema.types.is_empty() || schema.types == [SimpleType::String];
    is_text && schema.enumeration.is_none() && schema.constant.is_none()
}

/// What prose has between backticks or quotation marks and with a placeholder: "Use `Token <your token>`".
fn templates(prose: &str) -> impl Iterator<Item = String> {
    let quoted = ['`', '"']
        .into_iter()
        .flat_map(|mark| prose.split(mark).skip(1).step_by(2));
    let templates = quoted.filter(|it| it.contains(['<', '{', '[', '$', '…']) || it.contains(".."));
    templates.map(str::to_owned)
}

/// How `Authorization` is written, as far as something says so. What names another scheme, or two, is left to the
/// caller.
fn authorization(said: &Said) -> (Key, Evidence) {
    let schemes: Vec<String> = said.samples.iter().filter_map(|it| scheme_of(it)).collect();
    let shows = |wanted: &str| schemes.iter().any(|it| it == wanted);
    let shows_other = schemes.iter().any(|it| it != "bearer" && it != "basic");
    // Patterns have it as `[Bb]earer`, too.
    let mut samples = said.samples.iter();
    let is_bearer = said.has_word(&["bearer"]) || samples.any(|it| it.contains("earer "));
    let about_passwords = [
        "auth",
        "authentication",
        "authorization",
        "base64",
        "credentials",
        "password",
        "user",
        "username",
    ];
    let is_basic = shows("basic") || (said.has_word(&["basic"]) && said.has_word(&about_passwords));
    let is_token = said.has_word(&["jwt", "token", "tokens", "oauth", "oauth2"]);
    let key = match (is_bearer, is_basic) {
        (true, false) if !shows_other => Key::Bearer,
        (false, true) if !shows_other => Key::Basic,
        (false, false) if !shows_other && is_token => Key::Bearer,
        (false, false) if !shows_other => return (Key::authorization(), Evidence::NameAlone),
        _ => Key::authorization(),
    };
    (key, Evidence::Clear)
}

/// The scheme with which a value of `Authorization` begins, in lower case: `basic` of `Basic YWRhOks=` and of
/// `^Basic .+`.
pub(in crate::lower::security) fn scheme_of(sample: &str) -> Option<String> {
    let sample = sample
        .trim()
        .trim_start_matches("(?i)")
        .trim_start_matches('^');
    let sample = sample.strip_prefix("Authorization:").unwrap_or(sample);
    let (scheme, rest) = sample.trim_start().split_once([' ', '\\'])?;
    let is_scheme = !scheme.is_empty()
        && scheme
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-');
    (is_scheme && !rest.is_empty()).then(|| scheme.to_ascii_lowercase())
}

/// How names of keys end, without what stands between their words.
const NAMES: &[&str] = &[
    "accesskey",
    "accesstoken",
    "apikey",
    "apisecret",
    "apitoken",
    "appkey",
    "authentication",
    "authenticationtoken",
    "authkey",
    "authorization",
    "authorizationtoken",
    "authtoken",
    "jwt",
    "jwttoken",
    "privatetoken",
    "sessiontoken",
    "subscriptionkey",
    "usertoken",
];

/// How names of cookies end, besides: elsewhere these name what an operation is about.
const COOKIES: &[&str] = &["auth", "session", "sessionid", "sessid", "sid", "token"];

/// How names of headers end, besides.
const HEADERS: &[&str] = &["key", "secret", "token"];

/// The names of query parameters that may be keys, and many other things.
const QUERY: &[&str] = &["auth", "key", "token"];

/// A name without what stands between its words.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_ascii_lowercase()
}

/// Whether a key may be called so.
fn is_name_of_key(location: ApiKeyLocation, name: &str) -> bool {
    let name = letters(name);
    let ends = |names: &[&str]| names.iter().any(|it| name.ends_with(it));
    let is_name = match location {
        ApiKeyLocation::Header => ends(HEADERS) || name == "auth" || name == "xauth",
        ApiKeyLocation::Query => QUERY.contains(&name.as_str()),
        ApiKeyLocation::Cookie => ends(COOKIES),
    };
    (is_name || ends(NAMES)) && !NOT_ABOUT.iter().any(|it| name.contains(it))
}

/// Whether a name says little: only what several operations have is a key, then.
pub(super) fn is_vague(key: &Key) -> bool {
    match key {
        Key::Whole(ApiKeyLocation::Query, name) => QUERY.contains(&letters(name).as_str()),
        Key::Bearer | Key::Basic | Key::Whole(..) => false,
    }
}

/// Words of descriptions that speak of credentials.
const ABOUT: &[&str] = &[
    "access token",
    "api key",
    "api token",
    "api-key",
    "apikey",
    "auth token",
    "authenticat",
    "authoris",
    "authoriz",
    "bearer",
    "credential",
    "jwt",
    "log in",
    "logged in",
    "logged-in",
    "logging in",
    "login",
    "api secret",
    "client secret",
    "session token",
    "shared secret",
    "sign in",
    "sign-in",
    "signed in",
    "signing in",
    "subscription key",
];

/// Words of descriptions that speak of a token that an operation is about, or that is not for every operation.
const NOT_ABOUT: &[&str] = &[
    "confirm",
    "csrf",
    "forgery",
    "idempot",
    "invit",
    "next page",
    "one-time",
    "paginat",
    "reset",
    "verif",
    "xsrf",
];

/// What operations do to the tokens and keys that they are about.
const DONE_TO: &[&str] = &[
    "check",
    "decode",
    "delete",
    "exchange",
    "expire",
    "fetch",
    "inspect",
    "introspect",
    "invalidate",
    "look up",
    "refresh",
    "remove",
    "renew",
    "replace",
    "retrieve",
    "revoke",
    "rotate",
    "update",
    "validate",
];

/// Words of descriptions that speak of the credential itself.
const EXACTLY_ABOUT: &[&str] = &[
    "access token",
    "api key",
    "api token",
    "api-key",
    "apikey",
    "auth token",
    "authentication token",
    "authorization token",
    "login token",
    "session token",
];

/// Whether a description speaks of a credential with which a caller authenticates: of this very thing, where the name
/// says little. What it is not about stands in the first sentence.
fn is_about_credentials(location: ApiKeyLocation, name: &str, prose: &str) -> bool {
    let first = prose.split_once(". ").map_or(prose, |(first, _)| first);
    let has = |text: &str, words: &[&str]| words.iter().any(|it| text.contains(it));
    let is_vague = is_vague(&Key::Whole(location, name.to_owned()));
    let about = if is_vague { EXACTLY_ABOUT } else { ABOUT };
    let is_session = location == ApiKeyLocation::Cookie && first.contains("session");
    let is_object = DONE_TO.iter().any(|verb| {
        let mut before = ["key to", "token to", "session to", "to be"].iter();
        before.any(|it| first.contains(&format!("{it} {verb}")))
    });
    (has(prose, about) || is_session) && !has(first, NOT_ABOUT) && !is_object
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(prose: &str, samples: &[&str]) -> (Key, Evidence) {
        let quoted = templates(prose);
        let samples = samples.iter().map(|it| (*it).to_owned());
        authorization(&Said {
            samples: samples.chain(quoted).collect(),
            prose: prose.to_lowercase(),
            is_plain_text: true,
        })
    }

    #[test]
    fn tells_how_authorization_is_written() {
        let whole = Key::authorization;
        let table = [
            ("Authorization header (bearer token)", &[][..], Key::Bearer),
            ("The access token.", &[], Key::Bearer),
            ("A JWT", &[], Key::Bearer),
            ("", &["Bearer eyJhbGciOi"], Key::Bearer),
            ("", &["^Bearer .+$"], Key::Bearer),
            ("", &[r"^[Bb]earer .+"], Key::Bearer),
            ("HTTP Basic authentication", &[], Key::Basic),
            ("", &["Basic YWRhOks="], Key::Basic),
            ("Basic data of the request", &[], whole()),
            ("Basic authentication, or a bearer token", &[], whole()),
            ("API key.", &[], whole()),
            ("", &[], whole()),
            ("Your token", &["Token abc"], whole()),
            ("Your token, as `Token <token>`", &[], whole()),
            ("Your token, as `Bearer {token}`", &[], Key::Bearer),
            ("The `access token` from login", &[], Key::Bearer),
        ];
        for (prose, samples, expected) in table {
            assert_eq!(key(prose, samples).0, expected, "{prose} {samples:?}");
        }
        assert_eq!(key("API key.", &[]).1, Evidence::NameAlone);
        assert_eq!(key("`Key <key>`", &[]), (whole(), Evidence::Clear));
    }

    #[test]
    fn tells_keys_from_what_operations_are_about() {
        use ApiKeyLocation::{Cookie, Header, Query};
        let table = [
            (Header, "X-Api-Key", "Your API key.", true),
            (
                Query,
                "api_key",
                "The key with which a client authenticates",
                true,
            ),
            (Query, "accessToken", "A valid access token.", true),
            (Query, "key", "API key. Identifies your project.", true),
            (Header, "X-Auth-Token", "Authentication token", true),
            (
                Header,
                "Ocp-Apim-Subscription-Key",
                "Subscription key of the API",
                true,
            ),
            (
                Header,
                "X-Acme-Client-Authentication",
                "The authentication token of the caller",
                true,
            ),
            (Header, "token", "Authentication token", true),
            (Header, "X-Crew-Token", "Access token of the crew", true),
            (
                Header,
                "X-CSRF-Token",
                "Of the session one is logged in with",
                false,
            ),
            (
                Header,
                "Idempotency-Key",
                "A key for authenticated requests",
                false,
            ),
            (Cookie, "session", "Session cookie, set by signing in", true),
            (Cookie, "sid", "The session", true),
            (Query, "token", "Authentication token", true),
            (Query, "token", "Received when one has signed in", false),
            (Query, "key", "The key of a shared secret", false),
            (Header, "X-Gateway-Authorization", "Shared secret", true),
            (Query, "sessionId", "Session of the logged-in user", false),
            (Query, "page_token", "Token of the next page", false),
            (Query, "access_token", "The access token to revoke", false),
            (Query, "api_key", "API key to be deleted", false),
            (Query, "key", "The key of the cache", false),
            (Query, "author", "Whose login it is", false),
            (Header, "X-Api-Key", "Where doors are opened", false),
            (
                Header,
                "X-Registry-Auth",
                "Credentials of a registry",
                false,
            ),
            (Cookie, "theme", "Of the session", false),
        ];
        for (location, name, prose, expected) in table {
            let prose = prose.to_lowercase();
            let is_key =
                is_name_of_key(location, name) && is_about_credentials(location, name, &prose);
            assert_eq!(is_key, expected, "{location} {name}: {prose}");
        }
    }
}
