//! Sessions: the plan of each as a static, and the methods of the client and its builder for it.

use super::context::Cx;
use super::written::{self, Written};
use super::{docs, example, features, oauth};
use crate::ir::{
    self, DeviceFlow, DeviceGrant, Expiry, Grant, MessagePart, OperationId, SessionPart,
};
use crate::output::Unformatted;
use crate::shape::{Part, Session};

/// `runtime::session::declare! { TOKEN_SESSION = Plan { .. }; Client { .. } sign_in { .. } }`
pub(super) fn emit(cx: &Cx<'_>) -> Vec<Unformatted> {
    let sessions = cx.shape.sessions.iter();
    sessions
        .flat_map(|it| std::iter::once(emit_session(cx, it)).chain(oauth::emit(cx, it)))
        .collect()
}

fn emit_session(cx: &Cx<'_>, it: &Session) -> Unformatted {
    let runtime = written::name(cx, "super::runtime");
    let (ir, flow) = (cx.api.session(it.scheme), cx.api.device_flow(it.scheme));
    let mut out = Written::default();
    emit_conditions(cx, &mut out, ir, flow);
    if it.flows.is_some() {
        features::emit_condition(&mut out, &[features::OAUTH.to_owned()]);
    }
    out.line(0, format!("{runtime}::session::declare! {{"));
    emit_plan(cx, &mut out, ir, it);
    let names = &it.names;
    let methods = [&names.get, &names.store, &names.listener, &names.clock];
    out.list(1, "Client { ", &methods.map(ToString::to_string), " }");
    if let (Some(ir), Some(sign_in)) = (ir, it.sign_in) {
        out.line(1, "sign_in {");
        out.docs(2, docs::session::sign_in(cx, ir, it));
        for line in example::emit_sign_in(cx, it, sign_in) {
            out.line(2, format!("/// {line}").trim_end());
        }
        let request = request(cx, sign_in);
        out.line(2, format!("{request}: {}, {}", names.set, names.with));
        out.line(1, "}");
    }
    if let (Some(flow), Some(start)) = (flow, it.confirm) {
        out.line(1, "confirm {");
        out.docs(2, docs::session::confirm(cx, flow));
        for line in example::emit_confirmation(cx, it, start) {
            out.line(2, format!("/// {line}").trim_end());
        }
        let (request, confirm) = (request(cx, start), &names.confirm);
        out.line(
            2,
            format!("{request}: {confirm} by {} = Flow {{", names.flow),
        );
        emit_flow(cx, &mut out, flow);
        out.line(2, "}");
        out.line(1, "}");
    }
    out.line(0, "}");
    out.finish()
}

/// `runtime::Request<Login>`. Where features leave the session out, an import would be of no use.
fn request(cx: &Cx<'_>, id: OperationId) -> String {
    let runtime = written::name(cx, "super::runtime");
    let operation = &cx.shape[id];
    let once = if operation.is_once {
        format!(", {runtime}::Once")
    } else {
        String::new()
    };
    format!("{runtime}::Request<{}{once}>", operation.name)
}

/// What has to be on for its operations to be there.
pub(super) fn emit_conditions(
    cx: &Cx<'_>,
    out: &mut Written,
    ir: Option<&ir::Session>,
    flow: Option<&DeviceFlow>,
) {
    let Some(parts) = &cx.shape.parts else {
        return;
    };
    let mut groups: Vec<usize> = Vec::new();
    for id in operations(ir, flow) {
        let mut all = cx.api.groups.iter();
        let group = all.position(|group| group.operations.contains(&id));
        groups.extend(group.filter(|it| !groups.contains(it)));
    }
    for group in groups {
        let name = parts.feature(Part::Group(group)).map(|it| it.name.as_str());
        let name = name.map(|name| features::feature(cx.module, name));
        features::emit_condition(out, name.as_slice());
    }
}

fn operations(ir: Option<&ir::Session>, flow: Option<&DeviceFlow>) -> Vec<OperationId> {
    let mut ids = Vec::new();
    if let Some(ir) = ir {
        ids.push(ir.acquire.operation);
        ids.extend(ir.renew.iter().map(|it| it.operation));
        ids.extend(ir.revoke.iter().map(|it| it.operation));
    }
    ids.extend(
        flow.iter()
            .flat_map(|it| [it.start.operation, it.poll.operation]),
    );
    ids
}

