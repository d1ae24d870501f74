//! Whether `keywright mock` behaves as the services do: the same calls to both, with the same outcomes. The services are
//! written from their documentation, and know nothing of the documents that a stand-in reads.

use std::fmt::Debug;

use auth_apis::{OperationError, aivo, pacerpro, thetvdb, tvmaze};
use keywright::mock::Settings;
use keywright::mock::state::FlowState;
use keywright_tests::mock::Mock;
use keywright_tests::services::{Aivo, PacerPro, Service, StandIn, TheTvdb, TvMaze};
use secrecy::SecretString;

/// A service, or what stands in for it.
trait Subject {
    fn url(&self) -> String;
    /// Lets time pass.
    fn pass(&self, seconds: i64);
    /// Does what a user does who is asked to confirm.
    fn confirm(&self) {}
}

struct Real<S>(StandIn<S>, fn(&mut S, i64), fn(&mut S));

impl<S: Service> Subject for Real<S> {
    fn url(&self) -> String {
        self.0.base_url()
    }

    fn pass(&self, seconds: i64) {
        self.0.with(|it| self.1(it, seconds));
    }

    fn confirm(&self) {
        self.0.with(self.2);
    }
}

impl Subject for Mock {
    fn url(&self) -> String {
        self.base_url()
    }

    fn pass(&self, seconds: i64) {
        self.stand_in.state().clock.advance(seconds);
    }

    fn confirm(&self) {
        for flow in self.stand_in.state().flows.all_mut() {
            flow.state = FlowState::Confirmed;
        }
    }
}

/// What came of the calls, in their order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcomes(Vec<(&'static str, u16)>);

impl Outcomes {
    /// Notes what came of a call: 200, or the status of the error.
    fn note<T, E: OperationError + Debug>(
        &mut self,
        call: &'static str,
        outcome: Result<T, E>,
    ) -> Option<T> {
        let status = match &outcome {
            Ok(_) => 200,
            Err(error) => {
                let status = error.status();
                status
                    .unwrap_or_else(|| panic!("{call} is answered: {error:?}"))
                    .as_u16()
            }
        };
        self.0.push((call, status));
        outcome.ok()
    }
}

fn mock(spec: &str) -> Mock {
    Mock::start(&format!("../specs/{spec}.yaml"), Settings::default())
}

/// Runs the same calls against both.
fn compare(
    real: &impl Subject,
    spec: &str,
    expected: &[u16],
    scenario: &impl AsyncFn(&dyn Subject) -> Outcomes,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime can be made").block_on(async {
        let (real, mock) = (scenario(real).await, scenario(&mock(spec)).await);
        assert_eq!(real, mock);
        let statuses: Vec<u16> = real.0.iter().map(|it| it.1).collect();
        assert_eq!(statuses, expected, "{real:?}");
    });
}

fn nothing<S>(_: &mut S) {}

#[test]
fn aivo_rotates_its_refresh_tokens() {
    let real = Real(StandIn::<Aivo>::start(), Aivo::pass_seconds, nothing);
    let expected = [200, 401, 200, 401, 200, 401, 200, 422];
    compare(&real, "aivo", &expected, &async |service| {
        let mut outcomes = Outcomes::default();
        let client = aivo::Client::builder()
            .base_url(service.url())
            .build()
            .unwrap();
        let login = || client.login(aivo::models::LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD));
        let renewal = |token: &SecretString| aivo::models::RefreshTokenRequest::new(token.clone());
        let first = outcomes.note("login", login().await).unwrap();
        outcomes.note("strange token", client.with_bearer_auth("x").logout().await);
        let signed_in = client.with_bearer_auth(first.access_token.clone());
        service.pass(2 * Aivo::EXPIRES_IN);
        let second = signed_in.refresh_token(renewal(&first.refresh_token)).await;
        let second = outcomes.note("renewal after expiry", second).unwrap();
        outcomes.note("expired", signed_in.logout().await);
        let renewed = client.with_bearer_auth(second.access_token.clone());
        outcomes.note("sign out", renewed.logout().await);
        outcomes.note("after sign out", renewed.logout().await);
        outcomes.note("another login", login().await);
        let faulty = aivo::models::LoginRequest::new("x", "short");
        outcomes.note("faulty", client.login(faulty).await);
        outcomes
    });
}

