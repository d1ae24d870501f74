//! The sessions and device flows that the service plays: what the document says of each, and examples of responses.

use super::{Items, examples, response_for};
use crate::emit::context::Cx;
use crate::emit::sessions::emit_conditions;
use crate::emit::written::{self, Written};
use crate::ir::{
    self, DeviceFlow, DeviceGrant, Expiry, Grant, MessagePart, OperationId, StatusPattern,
};
use crate::shape::Session;

/// `static SESSIONS: &[MockSession] = &[..];`, and the methods that control them; `None` where there are none but those of
/// authorization servers.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Items> {
    let sessions = cx.shape.sessions.iter().filter(|it| it.flows.is_none());
    let sessions: Vec<&Session> = sessions.collect();
    if sessions.is_empty() {
        return None;
    }
    let runtime = written::name(cx, "super::runtime");
    let mut out = Written::default();
    out.line(
        0,
        format!("static SESSIONS: &[{runtime}::mock::sessions::MockSession] = &["),
    );
    for session in &sessions {
        emit_session(cx, &mut out, session, &runtime);
    }
    out.line(0, "];");
    let mut controls = Written::default();
    let has = |is: &dyn Fn(&Session) -> bool| sessions.iter().any(|it| is(it));
    let kinds = [
        (has(&|it| it.sign_in.is_some()), "sessions"),
        (has(&|it| it.confirm.is_some()), "flows"),
    ];
    let kinds = kinds.into_iter().filter(|(is_there, _)| *is_there);
    let kinds: Vec<&str> = kinds.map(|(_, kind)| kind).collect();
    let list = kinds.join(", ");
    controls.line(
        0,
        format!("{runtime}::mock::sessions::controls! {{ Service: {list} }}"),
    );
    Some(vec![out.finish(), controls.finish()])
}

fn emit_session(cx: &Cx<'_>, out: &mut Written, it: &Session, runtime: &str) {
    let (ir, flow) = (cx.api.session(it.scheme), cx.api.device_flow(it.scheme));
    emit_conditions(cx, out, ir, flow);
    out.line(1, format!("{runtime}::mock::sessions::MockSession {{"));
    out.line(2, format!("plan: &super::{},", it.names.plan));
    let renew = ir.and_then(|it| it.renew.as_ref());
    let revoke = ir.and_then(|it| it.revoke.as_ref());
    let ended = renew.and_then(|it| Some((it.operation, *it.ended.first()?)));
    let examples = [
        ("acquire", ir.map(|it| granted(cx, &it.acquire))),
        ("renew", renew.map(|it| granted(cx, it))),
        ("ended", ended.map(|(id, status)| failure(cx, id, status))),
        ("revoke", revoke.map(|it| success(cx, it.operation, &[]))),
    ];
    for (name, example) in examples {
        match example {
            Some(example) => out.line(2, format!("{name}: Some({example}),")),
            None => out.line(2, format!("{name}: None,")),
        }
    }
    let ends_all = revoke.is_some_and(|it| it.ends_all);
    out.line(2, format!("ends_all: {ends_all},"));
    match flow {
        Some(flow) => emit_flow(cx, out, it, flow, runtime),
        None => out.line(2, "flow: None,"),
    }
    out.line(1, "},");
}

fn emit_flow(cx: &Cx<'_>, out: &mut Written, it: &Session, flow: &DeviceFlow, runtime: &str) {
    let (start, poll) = (&flow.start, &flow.poll);
    let started = [
        Some(&start.token),
        start.url.as_ref(),
        start.code.as_ref(),
        start.interval.as_ref(),
        start.expires_in.as_ref(),
    ];
    let given = match &poll.grant {
        DeviceGrant::Basic { username, password } => vec![username, password],
        DeviceGrant::Token(part) => vec![part],
    };
    let started = pointers(started.into_iter().flatten());
    let started = success(cx, start.operation, &started);
    let given = success(cx, poll.operation, &pointers(given.into_iter()));
    let pending = poll.pending.first().copied().unwrap_or(400);
    let pending = failure(cx, poll.operation, pending);
    let gone = poll.gone.first();
    let gone = gone.map(|status| failure(cx, poll.operation, *status));
    let gone = gone.map_or_else(|| "None".to_owned(), |it| format!("Some({it})"));
    out.line(
        2,
        format!("flow: Some({runtime}::mock::sessions::MockFlow {{"),
    );
    out.line(3, format!("flow: &super::{},", it.names.flow));
    out.line(3, format!("start: {started},"));
    out.line(3, format!("poll: {given},"));
    out.line(3, format!("pending: {pending},"));
    out.line(3, format!("gone: {gone},"));
    out.line(2, "}),");
}

/// The response that has a token.
fn granted(cx: &Cx<'_>, grant: &Grant) -> String {
    let expiry = match &grant.expiry {
        Expiry::In(part) | Expiry::At(part) => Some(part),
        Expiry::Unknown | Expiry::Lifetime(_) => None,
    };
    let parts = [Some(&grant.token), grant.refresh_token.as_ref(), expiry];
    success(cx, grant.operation, &pointers(parts.into_iter().flatten()))
}

/// The JSON pointers among places.
fn pointers<'p>(parts: impl Iterator<Item = &'p MessagePart>) -> Vec<&'p str> {
    let pointers = parts.filter_map(|it| match it {
        MessagePart::Body(pointer) if !pointer.is_empty() => Some(pointer.as_str()),
        MessagePart::Body(_) | MessagePart::Header(_) | MessagePart::Query(_) => None,
    });
    pointers.collect()
}

/// An example of the first success of an operation that has JSON, or else of the first.
fn success(cx: &Cx<'_>, id: OperationId, wanted: &[&str]) -> String {
    let operation: &ir::Operation = &cx.api[id];
    let successes = operation.success.responses().iter();
    let successes: Vec<&ir::Response> = successes.map(|it| &operation.responses[*it]).collect();
    let has_json = |it: &&&ir::Response| it.payloads.iter().any(|it| it.json().is_some());
    let response = successes
        .iter()
        .find(has_json)
        .or(successes.first())
        .copied();
    let status = match response.map(|it| it.status) {
        Some(StatusPattern::Code(code)) => code,
        Some(StatusPattern::Range(_) | StatusPattern::Default) => 200,
        None => 204,
    };
    examples::emit(cx, response, status, wanted)
}

/// An example of a response of a status.
fn failure(cx: &Cx<'_>, id: OperationId, status: u16) -> String {
    examples::emit(cx, response_for(&cx.api[id], status), status, &[])
}
