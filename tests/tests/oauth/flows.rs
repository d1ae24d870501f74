//! What travels, and what becomes of the tokens.

use std::time::Duration;

use insta::assert_snapshot;
use keywright_tests::clients::oauth::Client;
use keywright_tests::clients::runtime::oauth::{App, AuthorizationErrorKind};
use keywright_tests::clients::runtime::session::{
    Clock as _, FileStore, MemoryStore, SessionErrorKind, SessionState,
};

use super::authority::{Answer, Authority, CLIENT_ID};
use super::{
    Hand, REDIRECT_URL, app, authorizing, builder, client, public, signed_in, token, told,
};

/// An app that asks for everything that can be asked for.
fn demanding(app: App) -> App {
    app.scopes(["pets:read", "pets:write"])
        .resource("https://pets.example.org/")
        .resource("https://cats.example.org/")
        .parameter("audience", "everybody")
}

fn built(builder: keywright_tests::clients::oauth::ClientBuilder, clock: &Hand) -> Client {
    let builder = builder.petstore_auth_clock(clock.clone());
    builder.build().expect("it is set up")
}

#[tokio::test]
async fn what_is_sent_for_the_app() {
    let authority = Authority::start().await;
    let by_header = builder(&authority).petstore_auth_client_credentials(demanding(app()));
    assert_eq!(token(&built(by_header, &Hand::new())).await, "A1");
    let by_body = builder(&authority).petstore_auth_client_credentials(app().auth_in_body());
    assert_eq!(token(&built(by_body, &Hand::new())).await, "A2");
    assert_snapshot!(authority.requests(), @r"
    /oauth/token Basic the-app:MARK+client-secret%3A%C3%A4 grant_type=client_credentials & scope=pets:read pets:write & resource=https://pets.example.org/ & resource=https://cats.example.org/ & audience=everybody
    /oauth/token grant_type=client_credentials & client_id=the-app & client_secret=MARK client-secret:ä
    ");
}

#[tokio::test]
async fn what_is_sent_for_a_password() {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let builder = builder(&authority).petstore_auth_password(public(), "ada", "MARK-password");
    let client = built(builder, &clock);
    assert_eq!(token(&client).await, "A1");
    clock.pass(Duration::from_secs(1001));
    assert_eq!(token(&client).await, "A2");
    assert_snapshot!(authority.requests(), @r"
    /oauth/token grant_type=password & username=ada & password=MARK-password & client_id=the-app
    /oauth/refresh grant_type=refresh_token & refresh_token=MARK-R1 & client_id=the-app
    ");
}

#[tokio::test]
async fn what_is_sent_for_a_user_in_a_browser() {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let authorizing = authorizing(&authority, &clock, demanding(app())).await;
    let mut asked: Vec<_> = authorizing.url().query_pairs().into_owned().collect();
    for (name, value) in &mut asked {
        if matches!(&**name, "state" | "code_challenge") {
            *value = format!("({})", value.len());
        }
    }
    let asked: Vec<String> = asked
        .iter()
        .map(|(name, it)| format!("{name}={it}"))
        .collect();
    assert_snapshot!(asked.join("\n"), @r"
    response_type=code
    client_id=the-app
    state=(22)
    code_challenge=(43)
    code_challenge_method=S256
    redirect_uri=http://127.0.0.1:1/callback
    scope=pets:read pets:write
    resource=https://pets.example.org/
    resource=https://cats.example.org/
    audience=everybody
    ");
    let redirected = authority.authorize(authorizing.url());
    let client = authorizing
        .finish(redirected.as_str())
        .await
        .expect("the user agrees");
    assert_eq!(token(&client).await, "A2");
    clock.pass(Duration::from_secs(1001));
    assert_eq!(token(&client).await, "A3");
    assert_snapshot!(authority.requests(), @r"
    /oauth/token Basic the-app:MARK+client-secret%3A%C3%A4 grant_type=authorization_code & code=MARK-code-1 & code_verifier=(43) & redirect_uri=http://127.0.0.1:1/callback & resource=https://pets.example.org/ & resource=https://cats.example.org/ & audience=everybody
    /oauth/refresh Basic the-app:MARK+client-secret%3A%C3%A4 grant_type=refresh_token & refresh_token=MARK-R2 & resource=https://pets.example.org/ & resource=https://cats.example.org/ & audience=everybody
    ");
}

#[tokio::test]
async fn what_is_sent_for_a_user_on_another_device() {
    let authority = Authority::start().await;
    authority.known().pending = 1;
    let clock = Hand::new();
    let device = client(&authority).petstore_auth_device(public().scopes(["pets:read"]));
    let confirming = device
        .clock(clock.clone())
        .start()
        .await
        .expect("it starts");
    assert_eq!(confirming.code(), Some("WDJB-MJHT"));
    let client = confirming.wait().await.expect("the user confirms");
    assert_eq!(token(&client).await, "A2");
    clock.pass(Duration::from_secs(1001));
    assert_eq!(token(&client).await, "A3");
    assert_snapshot!(authority.requests(), @r"
    /oauth/device scope=pets:read & client_id=the-app
    /oauth/token grant_type=urn:ietf:params:oauth:grant-type:device_code & device_code=MARK-device-1 & client_id=the-app
    /oauth/token grant_type=urn:ietf:params:oauth:grant-type:device_code & device_code=MARK-device-1 & client_id=the-app
    /oauth/token grant_type=refresh_token & refresh_token=MARK-R2 & client_id=the-app
    ");
}

/// Somebody has put another one's code in place of the user's (RFC 9700, section 4.5).
#[tokio::test]
async fn a_code_of_somebody_else_is_not_proven_by_this_client() {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let mine = authorizing(&authority, &clock, public()).await;
    let other = authorizing(&authority, &clock, public()).await;
    authority.authorize(mine.url());
    let stolen = authority.authorize(other.url());
    let of = |url: &url::Url, wanted: &str| {
        let mut pairs = url.query_pairs();
        let pair = pairs.find(|(name, _)| name == wanted);
        pair.expect("it is there").1.into_owned()
    };
    let injected = format!(
        "/callback?code={}&state={}",
        of(&stolen, "code"),
        of(mine.url(), "state")
    );
    let error = mine.finish(&injected).await.expect_err("it is not proven");
    assert_eq!(told(error.kind(), &error), "Refused invalid_grant");
}

#[tokio::test]
async fn a_poll_that_is_lost_is_repeated() {
    let authority = Authority::start().await;
    let device = client(&authority).petstore_auth_device(public());
    let confirming = device.clock(Hand::new()).start().await.expect("it starts");
    authority
        .known()
        .answers
        .extend([Answer::Broken, Answer::Broken]);
    authority.requests();
    let client = confirming.wait().await.expect("the user confirms");
    assert_eq!(authority.requests().lines().count(), 3);
    assert_eq!(token(&client).await, "A2");
}

#[tokio::test]
async fn an_implicit_token_comes_with_the_redirect_and_is_not_renewed() {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let implicit = client(&authority).petstore_auth_implicit(public(), REDIRECT_URL);
    let authorizing = implicit
        .clock(clock.clone())
        .start()
        .await
        .expect("it starts");
    let redirected = authority.authorize(authorizing.url());
    let forged = redirected.as_str().replace("state=", "state=x");
    let error = authorizing.finish(&forged).await.expect_err("it is forged");
    assert_eq!(error.kind(), AuthorizationErrorKind::Mismatch);
    let client = authorizing
        .finish(redirected.as_str())
        .await
        .expect("the user agrees");
    assert_eq!(token(&client).await, "A1");
    clock.pass(Duration::from_secs(1001));
    let error = client.session().ensure().await.expect_err("it has expired");
    assert_eq!(error.kind(), SessionErrorKind::Ended);
    assert_eq!(authority.requests(), "", "nobody was asked");
}

#[tokio::test]
async fn a_refresh_token_that_is_not_replaced_stays() {
    let authority = Authority::start().await;
    authority.known().rotates = false;
    let clock = Hand::new();
    let client = signed_in(&authority, &clock, public()).await;
    for expected in ["A2", "A3", "A4"] {
        assert_eq!(token(&client).await, expected);
        clock.pass(Duration::from_secs(1001));
    }
    authority.known().rotates = true;
    for expected in ["A5", "A6", "A7"] {
        assert_eq!(token(&client).await, expected);
        clock.pass(Duration::from_secs(1001));
    }
    let requests = authority.requests();
    let renewals = requests.lines().skip(1).map(|it| {
        let (_, token) = it
            .split_once("refresh_token=MARK-")
            .expect("it is a renewal");
        token.split(' ').next().unwrap_or_default().to_owned()
    });
    let renewals: Vec<String> = renewals.collect();
    assert_eq!(renewals, ["R2", "R2", "R2", "R5", "R6"]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_request_sent_again() {
    let authority = Authority::start().await;
    let client = signed_in(&authority, &Hand::new(), public()).await;
    authority.known().refused.insert("MARK-A2".to_owned());
    assert_eq!(token(&client).await, "A3");
}

#[tokio::test]
async fn an_app_whose_refresh_token_ends_signs_in_again_by_its_password() {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let builder = builder(&authority).petstore_auth_password(public(), "ada", "MARK-password");
    let client = built(builder, &clock);
    assert_eq!(token(&client).await, "A1");
    clock.pass(Duration::from_secs(1001));
    let ended = Answer::Json(400, r#"{"error": "invalid_grant"}"#);
    authority.known().answers.push_back(ended);
    assert_eq!(token(&client).await, "A2");
}

#[tokio::test]
async fn a_user_is_still_signed_in_when_the_program_runs_again() {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let store = MemoryStore::default();
    let authorization = client(&authority).petstore_auth_authorization_code(app(), REDIRECT_URL);
    let authorization = authorization.clock(clock.clone()).store(store.clone());
    let authorizing = authorization.start().await.expect("it starts");
    let redirected = authority.authorize(authorizing.url());
    let first = authorizing
        .finish(redirected.as_str())
        .await
        .expect("the user agrees");
    let state = first.session().state();
    assert!(
        matches!(
            state,
            SessionState::SignedIn {
                is_stored: true,
                ..
            }
        ),
        "{state:?}"
    );
    drop(first);
    let again = builder(&authority)
        .petstore_auth_store(store.clone())
        .petstore_auth_app(app());
    let again = built(again, &clock);
    assert_eq!(token(&again).await, "A2");
    clock.pass(Duration::from_secs(1001));
    assert_eq!(token(&again).await, "A3");
    // Without the app, nothing renews it.
    clock.pass(Duration::from_secs(1001));
    let without = built(builder(&authority).petstore_auth_store(store), &clock);
    let error = without
        .session()
        .ensure()
        .await
        .expect_err("it has expired");
    assert_eq!(told(error.kind(), &error), "NoSignIn");
}

/// A refresh token that serves once is used once, whoever needs it.
#[tokio::test]
async fn clients_that_share_a_store_renew_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = || FileStore::new(folder.path().join("session"));
    let authority = Authority::start().await;
    let clock = Hand::new();
    let authorization = client(&authority).petstore_auth_authorization_code(app(), REDIRECT_URL);
    let authorization = authorization.clock(clock.clone()).store(store());
    let authorizing = authorization.start().await.expect("it starts");
    let redirected = authority.authorize(authorizing.url());
    let first = authorizing.finish(redirected.as_str()).await;
    first.expect("the user agrees");
    let clients: Vec<Client> = (0..8)
        .map(|_| {
            let builder = builder(&authority).petstore_auth_app(app());
            built(builder.petstore_auth_store(store()), &clock)
        })
        .collect();
    authority.requests();
    for expected in ["A2", "A3", "A4"] {
        let tokens = futures_util::future::join_all(clients.iter().map(token)).await;
        assert!(tokens.iter().all(|it| it == expected), "{tokens:?}");
        clock.pass(Duration::from_secs(1001));
    }
    assert_eq!(authority.requests().lines().count(), 2);
}

#[tokio::test]
async fn who_has_not_signed_in_is_told_so() {
    let authority = Authority::start().await;
    let client = built(builder(&authority).petstore_auth_app(app()), &Hand::new());
    let error = client
        .session()
        .ensure()
        .await
        .expect_err("nobody has signed in");
    assert_snapshot!(error, @"`petstoreAuth`: no token is stored, and only a user can sign in");
    assert_eq!(authority.requests(), "");
}

#[tokio::test]
async fn signing_out_revokes_what_renews_the_token() {
    let authority = Authority::start().await;
    let app = || app().revocation_url("/oauth/revoke");
    let client = signed_in(&authority, &Hand::new(), app()).await;
    authority.requests();
    client.session().sign_out().await.expect("it is revoked");
    let by_app = built(
        builder(&authority).petstore_auth_client_credentials(app()),
        &Hand::new(),
    );
    token(&by_app).await;
    by_app.session().sign_out().await.expect("it is revoked");
    assert_snapshot!(authority.requests(), @r"
    /oauth/revoke Basic the-app:MARK+client-secret%3A%C3%A4 token=MARK-R2 & token_type_hint=refresh_token
    /oauth/token Basic the-app:MARK+client-secret%3A%C3%A4 grant_type=client_credentials
    /oauth/revoke Basic the-app:MARK+client-secret%3A%C3%A4 token=MARK-A3 & token_type_hint=access_token
    ");
    // Where nothing says where, nobody is told.
    let client = signed_in(&authority, &Hand::new(), public()).await;
    authority.requests();
    client
        .session()
        .sign_out()
        .await
        .expect("nobody need be told");
    assert_eq!(authority.requests(), "");
}

#[tokio::test]
async fn a_token_says_itself_when_it_expires_if_nobody_else_does() {
    // {"alg":"none"}.{"exp":1800000500}.
    const JWT: &str = r#"{"token_type": "Bearer", "access_token": "eyJhbGciOiJub25lIn0.eyJleHAiOjE4MDAwMDA1MDB9."}"#;
    let authority = Authority::start().await;
    let clock = Hand::new();
    let client = built(
        builder(&authority).petstore_auth_client_credentials(app()),
        &clock,
    );
    authority.known().answers.push_back(Answer::Json(200, JWT));
    let state = client.session().ensure().await.expect("it is good");
    let expected = SessionState::SignedIn {
        expires_at: Some(clock.now() + Duration::from_secs(500)),
        is_stored: false,
    };
    assert_eq!(state, expected);
}

#[tokio::test]
async fn many_requests_share_one_token() {
    let authority = Authority::start().await;
    let client = built(
        builder(&authority).petstore_auth_client_credentials(app()),
        &Hand::new(),
    );
    let requests = (0..100).map(|_| token(&client));
    let tokens = futures_util::future::join_all(requests).await;
    assert!(tokens.iter().all(|it| it == "A1"), "{tokens:?}");
    assert_eq!(authority.requests().lines().count(), 1);
}

#[tokio::test]
async fn nothing_goes_over_plain_http_to_another_host() {
    let client = Client::builder().base_url("https://pets.example.org/v1");
    let client = client
        .petstore_auth_client_credentials(app())
        .build()
        .expect("it is set up");
    let app = App::new(CLIENT_ID).revocation_url("http://pets.example.org/revoke");
    let authority = Authority::start().await;
    let signed_in = signed_in(&authority, &Hand::new(), app).await;
    let error = signed_in
        .session()
        .sign_out()
        .await
        .expect_err("it is not secure");
    assert_snapshot!(error, @"`petstoreAuth`: the revocation endpoint of the authorization server is `http`, so secrets could be read on the way");
    assert_eq!(error.kind(), SessionErrorKind::Unsupported);
    drop(client);
}
