//! Users in browsers, and servers that describe themselves.

use keywright_tests::clients::runtime::oauth::AuthorizationErrorKind;
use keywright_tests::clients::runtime::session::SessionErrorKind;
use url::Url;

use super::{HOUR, start};
use crate::{REDIRECT_URL, app, public, told};

const REVOKE: &str = "/__keywright/oauth/petstoreAuth/revoke";

#[tokio::test]
async fn a_user_signs_in_by_a_browser() {
    let running = start().await;
    let app = || app().revocation_url(REVOKE);
    let client = running.signed_in(app().scopes(["pets:read"])).await;
    for _ in 0..3 {
        client.list_pets().await.expect("somebody is signed in");
        running.pass(HOUR);
    }
    client.list_pets().await.expect("somebody is signed in");
    assert_eq!(running.good(), 1);
    client.session().sign_out().await.expect("it is revoked");
    assert_eq!(running.good(), 0);
    let error = client
        .session()
        .ensure()
        .await
        .expect_err("nobody is signed in");
    assert_eq!(error.kind(), SessionErrorKind::SignedOut);
}

#[tokio::test]
async fn a_user_may_refuse() {
    let running = start().await;
    let authorization = running
        .client()
        .petstore_auth_authorization_code(app(), REDIRECT_URL);
    let authorizing = authorization
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    let redirected = running.answer(authorizing.url(), "deny").await;
    let error = authorizing
        .finish(&redirected)
        .await
        .expect_err("the user refuses");
    assert_eq!(error.kind(), AuthorizationErrorKind::Denied);
    // The other one has asked for what nobody can allow.
    let app = app().scopes(["pets:eat"]);
    let authorization = running
        .client()
        .petstore_auth_authorization_code(app, REDIRECT_URL);
    let authorizing = authorization
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    let redirected = running.answer(authorizing.url(), "allow").await;
    let error = authorizing
        .finish(&redirected)
        .await
        .expect_err("there is no such scope");
    assert_eq!(told(error.kind(), &error), "Refused invalid_scope");
}

/// Somebody has put another one's code in place of the user's (RFC 9700, section 4.5).
#[tokio::test]
async fn a_code_of_somebody_else_is_not_proven() {
    let running = start().await;
    let begin = async || {
        let client = running.client();
        let authorization = client.petstore_auth_authorization_code(public(), REDIRECT_URL);
        authorization
            .clock(running.clock())
            .start()
            .await
            .expect("it starts")
    };
    let (mine, other) = (begin().await, begin().await);
    let own = running.answer(mine.url(), "allow").await;
    let stolen = running.answer(other.url(), "allow").await;
    let code = |url: &str| {
        let url = Url::parse(url).expect("it is a URL");
        let mut pairs = url.query_pairs();
        let pair = pairs.find(|(name, _)| name == "code");
        pair.expect("it is there").1.into_owned()
    };
    let forged = own.replace(&code(&own), &code(&stolen));
    let error = mine.finish(&forged).await.expect_err("it is stolen");
    assert_eq!(told(error.kind(), &error), "Refused invalid_grant");
    mine.finish(&own).await.expect("its own is good");
}

#[tokio::test]
async fn an_implicit_token_comes_with_the_redirect() {
    let running = start().await;
    let implicit = running
        .client()
        .petstore_auth_implicit(public(), REDIRECT_URL);
    let authorizing = implicit
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    let redirected = running.answer(authorizing.url(), "allow").await;
    let client = authorizing
        .finish(&redirected)
        .await
        .expect("the user agrees");
    client.list_pets().await.expect("somebody is signed in");
    running.pass(HOUR);
    let error = client.session().ensure().await.expect_err("it has expired");
    assert_eq!(error.kind(), SessionErrorKind::Ended);
}

#[tokio::test]
async fn servers_are_discovered() {
    let running = start().await;
    let authorization = running
        .client()
        .login_authorization_code(public(), REDIRECT_URL);
    let authorizing = authorization
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    assert_eq!(
        authorizing.url().path(),
        "/__keywright/oauth/petstoreAuth/authorize"
    );
    let redirected = running.answer(authorizing.url(), "allow").await;
    // Who has issued it is checked: the metadata say that it is there (RFC 9207).
    let forged = redirected.replace("iss=", "iss=https%3A%2F%2Fevil.example&x=");
    let error = authorizing.finish(&forged).await.expect_err("it is forged");
    assert_eq!(error.kind(), AuthorizationErrorKind::Mismatch);
    let client = authorizing
        .finish(&redirected)
        .await
        .expect("the user agrees");
    client.get_me().await.expect("somebody is signed in");
    running.pass(HOUR);
    client.get_me().await.expect("it is renewed");
    assert_eq!(running.good(), 1);
    client
        .login_session()
        .sign_out()
        .await
        .expect("it is revoked");
    assert_eq!(running.good(), 0);

    let device = running.client().login_device(public());
    let confirming = device
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    let path = confirming
        .complete_url()
        .expect("a page")
        .replace(&running.origin, "");
    running.post(&path, "action=allow").await;
    let client = confirming.wait().await.expect("the user confirms");
    client.get_me().await.expect("somebody is signed in");

    let partners = running.builder().partners_client_credentials(app());
    let partners = partners.build().expect("it is set up");
    partners.list_partners().await.expect("it is signed in");
    let good = running.good();
    partners
        .partners_session()
        .sign_out()
        .await
        .expect("it is revoked");
    assert_eq!(running.good(), good - 1);
}