#[test]
fn pacerpro_ends_all_sessions_of_a_user() {
    let hours = |it: &mut PacerPro, seconds: i64| it.pass_hours(seconds / 3600);
    let real = Real(StandIn::<PacerPro>::start(), hours, nothing);
    let expected = [200, 200, 200, 401, 200, 200, 401];
    compare(&real, "pacerpro", &expected, &async |service| {
        let mut outcomes = Outcomes::default();
        let client = pacerpro::Client::builder()
            .base_url(service.url())
            .build()
            .unwrap();
        let user = || pacerpro::models::User::new(PacerPro::EMAIL, PacerPro::PASSWORD);
        let first = outcomes
            .note("sign in", client.session_create(user()).await)
            .unwrap();
        let first = client.with_bearer(first.jwt_token.clone());
        let second = outcomes
            .note("renew", first.session_refresh().await)
            .unwrap();
        let second = client.with_bearer(second.jwt_token.clone());
        outcomes.note("predecessor", first.session_refresh().await);
        service.pass(25 * 3600);
        outcomes.note("expired", second.session_refresh().await);
        let third = outcomes
            .note("sign in again", client.session_create(user()).await)
            .unwrap();
        let third = client.with_bearer(third.jwt_token.clone());
        outcomes.note("sign out", third.session_delete().await);
        outcomes.note("after sign out", third.session_refresh().await);
        outcomes
    });
}

#[test]
fn thetvdb_gives_a_token_for_a_day() {
    let hours = |it: &mut TheTvdb, seconds: i64| it.pass_hours(seconds / 3600);
    let real = Real(StandIn::<TheTvdb>::start(), hours, nothing);
    compare(
        &real,
        "thetvdb",
        &[401, 200, 200, 200, 401],
        &async |service| {
            let mut outcomes = Outcomes::default();
            let client = thetvdb::Client::builder()
                .base_url(service.url())
                .build()
                .unwrap();
            outcomes.note(
                "strange token",
                client.with_jwt_token("x").refresh_token_get().await,
            );
            let key = thetvdb::models::AuthenticationString::new(TheTvdb::API_KEY);
            let first = outcomes
                .note("login", client.login_post(key).await)
                .unwrap();
            let first = client.with_jwt_token(first.token.clone());
            service.pass(23 * 3600);
            let second = outcomes
                .note("renew", first.refresh_token_get().await)
                .unwrap();
            let second = client.with_jwt_token(second.token.clone());
            service.pass(2 * 3600);
            outcomes.note("renewed", second.refresh_token_get().await);
            outcomes.note("expired", first.refresh_token_get().await);
            outcomes
        },
    );
}

#[test]
fn tvmaze_hands_a_key_out_once() {
    let real = Real(
        StandIn::<TvMaze>::start(),
        TvMaze::pass_seconds,
        TvMaze::confirm,
    );
    let expected = [200, 403, 429, 403, 200, 404, 200, 401, 404];
    compare(&real, "tvmaze", &expected, &async |service| {
        let mut outcomes = Outcomes::default();
        let client = tvmaze::Client::builder()
            .base_url(service.url())
            .build()
            .unwrap();
        let request = tvmaze::models::AuthStartPostRequest::new(TvMaze::EMAIL);
        let started = outcomes
            .note("start", client.auth_start_post(request).await)
            .unwrap();
        let poll = || {
            client.auth_poll_post(tvmaze::models::AuthPollPostRequest::new(
                started.token.clone(),
            ))
        };
        outcomes.note("not yet", poll().await);
        outcomes.note("too soon", poll().await);
        service.pass(20);
        outcomes.note("still not", poll().await);
        service.confirm();
        service.pass(10);
        let granted = outcomes.note("confirmed", poll().await).unwrap();
        service.pass(10);
        outcomes.note("once more", poll().await);
        let signed_in = client.with_usertoken(granted.username.clone(), granted.apikey.clone());
        outcomes.note("validate", signed_in.auth_validate_get().await);
        let wrong = client.with_usertoken("ada", "wrong");
        outcomes.note("wrong key", wrong.auth_validate_get().await);
        let unknown = tvmaze::models::AuthPollPostRequest::new("unknown");
        outcomes.note("unknown", client.auth_poll_post(unknown).await);
        outcomes
    });
}
