//! Redirects: what is followed, and what goes along.

use http::Method;

use super::runtime::{Credential, Description, Error, RedirectReason, Status, Style};
use super::server::{Double, Server, json, redirect};
use super::{API, GET, HEADER_KEY, builder, client, operation};

static SECURED: Description = Description {
    id: "probe",
    method: "GET",
    server: None,
    path: "/get",
    accept: &["application/json"],
    streams: &[],
    security: &[&[HEADER_KEY]],
    scopes: &[],
    idempotency_key: None,
    responses: &[(Status::Code(200), "")],
};
static POST: Description = operation("POST", "/post");
static DELETE: Description = operation("DELETE", "/delete");
static HEAD: Description = operation("HEAD", "/head");
static DOCUMENTED: Description = Description {
    id: "probe",
    method: "GET",
    server: None,
    path: "/get",
    accept: &[],
    streams: &[],
    security: &[],
    scopes: &[],
    idempotency_key: None,
    responses: &[(Status::Code(200), ""), (Status::Range(3), "")],
};

/// A server that redirects every first path to `location` and answers anything else.
async fn redirecting(status: u16, location: &'static str) -> Server {
    Server::start(move |seen| {
        if seen.target.starts_with("/end") {
            json(200, "{}")
        } else {
            redirect(status, location)
        }
    })
    .await
}

