//! Digest authentication (RFC 7616), against a server that computes the responses itself.

use std::collections::HashMap;
use std::fmt::Write as _;

use keywright_tests::clients::OperationError as _;
use keywright_tests::clients::http_schemes::{AnsweredError, Client};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::recorder::Recorded;
use sha2::{Digest as _, Sha256};

fn challenge(nonce: &str) -> Answer {
    let value = format!(
        "Digest realm=\"a, \\\"b\\\"\", qop=\"auth\", algorithm=SHA-256, nonce=\"{nonce}\", opaque=\"o\""
    );
    let headers = [
        ("www-authenticate", "Basic realm=\"a\", Negotiate"),
        ("www-authenticate", value.as_str()),
    ];
    Answer::reply("401 Unauthorized", &headers, "")
}

fn hash(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a request answers, if it is right (RFC 7616, section 3.4.1): nonce and count.
fn answered(request: &Recorded, password: &str) -> Option<(String, String)> {
    let text = request.header("authorization")?.strip_prefix("Digest ")?;
    let pairs = text.split(", ").filter_map(|it| it.split_once('='));
    // The realm has a comma in it, which none of the others has.
    let pairs: HashMap<_, _> = pairs
        .map(|(name, it)| (name, it.trim_matches('"')))
        .collect();
    let of = |name: &str| pairs.get(name).copied().unwrap_or_default();
    assert_eq!(
        (of("username"), of("uri"), of("opaque")),
        ("ada", "/answered", "o")
    );
    assert_eq!((of("qop"), of("algorithm")), ("auth", "SHA-256"));
    let secret = hash(&format!("ada:a, \"b\":{password}"));
    let asked = hash(&format!("{}:/answered", request.method));
    let (nonce, count, own) = (of("nonce"), of("nc"), of("cnonce"));
    let expected = hash(&format!("{secret}:{nonce}:{count}:{own}:auth:{asked}"));
    (of("response") == expected).then(|| (nonce.to_owned(), count.to_owned()))
}

fn client(server: &FaultServer, password: &str) -> Client {
    let builder = Client::builder().base_url(server.origin());
    builder
        .answered("ada", password)
        .build()
        .expect("it is set up")
}

fn all(server: &FaultServer) -> Vec<Option<(String, String)>> {
    let sent = server.recorder().take();
    sent.iter().map(|it| answered(it, "open sesame")).collect()
}

fn right(nonce: &str, count: &str) -> (String, String) {
    (nonce.to_owned(), count.to_owned())
}

#[tokio::test]
async fn a_challenge_is_answered_and_remembered() {
    let done = || Answer::empty("204 No Content");
    let answers = [challenge("n1"), done(), done(), challenge("n2"), done()];
    let server = FaultServer::start(answers);
    let client = client(&server, "open sesame");
    client.answered().body("a").await.expect("it is answered");
    assert_eq!(all(&server), [None, Some(right("n1", "00000001"))]);
    client.clone().answered().await.expect("it is answered");
    assert_eq!(all(&server), [Some(right("n1", "00000002"))]);
    // The server wants another nonce.
    client.answered().await.expect("it is answered");
    assert_eq!(
        all(&server),
        [("n1", "00000003"), ("n2", "00000001")].map(|(nonce, count)| Some(right(nonce, count)))
    );
}

#[tokio::test]
async fn a_wrong_password_is_no_endless_talk() {
    let server = FaultServer::start(["n1", "n2", "n2", "n3"].map(challenge));
    let client = client(&server, "MARKED");
    let refused = |error: &AnsweredError| error.status().map(|it| it.as_u16()) == Some(401);
    let error = client.answered().await.expect_err("it is refused");
    assert!(refused(&error), "{error}");
    assert_eq!(server.recorder().take().len(), 2);
    // The same nonce again is no reason for another attempt.
    let error = client.answered().await.expect_err("it is refused");
    assert!(refused(&error), "{error}");
    assert_eq!(server.recorder().take().len(), 1);
    assert!(!format!("{error:?} {client:?}").contains("MARKED"));
}

#[tokio::test]
async fn what_cannot_be_answered_is_the_response() {
    let unknown = (
        "www-authenticate",
        "Digest realm=\"a\", algorithm=X, nonce=\"n\", qop=\"auth\"",
    );
    let answers = [
        Answer::reply("401 Unauthorized", &[unknown], ""),
        Answer::reply(
            "401 Unauthorized",
            &[("www-authenticate", "Digest realm=")],
            "",
        ),
        Answer::empty("401 Unauthorized"),
    ];
    let server = FaultServer::start(answers);
    let client = client(&server, "open sesame");
    for _ in 0..3 {
        client.answered().await.expect_err("it is refused");
    }
    assert_eq!(server.recorder().take().len(), 3);
}

/// Requests that run at once have counts of their own.
#[tokio::test]
async fn copies_share_a_challenge() {
    let done = || Answer::empty("204 No Content");
    let server = FaultServer::start([challenge("n1"), done(), done(), done(), done()]);
    let client = client(&server, "open sesame");
    client.answered().await.expect("it is answered");
    let calls = (0..3).map(|_| client.clone().answered().send());
    for result in futures_util::future::join_all(calls).await {
        result.expect("it is answered");
    }
    let mut counts: Vec<_> = all(&server).into_iter().flatten().map(|it| it.1).collect();
    counts.sort();
    assert_eq!(counts, ["00000001", "00000002", "00000003", "00000004"]);
}
