//! OAuth 2 and OpenID Connect, by the client of a fixture and against a server on loopback. Time is what the test says it
//! is.

mod authority;
mod discovery;
mod flows;
mod scenarios;
mod secrets;
mod stand_in;

use std::error::Error;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use authority::{Authority, CLIENT_ID, CLIENT_SECRET};
use keywright_tests::clients::oauth::{Client, ClientBuilder};
use keywright_tests::clients::runtime::BoxFuture;
use keywright_tests::clients::runtime::oauth::{App, Authorizing, Refusal};
use keywright_tests::clients::runtime::session::Clock;

const REDIRECT_URL: &str = "http://127.0.0.1:1/callback";

/// A clock that stands still, unless somebody waits by it.
#[derive(Clone)]
struct Hand(Arc<Mutex<(SystemTime, Duration)>>);

impl Hand {
    fn new() -> Self {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        Self(Arc::new(Mutex::new((start, Duration::ZERO))))
    }

    fn pass(&self, time: Duration) {
        let mut hand = self.0.lock().expect("no test panics here");
        hand.0 += time;
        hand.1 += time;
    }
}

impl Clock for Hand {
    fn now(&self) -> SystemTime {
        self.0.lock().expect("no test panics here").0
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().expect("no test panics here").1
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.pass(time);
        Box::pin(std::future::ready(()))
    }
}

/// The registered app, with its secret.
fn app() -> App {
    App::new(CLIENT_ID).secret(CLIENT_SECRET)
}

/// The same as a public one.
fn public() -> App {
    App::new(CLIENT_ID)
}

fn builder(authority: &Authority) -> ClientBuilder {
    Client::builder()
        .base_url(format!("{}/v1", authority.origin))
        .max_response_bytes(64 * 1024)
}

fn client(authority: &Authority) -> Client {
    builder(authority).build().expect("it is set up")
}

/// A client of a user who has signed in by a browser.
async fn signed_in(authority: &Authority, clock: &Hand, app: App) -> Client {
    let authorizing = authorizing(authority, clock, app).await;
    let redirected = authority.authorize(authorizing.url());
    let client = authorizing.finish(redirected.as_str()).await;
    client.expect("the user agrees")
}

async fn authorizing(authority: &Authority, clock: &Hand, app: App) -> Authorizing<Client> {
    let authorization = client(authority).petstore_auth_authorization_code(app, REDIRECT_URL);
    let started = authorization.clock(clock.clone()).start().await;
    started.expect("nobody need be asked")
}

/// The token by which a request goes out, without its mark; or what went wrong.
async fn token(client: &Client) -> String {
    match client.list_pets().await {
        Ok(token) => token.replace("MARK-", ""),
        Err(error) => error.to_string(),
    }
}

/// A kind of error, and the code of the server's error if there is one among the causes.
fn told(kind: impl Debug, error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |it| (*it).source());
    let refusal = causes.filter_map(|it| it.downcast_ref::<Refusal>()).last();
    match refusal {
        Some(refusal) => format!("{kind:?} {}", refusal.code()),
        None => format!("{kind:?}"),
    }
}
