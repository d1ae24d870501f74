//! Device flows: how a user confirms elsewhere that a client may have the credential of a security scheme
//! (`x-keywright-device-flow` of an operation, or `x-keywright-device-flows` at the root of the document).
//!
//! It does not matter which operation has the extension, since it names those that it is about. A flow with a fault is
//! left out whole: half of one would leave a user who has confirmed without effect.

use std::collections::HashSet;
use std::time::Duration;

use super::message::{self, Demand, Words};
use super::reader::{Object, Reader, Subject};
use super::values;
use crate::config::Overrides;
use crate::diagnostics::Diagnostics;
use crate::document::{Excerpt, ExcerptNode, Node, Place, Value};
use crate::extensions::{DEVICE_FLOW, DEVICE_FLOWS};
use crate::ir::{
    Api, DeviceFlow, DeviceGrant, DevicePoll, DeviceStart, MessagePart, OperationId, Origin,
    SchemeId, SchemeKind, StatusPattern,
};
use crate::model::Description;

/// How many device flows there may be. Each is held against types of any size.
const MOST: usize = 100;
/// What the list of device flows is called in a configuration.
const CONFIGURED: &str = "device-flows";
/// The keys of the extension.
pub(in crate::lower) const KEYS: [&str; 4] = ["scheme", "start", "poll", "check"];
/// The keys of what asks the user to confirm.
pub(in crate::lower) const OF_START: [&str; 6] =
    ["operation", "token", "url", "code", "interval", "expiresIn"];
/// The keys of what is asked for the credential.
pub(in crate::lower) const OF_POLL: [&str; 10] = [
    "operation",
    "send",
    "interval",
    "deadline",
    "pending",
    "slowDown",
    "gone",
    "username",
    "password",
    "token",
];
/// The key of what shows whether the credential serves.
pub(in crate::lower) const OF_CHECK: [&str; 1] = ["operation"];
/// The keys that give the credential of basic authentication, and those that give any other.
const OF_BASIC: [&str; 2] = ["username", "password"];
const OF_TOKEN: [&str; 1] = ["token"];
/// What polls can be sent.
const PARTS: Words<()> = Words {
    words: &[("token", ())],
    noun: "a value that polls send",
};
/// How long to wait between polls where nothing else is said (RFC 8628, section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);
/// How long a user may take to confirm where nothing else is said.
const DEADLINE: Duration = Duration::from_secs(15 * 60);

/// A scheme that a flow gives the credential of.
#[derive(Clone, Copy)]
struct Scheme<'a> {
    id: SchemeId,
    name: &'a str,
    kind: &'a SchemeKind,
}

/// Lowers the device flows of a document.
pub(in crate::lower) fn lower_all(
    description: &Description,
    api: &Api,
    overrides: Overrides<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<DeviceFlow> {
    let configured = overrides.device_flows;
    let of_root = description.listed_device_flows.as_ref();
    if configured.is_none() && of_root.is_none() && description.device_flows.is_empty() {
        return Vec::new();
    }
    let mut reader = Reader::new(
        description,
        api,
        diagnostics,
        Subject::DeviceFlow,
        configured,
    );
    let stated = stated(&mut reader, description, configured);
    if let Some((_, at)) = stated.get(MOST) {
        let message = format!("there are more than {MOST} device flows");
        reader.fault(&at.key_place(), message, "describe fewer");
    }
    let mut flows = Vec::new();
    for (name, at) in stated.into_iter().take(MOST) {
        let before = reader.faults;
        let flow = lower(&mut reader, name, at, &flows);
        flows.extend(flow.filter(|_| reader.faults == before));
    }
    flows
}

/// The device flows that are stated, and what each is called. What the configuration says of a scheme takes the place
/// of what the document does.
fn stated<'a>(
    reader: &mut Reader<'a, '_>,
    description: &'a Description,
    configured: Option<&'a Excerpt>,
) -> Vec<(&'a str, ExcerptNode<'a>)> {
    let configured = listed(reader, CONFIGURED, configured);
    let scheme = |at: &ExcerptNode<'a>| at.node.get("scheme").and_then(Node::as_str);
    let replaced: HashSet<&str> = configured.iter().filter_map(scheme).collect();
    let of_operations = description.device_flows.iter().map(Excerpt::root);
    let of_root = listed(
        reader,
        DEVICE_FLOWS,
        description.listed_device_flows.as_ref(),
    );
    let of_document = of_operations.chain(of_root);
    let kept = of_document.filter(|at| scheme(at).is_none_or(|it| !replaced.contains(it)));
    let kept = kept.map(|at| (DEVICE_FLOW, at));
    let configured = configured.iter().map(|at| (CONFIGURED, at.clone()));
    configured.chain(kept).collect()
}

