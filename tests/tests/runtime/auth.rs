//! Which credentials are sent, and how.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Request;

use super::path::pollster;
use super::runtime::{
    AuthError, Body, BoxFuture, Call, ClientBuilder, Credential, CredentialProvider,
    CredentialRequest, Description, Error, Status, Style,
};
use super::server::Double;
use super::{COOKIE_KEY, GET, HEADER_KEY, JWT, PREFIXED, QUERY_KEY, USER, builder};

const fn secured(security: &'static [&'static [usize]]) -> Description {
    Description {
        id: "probe",
        method: "GET",
        server: None,
        path: "/get",
        accept: &[],
        streams: &[],
        security,
        scopes: &[],
        idempotency_key: None,
        responses: &[(Status::Code(200), "")],
    }
}

static BASIC: Description = secured(&[&[USER]]);
static BEARER: Description = secured(&[&[JWT]]);
static EITHER: Description = secured(&[&[USER, HEADER_KEY], &[JWT]]);
static OPTIONAL: Description = secured(&[&[], &[USER]]);
static BY_HEADER: Description = secured(&[&[HEADER_KEY]]);
static BY_QUERY: Description = secured(&[&[QUERY_KEY]]);
static BY_COOKIE: Description = secured(&[&[COOKIE_KEY]]);
static BY_PREFIX: Description = secured(&[&[PREFIXED]]);
static CONFLICT: Description = secured(&[&[USER, JWT]]);
static CONFLICT_OR_KEY: Description = secured(&[&[USER, JWT], &[HEADER_KEY]]);
static CONFLICT_OR_NONE: Description = secured(&[&[USER, JWT], &[]]);
static TWICE: Description = secured(&[&[JWT, PREFIXED]]);
static KEY_AND_COOKIE: Description = secured(&[&[HEADER_KEY, COOKIE_KEY]]);

/// Sends an operation with credentials; returns the request.
fn sent(
    operation: &'static Description,
    credentials: &[(usize, Credential)],
) -> Result<Request<Body>, Error> {
    let mut builder = builder("https://h");
    for (scheme, credential) in credentials {
        builder.credential(*scheme, credential.clone());
    }
    send(operation, builder)
}

fn send(
    operation: &'static Description,
    mut builder: ClientBuilder,
) -> Result<Request<Body>, Error> {
    let double = Double::new();
    builder.transport(double.clone());
    let mut call = builder.build()?.call(operation);
    call.query("q", &1_i64, Style::FORM);
    call.cookie("theme", &"dark", Style::FORM);
    pollster(call.send())?;
    Ok(double.only())
}

fn authorization(request: &Request<Body>) -> Option<&str> {
    header(request, "authorization")
}

fn header<'a>(request: &'a Request<Body>, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
}

#[test]
fn basic() {
    let table = [
        ("ada", "", "YWRhOg=="),
        ("ada", "K", "YWRhOks="),
        ("ada", "ab", "YWRhOmFi"),
        ("", "p:q", "OnA6cQ=="),
        ("é", "ü€", "w6k6w7zigqw="),
    ];
    for (user, password, expected) in table {
        let request = sent(&BASIC, &[(USER, Credential::basic(user, password))]).expect("fine");
        assert_eq!(
            authorization(&request),
            Some(format!("Basic {expected}").as_str())
        );
        assert!(request.headers()["authorization"].is_sensitive());
    }
}

#[test]
fn tokens_get_their_prefix_once() {
    let table = [
        ("J1", "Bearer J1"),
        ("Bearer J1", "Bearer J1"),
        ("bearer J1", "bearer J1"),
        ("BearerJ1", "Bearer BearerJ1"),
    ];
    for (operation, scheme) in [(&BEARER, JWT), (&BY_PREFIX, PREFIXED)] {
        for (token, expected) in table {
            let request = sent(operation, &[(scheme, Credential::token(token))]).expect("fine");
            assert_eq!(authorization(&request), Some(expected));
            assert_eq!(request.headers().get_all("authorization").iter().count(), 1);
        }
    }
}

