//! What is refused, and how.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::{basic, code, pets, post, post_as_app, send};
use crate::mock::Settings;

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn token_requests() {
    let stand_in = pets(Settings::default());
    let forms = [
        "grant_type=client_credentials",
        "grant_type=client_credentials&scope=read+write",
        "grant_type=client_credentials&scope=read+nothing",
        "grant_type=client_credentials&resource=https://a/&resource=https://b/",
        "grant_type=client_credentials&resource=/relative",
        "grant_type=client_credentials&resource=https://a/%23fragment",
        "grant_type=client_credentials&grant_type=password",
        "",
        "grant_type=",
        "grant_type=nothing",
        "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer",
        "grant_type=password&username=ada&password=secret",
        "grant_type=password&username=ada",
        "grant_type=password&password=secret",
        "grant_type=authorization_code",
        "grant_type=authorization_code&code=nothing&redirect_uri=http://127.0.0.1:1/",
        "grant_type=refresh_token",
        "grant_type=refresh_token&refresh_token=nothing",
        "grant_type=urn:ietf:params:oauth:grant-type:device_code",
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=nothing",
    ];
    let mut table = String::new();
    for form in forms {
        let seen = post_as_app(&stand_in, "/token", form);
        assert_eq!(seen.reply.headers["cache-control"], "no-store", "{form}");
        let description = seen.get("error_description");
        let _ = writeln!(table, "{form}\n  {} {description}", seen.outcome());
    }
    assert_snapshot!(table);
}

#[test]
fn clients_that_are_not_known() {
    let any = pets(Settings::default());
    let form = "grant_type=client_credentials";
    let outcome = |form: &str| post(&any, "/token", form).outcome();
    assert_eq!(outcome(form), "401 invalid_client");
    assert_eq!(
        outcome(&format!("{form}&client_id=a")),
        "400 unauthorized_client"
    );
    assert_eq!(
        outcome(&format!("{form}&client_id=a&client_secret=b")),
        "200"
    );

    let clients = vec![
        ("app".to_owned(), Some("s:ä".to_owned())),
        ("public".to_owned(), None),
    ];
    let some = pets(Settings {
        clients,
        ..Settings::default()
    });
    let outcome = |form: &str| post(&some, "/token", form).outcome();
    let password = "grant_type=password&username=ada&password=p";
    for (client, expected) in [
        ("client_id=app&client_secret=s:%C3%A4", "200"),
        ("client_id=app&client_secret=s", "401 invalid_client"),
        ("client_id=app", "401 invalid_client"),
        ("client_id=public", "200"),
        ("client_id=public&client_secret=s", "401 invalid_client"),
        ("client_id=other", "401 invalid_client"),
        ("client_id=other&client_secret=s", "401 invalid_client"),
    ] {
        assert_eq!(
            outcome(&format!("{password}&{client}")),
            expected,
            "{client}"
        );
    }
    let by_header = |value: &str, form: &str| {
        let request = http::Request::post("/token").header("content-type", FORM);
        let seen = send(&some, request.header("authorization", value), form);
        assert_eq!(
            seen.status() == 401,
            seen.reply.headers.contains_key("www-authenticate")
        );
        seen.outcome()
    };
    for (value, more, expected) in [
        (basic("app", "s%3A%C3%A4"), "", "200"),
        (basic("app", "s%3A%C3%A4"), "&client_id=app", "200"),
        (
            basic("app", "s%3A%C3%A4"),
            "&client_id=public",
            "400 invalid_request",
        ),
        (
            basic("app", "s%3A%C3%A4"),
            "&client_secret=s",
            "400 invalid_request",
        ),
        (basic("app", "wrong"), "", "401 invalid_client"),
        (basic("public", ""), "", "200"),
        (basic("", "s"), "", "401 invalid_client"),
        ("Basic app:secret".to_owned(), "", "401 invalid_client"),
        ("Bearer x".to_owned(), "", "401 invalid_client"),
        ("Basic".to_owned(), "", "401 invalid_client"),
    ] {
        assert_eq!(
            by_header(&value, &format!("{password}{more}")),
            expected,
            "{value}{more}"
        );
    }
}

