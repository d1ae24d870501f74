//! The pages on which a user confirms what another device asks for (RFC 8628, section 3.3; `x-keywright-device-flow`).

use bytes::Bytes;
use http::header::{ALLOW, LOCATION};
use http::{Method, StatusCode};

use super::consent::scopes;
use super::html::Html;
use crate::mock::answer::{Reply, problem};
use crate::mock::contract::{Contract, decoded};
use crate::mock::judge::pairs;
use crate::mock::settings::Settings;
use crate::mock::state::{Flow, FlowState, State};

/// Where the pages are: one that asks for a code, and below it one for each code.
pub(in crate::mock) const CONFIRMATION_PAGE: &str = "/__keywright/confirm";

/// Answers a request of these pages; `None` when it is of none.
pub(in crate::mock) fn answer(
    request: &http::Request<Bytes>,
    contracts: &[Contract],
    settings: &Settings,
    state: &mut State,
) -> Option<Reply> {
    let path = request.uri().path();
    let below = path.strip_prefix(CONFIRMATION_PAGE)?;
    let code = match below.trim_end_matches('/') {
        "" => None,
        below => Some(decoded(below.strip_prefix('/')?)),
    };
    let method = request.method();
    Some(match code {
        None if *method == Method::GET => entry(request),
        None => refused("GET"),
        Some(code) if *method == Method::GET => show(&code, contracts, settings, state),
        Some(code) if *method == Method::POST => decide(&code, request, settings, state),
        Some(_) => refused("GET, POST"),
    })
}

/// The page that asks for a code, and the way from there.
fn entry(request: &http::Request<Bytes>) -> Reply {
    let sent = value(request.uri().query().unwrap_or_default(), "code");
    match sent.map(|it| written(&it)) {
        Some(code) if !code.is_empty() => see(&code),
        _ => Html::default()
            .markup("<form><p><label>The code that your device shows: ")
            .markup("<input name=\"code\" autocomplete=\"off\" autocapitalize=\"characters\" required autofocus></label></p>")
            .markup("<button class=\"main\">Continue</button></form>")
            .page(StatusCode::OK, "Confirm a device"),
    }
}

/// The page of a code.
fn show(code: &str, contracts: &[Contract], settings: &Settings, state: &mut State) -> Reply {
    let now = state.clock.now();
    let Some(flow) = state.flows.by_code(&written(code)) else {
        return unknown();
    };
    flow.settle(now, settings.confirm_after);
    let html = match flow.state {
        FlowState::Confirmed | FlowState::Claimed => Html::default()
            .markup("<p id=\"state\">You have allowed it. You can go back to your device.</p>"),
        FlowState::Denied => {
            Html::default().markup("<p id=\"state\">You have refused. You can close this page.</p>")
        }
        FlowState::Pending if flow.ends <= now => Html::default()
            .markup("<p id=\"state\">The code has expired. Start again on your device.</p>"),
        FlowState::Pending => asking(flow, contracts),
    };
    html.page(StatusCode::OK, "Confirm a device")
}

/// Who asks for what, and two buttons. The form is sent to the page itself.
fn asking(flow: &Flow, contracts: &[Contract]) -> Html {
    let (module, scheme) = &flow.scheme;
    let contract = contracts.iter().find(|it| it.module == *module);
    let client = flow.client.as_deref().unwrap_or("A device");
    let html = Html::default()
        .markup("<p><strong>")
        .text(client)
        .markup("</strong> asks for access to <strong>")
        .text(contract.map_or(module, |it| &it.title))
        .markup("</strong> (<code>")
        .text(scheme)
        .markup("</code>).</p>");
    let stated = flow.scopes.iter().flatten();
    scopes(html, stated.map(|it| (it.as_str(), "")))
        .markup("<p>Your device shows this code:</p><p class=\"code\">")
        .text(&flow.code)
        .markup("</p><form method=\"post\"><button name=\"action\" value=\"allow\">Allow</button>")
        .markup("<button name=\"action\" value=\"deny\">Deny</button></form>")
}

/// Takes what a user has decided. What has been decided stays so.
fn decide(
    code: &str,
    request: &http::Request<Bytes>,
    settings: &Settings,
    state: &mut State,
) -> Reply {
    let now = state.clock.now();
    let Some(flow) = state.flows.by_code(&written(code)) else {
        return unknown();
    };
    flow.settle(now, settings.confirm_after);
    let text = String::from_utf8_lossy(request.body());
    let decided = match value(&text, "action").as_deref() {
        Some("allow") => FlowState::Confirmed,
        Some("deny") => FlowState::Denied,
        _ => {
            let message = "`action` is neither `allow` nor `deny`";
            return problem(StatusCode::BAD_REQUEST, message, &[]);
        }
    };
    if flow.state == FlowState::Pending && flow.ends > now {
        flow.state = decided;
    }
    see(&flow.code)
}

fn unknown() -> Reply {
    Html::default()
        .markup("<p id=\"state\">No device has this code.</p><p><a href=\"")
        .markup(CONFIRMATION_PAGE)
        .markup("\">Try another one</a></p>")
        .page(StatusCode::NOT_FOUND, "Confirm a device")
}

fn refused(methods: &'static str) -> Reply {
    let message = format!("the page has only {methods}");
    let mut reply = problem(StatusCode::METHOD_NOT_ALLOWED, &message, &[]);
    reply.set_header(ALLOW, methods);
    reply
}

/// Leads to the page of a code.
fn see(code: &str) -> Reply {
    let mut reply = Reply::new(StatusCode::SEE_OTHER);
    reply.set_header(LOCATION, &format!("{CONFIRMATION_PAGE}/{code}"));
    reply
}

/// A code as it is written, however a user has typed it (RFC 8628, section 6.1).
fn written(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    let letters: String = letters.map(|it| it.to_ascii_uppercase()).take(64).collect();
    match letters.split_at_checked(4) {
        Some((before, after)) if !after.is_empty() => format!("{before}-{after}"),
        _ => letters,
    }
}

/// The value of a field of a form.
fn value(form: &str, name: &str) -> Option<String> {
    let pairs = pairs(form, '&').into_iter();
    let mut own = pairs.filter(|(key, _)| decoded(key) == name);
    own.next().map(|(_, it)| decoded(&it.replace('+', "%20")))
}
