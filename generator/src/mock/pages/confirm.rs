//! The pages on which a user confirms what another device asks for (RFC 8628, section 3.3; `x-keywright-device-flow`).

use bytes::Bytes;
use http::header::{ALLOW, LOCATION};
use http::{Method, StatusCode};

use super::consent::scopes;
use super::page::page;
use crate::mock::answer::{Reply, problem};
use crate::mock::contract::Contract;
use crate::mock::html::Html;
use crate::mock::settings::Settings;
use crate::mock::state::{Flow, FlowState, State};
use crate::mock::urlencoded::{decoded, field};

/// Where the pages are: one that asks for a code, and below it one for each code.
pub(in crate::mock) const CONFIRMATION_PAGE: &str = "/__keywright/confirm";

const TITLE: &str = "Confirm a device";

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
    let sent = field(request.uri().query().unwrap_or_default(), "code");
    match sent.map(|it| written(&it)) {
        Some(code) if !code.is_empty() => see(&code),
        _ => {
            let mut html = Html::default();
            html.markup("<form><p><label>The code that your device shows: ")
                .markup("<input name=\"code\" autocomplete=\"off\" autocapitalize=\"characters\" required autofocus></label></p>")
                .markup("<button class=\"main\">Continue</button></form>");
            page(html, StatusCode::OK, TITLE)
        }
    }
}

/// The page of a code.
fn show(code: &str, contracts: &[Contract], settings: &Settings, state: &mut State) -> Reply {
    let now = state.clock.now();
    let Some(flow) = state.flows.by_code(&written(code)) else {
        return unknown();
    };
    flow.settle(now, settings.confirm_after);
    let mut html = Html::default();
    match flow.state {
        FlowState::Confirmed | FlowState::Claimed => {
            html.markup("<p id=\"state\">You have allowed it. You can go back to your device.</p>");
        }
        FlowState::Denied => {
            html.markup("<p id=\"state\">You have refused. You can close this page.</p>");
        }
        FlowState::Pending if flow.ends <= now => {
            html.markup("<p id=\"state\">The code has expired. Start again on your device.</p>");
        }
        FlowState::Pending => ask(&mut html, flow, contracts),
    }
    page(html, StatusCode::OK, TITLE)
}

/// Writes who asks for what, and two buttons. The form is sent to the page itself.
fn ask(html: &mut Html, flow: &Flow, contracts: &[Contract]) {
    let (module, scheme) = &flow.scheme;
    let contract = contracts.iter().find(|it| it.module == *module);
    let client = flow.client.as_deref().unwrap_or("A device");
    let service = contract.map_or(module, |it| &it.title);
    html.within("<p><strong>", client, "</strong> asks for access to ")
        .within("<strong>", service, "</strong> ")
        .within("(<code>", scheme, "</code>).</p>");
    let stated = flow.scopes.iter().flatten();
    scopes(html, stated.map(|it| (it.as_str(), "")));
    html.markup("<p>Your device shows this code:</p>")
        .within("<p class=\"code\">", &flow.code, "</p>")
        .markup("<form method=\"post\"><button name=\"action\" value=\"allow\">Allow</button>")
        .markup("<button name=\"action\" value=\"deny\">Deny</button></form>");
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
    let decided = match field(&text, "action").as_deref() {
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
    let mut html = Html::default();
    html.markup("<p id=\"state\">No device has this code.</p><p><a href=\"")
        .markup(CONFIRMATION_PAGE)
        .markup("\">Try another one</a></p>");
    page(html, StatusCode::NOT_FOUND, TITLE)
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
