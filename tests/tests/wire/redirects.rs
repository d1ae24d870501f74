//! Redirects: what follows them, and what does not.

use auth_apis::aivo::models::LoginRequest;
use auth_apis::runtime::{
    self, Api, Credential, Description, Location, RedirectReason, Scheme, SchemeKind, Status,
};
use auth_apis::{Error, aivo, thetvdb, tvmaze};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::recorder::Recorded;
use keywright_tests::report::report;
use secrecy::ExposeSecret as _;

const TOKEN: &str = r#"{"token":"J2"}"#;

fn redirect(status: &str, target: &str) -> Answer {
    Answer::reply(status, &[("location", target)], "")
}

fn thetvdb(server: &FaultServer) -> thetvdb::Client {
    let client = thetvdb::Client::builder()
        .base_url(server.origin())
        .jwt_token("J1-secret");
    client.build().expect("the settings are right")
}

#[tokio::test]
async fn no_credential_follows_to_another_origin() {
    let other = FaultServer::start([Answer::json("200 OK", TOKEN)]);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let server = FaultServer::start([redirect(
            status,
            &format!("{}/refresh_token", other.origin()),
        )]);
        let token = thetvdb(&server).refresh_token_get().send().await;
        assert_eq!(
            server.recorder().only().header("authorization"),
            Some("Bearer J1-secret")
        );
        assert_eq!(
            token
                .expect("the other server answers")
                .token
                .expose_secret(),
            "J2",
            "{status}"
        );
        insta::allow_duplicates! {
            insta::assert_snapshot!(other.recorder().only().render(), @"
            GET /refresh_token
            accept: application/json
            host: <host>
            user-agent: auth-apis/<version>
            ");
        }
        let server = FaultServer::start([redirect(
            status,
            &format!("{}/auth/validate", other.origin()),
        )]);
        let client = tvmaze::Client::builder()
            .base_url(server.origin())
            .usertoken("ada", "k-secret")
            .build();
        let _ = client
            .expect("the settings are right")
            .auth_validate_get()
            .send()
            .await;
        assert!(server.recorder().only().header("authorization").is_some());
        assert_eq!(other.recorder().only().header("authorization"), None);
    }
}