#[test]
fn api_keys() {
    let request = sent(&BY_HEADER, &[(HEADER_KEY, Credential::token("K 1"))]).expect("fine");
    assert_eq!(
        (header(&request, "x-api-key"), authorization(&request)),
        (Some("K 1"), None)
    );
    assert!(request.headers()["x-api-key"].is_sensitive());

    let request = sent(&BY_QUERY, &[(QUERY_KEY, Credential::token("K&é=1"))]).expect("fine");
    assert_eq!(request.uri().query(), Some("q=1&api%20key=K%26%C3%A9%3D1"));

    let request = sent(&BY_COOKIE, &[(COOKIE_KEY, Credential::token("K/1=="))]).expect("fine");
    assert_eq!(header(&request, "cookie"), Some("theme=dark; sid=K/1=="));
    assert!(request.headers()["cookie"].is_sensitive());
}

#[test]
fn the_first_alternative_that_is_complete_wins() {
    let user = (USER, Credential::basic("ada", "K"));
    let key = (HEADER_KEY, Credential::token("K"));
    let jwt = (JWT, Credential::token("J"));
    let request = sent(&EITHER, &[user.clone(), jwt.clone()]).expect("fine");
    assert_eq!(
        (authorization(&request), header(&request, "x-api-key")),
        (Some("Bearer J"), None)
    );
    let request = sent(&EITHER, &[user.clone(), key, jwt.clone()]).expect("fine");
    assert_eq!(
        (authorization(&request), header(&request, "x-api-key")),
        (Some("Basic YWRhOks="), Some("K"))
    );
    // Optional credentials are sent where there are some, whatever the order of the alternatives.
    assert_eq!(
        authorization(&sent(&OPTIONAL, std::slice::from_ref(&user)).expect("fine")),
        Some("Basic YWRhOks=")
    );
    assert_eq!(authorization(&sent(&OPTIONAL, &[]).expect("fine")), None);
    // Without security, nothing is sent, even if the client has something.
    assert_eq!(
        authorization(&sent(&GET, &[user, jwt]).expect("fine")),
        None
    );
}

#[test]
fn a_missing_credential_is_an_error_that_says_what_to_do() {
    let error = sent(&BASIC, &[(JWT, Credential::token("J"))]).expect_err("no user");
    assert_eq!(
        error.to_string(),
        "`probe`: needs `user`: call `.user(..)` on the client builder"
    );
    let Error::Auth(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (error.scheme(), error.setter()),
        (Some("user"), Some("user"))
    );
    let error = sent(&EITHER, &[(USER, Credential::basic("ada", "K"))]).expect_err("no key");
    assert_eq!(
        error.to_string(),
        "`probe`: needs `user` and `headerKey`, or `jwt`: call `.user(..)` and `.header_key(..)`, or `.jwt(..)` on \
         the client builder"
    );
}

#[test]
fn what_cannot_be_sent_is_refused_without_being_shown() {
    let table = [
        (
            &BASIC,
            USER,
            Credential::basic("a:SECRET", "K"),
            "has a user name with a colon",
        ),
        (
            &BASIC,
            USER,
            Credential::basic("ada", "SECRET\n"),
            "line break",
        ),
        (
            &BASIC,
            USER,
            Credential::token("SECRET"),
            "needs user name and password",
        ),
        (
            &BEARER,
            JWT,
            Credential::token("SECRET\r\nX: y"),
            "line break",
        ),
        (
            &BEARER,
            JWT,
            Credential::token("SECRET\0"),
            "control character",
        ),
        (
            &BEARER,
            JWT,
            Credential::token("SECRETé"),
            "not allowed in a header",
        ),
        (&BEARER, JWT, Credential::token(" "), "is empty"),
        (
            &BEARER,
            JWT,
            Credential::basic("ada", "SECRET"),
            "needs a token",
        ),
        (
            &BY_COOKIE,
            COOKIE_KEY,
            Credential::token("SECRET;x"),
            "not allowed in a cookie",
        ),
        (
            &BY_QUERY,
            QUERY_KEY,
            Credential::token("SECRET\n"),
            "line break",
        ),
    ];
    for (operation, scheme, credential, expected) in table {
        let error = sent(operation, &[(scheme, credential)]).expect_err(expected);
        assert!(matches!(error, Error::Auth(_)), "{error}");
        let message = format!("{error} {error:?}");
        assert!(
            message.contains(expected) && !message.contains("SECRET"),
            "{message}"
        );
    }
}