/// The items of a list of device flows.
fn listed<'a>(
    reader: &mut Reader<'a, '_>,
    key: &str,
    list: Option<&'a Excerpt>,
) -> Vec<ExcerptNode<'a>> {
    let Some(list) = list.map(Excerpt::root) else {
        return Vec::new();
    };
    if !matches!(list.node.value, Value::Sequence(_)) {
        let message = format!("`{key}` is {}, not a list", list.node.kind());
        let help = "list the device flows, even if there is only one";
        reader.fault(&list.key_place(), message, help);
    }
    list.items().collect()
}

/// Lowers a device flow. A scheme that has one of the `earlier` ones gets no other.
fn lower<'a>(
    reader: &mut Reader<'a, '_>,
    name: &'a str,
    at: ExcerptNode<'a>,
    earlier: &[DeviceFlow],
) -> Option<DeviceFlow> {
    let place = at.key_place();
    let object = reader.object(name, at, &KEYS)?;
    let scheme = scheme(reader, &object, earlier);
    let help = "name the operation that asks the user to confirm";
    let start = reader.required(&object, "start", help).cloned();
    let start = start.and_then(|at| lower_start(reader, at, scheme));
    let help = "name the operation that returns the credential once the user has confirmed";
    let poll = reader.required(&object, "poll", help).cloned();
    let poll = poll.and_then(|at| lower_poll(reader, at, scheme));
    let check = object.get("check").cloned();
    let check = check.and_then(|at| lower_check(reader, at, scheme));
    Some(DeviceFlow {
        origin: Origin { place },
        scheme: scheme?.id,
        start: start?,
        poll: poll?,
        check,
    })
}

/// The scheme whose credential a flow gives, if the client applies it.
fn scheme<'a>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    earlier: &[DeviceFlow],
) -> Option<Scheme<'a>> {
    const HELP: &str = "name the security scheme that uses the credential";
    let at = reader.required(object, "scheme", HELP)?;
    let name = reader.text("scheme", at, HELP)?;
    if !reader.has_scheme(name) {
        reader.unknown_scheme(name, &at.place());
        return None;
    }
    let Some((id, kind)) = reader.scheme(name) else {
        let message = format!(
            "the security scheme `{name}` cannot use the credential of the flow: the client does not send this scheme"
        );
        let help = "use a scheme of type `http` or `apiKey`, which says how the credential is sent";
        reader.fault(&at.place(), message, help);
        return None;
    };
    if let Some(first) = earlier.iter().find(|it| it.scheme == id) {
        let message = format!("the security scheme `{name}` already has a device flow");
        let finding = reader.finding(&at.place(), message);
        let finding = finding.related(&first.origin.place, "this one is used");
        reader.report(finding.help("keep one of them"));
    }
    Some(Scheme { id, name, kind })
}