#[tokio::test]
async fn no_key_in_a_header_or_in_the_query_follows_either() {
    static API: Api = Api {
        title: "Keys",
        base_url: "https://example.org",
        user_agent: "keywright-tests/0",
        schemes: &[
            Scheme {
                name: "header",
                setter: "header",
                kind: key(Location::Header, "X-Api-Key"),
            },
            Scheme {
                name: "query",
                setter: "query",
                kind: key(Location::Query, "api_key"),
            },
            Scheme {
                name: "cookie",
                setter: "cookie",
                kind: key(Location::Cookie, "session"),
            },
        ],
    };
    static GET_IT: Description = Description {
        id: "getIt",
        method: "GET",
        server: None,
        path: "/it",
        accept: &["application/json"],
        streams: &[],
        security: &[&[0, 1, 2]],
        scopes: &[],
        idempotency_key: None,
        responses: &[(Status::Code(200), "It.")],
    };
    const fn key(location: Location, name: &'static str) -> SchemeKind {
        SchemeKind::ApiKey {
            location,
            name,
            prefix: None,
        }
    }

    let other = FaultServer::start([Answer::json("200 OK", "{}")]);
    let server = FaultServer::start([redirect(
        "302 Found",
        &format!("{}/it?page=2", other.origin()),
    )]);
    let mut builder = runtime::ClientBuilder::new(&API);
    builder.base_url(server.origin());
    for (scheme, secret) in ["h-secret", "q-secret", "c-secret"].into_iter().enumerate() {
        builder.credential(scheme, Credential::token(secret));
    }
    let mut call = builder
        .build()
        .expect("the settings are right")
        .call(&GET_IT);
    call.header("X-Tenant", &"t-secret", runtime::Style::SIMPLE);
    let _ = call.send().await;
    insta::assert_snapshot!(server.recorder().only().render(), @"
    GET /it?api_key=q-secret
    accept: application/json
    cookie: session=c-secret
    host: <host>
    user-agent: keywright-tests/<version>
    x-api-key: h-secret
    x-tenant: t-secret
    ");
    let followed: Vec<_> = other
        .recorder()
        .take()
        .iter()
        .map(Recorded::render)
        .collect();
    insta::assert_snapshot!(followed.join("\n"), @"
    GET /it?page=2
    accept: application/json
    host: <host>
    user-agent: keywright-tests/<version>
    ");
}

#[tokio::test]
async fn a_body_goes_to_no_other_origin() {
    let other = FaultServer::start([Answer::empty("500 Internal Server Error")]);
    let mut messages = Vec::new();
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let server = FaultServer::start([redirect(status, &format!("{}/login", other.origin()))]);
        let client = aivo::Client::builder()
            .base_url(server.origin())
            .build()
            .expect("the settings are right");
        let login = client
            .login(LoginRequest::new("ada@example.org", "correct-horse"))
            .send()
            .await;
        let error = Error::from(login.expect_err("the redirect is not followed"));
        assert!(matches!(error, Error::Redirect(_)), "{error:?}");
        messages.push(report(&error, &["correct-horse"]));
    }
    insta::assert_snapshot!(messages.join("\n"), @r#"
    `login`: the redirect (301) to http://127.0.0.1:<port> is not followed, since only GET and HEAD are repeated elsewhere
    Redirect(RedirectError { operation: Operation { id: "login", .. }, status: 301, reason: Method, origin: Some("http://127.0.0.1:<port>") })

    `login`: the redirect (302) to http://127.0.0.1:<port> is not followed, since only GET and HEAD are repeated elsewhere
    Redirect(RedirectError { operation: Operation { id: "login", .. }, status: 302, reason: Method, origin: Some("http://127.0.0.1:<port>") })

    `login`: the redirect (307) to http://127.0.0.1:<port> is not followed, since the request is for its own origin only
    Redirect(RedirectError { operation: Operation { id: "login", .. }, status: 307, reason: OtherOrigin, origin: Some("http://127.0.0.1:<port>") })

    `login`: the redirect (308) to http://127.0.0.1:<port> is not followed, since the request is for its own origin only
    Redirect(RedirectError { operation: Operation { id: "login", .. }, status: 308, reason: OtherOrigin, origin: Some("http://127.0.0.1:<port>") })
    "#);
    assert!(other.recorder().is_empty());
}

#[tokio::test]
async fn everything_follows_within_the_origin() {
    let moved = redirect("307 Temporary Redirect", "/v2/refresh_token?from=v1");
    let server = FaultServer::start([moved, Answer::json("200 OK", TOKEN)]);
    thetvdb(&server)
        .refresh_token_get()
        .send()
        .await
        .expect("the redirect is followed");
    let sent = server.recorder().take();
    assert_eq!(
        (sent[0].target.as_str(), sent[1].target.as_str()),
        ("/refresh_token", "/v2/refresh_token?from=v1")
    );
    assert_eq!(sent[0].headers, sent[1].headers);

    // A request with a body is repeated if the server says that it is to be repeated as it is.
    let moved = redirect("308 Permanent Redirect", "/v2/logout");
    let server = FaultServer::start([moved, Answer::empty("204 No Content")]);
    let client = aivo::Client::builder()
        .base_url(server.origin())
        .bearer_auth("A1-secret")
        .build();
    client
        .expect("the settings are right")
        .logout()
        .send()
        .await
        .expect("the redirect is followed");
    let sent = server.recorder().take();
    assert_eq!(
        (sent[1].method.as_str(), sent[1].target.as_str()),
        ("POST", "/v2/logout")
    );
    assert_eq!(sent[1].header("authorization"), Some("Bearer A1-secret"));
    let moved = redirect("307 Temporary Redirect", "/v2/login");
    let server = FaultServer::start([moved, Answer::empty("500 Internal Server Error")]);
    let client = aivo::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("the settings are right");
    let _ = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let sent = server.recorder().take();
    assert_eq!(
        (&sent[0].headers, &sent[0].body),
        (&sent[1].headers, &sent[1].body)
    );
}

#[tokio::test]
async fn a_post_is_not_turned_into_something_else() {
    // What browsers make of 301 and 302: a GET without the body. The password would be lost, and the answer is
    // that of another operation.
    let mut messages = Vec::new();
    for status in ["301 Moved Permanently", "302 Found"] {
        let server = FaultServer::start([
            redirect(status, "/v2/login"),
            Answer::empty("500 Internal Server Error"),
        ]);
        let client = aivo::Client::builder()
            .base_url(server.origin())
            .build()
            .expect("the settings are right");
        let login = client
            .login(LoginRequest::new("ada@example.org", "correct-horse"))
            .send()
            .await;
        let error = Error::from(login.expect_err("the redirect is not followed"));
        let Error::Redirect(redirect) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(redirect.reason(), RedirectReason::Method);
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            status[..3].parse().ok()
        );
        messages.push(report(&error, &["correct-horse"]));
        assert_eq!(server.recorder().take().len(), 1);
    }
    insta::assert_snapshot!(messages.join("\n"), @r#"
    `login`: the redirect (301) to http://127.0.0.1:<port> is not followed, since only GET and HEAD are repeated elsewhere
    Redirect(RedirectError { operation: Operation { id: "login", .. }, status: 301, reason: Method, origin: Some("http://127.0.0.1:<port>") })

    `login`: the redirect (302) to http://127.0.0.1:<port> is not followed, since only GET and HEAD are repeated elsewhere
    Redirect(RedirectError { operation: Operation { id: "login", .. }, status: 302, reason: Method, origin: Some("http://127.0.0.1:<port>") })
    "#);
    // 303 says by itself that the answer is to be fetched by GET.
    let server = FaultServer::start([
        redirect("303 See Other", "/result"),
        Answer::empty("500 Internal Server Error"),
    ]);
    let client = aivo::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("the settings are right");
    let _ = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let sent = &server.recorder().take()[1];
    insta::assert_snapshot!(sent.render(), @"
    GET /result
    accept: application/json
    host: <host>
    user-agent: auth-apis/<version>
    ");
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_good_is_an_error() {
    let mut messages = Vec::new();
    for target in [
        // For ever, out of the safety of this host, to another protocol, with somebody's password, to no URL.
        "/refresh_token",
        "http://192.0.2.1/refresh_token?key=q-secret",
        "ftp://127.0.0.1/refresh_token",
        "http://ada:q-secret@127.0.0.1/refresh_token",
        "http://[",
    ] {
        let server = FaultServer::start([redirect("302 Found", target)]);
        let error = Error::from(
            thetvdb(&server)
                .refresh_token_get()
                .send()
                .await
                .expect_err("it is not followed"),
        );
        assert!(matches!(error, Error::Redirect(_)), "{error:?}");
        messages.push(report(&error, &["J1-secret", "q-secret"]));
        let requests = server.recorder().take().len();
        assert!(
            requests == 1 || target == "/refresh_token" && requests == 6,
            "{requests} requests"
        );
    }
    insta::assert_snapshot!(messages.join("\n"), @r#"
    `refreshTokenGet`: the redirect (302) to http://127.0.0.1:<port> is not followed, since there were too many
    Redirect(RedirectError { operation: Operation { id: "refreshTokenGet", .. }, status: 302, reason: TooMany, origin: Some("http://127.0.0.1:<port>") })

    `refreshTokenGet`: the redirect (302) to http://192.0.2.1 is not followed, since it is not secure
    Redirect(RedirectError { operation: Operation { id: "refreshTokenGet", .. }, status: 302, reason: Insecure, origin: Some("http://192.0.2.1") })

    `refreshTokenGet`: the redirect (302) to ftp://127.0.0.1 is not followed, since its target is not a plain `https` or `http` URL
    Redirect(RedirectError { operation: Operation { id: "refreshTokenGet", .. }, status: 302, reason: Unreadable, origin: Some("ftp://127.0.0.1") })

    `refreshTokenGet`: the redirect (302) to http://127.0.0.1 is not followed, since its target is not a plain `https` or `http` URL
    Redirect(RedirectError { operation: Operation { id: "refreshTokenGet", .. }, status: 302, reason: Unreadable, origin: Some("http://127.0.0.1") })

    `refreshTokenGet`: the redirect (302) to an unknown place is not followed, since its target is not a plain `https` or `http` URL
    Redirect(RedirectError { operation: Operation { id: "refreshTokenGet", .. }, status: 302, reason: Unreadable, origin: None })
    "#);
}

#[tokio::test]
async fn a_redirect_without_a_target_is_an_answer_like_any_other() {
    let server = FaultServer::start([Answer::empty("304 Not Modified")]);
    let error = Error::from(
        thetvdb(&server)
            .refresh_token_get()
            .send()
            .await
            .expect_err("304 is not documented"),
    );
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    server.answer([Answer::empty("302 Found")]);
    let error = Error::from(
        thetvdb(&server)
            .refresh_token_get()
            .send()
            .await
            .expect_err("302 is not documented"),
    );
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    insta::assert_snapshot!(report(&error, &["J1-secret"]), @r#"
    `refreshTokenGet`: undocumented response 302 Found, without a body
    Unexpected(UnexpectedResponse { operation: Operation { id: "refreshTokenGet", .. }, response: Response { status: 302, headers: {"content-length": "0", "connection": "close"}, body: 0 bytes } })
    "#);
}
