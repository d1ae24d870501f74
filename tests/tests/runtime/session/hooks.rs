//! What hooks see of sessions.

use std::sync::{Arc, Mutex};

use super::authority::{Authority, LOGIN, READ};
use super::{LIFETIME, PLAN, read};

/// A gateway that wants each request to be signed wants that of the session's own, too.
#[tokio::test]
async fn requests_of_sessions_are_seen() {
    let authority = Authority::start(LIFETIME).await;
    let mut builder = super::super::builder(&authority.url);
    builder.session(&PLAN, |session| {
        session.sign_in(|client| client.call(&LOGIN))
    });
    let seen: Arc<Mutex<Vec<&str>>> = Arc::default();
    let by_hook = Arc::clone(&seen);
    builder.before_request(move |request| {
        let operation = request.operation();
        by_hook.lock().expect("no test panics here").push(operation);
        Ok(())
    });
    let client = builder.build().expect("it is set up");
    assert_eq!(read(&client, &READ).await.expect("an answer"), "A1");
    let seen = seen.lock().expect("no test panics here");
    assert_eq!(*seen, [LOGIN.id, READ.id]);
}
