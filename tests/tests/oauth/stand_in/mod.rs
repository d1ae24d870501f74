//! The clients against a stand-in for their document, which is the authorization server, too: each flow from the first
//! token to the last. Nobody but the stand-in tells the time.

mod browser;
mod flows;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::limits::Limits;
use keywright::mock::state::TokenKind;
use keywright::mock::{self, Settings, StandIn};
use keywright_tests::clients::oauth::{Client, ClientBuilder};
use keywright_tests::clients::runtime::BoxFuture;
use keywright_tests::clients::runtime::oauth::App;
use keywright_tests::clients::runtime::session::Clock;
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use tokio::net::TcpListener;
use url::Url;

use super::REDIRECT_URL;

const HOUR: Duration = Duration::from_secs(3601);

/// A stand-in that runs.
struct Running {
    origin: String,
    stand_in: Arc<StandIn>,
    browser: reqwest::Client,
}

async fn start() -> Running {
    start_with(Settings::default()).await
}

async fn start_with(settings: Settings) -> Running {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/oauth.yaml");
    let config = ApiConfig::new("oauth", spec);
    let mut found = Diagnostics::new(false);
    let contract = mock::read(&config, &Limits::default(), None, &mut found);
    let contract = contract.expect("the fixture can be read");
    let stand_in = Arc::new(StandIn::new(vec![contract], settings).expect("it is set up"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(mock::serve(
        Arc::clone(&stand_in),
        listener,
        std::future::pending(),
    ));
    let browser = reqwest::Client::builder().redirect(Policy::none()).build();
    Running {
        origin,
        stand_in,
        browser: browser.expect("it is set up"),
    }
}

/// The clock of a stand-in.
#[derive(Clone)]
struct ItsClock(Arc<StandIn>, Duration);

impl Clock for ItsClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.0.state().clock.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.state().clock.now().saturating_sub(self.1)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        let seconds = i64::try_from(time.as_secs()).expect("it is short") + 1;
        self.0.state().clock.advance(seconds);
        Box::pin(std::future::ready(()))
    }
}

impl Running {
    fn clock(&self) -> ItsClock {
        let now = self.stand_in.state().clock.now();
        ItsClock(Arc::clone(&self.stand_in), now)
    }

    fn pass(&self, time: Duration) {
        let seconds = i64::try_from(time.as_secs()).expect("it is short");
        self.stand_in.state().clock.advance(seconds);
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(format!("{}/v1", self.origin));
        builder
            .petstore_auth_clock(self.clock())
            .login_clock(self.clock())
            .partners_clock(self.clock())
    }

    fn client(&self) -> Client {
        self.builder().build().expect("it is set up")
    }

    /// Opens a page as a browser does; returns where it is sent.
    async fn open(&self, url: &Url) -> String {
        let response = self
            .browser
            .get(url.as_str())
            .send()
            .await
            .expect("it answers");
        let location = response.headers().get(LOCATION).expect("it is a redirect");
        location.to_str().expect("it is ASCII").to_owned()
    }

    /// Opens the page on which a user is asked, and answers.
    async fn answer(&self, url: &Url, answer: &str) -> String {
        let mut url = url.clone();
        url.query_pairs_mut().append_pair("keywright_auto", answer);
        self.open(&url).await
    }

    async fn post(&self, path: &str, form: &str) -> (u16, String) {
        let form_type = "application/x-www-form-urlencoded";
        let request = self.browser.post(format!("{}{path}", self.origin));
        let request = request
            .header("content-type", form_type)
            .body(form.to_owned());
        let response = request.send().await.expect("it answers");
        let status = response.status().as_u16();
        (status, response.text().await.expect("it is text"))
    }

    /// A client of a user who has signed in by a browser.
    async fn signed_in(&self, app: App) -> Client {
        let authorization = self
            .client()
            .petstore_auth_authorization_code(app, REDIRECT_URL);
        let authorizing = authorization
            .clock(self.clock())
            .start()
            .await
            .expect("it starts");
        let redirected = self.answer(authorizing.url(), "allow").await;
        authorizing
            .finish(&redirected)
            .await
            .expect("the user agrees")
    }

    /// The paths of the requests so far, and what was answered.
    fn requests(&self) -> Vec<String> {
        let state = self.stand_in.state();
        let line = |it: &mock::state::Record| {
            let path = it.target.split('?').next().unwrap_or_default();
            format!("{path} {}", it.status)
        };
        state.records.last().map(line).collect()
    }

    /// How many access tokens are good.
    fn good(&self) -> usize {
        let state = self.stand_in.state();
        let now = state.clock.seconds();
        let is_good = |it: &&mock::state::Token| {
            it.kind == TokenKind::Access
                && !it.is_revoked
                && it.expires_at.is_none_or(|it| it > now)
        };
        state.tokens.all().filter(is_good).count()
    }

    /// The body of the last request to a path, as a thief takes it.
    fn last_request(&self, path: &str) -> String {
        let state = self.stand_in.state();
        let mut records = state.records.last().rev();
        let record = records.find(|it| it.target == path).expect("it was sent");
        String::from_utf8_lossy(&record.body).into_owned()
    }
}
