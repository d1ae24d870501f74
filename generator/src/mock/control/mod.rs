//! The control interface: shows and changes the state of a mock server over HTTP under `/__keywright/`.
//!
//! Programs send and get JSON. Browsers get a page, whose forms send the same requests; since forms support only `GET`
//! and `POST`, the field `_method` has the method.

mod ask;
mod deeds;
mod guard;
mod moment;
mod page;
mod presets;
mod seen;
mod views;

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, LOCATION};
use http::{HeaderName, StatusCode};
use serde_json::Value;

use super::answer::{Reply, problem};
use super::contract::Contract;
use super::settings::Settings;
use super::state::State;
use ask::Ask;
pub use guard::BoundTo;

/// What all paths of the control interface begin with.
const ROOT: &str = "/__keywright";
/// Where the page is.
const PAGE: &str = "/__keywright/";
const STYLE: &str = include_str!("style.css");

/// Returns whether a path is one of the control interface.
pub(super) fn has(path: &str) -> bool {
    let below = path.strip_prefix(ROOT);
    below.is_some_and(|it| it.is_empty() || it.starts_with('/'))
}

/// A stand-in, as far as it is shown and changed.
pub(super) struct Panel<'p> {
    /// The documents.
    pub(super) contracts: &'p [Contract],
    /// How it is set up.
    pub(super) settings: &'p Settings,
    /// What it remembers.
    pub(super) state: &'p mut State,
}

/// Answers a request of the control interface.
pub(super) fn answer(mut panel: Panel<'_>, request: &http::Request<Bytes>) -> Reply {
    let now = panel.state.clock.now();
    for flow in panel.state.flows.all_mut() {
        flow.settle(now, panel.settings.confirm_after);
    }
    let mut reply = match guard::check(request).and_then(|()| Ask::of(request)) {
        Ok(ask) => match act(&mut panel, &ask) {
            Ok(outcome) => outcome.reply(&panel, &ask),
            Err(refusal) => refusal.reply(&panel, Some(&ask)),
        },
        Err(refusal) => refusal.reply(&panel, None),
    };
    let security = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ];
    for (name, value) in security {
        reply.set_header(HeaderName::from_static(name), value);
    }
    reply.set_header(CACHE_CONTROL, "no-store");
    reply
}

/// What the page may do: it has a style sheet and forms of its own, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What came of a request.
enum Outcome {
    /// The page is shown.
    Page,
    /// The style sheet is sent.
    Style,
    /// Something is shown.
    Shown(Value),
    /// Something was changed. Programs get this, and browsers see the page again.
    Done(StatusCode, Value),
    /// It is elsewhere.
    Elsewhere,
}

/// Why a request was not carried out.
struct Refusal {
    status: StatusCode,
    message: String,
    /// The methods that the path has, where it lacks the one of the request.
    methods: &'static str,
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            methods: "",
        }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    fn method(methods: &'static str) -> Self {
        Self {
            methods,
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("the path has only {methods}"),
            )
        }
    }

    fn reply(&self, panel: &Panel<'_>, ask: Option<&Ask<'_>>) -> Reply {
        let mut reply = if ask.is_some_and(Ask::is_of_browser) {
            page::reply(panel, self.status, Some(&self.message))
        } else {
            problem(self.status, &self.message, &[])
        };
        if !self.methods.is_empty() {
            reply.set_header(ALLOW, self.methods);
        }
        reply
    }
}

impl Outcome {
    fn reply(self, panel: &Panel<'_>, ask: &Ask<'_>) -> Reply {
        let elsewhere = |status| {
            let mut reply = Reply::new(status);
            reply.set_header(LOCATION, PAGE);
            reply
        };
        match self {
            Self::Page => page::reply(panel, StatusCode::OK, None),
            Self::Style => Reply::with_body(StatusCode::OK, "text/css; charset=utf-8", STYLE),
            Self::Shown(value) => Reply::json(StatusCode::OK, &value),
            Self::Done(..) if ask.is_of_browser() => elsewhere(StatusCode::SEE_OTHER),
            Self::Done(StatusCode::NO_CONTENT, _) => Reply::new(StatusCode::NO_CONTENT),
            Self::Done(status, value) => Reply::json(status, &value),
            Self::Elsewhere => elsewhere(StatusCode::PERMANENT_REDIRECT),
        }
    }
}

/// Carries a request out.
fn act(panel: &mut Panel<'_>, ask: &Ask<'_>) -> Result<Outcome, Refusal> {
    let shown = |value| Ok(Outcome::Shown(value));
    match (&ask.segments[..], ask.method.as_str()) {
        ([], "GET") if !ask.is_below_root => Ok(Outcome::Elsewhere),
        ([] | [""], "GET") => Ok(Outcome::Page),
        (["style.css"], "GET") => Ok(Outcome::Style),
        (["state"], "GET") => shown(views::state(panel)),
        (["operations"], "GET") => shown(views::operations(panel)),
        (["requests"], "GET") => shown(views::requests(panel, ask.parameter("operation"))),
        (["requests"], "DELETE") => Ok(deeds::forget_requests(panel)),
        (["rules"], "GET") => shown(views::rules(panel)),
        (["rules"], "POST") => deeds::add_rules(panel, ask),
        (["rules"], "PUT") => deeds::replace_rules(panel, ask),
        (["rules"], "DELETE") => Ok(deeds::remove_rules(panel)),
        (["rules", number], "DELETE") => deeds::remove_rule(panel, number),
        (["reset"], "POST") => deeds::reset(panel),
        (["clock"], "POST") => deeds::advance(panel, ask),
        (["tokens", "expire"], "POST") => Ok(deeds::expire(panel)),
        (["tokens", "revoke"], "POST") => Ok(deeds::revoke(panel)),
        (["flows", "confirm"], "POST") => deeds::decide(panel, ask, deeds::Decision::Confirm),
        (["flows", "deny"], "POST") => deeds::decide(panel, ask, deeds::Decision::Deny),
        ([] | ["" | "style.css" | "state" | "operations"], _) => Err(Refusal::method("GET")),
        (["requests"], _) => Err(Refusal::method("GET, DELETE")),
        (["rules"], _) => Err(Refusal::method("GET, POST, PUT, DELETE")),
        (["rules", _], _) => Err(Refusal::method("DELETE")),
        (
            ["reset" | "clock"] | ["tokens", "expire" | "revoke"] | ["flows", "confirm" | "deny"],
            _,
        ) => Err(Refusal::method("POST")),
        _ => Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!("the control interface has no such path; its page is `{PAGE}`"),
        )),
    }
}
