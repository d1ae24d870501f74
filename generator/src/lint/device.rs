//! Operations of a device flow that no `x-keywright-device-flow` describes: one asks the user to confirm, another is
//! polled for the credential. Finds them, and writes the block to add.

use std::cmp::Reverse;

use serde_json::{Map, Value, json};

use super::block::{is_json, lines_of};
use super::message::{self, Part, needs, wants};
use super::subject::Subject;
use super::words::Words;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::JsonPointer;
use crate::extensions::DEVICE_FLOW;
use crate::ir::{
    Api, ApiKeyLocation, Operation, ParameterKind, Response, SchemeId, SchemeKind, SecurityScheme,
    StatusPattern,
};

/// What operations are called that are asked time and again.
const POLL: &[&str] = &["await", "poll", "polling", "wait"];
/// What both operations of a flow are called, where none is said to be polled.
const BOTH: &[&str] = &["device", "pair", "pairing", "qr"];
/// What operations are called that take one token for another for a different reason.
const OTHER: &[&str] = &[
    "refresh", "renew", "revoke", "rotate", "log out", "sign out",
];
/// How properties end that say which flow is polled.
const FLOWS: &[&str] = &[
    "code", "handle", "id", "key", "nonce", "secret", "session", "ticket", "token",
];
/// How properties end that hold the credential, the surest first.
const CREDENTIALS: [&[&str]; 3] = [
    &["access token", "api key", "api token", "auth token"],
    &["jwt", "token", "key", "user key"],
    &["credential", "password", "secret"],
];
const USERS: &[&str] = &["email", "login", "user", "user name"];
const CODES: &[&str] = &["user code", "code", "pin", "digits"];
const PAGES: &[&str] = &["link", "page", "uri", "url"];
/// What descriptions of responses say while the user has not confirmed.
const PENDING: &[&str] = &["yet", "pending", "unconfirmed", "waiting"];
/// The statuses that say so where no description does, the surest first.
const LIKELY: [u16; 6] = [428, 425, 403, 409, 404, 400];
/// The statuses of a flow that is over.
const GONE: [u16; 2] = [404, 410];
const SLOW_DOWN: u16 = 429;

/// Reports a security scheme whose credential a pair of operations gives.
pub(super) fn undeclared(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some((id, scheme)) = scheme(subject.api) else {
        return;
    };
    let Some(flow) = Flow::find(subject, id, scheme) else {
        return;
    };
    let (start, poll) = (flow.start, flow.poll);
    let message = format!(
        "polling `{}` gives the credential for `{}`, and no `{DEVICE_FLOW}` says so",
        poll.id, scheme.name
    );
    let place = subject.name(&start.origin.place);
    let finding = Diagnostic::at(Code::UndeclaredDeviceFlow, &place, message)
        .label("asks the user to confirm")
        .related(&subject.name(&poll.origin.place), "is polled");
    let lines = lines_of(
        DEVICE_FLOW,
        flow.block(subject.api, scheme),
        is_json(&place),
    );
    let help = format!("add this to the operation `{}`:", start.id);
    found.push(finding.help_with_lines(help, &lines));
}

/// The security scheme that a flow could be for: of those whose credential has no other source, the one that most
/// operations want.
fn scheme(api: &Api) -> Option<(SchemeId, &SecurityScheme)> {
    let uses = |id: SchemeId| {
        let operations = api.operations.iter();
        operations.filter(|it| wants(&it.security, id)).count()
    };
    let schemes = api.schemes.iter().zip((0..).map(SchemeId));
    let schemes = schemes.filter(|(it, id)| {
        let is_free = api.session(*id).is_none() && api.device_flow(*id).is_none();
        let takes_credential = match &it.kind {
            SchemeKind::Basic | SchemeKind::Bearer { .. } => true,
            SchemeKind::ApiKey { location, .. } => *location == ApiKeyLocation::Header,
            SchemeKind::Digest | SchemeKind::Http { .. } | SchemeKind::MutualTls => false,
        };
        is_free && takes_credential && it.sources.is_empty() && !it.inferred
    });
    let schemes = schemes.map(|(scheme, id)| (uses(id), id, scheme));
    // Of several that are used as often, the first.
    let most = schemes.min_by_key(|(uses, ..)| Reverse(*uses));
    most.filter(|(uses, ..)| *uses > 0)
        .map(|(_, id, scheme)| (id, scheme))
}

/// The operations of a flow.
struct Flow<'a> {
    start: &'a Operation,
    poll: &'a Operation,
    /// Where the response of the start has what polls send.
    token: JsonPointer,
    /// Where polls send it.
    sent: String,
    /// Where the response of a poll has the credential, by the keys of the extension.
    grant: Vec<(&'static str, JsonPointer)>,
    pending: Vec<u16>,
}

impl<'a> Flow<'a> {
    fn find(subject: &Subject<'a>, id: SchemeId, scheme: &SecurityScheme) -> Option<Self> {
        let api = subject.api;
        let operations = || {
            let named = api.operations.iter().filter(|it| {
                let node = subject.node(&it.origin.place);
                node.is_some_and(|it| it.get("operationId").is_some())
            });
            let is_declared = |it: &Operation| {
                let mut flows = api.device_flows.iter();
                flows.any(|flow| api[flow.poll.operation].id == it.id)
            };
            named.filter(move |it| !needs(&it.security, id) && !is_declared(it))
        };
        operations().find_map(|poll| {
            let words = words(poll);
            let (is_polled, is_one_of_both) = (words.have(POLL), words.have(BOTH));
            if !(is_polled || is_one_of_both) || words.have(OTHER) {
                return None;
            }
            let grant = grant(api, poll, scheme)?;
            let pending = pending(poll)?;
            let (name, sent) = sent(api, poll)?;
            let others = operations().filter(|it| it.id != poll.id);
            let mut others = others.filter(|it| is_polled || self::words(it).have(BOTH));
            let (start, token) = others.find_map(|start| {
                let parts = message::received(api, start);
                let part = parts.iter().find(|it| it.field.wire_name == name)?;
                part.is_text(api).then(|| (start, part.pointer.clone()))
            })?;
            Some(Self {
                start,
                poll,
                token,
                sent,
                grant,
                pending,
            })
        })
    }

