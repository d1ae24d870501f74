//! Sessions: what the document says of each as a static, and the methods that a client and its builder have for it.

use super::context::Cx;
use super::pairs::Operation;
use super::written::{self, Written};
use super::{docs, example, features};
use crate::ir::{self, Expiry, Grant, MessagePart, OperationId, SessionPart};
use crate::output::Unformatted;
use crate::shape::{Part, Session};

/// `runtime::session::declare! { Client by Request<Login> { .. } TOKEN_SESSION = Plan { .. } }`
pub(super) fn emit(cx: &Cx<'_>) -> Vec<Unformatted> {
    let sessions = cx.api.sessions.iter().zip(&cx.shape.sessions);
    sessions.map(|(ir, it)| emit_session(cx, ir, it)).collect()
}

fn emit_session(cx: &Cx<'_>, ir: &ir::Session, it: &Session) -> Unformatted {
    let runtime = written::name(cx, "super::runtime");
    let mut out = Written::default();
    emit_conditions(cx, &mut out, ir);
    out.line(0, format!("{runtime}::session::declare! {{"));
    out.docs(1, docs::session::setter(cx, ir, it));
    for line in example::emit_session(cx, it) {
        out.line(1, format!("/// {line}").trim_end());
    }
    // Where features leave the session out, an import would be of no use.
    let operation = Operation::new(cx, it.sign_in);
    let once = if operation.shape.is_once {
        format!(", {runtime}::Once")
    } else {
        String::new()
    };
    let request = format!("{runtime}::Request<{}{once}>", operation.shape.name);
    let names = &it.names;
    let methods = [
        &names.get,
        &names.set,
        &names.store,
        &names.listener,
        &names.clock,
        &names.with,
    ];
    let methods = methods.map(ToString::to_string);
    out.list(1, &format!("Client by {request} {{ "), &methods, " }");
    emit_plan(cx, &mut out, ir, it);
    out.line(0, "}");
    out.finish()
}

/// What has to be on for its operations to be there.
fn emit_conditions(cx: &Cx<'_>, out: &mut Written, ir: &ir::Session) {
    let Some(parts) = &cx.shape.parts else {
        return;
    };
    let mut groups: Vec<usize> = Vec::new();
    for id in operations(ir) {
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

fn operations(ir: &ir::Session) -> impl Iterator<Item = OperationId> {
    let renew = ir.renew.iter().map(|it| it.operation);
    let revoke = ir.revoke.iter().map(|it| it.operation);
    std::iter::once(ir.acquire.operation)
        .chain(renew)
        .chain(revoke)
}

/// `TOKEN_SESSION = Plan { .. }`
fn emit_plan(cx: &Cx<'_>, out: &mut Written, ir: &ir::Session, it: &Session) {
    let scheme = &cx.shape.credentials[it.scheme.0 as usize].constant;
    out.line(1, format!("{} = Plan {{", it.names.plan));
    out.line(2, format!("scheme: {scheme},"));
    emit_grant(cx, out, &ir.acquire, ["acquire: Some(", "),"]);
    match &ir.renew {
        Some(grant) => emit_grant(cx, out, grant, ["renew: Some(", "),"]),
        None => out.line(2, "renew: None,"),
    }
    match &ir.revoke {
        Some(revocation) => {
            out.line(2, "revoke: Some(Revocation {");
            emit_operation(cx, out, revocation.operation, &revocation.sends);
            out.line(2, "}),");
        }
        None => out.line(2, "revoke: None,"),
    }
    out.line(1, "}");
}

fn emit_grant(cx: &Cx<'_>, out: &mut Written, grant: &Grant, [open, close]: [&str; 2]) {
    out.line(2, format!("{open}Grant {{"));
    emit_operation(cx, out, grant.operation, &grant.sends);
    out.line(3, format!("token: {},", place(&grant.token)));
    let refresh_token = match &grant.refresh_token {
        Some(it) => format!("Some({})", place(it)),
        None => "None".to_owned(),
    };
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
    out.line(2, format!("}}{close}"));
}

fn emit_operation(
    cx: &Cx<'_>,
    out: &mut Written,
    id: OperationId,
    sends: &[(MessagePart, SessionPart)],
) {
    let name = &cx.shape[id].name;
    out.line(3, format!("operation: <{name} as Operation>::DESCRIPTION,"));
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
