//! Arguments of requests.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use futures_util::FutureExt;

use crate::wire::{Answer, TOKEN, Wire};

/// What a caller passes.
#[derive(Arbitrary, Debug)]
struct Passed {
    segment: String,
    list: Vec<String>,
    form: Vec<String>,
    deep: BTreeMap<String, String>,
    free: String,
    header: String,
    cookie: String,
}

/// Sends arguments that are made of the bytes: the request goes to the operation's path, whatever they hold, or is
/// refused.
///
/// # Panics
///
/// When it goes elsewhere.
pub fn arguments(data: &[u8]) {
    let Ok(passed) = Passed::arbitrary(&mut Unstructured::new(data)) else {
        return;
    };
    let wire = Wire::answering(Answer::empty());
    let client = wire.client();
    let request = client
        .send_arguments(&passed.segment, &passed.list)
        .form(&passed.form)
        .deep(&passed.deep)
        .free(&passed.free)
        .x_argument(&passed.header)
        .session(&passed.cookie);
    let outcome = request.send().now_or_never().expect("nothing waits");
    if let Err(error) = &outcome {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(TOKEN), "{shown}");
    }
    let Some(sent) = wire.sent() else {
        assert!(outcome.is_err(), "nothing was sent, and nothing says why");
        return;
    };
    assert_eq!(sent.method, http::Method::GET);
    assert_eq!(sent.uri.scheme_str(), Some("https"));
    assert_eq!(
        sent.uri.authority().map(http::uri::Authority::as_str),
        Some("api.example.org")
    );
    // What a server sees is what a URL parser makes of it: no segment comes or goes.
    let seen = url::Url::parse(&sent.uri.to_string()).expect("it is a URL");
    assert_eq!(seen.as_str(), sent.uri.to_string());
    let segments: Vec<&str> = seen.path().split('/').collect();
    assert_eq!(segments.len(), 6, "{seen}");
    assert_eq!(
        (segments[1], segments[2], segments[5]),
        ("v1", "arguments", "end")
    );
    assert_eq!(seen.fragment(), None);
    assert_eq!(
        sent.headers.get_all("cookie").iter().count(),
        usize::from(sent.headers.contains_key("cookie"))
    );
}