#[test]
fn what_has_one_place_is_never_lost() {
    let user = (USER, Credential::basic("ada", "SECRET"));
    let jwt = (JWT, Credential::token("SECRET"));
    let key = (HEADER_KEY, Credential::token("K"));
    let both = [user.clone(), jwt.clone()];
    let error = sent(&CONFLICT, &both).expect_err("there is room for one");
    assert_eq!(
        error.to_string(),
        "`probe`: needs `user` and `jwt` together, but both are sent in the header `Authorization`, which can hold \
         only one"
    );
    assert!(matches!(&error, Error::Auth(error) if error.scheme() == Some("user")));
    // Another alternative will do, if there is one that can be satisfied.
    let request = sent(&CONFLICT_OR_KEY, &[user.clone(), jwt.clone(), key]).expect("a key");
    assert_eq!(
        (header(&request, "x-api-key"), authorization(&request)),
        (Some("K"), None)
    );
    assert!(matches!(sent(&CONFLICT_OR_KEY, &both), Err(Error::Auth(_))));
    // Who has set both does not mean to be a stranger.
    assert!(matches!(
        sent(&CONFLICT_OR_NONE, &both),
        Err(Error::Auth(_))
    ));
    // One credential that satisfies both schemes is sent once.
    let prefixed = (PREFIXED, Credential::token("Bearer SECRET"));
    let request = sent(&TWICE, &[jwt.clone(), prefixed]).expect("they are the same");
    assert_eq!(authorization(&request), Some("Bearer SECRET"));
    let other = (PREFIXED, Credential::token("OTHER"));
    assert!(matches!(sent(&TWICE, &[jwt, other]), Err(Error::Auth(_))));
}

/// Sends an operation whose arguments are set by `set`, with a key for each scheme that has one.
fn sent_with(operation: &'static Description, set: impl FnOnce(&mut Call)) -> Request<Body> {
    let mut builder = builder("https://h");
    let double = Double::new();
    builder.transport(double.clone());
    for scheme in [HEADER_KEY, QUERY_KEY, COOKIE_KEY] {
        builder.credential(scheme, Credential::token("K"));
    }
    let mut call = builder.build().expect("fine").call(operation);
    set(&mut call);
    pollster(call.send()).expect("fine");
    double.only()
}

#[test]
fn an_argument_goes_before_the_credential_of_its_place() {
    let request = sent_with(&BY_HEADER, |call| {
        call.header("x-api-key", &"mine", Style::SIMPLE);
    });
    assert_eq!(header(&request, "x-api-key"), Some("mine"));
    assert!(request.headers()["x-api-key"].is_sensitive());
    let request = sent_with(&BY_QUERY, |call| {
        call.query("api key", &"mine", Style::FORM);
    });
    assert_eq!(request.uri().query(), Some("api%20key=mine"));
    let request = sent_with(&BY_COOKIE, |call| call.cookie("sid", &"mine", Style::FORM));
    assert_eq!(header(&request, "cookie"), Some("sid=mine"));
    // One that is not set is no argument.
    let request = sent_with(&BY_HEADER, |call| {
        call.header("X-Api-Key", &None::<String>, Style::SIMPLE);
    });
    assert_eq!(header(&request, "x-api-key"), Some("K"));
    let request = sent_with(&BY_QUERY, |call| {
        call.query("api key", &None::<String>, Style::FORM);
    });
    assert_eq!(request.uri().query(), Some("api%20key=K"));
}

