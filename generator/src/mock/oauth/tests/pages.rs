//! The pages on which users answer.

use std::time::Duration;

use super::{PETS, contract, get, pets, post};
use crate::mock::{Settings, StandIn};

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=y>&amp;";

/// Text as it may stand in a page.
fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[test]
fn nothing_of_a_document_or_a_request_becomes_markup() {
    let quoted = serde_json::Value::from(HOSTILE).to_string();
    let text = PETS
        .replace("title: Pets", &format!("title: {quoted}"))
        .replace("read: Read pets.", &format!("read: {quoted}, {quoted}: x"));
    let stand_in = StandIn::new(vec![contract("pets", &text)], Settings::default());
    let stand_in = stand_in.expect("it is set up");
    let hostile = encoded(HOSTILE);
    let back = encoded("http://127.0.0.1:1/?a='b'&c");
    let consent = get(
        &stand_in,
        &format!(
            "/authorize?client_id={hostile}&redirect_uri={back}&response_type=code&state={hostile}&{hostile}={hostile}"
        ),
    );
    let started = post(&stand_in, "/device", &format!("client_id={hostile}"));
    let confirm = get(
        &stand_in,
        &format!("/__keywright/confirm/{}", started.get("user_code")),
    );
    for (page, count) in [(&consent, 8), (&confirm, 3)] {
        assert_eq!(page.status(), 200);
        let text = page.text();
        assert_eq!(text.matches(&escaped(HOSTILE)).count(), count, "{text}");
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{text}"
        );
        let headers = &page.reply.headers;
        let policy = headers["content-security-policy"].to_str().expect("a text");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
    }
    for path in [
        format!("/__keywright/confirm/{hostile}"),
        format!("/__keywright/confirm?code={hostile}"),
        format!("/authorize?client_id={hostile}&redirect_uri={hostile}"),
    ] {
        let page = get(&stand_in, &path);
        assert!(!page.text().contains("alert(1)"), "{}", page.text());
        assert!(!page.location().contains(['<', '"']), "{}", page.location());
    }
}

#[test]
fn a_user_may_type_the_code() {
    let stand_in = pets(Settings::default());
    let code = post(&stand_in, "/device", "client_id=tv").get("user_code");
    let page = format!("/__keywright/confirm/{code}");
    let entry = get(&stand_in, "/__keywright/confirm");
    assert!(
        entry.text().contains("<input name=\"code\""),
        "{}",
        entry.text()
    );
    for typed in [
        code.clone(),
        code.to_lowercase(),
        code.replace('-', "+"),
        code.replace('-', ""),
    ] {
        let seen = get(&stand_in, &format!("/__keywright/confirm?code={typed}"));
        assert_eq!((seen.status(), seen.location()), (303, page.clone()));
    }
    assert_eq!(get(&stand_in, &page.to_lowercase()).status(), 200);
    assert_eq!(
        get(&stand_in, "/__keywright/confirm/AAAA-AAAA").status(),
        404
    );
    assert_eq!(
        get(&stand_in, "/__keywright/confirm/AAAA/AAAA").status(),
        404
    );
    assert_eq!(get(&stand_in, "/__keywright/confirmation").status(), 404);
    assert_eq!(get(&stand_in, "/__keywright/confirm?code=").status(), 200);
}

#[test]
fn what_has_been_decided_stays_so() {
    let state = |stand_in: &StandIn, page: &str| {
        let text = get(stand_in, page).text();
        let (_, rest) = text.split_once("id=\"state\">").unwrap_or(("", "it asks"));
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    let stand_in = pets(Settings::default());
    let start = || {
        let code = post(&stand_in, "/device", "client_id=tv").get("user_code");
        format!("/__keywright/confirm/{code}")
    };
    let page = start();
    assert_eq!(state(&stand_in, &page), "it asks");
    assert_eq!(post(&stand_in, &page, "action=perhaps").status(), 400);
    assert_eq!(post(&stand_in, &page, "action=deny").status(), 303);
    assert_eq!(post(&stand_in, &page, "action=allow").status(), 303);
    assert_eq!(
        state(&stand_in, &page),
        "You have refused. You can close this page."
    );
    let page = start();
    post(&stand_in, &page, "action=allow");
    assert_eq!(
        state(&stand_in, &page),
        "You have allowed it. You can go back to your device."
    );
    let page = start();
    stand_in.state().clock.advance(600);
    post(&stand_in, &page, "action=allow");
    assert_eq!(
        state(&stand_in, &page),
        "The code has expired. Start again on your device."
    );
    let put = http::Request::put(&page);
    assert_eq!(
        super::send(&stand_in, put, "").reply.headers["allow"],
        "GET, POST"
    );
    let posted = post(&stand_in, "/__keywright/confirm", "code=x");
    assert_eq!(posted.reply.headers["allow"], "GET");

    let by_itself = pets(Settings {
        confirm_after: Some(Duration::ZERO),
        ..Settings::default()
    });
    let code = post(&by_itself, "/device", "client_id=tv").get("user_code");
    let page = format!("/__keywright/confirm/{code}");
    assert_eq!(
        state(&by_itself, &page),
        "You have allowed it. You can go back to your device."
    );
}