/// `TOKEN_SESSION = Plan { .. }`
fn emit_plan(cx: &Cx<'_>, out: &mut Written, ir: Option<&ir::Session>, it: &Session) {
    let scheme = &cx.shape.credentials[it.scheme.0 as usize].constant;
    out.line(1, format!("{} = Plan {{", it.names.plan));
    out.line(2, format!("scheme: {scheme},"));
    let grants = [
        ("acquire", ir.map(|it| &it.acquire)),
        ("renew", ir.and_then(|it| it.renew.as_ref())),
    ];
    for (name, grant) in grants {
        match grant {
            Some(grant) => emit_grant(cx, out, name, grant),
            None => out.line(2, format!("{name}: None,")),
        }
    }
    match ir.and_then(|it| it.revoke.as_ref()) {
        Some(revocation) => {
            out.line(2, "revoke: Some(Revocation {");
            emit_operation(cx, out, revocation.operation, &revocation.sends);
            out.line(2, "}),");
        }
        None => out.line(2, "revoke: None,"),
    }
    out.line(1, "};");
}

fn emit_grant(cx: &Cx<'_>, out: &mut Written, name: &str, grant: &Grant) {
    out.line(2, format!("{name}: Some(Grant {{"));
    emit_operation(cx, out, grant.operation, &grant.sends);
    out.line(3, format!("token: {},", place(&grant.token)));
    let refresh_token = optional(grant.refresh_token.as_ref());
    out.line(3, format!("refresh_token: {refresh_token},"));
    let expiry = match &grant.expiry {
        Expiry::Unknown => "Unknown".to_owned(),
        Expiry::Lifetime(time) => format!("Lifetime({})", time.as_secs()),
        Expiry::In(part) => format!("In({})", place(part)),
        Expiry::At(part) => format!("At({})", place(part)),
    };
    out.line(3, format!("expiry: Expiry::{expiry},"));
    let ended: Vec<String> = grant.ended.iter().map(u16::to_string).collect();
    out.list(3, "ended: &[", &ended, "],");
    out.line(2, "}),");
}

/// The fields of `Flow { .. }`
fn emit_flow(cx: &Cx<'_>, out: &mut Written, flow: &DeviceFlow) {
    let (start, poll) = (&flow.start, &flow.poll);
    out.line(3, format!("start: {},", description(cx, start.operation)));
    out.line(3, format!("token: {},", place(&start.token)));
    let said = [
        ("url", &start.url),
        ("code", &start.code),
        ("said_interval", &start.interval),
        ("said_deadline", &start.expires_in),
    ];
    for (name, part) in said {
        out.line(3, format!("{name}: {},", optional(part.as_ref())));
    }
    out.line(3, format!("poll: {},", description(cx, poll.operation)));
    let sends = poll.sends.iter();
    let sends = sends.map(|part| format!("({}, Part::Token)", place(part)));
    out.list(3, "sends: &[", &sends.collect::<Vec<_>>(), "],");
    out.line(3, format!("interval: {},", poll.interval.as_secs()));
    out.line(3, format!("deadline: {},", poll.deadline.as_secs()));
    let statuses = [
        ("pending", &poll.pending),
        ("slow_down", &poll.slow_down),
        ("gone", &poll.gone),
    ];
    for (name, statuses) in statuses {
        let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
        out.list(3, &format!("{name}: &["), &statuses, "],");
    }
    match &poll.grant {
        DeviceGrant::Basic { username, password } => {
            out.line(3, "gift: Gift::Basic {");
            out.line(4, format!("username: {},", place(username)));
            out.line(4, format!("password: {},", place(password)));
            out.line(3, "},");
        }
        DeviceGrant::Token(part) => out.line(3, format!("gift: Gift::Token({}),", place(part))),
    }
}

fn optional(part: Option<&MessagePart>) -> String {
    part.map_or_else(|| "None".to_owned(), |it| format!("Some({})", place(it)))
}

/// `<Login as Operation>::DESCRIPTION`
fn description(cx: &Cx<'_>, id: OperationId) -> String {
    format!("<{} as Operation>::DESCRIPTION", cx.shape[id].name)
}

fn emit_operation(
    cx: &Cx<'_>,
    out: &mut Written,
    id: OperationId,
    sends: &[(MessagePart, SessionPart)],
) {
    out.line(3, format!("operation: {},", description(cx, id)));
    let sends = sends.iter().map(|(part, what)| {
        let what = match what {
            SessionPart::Token => "Token",
            SessionPart::RefreshToken => "RefreshToken",
        };
        format!("({}, Part::{what})", place(part))
    });
    out.list(3, "sends: &[", &sends.collect::<Vec<_>>(), "],");
}

/// `Place::Body("/token")`
fn place(part: &MessagePart) -> String {
    let (kind, text) = match part {
        MessagePart::Body(pointer) => ("Body", pointer),
        MessagePart::Header(name) => ("Header", name),
        MessagePart::Query(name) => ("Query", name),
    };
    format!("Place::{kind}({})", written::literal(text))
}
