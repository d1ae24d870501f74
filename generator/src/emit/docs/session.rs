//! The docs of sessions.

use crate::emit::context::Cx;
use crate::ir;
use crate::markdown::{Text, code, inline, prose};
use crate::shape::Session;

/// The docs of the builder's method that sets how to sign in.
pub(in crate::emit) fn sign_in(cx: &Cx<'_>, ir: &ir::Session, it: &Session) -> Text {
    let method = |id: ir::OperationId| &cx.shape[id].method;
    let scheme = &cx.api.schemes[it.scheme.0 as usize];
    let mut text = Text::default();
    text.paragraph(prose!(
        "Sets up a session for the security scheme {}. `sign_in` returns the request of [`Client::{}`] that signs in.",
        code(&scheme.name),
        method(ir.acquire.operation)
    ));
    text.paragraph(
        "It is called whenever the client has to sign in. Nothing is sent before a token is needed.",
    );
    if let Some(renew) = &ir.renew {
        text.paragraph(prose!(
            "The client renews the token with [`Client::{}`] before it expires, once for all requests that wait for it.",
            method(renew.operation)
        ));
    }
    if let Some(revoke) = &ir.revoke {
        let what = if revoke.ends_all {
            "all sessions of the user"
        } else {
            "the session"
        };
        text.paragraph(prose!(
            "[`sign_out`](super::runtime::session::ClientSession::sign_out) ends {} with [`Client::{}`].",
            what,
            method(revoke.operation)
        ));
    }
    text
}

/// The docs of the client's method that has a user confirm on another device.
pub(in crate::emit) fn confirm(cx: &Cx<'_>, flow: &ir::DeviceFlow) -> Text {
    let method = |id: ir::OperationId| &cx.shape[id].method;
    let scheme = &cx.api.schemes[flow.scheme.0 as usize];
    let mut text = Text::default();
    text.paragraph(prose!(
        "Gets a credential of the security scheme {} after a user has confirmed, often on another device.",
        code(&scheme.name)
    ));
    let seconds = |it: std::time::Duration| inline(&it.as_secs().to_string());
    text.paragraph(prose!(
        "The request of [`Client::{}`] starts the confirmation. The client then polls [`Client::{}`] every {} s, for up to \
         {} s, or as the server asks.",
        method(flow.start.operation),
        method(flow.poll.operation),
        seconds(flow.poll.interval),
        seconds(flow.poll.deadline)
    ));
    text
}
