//! What is issued, how long it is good for, and what ends it.

use std::time::Duration;

use super::{PETS, call, claims, code, contract, get, pets, post, post_as_app, send};
use crate::mock::{Settings, StandIn};

const BACK: &str = "redirect_uri=http://127.0.0.1:1/";
const DEVICE: &str = "grant_type=urn:ietf:params:oauth:grant-type:device_code";

fn redeem(stand_in: &StandIn, code: &str) -> super::Seen {
    let form = format!("grant_type=authorization_code&code={code}&{BACK}");
    post_as_app(stand_in, "/token", &form)
}

fn refresh(stand_in: &StandIn, token: &str, more: &str) -> super::Seen {
    let form = format!("grant_type=refresh_token&refresh_token={token}{more}");
    post_as_app(stand_in, "/token", &form)
}

#[test]
fn tokens_allow_what_was_asked_for() {
    let stand_in = pets(Settings::default());
    let token = |scope: &str| {
        let form = format!("grant_type=client_credentials{scope}");
        let seen = post_as_app(&stand_in, "/token", &form);
        assert_eq!(seen.get("refresh_token"), "", "it needs none");
        (seen.get("access_token"), seen.get("scope"))
    };
    let (all, scopes) = token("");
    assert_eq!(scopes, "read write openid");
    assert_eq!(
        [
            call(&stand_in, "/v1/read", &all),
            call(&stand_in, "/v1/write", &all)
        ],
        [204, 204]
    );
    let (one, scopes) = token("&scope=read");
    assert_eq!(scopes, "read");
    assert_eq!(
        [
            call(&stand_in, "/v1/read", &one),
            call(&stand_in, "/v1/write", &one)
        ],
        [204, 403]
    );
    assert_eq!(call(&stand_in, "/v1/read", "something"), 401);
}

#[test]
fn tokens_expire() {
    let stand_in = pets(Settings {
        token_lifetime: Some(Duration::from_secs(60)),
        ..Settings::default()
    });
    let seen = redeem(&stand_in, &code(&stand_in, ""));
    assert_eq!(seen.json()["expires_in"], 60);
    let token = seen.get("access_token");
    stand_in.state().clock.advance(58);
    assert_eq!(call(&stand_in, "/v1/read", &token), 204);
    stand_in.state().clock.advance(2);
    assert_eq!(call(&stand_in, "/v1/read", &token), 401);
    let renewed = refresh(&stand_in, &seen.get("refresh_token"), "");
    assert_eq!(
        call(&stand_in, "/v1/read", &renewed.get("access_token")),
        204
    );
    stand_in.state().clock.advance(31 * 24 * 3600);
    let late = refresh(&stand_in, &renewed.get("refresh_token"), "");
    assert_eq!(
        late.get("error_description"),
        "the refresh token has expired"
    );
}

#[test]
fn a_code_that_comes_again_ends_what_has_come_of_it() {
    let stand_in = pets(Settings::default());
    let code = code(&stand_in, "");
    let first = redeem(&stand_in, &code);
    let renewed = refresh(&stand_in, &first.get("refresh_token"), "");
    assert_eq!(redeem(&stand_in, &code).outcome(), "400 invalid_grant");
    for token in [first.get("access_token"), renewed.get("access_token")] {
        assert_eq!(call(&stand_in, "/v1/read", &token), 401);
    }
    let late = refresh(&stand_in, &renewed.get("refresh_token"), "");
    assert_eq!(late.outcome(), "400 invalid_grant");
}

#[test]
fn a_refresh_token_that_comes_again_ends_what_has_come_of_its_sign_in() {
    let stand_in = pets(Settings::default());
    let first = redeem(&stand_in, &code(&stand_in, ""));
    let other = redeem(&stand_in, &code(&stand_in, ""));
    let second = refresh(&stand_in, &first.get("refresh_token"), "");
    // One that it was not issued to ends nothing.
    let form = format!(
        "client_id=thief&grant_type=refresh_token&refresh_token={}",
        first.get("refresh_token")
    );
    assert_eq!(
        post(&stand_in, "/token", &form).outcome(),
        "400 invalid_grant"
    );
    assert_eq!(
        call(&stand_in, "/v1/read", &second.get("access_token")),
        204
    );
    let again = refresh(&stand_in, &first.get("refresh_token"), "");
    assert_eq!(
        again.get("error_description"),
        "the refresh token has been used before"
    );
    assert_eq!(
        call(&stand_in, "/v1/read", &second.get("access_token")),
        401
    );
    assert_eq!(
        refresh(&stand_in, &second.get("refresh_token"), "").outcome(),
        "400 invalid_grant"
    );
    assert_eq!(call(&stand_in, "/v1/read", &other.get("access_token")), 204);
    // An access token renews nothing.
    let wrong = refresh(&stand_in, &other.get("access_token"), "");
    assert_eq!(
        wrong.get("error_description"),
        "it is no refresh token of this server"
    );
}