fn lower_start<'a>(
    reader: &mut Reader<'a, '_>,
    at: ExcerptNode<'a>,
    scheme: Option<Scheme<'a>>,
) -> Option<DeviceStart> {
    let object = reader.object("start", at, &OF_START)?;
    let operation = reader.operation(&object);
    reader.check_security(&object, operation, scheme.map(|it| it.id));
    let help = "say where the response contains the token, such as `$response.body#/token`";
    reader.required(&object, "token", help);
    let mut part = |key, demand| {
        let at = object.get(key)?;
        message::received(reader, key, at, operation, demand)
    };
    let token = part("token", Demand::Text);
    let url = part("url", Demand::Text);
    let code = part("code", Demand::Text);
    let interval = part("interval", Demand::TextOrNumber);
    let expires_in = part("expiresIn", Demand::TextOrNumber);
    Some(DeviceStart {
        operation: operation?,
        token: token?,
        url,
        code,
        interval,
        expires_in,
    })
}

fn lower_poll<'a>(
    reader: &mut Reader<'a, '_>,
    at: ExcerptNode<'a>,
    scheme: Option<Scheme<'a>>,
) -> Option<DevicePoll> {
    let object = reader.object("poll", at, &OF_POLL)?;
    let operation = reader.operation(&object);
    reader.check_security(&object, operation, scheme.map(|it| it.id));
    let sends = sends(reader, &object, operation);
    let (interval, deadline) = times(reader, &object);
    let [pending, slow_down, gone] = statuses(reader, &object, operation);
    let grant = grant(reader, &object, operation, scheme);
    Some(DevicePoll {
        operation: operation?,
        sends,
        interval,
        deadline,
        pending,
        slow_down,
        gone,
        grant: grant?,
    })
}

/// Where polls send the token.
fn sends<'a>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    operation: Option<OperationId>,
) -> Vec<MessagePart> {
    const HELP: &str = "say where the request contains the token: `send: { /token: token }`";
    let at = reader.required(object, "send", HELP);
    if let Some(at) = at.filter(|it| matches!(&it.node.value, Value::Mapping(it) if it.is_empty()))
    {
        let message = "`send` is empty, so polls do not identify the flow";
        reader.fault(&at.key_place(), message, HELP);
    }
    let sent = message::sent(reader, object, operation, &PARTS);
    sent.into_iter().map(|(to, ..)| to).collect()
}

/// How long to wait between polls, and after how long to give up.
fn times<'a>(reader: &mut Reader<'a, '_>, object: &Object<'a>) -> (Duration, Duration) {
    let mut duration = |key, usual| match object.get(key) {
        Some(at) => values::duration(reader, key, at),
        None => Some(usual),
    };
    let interval = duration("interval", INTERVAL);
    let deadline = duration("deadline", DEADLINE);
    let (Some(interval), Some(deadline)) = (interval, deadline) else {
        return (INTERVAL, DEADLINE);
    };
    let at = object.get("deadline").or_else(|| object.get("interval"));
    if let Some(at) = at.filter(|_| deadline < interval) {
        let (apart, after) = (interval.as_secs(), deadline.as_secs());
        let message = format!("polls are {apart} s apart, but the flow ends after {after} s");
        let help = "choose an `interval` shorter than the `deadline`";
        reader.fault(&at.place(), message, help);
    }
    (interval, deadline)
}

/// The statuses of polls that give no credential: what each list has.
fn statuses<'a>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    operation: Option<OperationId>,
) -> [Vec<u16>; 3] {
    const HELP: &str = "list the status codes for \"not confirmed yet\"";
    let pending = reader.required(object, "pending", HELP);
    if let Some(at) =
        pending.filter(|it| matches!(&it.node.value, Value::Sequence(it) if it.is_empty()))
    {
        let message = "`pending` is empty, so the first poll ends the flow";
        reader.fault(&at.key_place(), message, HELP);
    }
    let mut known: Vec<(u16, &str, Place)> = Vec::new();
    ["pending", "slowDown", "gone"].map(|key| {
        let Some(list) = object.get(key) else {
            return Vec::new();
        };
        let mut statuses = Vec::new();
        for (status, place) in values::statuses(reader, key, list) {
            if let Some((_, other, first)) = known.iter().find(|(it, ..)| *it == status) {
                let message = format!("the status {status} is in both `{other}` and `{key}`");
                let finding = reader
                    .finding(&place, message)
                    .related(first, "also listed here");
                reader.report(finding.help("keep one of the two"));
            } else if let Some(operation) = operation {
                check_status(reader, status, &place, operation);
            }
            known.push((status, key, place));
            statuses.push(status);
        }
        statuses
    })
}

