//! What a session does when the server refuses a token, and when its user ends it.

use std::sync::{Arc, Mutex};
use std::task::Poll;

use super::super::runtime::session::{FileStore, SessionBuilder, SessionErrorKind, SessionState};
use super::super::runtime::{Body, BoxFuture, Client, Error, Transport, TransportError};
use super::authority::{Answer, LOGIN, READ, RENEW, State, WRITE};
use super::{Hand, JWT, LIFETIME, PLAN, Subject, kind, read};

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_request_sent_again() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().valid.clear();
    assert_eq!(subject.said().await, "A2");
    assert_eq!(subject.authority.exchanges(), 2);
    // Whoever sent the older token meanwhile takes the newer one.
    subject.authority.state().statuses.push_back(401);
    assert_eq!(subject.said().await, "A3");
}

#[tokio::test]
async fn who_sent_an_older_token_takes_the_newer_one() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().valid.clear();
    let all = (0..50).map(|_| subject.read());
    let all = futures_util::future::join_all(all).await;
    assert!(all.iter().all(|it| matches!(it.as_deref(), Ok("A2"))));
    assert_eq!(subject.authority.exchanges(), 2);
}

#[tokio::test]
async fn a_second_refusal_is_the_response() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().statuses.extend([401, 401]);
    assert_eq!(subject.said().await, "401");
    assert_eq!(subject.authority.exchanges(), 2);
    assert_eq!(
        subject.said().await,
        "A2",
        "the second was not the token's fault"
    );
}

#[tokio::test]
async fn only_401_is_a_refusal_of_the_token() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    for status in [400, 403, 404, 407, 419, 440, 500] {
        subject.authority.state().statuses.push_back(status);
        assert_eq!(subject.said().await, status.to_string());
    }
    assert_eq!(subject.said().await, "A1");
    assert_eq!(subject.authority.exchanges(), 1);
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_is_not_sent_again() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().statuses.push_back(401);
    let mut call = subject.client.call(&WRITE);
    let part = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from("part"))]);
    call.body("text/plain", Body::from_stream(part));
    let response = call.send().await.expect("it is answered");
    assert_eq!(response.status(), 401);
    assert_eq!(subject.authority.exchanges(), 1);

    subject.authority.state().statuses.push_back(401);
    let mut call = subject.client.call(&WRITE);
    call.text("text/plain", "whole");
    let response = call.send().await.expect("it is answered");
    assert_eq!(response.status(), 200, "one that is in memory is");
}

#[tokio::test]
async fn what_renews_a_token_is_no_request_that_needs_one() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    let response = subject.client.call(&RENEW).send().await;
    assert_eq!(response.expect("it is answered").status(), 401);
    assert_eq!(subject.authority.exchanges(), 2, "nobody else asked");
}

#[tokio::test]
async fn a_refused_token_that_cannot_be_renewed_is_an_error() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().valid.clear();
    let answers = [Answer::Status(500), Answer::Status(500)];
    subject.authority.state().answers.extend(answers);
    assert_eq!(subject.said().await, "Unavailable");
    subject.clock.pass(5);
    assert_eq!(
        subject.said().await,
        "Unavailable",
        "the old one is not sent again"
    );
    subject.clock.pass(5);
    assert_eq!(subject.said().await, "A2");
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let subject = Subject::start().await;
    subject
        .authority
        .state()
        .answers
        .push_back(Answer::Later(429));
    assert_eq!(subject.said().await, "Unavailable");
    subject.clock.pass(6);
    assert_eq!(subject.said().await, "Unavailable");
    assert_eq!(subject.authority.exchanges(), 1);
    subject.clock.pass(1);
    assert_eq!(subject.said().await, "A1");
}

#[tokio::test]
async fn retry_after_is_bounded() {
    let subject = Subject::start().await;
    subject
        .authority
        .state()
        .answers
        .push_back(Answer::Never(503));
    assert_eq!(subject.said().await, "Unavailable");
    subject.clock.pass(3599);
    assert_eq!(subject.said().await, "Unavailable");
    subject.clock.pass(1);
    assert_eq!(subject.said().await, "A1");
}