#[test]
fn bodies_that_are_no_forms() {
    let stand_in = pets(Settings::default());
    let form = "client_id=a&client_secret=b&grant_type=client_credentials";
    for media_type in ["application/json", "text/plain", ""] {
        for path in ["/token", "/device", "/__keywright/oauth/pets/revoke"] {
            let request = http::Request::post(path).header("content-type", media_type);
            assert_eq!(
                send(&stand_in, request, form).outcome(),
                "400 invalid_request"
            );
        }
    }
    let request =
        http::Request::post("/token").header("content-type", format!("{FORM}; charset=UTF-8"));
    assert_eq!(send(&stand_in, request, form).outcome(), "200");
    // What stands in the URL does not count.
    let request = http::Request::post(format!("/token?{form}")).header("content-type", FORM);
    assert_eq!(send(&stand_in, request, "").outcome(), "401 invalid_client");
    let seen = send(&stand_in, http::Request::get("/token"), "");
    assert_eq!(
        (seen.status(), &seen.reply.headers["allow"]),
        (405, &"POST".parse().expect("a value"))
    );
}

#[test]
fn nothing_that_was_sent_is_repeated() {
    let stand_in = pets(Settings::default());
    let marked = |name: &str| format!("{name}=MARK-{name}");
    let names = [
        "client_id",
        "client_secret",
        "grant_type",
        "code",
        "code_verifier",
        "refresh_token",
        "device_code",
        "redirect_uri",
        "scope",
        "username",
        "password",
        "token",
        "resource",
    ];
    let form = names.map(marked).join("&");
    for grant in [
        "",
        "client_credentials",
        "password",
        "authorization_code",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
    ] {
        let form = match grant {
            "" => form.clone(),
            grant => form.replace("MARK-grant_type", grant),
        };
        for path in [
            "/token",
            "/device",
            "/authorize",
            "/__keywright/oauth/pets/revoke",
        ] {
            let seen = post(&stand_in, path, &form);
            assert!(
                !seen.text().contains("MARK"),
                "{path} {grant}: {}",
                seen.text()
            );
            assert!(
                !format!("{:?}", seen.reply.headers).contains("MARK"),
                "{path} {grant}"
            );
        }
    }
}

#[test]
fn codes() {
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let hashed =
        "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    let plain = format!("&code_challenge={verifier}");
    let back = "redirect_uri=http://127.0.0.1:1/";
    let proof = format!("code_verifier={verifier}");
    let targets = "&resource=https://a/";
    let cases = [
        ("", back.to_owned(), "200"),
        ("", "x=y".to_owned(), "400 invalid_grant"),
        (
            "",
            "redirect_uri=http://127.0.0.1:1/other".to_owned(),
            "400 invalid_grant",
        ),
        (hashed, format!("{back}&{proof}"), "200"),
        (&plain, format!("{back}&{proof}"), "200"),
        (hashed, back.to_owned(), "400 invalid_grant"),
        (hashed, format!("{back}&{proof}x"), "400 invalid_grant"),
        (&plain, format!("{back}&{proof}x"), "400 invalid_grant"),
        ("", format!("{back}&{proof}"), "400 invalid_grant"),
        (targets, format!("{back}&resource=https://a/"), "200"),
        (targets, back.to_owned(), "200"),
        (
            targets,
            format!("{back}&resource=https://b/"),
            "400 invalid_target",
        ),
    ];
    for (asked, form, expected) in cases {
        let stand_in = pets(Settings::default());
        let code = code(&stand_in, asked);
        let form = format!("grant_type=authorization_code&code={code}&{form}");
        let other = post(&stand_in, "/token", &format!("client_id=other&{form}"));
        assert_eq!(other.outcome(), "400 invalid_grant");
        assert_eq!(
            post_as_app(&stand_in, "/token", &form).outcome(),
            expected,
            "{asked} {form}"
        );
    }
    let stand_in = pets(Settings::default());
    let code = code(&stand_in, "");
    stand_in.state().clock.advance(601);
    let form = format!("grant_type=authorization_code&code={code}&{back}");
    assert_eq!(
        post_as_app(&stand_in, "/token", &form).get("error_description"),
        "the code has expired"
    );
}
