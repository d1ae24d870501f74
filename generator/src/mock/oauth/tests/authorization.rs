//! Users in browsers.

use std::fmt::Write as _;
use std::time::Duration;

use insta::assert_snapshot;

use super::{call, get, pets, post};
use crate::mock::Settings;

const BACK: &str = "http://127.0.0.1:1/callback?a=b";

/// The outcome in a line: where the user is sent, with what chance has made of it left out; or the status.
fn outcome(seen: &super::Seen) -> String {
    let location = seen.location();
    if location.is_empty() {
        return seen.status().to_string();
    }
    let parameters = location
        .split(['&', '?', '#'])
        .map(|it| match it.split_once("kw-") {
            Some((name, _)) => format!("{name}(new)"),
            None => it.to_owned(),
        });
    let parameters: Vec<String> = parameters.collect();
    let kept = location
        .chars()
        .filter(|it| matches!(it, '&' | '?' | '#'))
        .map(String::from);
    let mut kept = kept.chain([String::new()]);
    let parts = parameters
        .iter()
        .map(|it| it.clone() + &kept.next().unwrap_or_default());
    format!("{} {}", seen.status(), parts.collect::<String>())
}

#[test]
fn requests() {
    let stand_in = pets(Settings::default());
    let requests = [
        "response_type=code&keywright_auto=allow",
        "response_type=code&keywright_auto=deny",
        "response_type=code&keywright_auto=maybe",
        "response_type=code",
        "response_type=code&prompt=none",
        "response_type=code&response_mode=fragment&keywright_auto=allow",
        "response_type=code&response_mode=query&keywright_auto=allow",
        "response_type=code&response_mode=form_post&keywright_auto=allow",
        "response_type=token&keywright_auto=allow",
        "response_type=token&scope=read&keywright_auto=allow",
        "response_type=token&keywright_auto=deny",
        "response_type=token&response_mode=query&keywright_auto=allow",
        "response_type=token&scope=nothing&keywright_auto=allow",
        "response_type=code&scope=nothing&keywright_auto=allow",
        "response_type=id_token&keywright_auto=allow",
        "keywright_auto=allow",
        "response_type=code&code_challenge=short&keywright_auto=allow",
        "response_type=code&code_challenge_method=S256&keywright_auto=allow",
        "response_type=code&resource=relative&keywright_auto=allow",
        "response_type=code&request=x&keywright_auto=allow",
        "response_type=code&request_uri=x&keywright_auto=allow",
    ];
    let back = "http%3A%2F%2F127.0.0.1%3A1%2Fcallback%3Fa%3Db";
    let mut table = String::new();
    for request in requests {
        let path = format!("/authorize?client_id=app&redirect_uri={back}&state=s%20%26&{request}");
        let seen = get(&stand_in, &path);
        let _ = writeln!(table, "{request}\n  {}", outcome(&seen));
    }
    assert_snapshot!(table);
}

#[test]
fn nobody_is_sent_where_nobody_may_be_sent() {
    let clients = vec![("app".to_owned(), None)];
    let stand_in = pets(Settings {
        clients,
        ..Settings::default()
    });
    for parameters in [
        "",
        "client_id=app",
        "redirect_uri=http://127.0.0.1:1/",
        "client_id=other&redirect_uri=http://127.0.0.1:1/",
        "client_id=app&redirect_uri=/relative",
        "client_id=app&redirect_uri=javascript:alert(1)",
        "client_id=app&redirect_uri=http://127.0.0.1:1/%23x",
        "client_id=app&redirect_uri=http://127.0.0.1:1/%0D%0ASet-Cookie:a",
        "client_id=app&redirect_uri=http://127.0.0.1:1/&redirect_uri=http://127.0.0.1:2/",
        "client_id=app&client_id=app&redirect_uri=http://127.0.0.1:1/",
    ] {
        for answer in ["allow", "deny"] {
            let more = format!("response_type=code&keywright_auto={answer}");
            let seen = get(&stand_in, &format!("/authorize?{parameters}&{more}"));
            assert_eq!(outcome(&seen), "400", "{parameters}");
            assert_eq!(
                seen.reply.headers["content-type"],
                "text/html; charset=utf-8"
            );
        }
    }
}

#[test]
fn a_user_who_confirms_at_once_is_not_asked() {
    let path = format!("/authorize?response_type=code&client_id=app&redirect_uri={BACK}");
    let asked = |after: Option<u64>| {
        let stand_in = pets(Settings {
            confirm_after: after.map(Duration::from_secs),
            ..Settings::default()
        });
        outcome(&get(&stand_in, &path))
    };
    assert_eq!(asked(None), "200");
    assert_eq!(asked(Some(1)), "200");
    let expected = format!("303 {BACK}&code=(new)&iss=http%3A%2F%2F127.0.0.1%3A4010");
    assert_eq!(asked(Some(0)), expected);
}

#[test]
fn implicit_tokens_are_good() {
    let stand_in = pets(Settings::default());
    let path = "/authorize?response_type=token&client_id=app&redirect_uri=http://127.0.0.1:1/&scope=read&keywright_auto=allow";
    let token = get(&stand_in, path)
        .sent("access_token")
        .expect("it is there");
    assert_eq!(
        [
            call(&stand_in, "/v1/read", &token),
            call(&stand_in, "/v1/write", &token)
        ],
        [204, 403]
    );
}

#[test]
fn the_page_sends_on_what_it_was_sent() {
    let stand_in = pets(Settings::default());
    let parameters = "client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fx&response_type=code&state=s&scope=read";
    let page = get(&stand_in, &format!("/authorize?{parameters}")).text();
    let inputs = page.split("<input type=\"hidden\" name=\"").skip(1);
    let inputs = inputs.filter_map(|it| {
        let (name, rest) = it.split_once("\" value=\"")?;
        Some(format!("{name}={}", rest.split_once('"')?.0))
    });
    let form: Vec<String> = inputs.collect();
    let (_, action) = page.split_once("action=\"").expect("a form");
    let (action, _) = action.split_once('"').expect("a form");
    for (answer, expected) in [("allow", "code=(new)"), ("deny", "error=access_denied")] {
        let form = format!("{}&keywright_auto={answer}", form.join("&"));
        let sent = outcome(&post(&stand_in, action, &form));
        assert!(
            sent.starts_with(&format!("303 http://127.0.0.1:1/x?{expected}")),
            "{sent}"
        );
        assert!(sent.contains("&state=s&"), "{sent}");
    }
}