#[test]
fn scopes_can_be_narrowed_and_widened_again() {
    let stand_in = pets(Settings::default());
    let first = redeem(&stand_in, &code(&stand_in, "&scope=read+write"));
    let narrow = refresh(&stand_in, &first.get("refresh_token"), "&scope=read");
    assert_eq!(narrow.get("scope"), "read");
    assert_eq!(
        call(&stand_in, "/v1/write", &narrow.get("access_token")),
        403
    );
    let more = refresh(
        &stand_in,
        &narrow.get("refresh_token"),
        "&scope=read+openid",
    );
    assert_eq!(more.outcome(), "400 invalid_scope");
    let wide = refresh(&stand_in, &narrow.get("refresh_token"), "");
    assert_eq!(wide.get("scope"), "read write");
}

#[test]
fn revoked_tokens_are_not_good() {
    let stand_in = pets(Settings::default());
    let revoke = |form: &str| post_as_app(&stand_in, "/__keywright/oauth/pets/revoke", form);
    let first = redeem(&stand_in, &code(&stand_in, ""));
    let token = first.get("access_token");
    let stranger = format!("client_id=other&token={token}");
    let stranger = post(&stand_in, "/__keywright/oauth/pets/revoke", &stranger);
    assert_eq!(stranger.outcome(), "400 unauthorized_client");
    assert_eq!(call(&stand_in, "/v1/read", &token), 204);
    assert_eq!(
        revoke(&format!("token={token}&token_type_hint=refresh_token")).outcome(),
        "200"
    );
    assert_eq!(call(&stand_in, "/v1/read", &token), 401);
    // The refresh token is still good; all ends with it.
    let second = refresh(&stand_in, &first.get("refresh_token"), "");
    assert_eq!(
        revoke(&format!("token={}", second.get("refresh_token"))).outcome(),
        "200"
    );
    assert_eq!(
        call(&stand_in, "/v1/read", &second.get("access_token")),
        401
    );
    let late = refresh(&stand_in, &second.get("refresh_token"), "");
    assert_eq!(
        late.get("error_description"),
        "the refresh token has been revoked"
    );
    assert_eq!(revoke("token=nothing").outcome(), "200");
    assert_eq!(revoke("").outcome(), "400 invalid_request");
    assert_eq!(
        post(&stand_in, "/__keywright/oauth/pets/revoke", "token=x").outcome(),
        "401 invalid_client"
    );
}

