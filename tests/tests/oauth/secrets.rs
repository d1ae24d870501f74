//! Nothing secret shows in what people read.

use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;

use keywright_tests::clients::runtime::session::FileStore;

use super::authority::{Answer, Authority};
use super::{Hand, REDIRECT_URL, app, authorizing, builder, client, public, signed_in};

/// An error with its causes, as `{}` and as `{:?}`.
fn everything(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |it| (*it).source());
    let causes: Vec<String> = causes.map(|it| format!("{it} {it:?} {it:#?}")).collect();
    causes.join("\n")
}

fn shown(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn check(what: &str, text: &str) {
    assert!(!text.contains("MARK"), "{what}: {text}");
    assert!(!text.contains("client-secret"), "{what}: {text}");
}

#[tokio::test]
async fn no_secret_is_shown() {
    // What a server or a proxy may repeat.
    let answers = [
        Answer::Json(
            200,
            r#"{"access_token": ["MARK"], "refresh_token": "MARK"}"#,
        ),
        Answer::Json(
            400,
            r#"{"error": "invalid_request", "client_secret": "MARK"}"#,
        ),
        Answer::Json(400, r#"{"access_token": "MARK"}"#),
        Answer::Page(200),
        Answer::Page(500),
        Answer::Later(429),
        Answer::Redirect,
        Answer::Endless,
    ];
    for answer in answers {
        let authority = Authority::start().await;
        let clock = Hand::new();
        let user = signed_in(&authority, &clock, app()).await;
        check("a client", &shown(&user));
        check("a session", &shown(&user.session()));
        clock.pass(Duration::from_secs(1001));
        authority.known().answers.push_back(answer.clone());
        let error = user.list_pets().await.expect_err("it is not renewed");
        check("a renewal", &everything(&error));

        let sending = app().parameter("assertion", "MARK-parameter");
        check("an app", &shown(&sending));
        let builder = builder(&authority).petstore_auth_client_credentials(sending);
        check("a builder", &shown(&builder));
        let by_app = builder.build().expect("it is set up");
        authority.known().answers.push_back(answer.clone());
        let error = by_app
            .session()
            .ensure()
            .await
            .expect_err("there is no token");
        check("client credentials", &everything(&error));

        let authorizing = authorizing(&authority, &clock, app()).await;
        check("an authorization", &shown(&authorizing));
        let redirected = authority.authorize(authorizing.url());
        authority.known().answers.push_back(answer.clone());
        let error = authorizing.finish(redirected.as_str()).await;
        check(
            "a code",
            &everything(&error.expect_err("there is no token")),
        );
        let forged = redirected.as_str().replace("state=", "state=MARK");
        let error = authorizing.finish(&forged).await.expect_err("it is forged");
        check("a redirect", &everything(&error));

        let device = client(&authority)
            .petstore_auth_device(app())
            .clock(clock.clone());
        check("a confirmation", &shown(&device));
        let confirming = device.start().await.expect("it starts");
        check("a started confirmation", &shown(&confirming));
        authority.known().answers.push_back(answer);
        // Some answers are waited out.
        if let Err(error) = confirming.wait().await {
            check("a poll", &everything(&error));
        }
    }
}

/// The store is the one place where they are.
#[tokio::test]
async fn the_store_has_the_tokens() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("session");
    let authority = Authority::start().await;
    let authorization = client(&authority).petstore_auth_authorization_code(public(), REDIRECT_URL);
    let authorization = authorization
        .clock(Hand::new())
        .store(FileStore::new(&path));
    let authorizing = authorization.start().await.expect("it starts");
    let redirected = authority.authorize(authorizing.url());
    let client = authorizing
        .finish(redirected.as_str())
        .await
        .expect("the user agrees");
    let text = std::fs::read_to_string(&path).expect("it is stored");
    assert!(
        text.contains("MARK-A2") && text.contains("MARK-R2"),
        "{text}"
    );
    assert!(!text.contains("code"), "{text}");
    client
        .session()
        .sign_out()
        .await
        .expect("nobody need be told");
    assert!(!path.exists());
}
