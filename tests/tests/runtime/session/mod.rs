//! Sessions, against a server on loopback. Time is what the test says it is.

mod authority;
mod confirmations;
mod hooks;
mod keyring;
mod processes;
mod refusals;
mod renewals;
mod scenarios;
mod stores;
mod times;

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use authority::{Authority, LOGIN, LOGOUT, READ, RENEW};

use super::JWT;
use super::runtime::session::{
    ClientSession, Clock, Expiry, Grant, Part, Place, Plan, Revocation, SessionBuilder,
    SessionError, SessionErrorKind, SessionState,
};
use super::runtime::{BoxFuture, Client, Description, Error};

static PLAN: Plan = Plan {
    scheme: JWT,
    acquire: Some(Grant {
        operation: &LOGIN,
        sends: &[],
        token: Place::Body("/token"),
        refresh_token: Some(Place::Body("/refresh")),
        expiry: Expiry::In(Place::Body("/expires")),
        ended: &[401],
    }),
    renew: Some(Grant {
        operation: &RENEW,
        sends: &[(Place::Body("/refresh"), Part::RefreshToken)],
        token: Place::Body("/token"),
        refresh_token: Some(Place::Body("/refresh")),
        expiry: Expiry::In(Place::Body("/expires")),
        ended: &[401],
    }),
    revoke: Some(Revocation {
        operation: &LOGOUT,
        sends: &[],
    }),
};

/// How long the tokens of most tests are good for. They are renewed in the last 300 s, and have to be in the last 60.
const LIFETIME: u64 = 1000;

/// A clock that stands still.
#[derive(Clone)]
struct Hand(Arc<Mutex<(SystemTime, Duration)>>);

impl Hand {
    fn new() -> Self {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        Self(Arc::new(Mutex::new((start, Duration::ZERO))))
    }

    /// Time passes.
    fn pass(&self, seconds: u64) {
        let time = Duration::from_secs(seconds);
        let mut hand = self.0.lock().expect("no test panics here");
        hand.0 += time;
        hand.1 += time;
    }

    /// Somebody sets the date, or the machine sleeps: that of the day changes, and what never steps back stands still.
    fn set(&self, change: impl FnOnce(SystemTime) -> SystemTime) {
        let mut hand = self.0.lock().expect("no test panics here");
        hand.0 = change(hand.0);
    }
}

impl Clock for Hand {
    fn now(&self) -> SystemTime {
        self.0.lock().expect("no test panics here").0
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().expect("no test panics here").1
    }

    /// Nobody waits: it is later at once.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.pass(time.as_secs());
        Box::pin(std::future::ready(()))
    }
}

/// A client with a session.
struct Subject {
    authority: Authority,
    clock: Hand,
    client: Client,
    changes: tokio::sync::mpsc::UnboundedReceiver<SessionState>,
}

impl Subject {
    async fn start() -> Self {
        Self::with(|builder| builder.sign_in(|client| client.call(&LOGIN))).await
    }

    async fn with(set: impl FnOnce(SessionBuilder) -> SessionBuilder) -> Self {
        let authority = Authority::start(LIFETIME).await;
        let clock = Hand::new();
        Self::of(authority, clock, set)
    }

    fn of(
        authority: Authority,
        clock: Hand,
        set: impl FnOnce(SessionBuilder) -> SessionBuilder,
    ) -> Self {
        Self::patient(authority, clock, Duration::from_secs(60), set)
    }

    /// One that waits for so long for a response.
    fn patient(
        authority: Authority,
        clock: Hand,
        patience: Duration,
        set: impl FnOnce(SessionBuilder) -> SessionBuilder,
    ) -> Self {
        let (told, changes) = tokio::sync::mpsc::unbounded_channel();
        let session = set(SessionBuilder::new(&PLAN))
            .clock(clock.clone())
            .listener(move |state| drop(told.send(state.clone())));
        let mut builder = super::builder(&authority.url);
        builder.timeout(patience);
        builder.provider(JWT, session.build());
        let client = builder.build().expect("it is set up");
        Self {
            authority,
            clock,
            client,
            changes,
        }
    }

    fn session(&self) -> ClientSession {
        self.client.session(&PLAN)
    }

    /// Sends a request that needs the token; returns the token that the server saw and accepted.
    async fn read(&self) -> Result<String, Error> {
        read(&self.client, &READ).await
    }

    /// The same, in a word or two.
    async fn said(&self) -> String {
        match self.read().await {
            Ok(token) => token,
            Err(error) => word(&error),
        }
    }

    /// Waits until an exchange is over that nobody waits for.
    async fn changed(&mut self) {
        self.changes.recv().await.expect("the session lives");
    }
}

async fn read(client: &Client, operation: &'static Description) -> Result<String, Error> {
    let response = client.call(operation).send().await?;
    if response.status() != 200 {
        return Err(response.unexpected());
    }
    Ok(response.text::<()>()?.into_body())
}

fn word(error: &Error) -> String {
    match (kind(error), error.status()) {
        (Some(kind), _) => format!("{kind:?}"),
        (None, Some(status)) => status.as_str().to_owned(),
        (None, None) => error.to_string(),
    }
}

fn kind(error: &Error) -> Option<SessionErrorKind> {
    let source = std::error::Error::source(error)?;
    Some(source.downcast_ref::<SessionError>()?.kind())
}