fn reason(error: &Error) -> RedirectReason {
    match error {
        Error::Redirect(error) => error.reason(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_same_origin_gets_everything() {
    for status in [301, 302, 303, 307, 308] {
        let server = redirecting(status, "/end?x=1#part").await;
        let client = client(&server.url).with_credential(HEADER_KEY, Credential::token("K"));
        let mut call = client.call(&SECURED);
        call.header("X-Trace", &"t", Style::SIMPLE);
        call.cookie("c", &"v", Style::FORM);
        assert_eq!(call.send().await.expect("it is followed").status(), 200);
        let [_, second] = &server.seen()[..] else {
            panic!("two requests")
        };
        assert_eq!(
            (second.target.as_str(), second.header("x-api-key")),
            ("/end?x=1", Some("K"))
        );
        assert_eq!(
            (second.header("x-trace"), second.header("cookie")),
            (Some("t"), Some("c=v"))
        );
        assert_eq!(second.header("referer"), None);
    }
}

#[tokio::test]
async fn another_origin_gets_a_bare_request_even_on_the_way_back() {
    let third = Server::start(|_| json(200, "{}")).await;
    let back = format!("{}/end", third.url);
    let second = Server::start(move |_| redirect(302, &back)).await;
    let away = format!("{}/away?secret=1", second.url);
    let first = Server::start(move |_| redirect(307, &away)).await;
    let client = client(&first.url).with_credential(HEADER_KEY, Credential::token("K"));
    let mut call = client.call(&SECURED);
    call.header("X-Trace", &"t", Style::SIMPLE);
    call.cookie("c", &"v", Style::FORM);
    assert_eq!(call.send().await.expect("it is followed").status(), 200);
    assert_eq!(first.only().header("x-api-key"), Some("K"));
    for server in [second, third] {
        let seen = server.only();
        let mut names: Vec<_> = seen.headers.keys().map(http::HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
    }
}

#[tokio::test]
async fn credentials_do_not_come_back_with_a_redirect_home() {
    let home = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
    let location = std::sync::Arc::clone(&home);
    let away =
        Server::start(move |_| redirect(302, location.get().map_or("", String::as_str))).await;
    let target = away.url.clone();
    let server = Server::start(move |seen| {
        if seen.target == "/end" {
            json(200, "{}")
        } else {
            redirect(302, &target)
        }
    })
    .await;
    home.set(format!("{}/end", server.url))
        .expect("it is set once");
    let client = client(&server.url).with_credential(HEADER_KEY, Credential::token("K"));
    assert_eq!(
        client
            .call(&SECURED)
            .send()
            .await
            .expect("it is followed")
            .status(),
        200
    );
    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("x-api-key").map(str::to_owned))
        .collect();
    assert_eq!(keys, [Some("K".to_owned()), None]);
}

#[tokio::test]
async fn posts_are_repeated_only_where_they_were_meant_for() {
    for status in [307, 308] {
        let server = redirecting(status, "/end").await;
        let mut call = client(&server.url).call(&POST);
        call.json("application/json", &"body");
        call.send().await.expect("it is followed");
        let [_, second] = &server.seen()[..] else {
            panic!("two requests")
        };
        assert_eq!(
            (&second.method, &second.body[..]),
            (&Method::POST, &b"\"body\""[..])
        );
        assert_eq!(second.header("content-type"), Some("application/json"));

        let other = Server::start(|_| json(200, "{}")).await;
        let away = format!("{}/end?secret=1", other.url);
        let server = Server::start(move |_| redirect(status, &away)).await;
        for operation in [&POST, &DELETE] {
            let error = client(&server.url)
                .call(operation)
                .send()
                .await
                .expect_err("it is not followed");
            assert_eq!(reason(&error), RedirectReason::OtherOrigin);
            let expected = format!(
                "`probe`: the redirect ({status}) to {} is not followed, since the request is for its own origin only",
                other.url
            );
            assert_eq!(error.to_string(), expected);
            assert!(!format!("{error:?}").contains("secret"));
        }
        assert!(other.seen().is_empty());
    }
    for status in [301, 302] {
        let server = redirecting(status, "/end").await;
        let error = client(&server.url)
            .call(&POST)
            .send()
            .await
            .expect_err("it is not followed");
        assert_eq!(reason(&error), RedirectReason::Method);
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn see_other_makes_a_get_without_a_body() {
    let server = redirecting(303, "/end").await;
    let mut call = client(&server.url).call(&POST);
    call.json("application/json", &"body");
    call.send().await.expect("it is followed");
    let [_, second] = &server.seen()[..] else {
        panic!("two requests")
    };
    assert_eq!(
        (
            &second.method,
            second.body.len(),
            second.header("content-type")
        ),
        (&Method::GET, 0, None)
    );

    let server = redirecting(303, "/end").await;
    client(&server.url)
        .call(&HEAD)
        .send()
        .await
        .expect("it is followed");
    assert_eq!(server.seen()[1].method, Method::HEAD);
}

#[tokio::test]
async fn documented_redirects_are_answers() {
    let server = redirecting(302, "/end?token=SECRET").await;
    let reply = client(&server.url)
        .call(&DOCUMENTED)
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        (reply.status(), reply.headers()["location"].to_str().ok()),
        (302, Some("/end?token=SECRET"))
    );
    assert!(!format!("{reply:?}").contains("SECRET"));
    let server = redirecting(304, "/end").await;
    assert_eq!(
        client(&server.url)
            .call(&GET)
            .send()
            .await
            .expect("an answer")
            .status(),
        304
    );
}

#[tokio::test]
async fn there_is_an_end_to_it() {
    let server = redirecting(302, "/again").await;
    let error = client(&server.url)
        .call(&GET)
        .send()
        .await
        .expect_err("it does not end");
    assert_eq!(
        (reason(&error), server.seen().len()),
        (RedirectReason::TooMany, 6)
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
}

#[tokio::test]
async fn strange_targets_are_refused() {
    let table = [
        ("http://example.org/", RedirectReason::Insecure),
        (
            "https://user:SECRET@example.org/",
            RedirectReason::Unreadable,
        ),
        ("ftp://example.org/", RedirectReason::Unreadable),
        ("https://[", RedirectReason::Unreadable),
        ("file:///etc/passwd", RedirectReason::Unreadable),
    ];
    for (location, expected) in table {
        let server = redirecting(302, location).await;
        let error = client(&server.url)
            .call(&GET)
            .send()
            .await
            .expect_err(location);
        assert_eq!(reason(&error), expected, "{location}");
        assert!(!format!("{error} {error:?}").contains("SECRET"));
    }
}

#[tokio::test]
async fn https_never_becomes_http() {
    let answer = || {
        let mut answer = http::Response::new(super::runtime::Body::empty());
        *answer.status_mut() = http::StatusCode::FOUND;
        answer.headers_mut().insert(
            "location",
            http::HeaderValue::from_static("http://127.0.0.1/"),
        );
        answer
    };
    let double = Double::answering(answer);
    let mut builder = builder(API.base_url);
    builder.transport(double.clone());
    builder.allow_plain_http();
    let error = builder
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect_err("it is refused");
    assert_eq!(reason(&error), RedirectReason::Insecure);
    assert_eq!(double.take().len(), 1);
}

#[tokio::test]
async fn without_a_location_it_is_an_answer() {
    let server = Server::start(|_| json(302, "{}")).await;
    assert_eq!(
        client(&server.url)
            .call(&GET)
            .send()
            .await
            .expect("an answer")
            .status(),
        302
    );
}