    /// What the extension says.
    fn block(&self, api: &Api, scheme: &SecurityScheme) -> Map<String, Value> {
        let received = |pointer: &JsonPointer| json!(format!("$response.body{pointer}"));
        let mut start = Map::new();
        start.insert("operation".to_owned(), json!(self.start.id));
        start.insert("token".to_owned(), received(&self.token));
        let parts = message::received(api, self.start);
        let mut part = |key: &str, is_it: &dyn Fn(&Part<'_>) -> bool| {
            if let Some(it) = parts
                .iter()
                .find(|it| it.pointer != self.token && is_it(it))
            {
                start.insert(key.to_owned(), received(&it.pointer));
            }
        };
        part("url", &|it| it.ends_with(PAGES) && it.is_text(api));
        part("code", &|it| it.ends_with(CODES) && it.is_text(api));
        part("interval", &|it| {
            it.ends_with(&["interval"]) && it.is_number(api)
        });
        part("expiresIn", &|it| {
            it.ends_with(&["expires in"]) && it.is_number(api)
        });
        let mut poll = Map::new();
        poll.insert("operation".to_owned(), json!(self.poll.id));
        poll.insert("send".to_owned(), json!({ &self.sent: "token" }));
        poll.insert("pending".to_owned(), json!(self.pending));
        let is_documented = |status: &u16| {
            let mut responses = self.poll.responses.iter();
            responses.any(|it| it.status == StatusPattern::Code(*status))
        };
        if is_documented(&SLOW_DOWN) && !self.pending.contains(&SLOW_DOWN) {
            poll.insert("slowDown".to_owned(), json!([SLOW_DOWN]));
        }
        let gone = GONE.iter().filter(|it| !self.pending.contains(*it));
        let gone: Vec<_> = gone.filter(|it| is_documented(it)).collect();
        if !gone.is_empty() {
            poll.insert("gone".to_owned(), json!(gone));
        }
        for (key, pointer) in &self.grant {
            poll.insert((*key).to_owned(), received(pointer));
        }
        let mut block = Map::new();
        block.insert("scheme".to_owned(), json!(scheme.name));
        block.insert("start".to_owned(), Value::Object(start));
        block.insert("poll".to_owned(), Value::Object(poll));
        block
    }
}

fn words(operation: &Operation) -> Words {
    let summary = operation.docs.summary.as_deref().unwrap_or_default();
    Words::of([operation.id.as_str(), operation.path.as_str(), summary])
}

/// Where the response of a poll has what a scheme takes.
fn grant(
    api: &Api,
    poll: &Operation,
    scheme: &SecurityScheme,
) -> Option<Vec<(&'static str, JsonPointer)>> {
    let parts = message::received(api, poll);
    let texts = || parts.iter().filter(|it| it.is_text(api));
    let credential = CREDENTIALS
        .iter()
        .find_map(|names| texts().find(|it| it.ends_with(names)))?;
    let credential = credential.pointer.clone();
    if scheme.kind != SchemeKind::Basic {
        return Some(vec![("token", credential)]);
    }
    let user = texts().find(|it| it.ends_with(USERS))?.pointer.clone();
    Some(vec![("username", user), ("password", credential)])
}

/// The only thing that a poll has to send: its name and its place in the request.
fn sent(api: &Api, poll: &Operation) -> Option<(String, String)> {
    let is_flow = |name: &str| Words::of([name]).end_with(FLOWS);
    let parts = message::sent(api, poll);
    let outer = parts.iter().filter(|it| it.owner == JsonPointer::root());
    let fields = outer.filter(|it| it.is_required() || poll.arguments.is_empty());
    let fields: Vec<_> = fields.filter(|it| it.is_text(api)).collect();
    let required = parts.iter().filter(|it| it.is_required()).count();
    let arguments = poll.arguments.iter().filter(|it| it.required);
    let arguments: Vec<_> = arguments.collect();
    match (&fields[..], &arguments[..]) {
        ([field], []) if required <= 1 && message::is_json(poll) => {
            let name = &field.field.wire_name;
            is_flow(name).then(|| (name.clone(), field.pointer.as_str().to_owned()))
        }
        ([], [argument]) if argument.kind == ParameterKind::Query && poll.body.is_none() => {
            let name = &argument.wire_name;
            is_flow(name).then(|| (name.clone(), format!("$request.query.{name}")))
        }
        _ => None,
    }
}

/// The statuses of polls before the user has confirmed; `None` if no documented one can be meant.
fn pending(poll: &Operation) -> Option<Vec<u16>> {
    let code = |it: &Response| match it.status {
        StatusPattern::Code(code) if code >= 400 && code != SLOW_DOWN => Some(code),
        _ => None,
    };
    let says_so = |it: &&Response| Words::of([it.description.as_str()]).have(PENDING);
    let said: Vec<u16> = poll
        .responses
        .iter()
        .filter(says_so)
        .filter_map(code)
        .collect();
    if !said.is_empty() {
        return Some(said);
    }
    let documented: Vec<u16> = poll.responses.iter().filter_map(code).collect();
    let likely = LIKELY.iter().find(|it| documented.contains(it))?;
    Some(vec![*likely])
}
