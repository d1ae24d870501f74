//! Servers that describe themselves.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::authority::{Answer, Authority};
use super::{Hand, REDIRECT_URL, app, builder, client, public, told};

#[tokio::test]
async fn metadata_are_read_once() {
    let authority = Authority::start().await;
    let client = client(&authority);
    for _ in 0..2 {
        // Copies share what is known.
        let copy = client.clone();
        let authorization = copy.login_authorization_code(public(), REDIRECT_URL);
        let authorizing = authorization
            .clock(Hand::new())
            .start()
            .await
            .expect("it starts");
        let redirected = authority.authorize(authorizing.url());
        let client = authorizing
            .finish(redirected.as_str())
            .await
            .expect("the user agrees");
        client.get_me().await.expect("somebody is signed in");
        client
            .login_session()
            .sign_out()
            .await
            .expect("it is revoked");
    }
    assert_snapshot!(authority.requests(), @r"
    /.well-known/openid-configuration 
    /oauth/token grant_type=authorization_code & code=MARK-code-1 & code_verifier=(43) & client_id=the-app & redirect_uri=http://127.0.0.1:1/callback
    /oauth/revoke token=MARK-R2 & token_type_hint=refresh_token & client_id=the-app
    /oauth/token grant_type=authorization_code & code=MARK-code-3 & code_verifier=(43) & client_id=the-app & redirect_uri=http://127.0.0.1:1/callback
    /oauth/revoke token=MARK-R4 & token_type_hint=refresh_token & client_id=the-app
    ");
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let authority = Authority::start().await;
    let client = client(&authority);
    authority.known().answers.push_back(Answer::Page(502));
    let device = || client.login_device(public()).clock(Hand::new());
    let error = device().start().await.expect_err("it cannot be read");
    assert_eq!(told(error.kind(), &error), "Unavailable");
    let confirming = device().start().await.expect("it can be read");
    assert_eq!(confirming.code(), Some("WDJB-MJHT"));
}

#[tokio::test]
async fn metadata_say_what_the_document_does_not() {
    let authority = Authority::start().await;
    let client = builder(&authority)
        .partners_client_credentials(app())
        .partners_clock(Hand::new())
        .build()
        .expect("it is set up");
    client.list_partners().await.expect("the app is signed in");
    client
        .partners_session()
        .sign_out()
        .await
        .expect("it is revoked");
    assert_snapshot!(authority.requests(), @r"
    /oauth/token Basic the-app:MARK+client-secret%3A%C3%A4 grant_type=client_credentials
    /.well-known/oauth-authorization-server 
    /oauth/revoke Basic the-app:MARK+client-secret%3A%C3%A4 token=MARK-A1 & token_type_hint=access_token
    ");
}

/// What servers say of themselves, and what comes of it for a user in a browser and on another device.
#[tokio::test]
async fn metadata() {
    let changes: [(&str, &str, Value); 10] = [
        ("as it should be", "x", Value::Null),
        ("another issuer", "issuer", json!("https://example.org")),
        (
            "an issuer with a path",
            "issuer",
            json!("http://127.0.0.1/tenant"),
        ),
        ("no issuer", "issuer", Value::Null),
        ("no token endpoint", "token_endpoint", Value::Null),
        (
            "a token endpoint over http",
            "token_endpoint",
            json!("http://example.org/token"),
        ),
        (
            "a token endpoint of another kind",
            "token_endpoint",
            json!("file:///token"),
        ),
        (
            "no authorization endpoint",
            "authorization_endpoint",
            Value::Null,
        ),
        (
            "no device endpoint",
            "device_authorization_endpoint",
            Value::Null,
        ),
        (
            "redirects that do not name it",
            "authorization_response_iss_parameter_supported",
            json!(false),
        ),
    ];
    let mut table = String::new();
    for (name, field, value) in changes {
        let authority = Authority::start().await;
        authority.known().metadata.insert(field, value);
        let client = client(&authority);
        let authorization = client.login_authorization_code(public(), REDIRECT_URL);
        let by_browser = match authorization.clock(Hand::new()).start().await {
            Ok(authorizing) => {
                let redirected = authority.authorize(authorizing.url());
                match authorizing.finish(redirected.as_str()).await {
                    Ok(_) => "signed in".to_owned(),
                    Err(error) => told(error.kind(), &error),
                }
            }
            Err(error) => format!("{error}"),
        };
        let by_device = match client
            .login_device(public())
            .clock(Hand::new())
            .start()
            .await
        {
            Ok(confirming) => match confirming.wait().await {
                Ok(_) => "signed in".to_owned(),
                Err(error) => told(error.kind(), &error),
            },
            Err(error) => told(error.kind(), &error),
        };
        let _ = writeln!(table, "{name:34} {by_device:12} {by_browser}");
    }
    assert_snapshot!(table);
}

/// RFC 9207: what a redirect says of who has issued it.
#[tokio::test]
async fn the_issuer_of_a_redirect_is_checked() {
    let authority = Authority::start().await;
    let client = client(&authority);
    let authorization = client.login_authorization_code(public(), REDIRECT_URL);
    let authorizing = authorization
        .clock(Hand::new())
        .start()
        .await
        .expect("it starts");
    let redirected = authority.authorize(authorizing.url());
    for forged in ["iss=https%3A%2F%2Fevil.example&x=", "is="] {
        let forged = redirected.as_str().replace("iss=", forged);
        let error = authorizing.finish(&forged).await;
        let error = error.expect_err("it is forged").to_string();
        let expected = "`login`: the redirect was not issued by the server of this authorization";
        assert_eq!(error, expected);
    }
    authorizing
        .finish(redirected.as_str())
        .await
        .expect("the right one still counts");
}
