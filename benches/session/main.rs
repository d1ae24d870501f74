//! Calls an operation that needs a token: by hand with reqwest, by a generated client that was given the token, and by one
//! that keeps a session. They take turns, against a server on this machine.
//!
//! `cargo bench -p keywright-benches --bench session` measures. Without Cargo's `--bench`, as in `cargo test`, it only
//! checks that all give the same.

mod server;

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use auth_apis::thetvdb::{Client, models};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use tokio::runtime::Runtime;

/// How many calls a round has, and how many rounds there are. The fastest counts, since nothing else slowed it down.
const CALLS: u32 = 300;
const ROUNDS: u32 = 41;

/// Who calls.
enum Caller {
    ByHand(reqwest::Client, String),
    Client(Client),
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

impl Caller {
    /// All of them, each with its name. The one by hand comes first.
    fn all(url: &str) -> [(&'static str, Self); 4] {
        let client = || Client::builder().base_url(url);
        let with_token = client().jwt_token(server::TOKEN);
        let with_session = client().jwt_token_session(|client| {
            client.login_post(models::AuthenticationString::new("key"))
        });
        let by_hand = |it: reqwest::ClientBuilder| {
            let client = it.build().expect("it is set up");
            Self::ByHand(client, format!("{url}/refresh_token"))
        };
        // The generated client always has one.
        let with_timeout = reqwest::Client::builder().timeout(Duration::from_secs(30));
        let build =
            |it: auth_apis::thetvdb::ClientBuilder| Self::Client(it.build().expect("it is set up"));
        [
            ("by hand", by_hand(reqwest::Client::builder())),
            ("by hand, with a time-out", by_hand(with_timeout)),
            ("with the token", build(with_token)),
            ("with a session", build(with_session)),
        ]
    }

    async fn call(&self) -> String {
        match self {
            Self::ByHand(client, url) => {
                let request = client.get(url).bearer_auth(server::TOKEN);
                let request = request.header("accept", "application/json");
                let response = request.send().await.expect("it is answered");
                let token: Token = response.json().await.expect("it is JSON");
                token.token
            }
            Self::Client(client) => {
                let token = client.refresh_token_get().await.expect("it is answered");
                token.token.expose_secret().to_owned()
            }
        }
    }

    async fn round(&self) -> Duration {
        let started = Instant::now();
        for _ in 0..CALLS {
            self.call().await;
        }
        started.elapsed()
    }
}

fn main() -> io::Result<()> {
    let url = server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let callers = Caller::all(&url);
    for (name, caller) in &callers {
        let given = runtime.block_on(caller.call());
        assert_eq!(given, server::GIVEN, "{name}");
    }
    if std::env::args().any(|it| it == "--bench") {
        measure(&runtime, &callers)?;
    }
    Ok(())
}

fn measure(runtime: &Runtime, callers: &[(&str, Caller)]) -> io::Result<()> {
    let mut fastest = vec![Duration::MAX; callers.len()];
    for _ in 0..ROUNDS {
        for ((_, caller), fastest) in callers.iter().zip(&mut fastest) {
            *fastest = runtime.block_on(caller.round()).min(*fastest);
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "| call | microseconds | by hand | allocations |")?;
    writeln!(out, "|---|--:|--:|--:|")?;
    for ((name, caller), time) in callers.iter().zip(&fastest) {
        let allocations = allocation_counter::measure(|| {
            runtime.block_on(caller.call());
        });
        let micros = time.as_secs_f64() / f64::from(CALLS) * 1e6;
        let ratio = time.as_secs_f64() / fastest[0].as_secs_f64();
        let count = allocations.count_total;
        writeln!(out, "| {name} | {micros:.1} | {ratio:.3} | {count} |")?;
    }
    Ok(())
}
