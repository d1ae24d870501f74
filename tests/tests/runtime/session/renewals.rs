//! What a session does when its user wants another token at once.

use super::super::runtime::session::{MemoryStore, SessionErrorKind, SessionState};
use super::authority::{Answer, LOGIN};
use super::{Hand, Subject};

#[tokio::test]
async fn a_token_that_serves_is_renewed() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    let state = subject.session().renew().await.expect("it is renewed");
    assert!(matches!(state, SessionState::SignedIn { .. }), "{state:?}");
    assert_eq!(subject.said().await, "A2");
    assert_eq!(subject.authority.exchanges(), 2);
}

#[tokio::test]
async fn without_a_token_it_signs_in() {
    let subject = Subject::start().await;
    subject.session().renew().await.expect("it signs in");
    assert_eq!(subject.said().await, "A1");
    assert_eq!(subject.authority.exchanges(), 1);
}

#[tokio::test]
async fn all_who_want_it_share_an_exchange() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    let session = subject.session();
    let all = futures_util::future::join_all((0..50).map(|_| session.renew()));
    assert!(all.await.iter().all(Result::is_ok));
    assert_eq!(subject.said().await, "A2");
    assert_eq!(subject.authority.exchanges(), 2);
}

#[tokio::test]
async fn a_failure_leaves_the_token() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    let answers = [Answer::Status(500), Answer::Garbage];
    for answer in answers {
        subject.authority.state().answers.push_back(answer);
        let renewed = subject.session().renew().await;
        let kind = renewed.expect_err("there is no token").kind();
        let kinds = [SessionErrorKind::Unavailable, SessionErrorKind::Useless];
        assert!(kinds.contains(&kind), "{kind:?}");
        assert_eq!(subject.said().await, "A1");
    }
}

#[tokio::test]
async fn a_stored_token_is_renewed_in_its_store() {
    let store = MemoryStore::default();
    let kept = store.clone();
    let subject = Subject::with(|it| it.store(kept).sign_in(|client| client.call(&LOGIN))).await;
    assert_eq!(subject.said().await, "A1");
    subject.session().renew().await.expect("it is renewed");
    let other = Subject::of(subject.authority.clone(), Hand::new(), |it| it.store(store));
    assert_eq!(other.said().await, "A2");
    assert_eq!(subject.authority.exchanges(), 2);
}

#[tokio::test]
async fn what_has_been_ended_is_not_renewed() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.session().sign_out().await.expect("it is ended");
    let renewed = subject.session().renew().await;
    let kind = renewed.expect_err("nobody is signed in").kind();
    assert_eq!(kind, SessionErrorKind::SignedOut);
    assert_eq!(subject.authority.exchanges(), 1);
}