#[tokio::test]
async fn one_failure_is_shared_by_all_that_wait() {
    let subject = Subject::start().await;
    subject
        .authority
        .state()
        .answers
        .push_back(Answer::Status(503));
    let all = futures_util::future::join_all((0..50).map(|_| subject.said())).await;
    assert!(all.iter().all(|it| it == "Unavailable"), "{all:?}");
    assert_eq!(subject.authority.exchanges(), 1);
}

#[tokio::test]
async fn signing_out_tells_the_server_and_forgets() {
    let subject = Subject::start().await;
    assert_eq!(subject.session().state(), SessionState::SignedOut);
    assert_eq!(subject.said().await, "A1");
    assert!(matches!(
        subject.session().state(),
        SessionState::SignedIn {
            expires_at: Some(_),
            ..
        }
    ));
    subject.session().sign_out().await.expect("it is told");
    assert_eq!(subject.authority.state().sign_outs, 1);
    assert!(subject.authority.state().valid.is_empty());
    assert_eq!(subject.session().state(), SessionState::SignedOut);
    assert_eq!(subject.said().await, "SignedOut");
    assert_eq!(
        subject.authority.exchanges(),
        1,
        "it does not sign in by itself"
    );
    subject.session().sign_in().await.expect("it signs in");
    assert_eq!(subject.said().await, "A2");
}

#[tokio::test]
async fn signing_out_forgets_where_the_server_is_down() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().statuses.push_back(503);
    let error = subject.session().sign_out().await.expect_err("it says so");
    assert_eq!(error.kind(), SessionErrorKind::Unavailable);
    assert_eq!(subject.said().await, "SignedOut");
}

#[tokio::test]
async fn who_is_signed_out_already_is_signed_out() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.authority.state().statuses.push_back(401);
    subject.session().sign_out().await.expect("it is as wanted");
    let subject = Subject::start().await;
    subject
        .session()
        .sign_out()
        .await
        .expect("nothing is to do");
    assert_eq!(subject.authority.state().sign_outs, 0);
}

#[tokio::test]
async fn what_is_being_renewed_is_ended_too() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.clock.pass(1001);
    let (said, ended) = tokio::join!(subject.said(), async {
        tokio::task::yield_now().await;
        subject.session().sign_out().await
    });
    ended.expect("it is told");
    assert!(
        said == "A2" || said == "SignedOut" || said == "401",
        "{said}"
    );
    assert!(
        subject.authority.state().valid.is_empty(),
        "no token is left"
    );
    assert_eq!(subject.said().await, "SignedOut");
}

#[tokio::test]
async fn ensure_signs_in_without_a_request() {
    let subject = Subject::start().await;
    let state = subject.session().ensure().await.expect("it signs in");
    assert!(matches!(state, SessionState::SignedIn { .. }));
    assert_eq!(subject.authority.exchanges(), 1);
    assert_eq!(subject.said().await, "A1");
}

#[tokio::test]
async fn without_a_way_to_sign_in_it_says_what_to_call() {
    let subject = Subject::with(|builder| builder).await;
    let error = subject.read().await.expect_err("there is no token");
    assert_eq!(kind(&error), Some(SessionErrorKind::NoSignIn));
    let cause = std::error::Error::source(&error).expect("it has a cause");
    insta::assert_snapshot!(cause, @"no token is stored, and there is nothing to sign in with: call `.jwt_session(..)` on the client builder");
}

/// Polls a request so many times, and drops it.
async fn drop_after(client: &Client, polls: usize) -> bool {
    let mut call = Box::pin(read(client, &READ));
    let mut count = 0;
    let done = std::future::poll_fn(|cx| {
        count += 1;
        if count > polls {
            return Poll::Ready(false);
        }
        call.as_mut().poll(cx).map(|_| true)
    });
    done.await
}

#[tokio::test]
async fn a_request_that_is_dropped_loses_no_token() {
    for polls in 0..12 {
        let mut subject = Subject::start().await;
        assert_eq!(subject.said().await, "A1");
        subject.changed().await;
        subject.clock.pass(1001);
        drop_after(&subject.client, polls).await;
        if polls > 0 {
            // It goes on by itself.
            subject.changed().await;
        }
        assert_eq!(subject.said().await, "A2", "after {polls}");
        let state = subject.authority.state();
        assert_eq!((state.renewals, state.reuses), (1, 0), "after {polls}");
    }
}