/// Checks that an operation documents a status: another one is likely to be misspelled.
fn check_status(reader: &mut Reader<'_, '_>, status: u16, place: &Place, operation: OperationId) {
    let operation = &reader.api[operation];
    let is_documented = operation.responses.iter().any(|it| match it.status {
        StatusPattern::Code(code) => code == status,
        StatusPattern::Range(digit) => u16::from(digit) == status / 100,
        StatusPattern::Default => true,
    });
    if !is_documented {
        let message = format!(
            "`{}` documents no response with status {status}",
            operation.id
        );
        let help = "correct the status, or document the response";
        reader.fault(place, message, help);
    }
}

/// Where the response has the credential.
fn grant<'a>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    operation: Option<OperationId>,
    scheme: Option<Scheme<'a>>,
) -> Option<DeviceGrant> {
    if let Some(scheme) = scheme {
        check_grant(reader, object, scheme);
    }
    let mut part = |key| {
        let at = object.get(key)?;
        message::received(reader, key, at, operation, Demand::Text)
    };
    let (username, password, token) = (part("username"), part("password"), part("token"));
    match scheme?.kind {
        SchemeKind::Basic | SchemeKind::Digest => Some(DeviceGrant::Basic {
            username: username?,
            password: password?,
        }),
        SchemeKind::Bearer { .. }
        | SchemeKind::Http { .. }
        | SchemeKind::MutualTls
        | SchemeKind::ApiKey { .. } => token.map(DeviceGrant::Token),
    }
}

/// Checks that what a poll gives is what the scheme takes.
fn check_grant<'a>(reader: &mut Reader<'a, '_>, object: &Object<'a>, scheme: Scheme<'a>) {
    let (wanted, others, takes, help): (&[&str], &[&str], _, _) = match scheme.kind {
        SchemeKind::Basic | SchemeKind::Digest => (
            &OF_BASIC,
            &OF_TOKEN,
            "a user name and a password",
            "use `username` and `password` to say where the response contains them",
        ),
        SchemeKind::Bearer { .. }
        | SchemeKind::Http { .. }
        | SchemeKind::MutualTls
        | SchemeKind::ApiKey { .. } => (
            &OF_TOKEN,
            &OF_BASIC,
            "a token",
            "use `token` to say where the response contains it",
        ),
    };
    let mut is_mistaken = false;
    for key in others {
        if let Some(at) = object.get(key) {
            let name = scheme.name;
            let message = format!("`{name}` cannot use `{key}`: it takes {takes}");
            reader.fault(&at.key_place(), message, help);
            is_mistaken = true;
        }
    }
    // One mistake is one finding: where the wrong keys are, the right ones are hardly forgotten.
    if is_mistaken && wanted.iter().all(|key| object.get(key).is_none()) {
        return;
    }
    for key in wanted {
        reader.required(object, key, help);
    }
}

/// The operation that shows whether the credential serves.
fn lower_check<'a>(
    reader: &mut Reader<'a, '_>,
    at: ExcerptNode<'a>,
    scheme: Option<Scheme<'a>>,
) -> Option<OperationId> {
    let object = reader.object("check", at, &OF_CHECK)?;
    let id = reader.operation(&object)?;
    let operation = &reader.api[id];
    let of_operation = || operation.security.iter().flat_map(|it| &it.schemes);
    let unused = scheme.filter(|scheme| !of_operation().any(|(it, _)| *it == scheme.id));
    if let (Some(scheme), Some(at)) = (unused, object.get("operation")) {
        let (name, id) = (scheme.name, &operation.id);
        let message = format!("`{id}` does not use the security scheme `{name}`");
        let help = "name an operation that requires the credential";
        reader.fault(&at.place(), message, help);
    }
    Some(id)
}