#[test]
fn an_argument_satisfies_the_scheme_of_its_place() {
    let double = Double::new();
    let mut builder = builder("https://h");
    builder.transport(double.clone());
    let mut call = builder.build().expect("fine").call(&BY_HEADER);
    call.header("X-Api-Key", &"mine", Style::SIMPLE);
    pollster(call.send()).expect("nothing is missing");
    assert_eq!(header(&double.only(), "x-api-key"), Some("mine"));
}

#[test]
fn all_cookies_are_in_one_header() {
    let cookie = |set: fn(&mut Call)| {
        let request = sent_with(&KEY_AND_COOKIE, set);
        assert_eq!(header(&request, "x-api-key"), Some("K"));
        assert_eq!(request.headers().get_all("cookie").iter().count(), 1);
        assert!(request.headers()["cookie"].is_sensitive());
        header(&request, "cookie").map(str::to_owned)
    };
    let written = cookie(|call| {
        call.header("Cookie", &"a=1; b=2; ", Style::SIMPLE);
        call.cookie("theme", &"dark", Style::FORM);
    });
    assert_eq!(written.as_deref(), Some("a=1; b=2; theme=dark; sid=K"));
    let written = cookie(|call| call.header("Cookie", &"a=1; sid=mine", Style::SIMPLE));
    assert_eq!(written.as_deref(), Some("a=1; sid=mine"));
    let written = cookie(|call| call.header("Cookie", &"", Style::SIMPLE));
    assert_eq!(written.as_deref(), Some("sid=K"));
}

/// Gives another token each time, and then none, and then fails.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl CredentialProvider for Counter {
    fn credential<'a>(
        &'a self,
        _request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready(match count {
            0 | 1 => Ok(Some(Credential::token(format!("J{count}")))),
            2 => Ok(None),
            _ => Err(AuthError::provider("the vault is sealed").into()),
        }))
    }
}

#[test]
fn a_provider_is_asked_for_each_request() {
    let mut builder = builder("https://h");
    builder.provider(JWT, Counter::default());
    assert_eq!(
        authorization(&send(&BEARER, builder.clone()).expect("fine")),
        Some("Bearer J0")
    );
    assert_eq!(
        authorization(&send(&BEARER, builder.clone()).expect("fine")),
        Some("Bearer J1")
    );
    assert!(matches!(
        send(&BEARER, builder.clone()),
        Err(Error::Auth(_))
    ));
    let error = send(&BEARER, builder).expect_err("it fails");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(
        (error.to_string().as_str(), source.as_deref()),
        (
            "`probe`: the credential could not be provided",
            Some("the vault is sealed")
        )
    );
}

#[test]
fn copies_of_a_client_have_credentials_of_their_own() {
    let double = Double::new();
    let mut builder = builder("https://h");
    builder.transport(double.clone());
    builder.credential(USER, Credential::basic("ada", "K"));
    let client = builder.build().expect("fine");
    let other = client.with_credential(USER, Credential::basic("bob", "K"));
    let third = client.with_provider(USER, Fixed);
    for client in [client, other, third] {
        pollster(client.call(&BASIC).send()).expect("fine");
    }
    let sent: Vec<_> = double
        .take()
        .iter()
        .map(|request| authorization(request).map(str::to_owned))
        .collect();
    assert_eq!(
        sent,
        ["Basic YWRhOks=", "Basic Ym9iOks=", "Basic Ojo="].map(|value| Some(value.to_owned()))
    );
}

struct Fixed;

impl CredentialProvider for Fixed {
    fn credential<'a>(
        &'a self,
        _request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        Box::pin(async { Ok(Some(Credential::basic("", ":"))) })
    }
}

#[test]
fn nothing_shows_a_credential() {
    let mut builder = builder("https://h");
    builder.credential(USER, Credential::basic("SECRET", "SECRET"));
    builder.credential(QUERY_KEY, Credential::token("SECRET"));
    let settings = format!("{builder:?} {:?}", Credential::basic("SECRET", "SECRET"));
    builder.transport(Double::new());
    let client = builder.build().expect("fine");
    let shown = format!("{settings} {client:?} {:?}", client.call(&BASIC));
    assert!(!shown.contains("SECRET"), "{shown}");
}