/// A transport that nothing drives but who polls: each request takes a while, and none needs a runtime.
struct Slow(Arc<Mutex<State>>);

impl Transport for Slow {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            for _ in 0..3 {
                let mut is_woken = false;
                let pause = std::future::poll_fn(|cx| {
                    cx.waker().wake_by_ref();
                    if std::mem::replace(&mut is_woken, true) {
                        Poll::Ready(())
                    } else {
                        Poll::Pending
                    }
                });
                pause.await;
            }
            let (parts, body) = request.into_parts();
            let body = body.collect(1 << 20).await?.expect("it is small");
            let token = parts.headers.get("authorization");
            let token = token.map_or("", |it| it.to_str().expect("it is text"));
            let reply = self.0.lock().expect("no test panics here");
            let reply = { reply }.answer(parts.uri.path(), token, &body);
            let response = http::Response::builder().status(reply.status);
            let response = response.header("content-type", reply.media_type);
            Ok(response.body(reply.body.into()).expect("a response"))
        })
    }
}

/// Polls a future again and again, where no runtime is.
fn poll_through<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
    }
}

/// Where nothing runs on by itself, who comes next goes on with the exchange.
#[test]
fn a_parked_exchange_is_driven_on_by_the_next_request() {
    let mut parked = 0;
    for polls in 0..30 {
        let state = Arc::new(Mutex::new(State::new(LIFETIME)));
        let clock = Hand::new();
        let session = SessionBuilder::new(&PLAN).clock(clock.clone());
        let session = session.sign_in(|client| client.call(&LOGIN)).build();
        let mut builder = super::super::builder("https://h");
        builder.transport(Slow(Arc::clone(&state)));
        builder.provider(JWT, session);
        let client = builder.build().expect("it is set up");
        let said = || poll_through(read(&client, &READ));
        assert_eq!(said().as_deref().ok(), Some("A1"));
        clock.pass(1001);
        let is_done = poll_through(drop_after(&client, polls));
        parked += usize::from(!is_done && state.lock().expect("no panic").renewals == 0);
        assert_eq!(said().as_deref().ok(), Some("A2"), "after {polls}");
        let state = state.lock().expect("no panic");
        assert_eq!((state.renewals, state.reuses), (1, 0), "after {polls}");
    }
    assert!(
        parked > 2,
        "some were dropped before the server knew of them"
    );
}

/// What anybody could print of an error, with its causes.
fn told(error: &Error) -> String {
    let mut told = vec![format!("{error} {error:?}")];
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        told.push(format!("{error} {error:?}"));
        cause = error.source();
    }
    told.join(" ")
}

#[tokio::test]
async fn nothing_tells_a_token() {
    for answer in super::scenarios::ANSWERS {
        let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("session-secrets");
        let _ = std::fs::remove_dir_all(&folder);
        let store = FileStore::new(folder.join("session"));
        let authority = super::Authority::start(LIFETIME).await;
        let patience = super::scenarios::patience(answer);
        let subject = Subject::patient(authority, Hand::new(), patience, |it| {
            it.store(store).sign_in(|client| client.call(&LOGIN))
        });
        assert_eq!(subject.said().await, "A1");
        subject.clock.pass(1001);
        subject.authority.state().answers.extend([answer, answer]);
        let error = subject.read().await.err();
        let session = subject.session();
        let mut all = vec![
            error.as_ref().map(told).unwrap_or_default(),
            format!("{:?} {session:?} {:?}", subject.client, session.state()),
        ];
        if let Err(error) = session.sign_out().await {
            all.push(told(&error.into()));
        }
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.file_name() != Some("session".as_ref()) {
                all.push(std::fs::read_to_string(path).expect("it can be read"));
            }
        }
        let all = all.join("\n");
        for secret in ["A1", "A2", "R1", "R2"] {
            assert!(!all.contains(secret), "{answer:?}: {all}");
        }
    }
}