#[test]
fn devices_wait_for_their_users() {
    let stand_in = pets(Settings::default());
    let started = post(&stand_in, "/device", "client_id=tv&scope=read");
    let (device_code, user_code) = (started.get("device_code"), started.get("user_code"));
    let page = "http://127.0.0.1:4010/__keywright/confirm";
    assert_eq!(started.get("verification_uri"), page);
    assert_eq!(
        started.get("verification_uri_complete"),
        format!("{page}/{user_code}")
    );
    let poll = |seconds: i64, client: &str| {
        stand_in.state().clock.advance(seconds);
        post(
            &stand_in,
            "/token",
            &format!("{DEVICE}&device_code={device_code}&client_id={client}"),
        )
    };
    assert_eq!(poll(0, "other").outcome(), "400 invalid_grant");
    assert_eq!(poll(0, "tv").outcome(), "400 authorization_pending");
    assert_eq!(poll(1, "tv").outcome(), "400 slow_down");
    // It has to wait longer from now on.
    assert_eq!(poll(6, "tv").outcome(), "400 slow_down");
    assert_eq!(poll(15, "tv").outcome(), "400 authorization_pending");
    post(
        &stand_in,
        &format!("/__keywright/confirm/{user_code}"),
        "action=allow",
    );
    let given = poll(15, "tv");
    assert_eq!(
        (given.outcome().as_str(), given.get("scope").as_str()),
        ("200", "read")
    );
    assert_eq!(call(&stand_in, "/v1/read", &given.get("access_token")), 204);
    assert_eq!(poll(15, "tv").outcome(), "400 invalid_grant");

    let start = || post(&stand_in, "/device", "client_id=tv");
    let ask = |started: &super::Seen| {
        let device_code = started.get("device_code");
        post(
            &stand_in,
            "/token",
            &format!("{DEVICE}&device_code={device_code}&client_id=tv"),
        )
        .outcome()
    };
    let refused = start();
    let page = format!("/__keywright/confirm/{}", refused.get("user_code"));
    post(&stand_in, &page, "action=deny");
    assert_eq!(ask(&refused), "400 access_denied");
    let late = start();
    stand_in.state().clock.advance(600);
    assert_eq!(ask(&late), "400 expired_token");
    assert_eq!(
        post(&stand_in, "/device", "").outcome(),
        "401 invalid_client"
    );
    assert_eq!(
        post(&stand_in, "/device", "client_id=tv&scope=no").outcome(),
        "400 invalid_scope"
    );
}

#[test]
fn id_tokens_say_who_it_is() {
    let stand_in = pets(Settings::default());
    let first = redeem(&stand_in, &code(&stand_in, "&scope=openid&nonce=n-0S6"));
    let now = stand_in.state().clock.seconds();
    let read = claims(&first.get("id_token"));
    assert_eq!(read["iss"], "http://127.0.0.1:4010");
    assert_eq!(read["sub"], "user");
    assert_eq!(read["aud"], "app");
    assert_eq!(read["nonce"], "n-0S6");
    let until = read["exp"].as_i64().expect("a number");
    assert!(
        (now + 3595..=now + 3600).contains(&until),
        "{until} at {now}"
    );
    let second = refresh(&stand_in, &first.get("refresh_token"), "");
    let read = claims(&second.get("id_token"));
    assert_eq!((&read["sub"], read.get("nonce")), (&"user".into(), None));
    let without = redeem(&stand_in, &code(&stand_in, "&scope=read"));
    assert_eq!(without.get("id_token"), "");

    let about = |token: &str| {
        let request = http::Request::get("/__keywright/oauth/pets/userinfo");
        let request = request.header("authorization", format!("Bearer {token}"));
        let seen = send(&stand_in, request, "");
        (seen.status(), seen.get("sub"))
    };
    assert_eq!(about(&second.get("access_token")), (200, "user".to_owned()));
    assert_eq!(about(&without.get("access_token")), (403, String::new()));
    assert_eq!(about("something"), (401, String::new()));
    assert_eq!(
        get(&stand_in, "/__keywright/oauth/pets/userinfo").status(),
        401
    );
}

#[test]
fn what_is_remembered_has_a_bound() {
    let stand_in = pets(Settings::default());
    let first = code(&stand_in, "");
    let started = post(&stand_in, "/device", "client_id=tv");
    for _ in 0..1000 {
        code(&stand_in, "");
        post(&stand_in, "/device", "client_id=tv");
    }
    assert_eq!(redeem(&stand_in, &first).outcome(), "400 invalid_grant");
    let page = format!("/__keywright/confirm/{}", started.get("user_code"));
    assert_eq!(get(&stand_in, &page).status(), 404);
}

#[test]
fn one_seed_gives_the_same() {
    let given = |seed: &str| {
        let settings = Settings {
            seed: seed.to_owned(),
            ..Settings::default()
        };
        let stand_in = StandIn::new(vec![contract("pets", PETS)], settings).expect("it is set up");
        let seen = redeem(&stand_in, &code(&stand_in, ""));
        let keys = get(&stand_in, "/__keywright/oauth/pets/jwks").text();
        (seen.get("access_token"), seen.get("refresh_token"), keys)
    };
    assert_eq!(given("a"), given("a"));
    assert_ne!(given("a").0, given("b").0);
    assert_ne!(given("a").2, given("b").2);
}
