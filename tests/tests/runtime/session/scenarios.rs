//! What a session does in each state, for each answer of the server: a table to go through.

use std::fmt::Write as _;
use std::time::Duration;

use insta::assert_snapshot;

use super::authority::{Answer, Authority, LOGIN};
use super::{Hand, LIFETIME, Subject};

/// How old the token is when the answer comes.
const AGES: [(&str, Option<u64>); 5] = [
    ("first", None),
    ("fresh", Some(10)),
    ("soon", Some(750)),
    ("now", Some(960)),
    ("expired", Some(1001)),
];

/// Every way in which a server may answer.
pub(super) const ANSWERS: [Answer; 13] = [
    Answer::Token,
    Answer::NoRefreshToken,
    Answer::NoExpiry,
    Answer::Expired,
    Answer::Garbage,
    Answer::Page,
    Answer::BadPage(502),
    Answer::Status(401),
    Answer::Status(408),
    Answer::Status(500),
    Answer::Later(429),
    Answer::Later(503),
    Answer::Hang,
];

/// How long to wait: no longer than need be for what does not come, and long enough for a slow machine.
pub(super) fn patience(answer: Answer) -> Duration {
    match answer {
        Answer::Hang => Duration::from_secs(1),
        _ => Duration::from_secs(60),
    }
}

/// Requests, and what came of them. `A1` is the first token that the server gave, and so on.
#[tokio::test]
async fn ages_and_answers() {
    let mut table = String::new();
    let _ = writeln!(
        table,
        "{:8} {:16} {:14} {:14} {:14} exchanges",
        "token", "answer", "request", "the next one", "300 s later"
    );
    for (age, seconds) in AGES {
        for answer in ANSWERS {
            let authority = Authority::start(LIFETIME).await;
            let mut subject = Subject::patient(authority, Hand::new(), patience(answer), |it| {
                it.sign_in(|client| client.call(&LOGIN))
            });
            let before = if let Some(seconds) = seconds {
                assert_eq!(subject.said().await, "A1");
                subject.changed().await;
                subject.clock.pass(seconds);
                subject.authority.exchanges()
            } else {
                0
            };
            subject.authority.state().answers.push_back(answer);
            let first = subject.said().await;
            let is_behind = age == "soon";
            if is_behind {
                // One that the request did not wait for.
                subject.changed().await;
            }
            let exchanges = subject.authority.exchanges() - before;
            let next = subject.said().await;
            subject.clock.pass(300);
            let later = subject.said().await;
            let name = format!("{answer:?}");
            let _ = writeln!(
                table,
                "{age:8} {name:16} {first:14} {next:14} {later:14} {exchanges}"
            );
        }
    }
    assert_snapshot!(table);
}

/// The same for a client that has nothing to sign in with, and a token in its store.
#[tokio::test]
async fn ages_and_answers_without_a_way_to_sign_in() {
    let mut table = String::new();
    for (age, seconds) in AGES.into_iter().filter(|(_, seconds)| seconds.is_some()) {
        for answer in ANSWERS {
            let store = super::super::runtime::session::MemoryStore::default();
            let kept = store.clone();
            let first = Subject::with(|it| it.store(kept).sign_in(|client| client.call(&LOGIN)));
            let first = first.await;
            assert_eq!(first.said().await, "A1");
            let kept = store.clone();
            let (authority, clock) = (first.authority.clone(), first.clock.clone());
            let mut subject =
                Subject::patient(authority, clock, patience(answer), |it| it.store(kept));
            assert_eq!(subject.said().await, "A1", "it is in the store");
            subject.changed().await;
            subject.clock.pass(seconds.unwrap_or_default());
            let before = subject.authority.exchanges();
            subject.authority.state().answers.push_back(answer);
            let said = subject.said().await;
            if age == "soon" {
                subject.changed().await;
            }
            let exchanges = subject.authority.exchanges() - before;
            let next = subject.said().await;
            let name = format!("{answer:?}");
            let _ = writeln!(table, "{age:8} {name:16} {said:14} {next:14} {exchanges}");
        }
    }
    assert_snapshot!(table);
}
