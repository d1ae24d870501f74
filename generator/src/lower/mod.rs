//! Turns the version-free description into the IR of the client.
//!
//! Decides the type of each schema and the requests and responses of each operation. It writes no Rust and creates no
//! names, only hints for them. Anything that is not supported is reported and approximated (a schema becomes
//! [`ir::Type::Any`]) or left out (an operation that could not be sent as documented).

mod body;
mod chain;
mod compose;
mod context;
mod dispatch;
mod docs;
mod extension;
mod facts;
mod finish;
mod graph;
mod lifecycle;
mod operation;
mod schema;
mod security;
#[cfg(test)]
mod tests;

use std::panic::resume_unwind;

use crate::config::Overrides;
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::model;
use context::Context;

/// Lowers a description, for some parts of which the configuration says something else than the document. Everything
/// in the result has its place in one of the two.
pub fn lower(
    description: &model::Description,
    overrides: Overrides<'_>,
    diagnostics: &mut Diagnostics,
) -> ir::Api {
    // Schemas are gone through one in the other, and references make that deeper than a thread's usual stack.
    let lowered = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || lower_all(description, overrides, diagnostics));
        let joined = thread.ok()?.join();
        Some(joined.unwrap_or_else(|panic| resume_unwind(panic)))
    });
    // Where the system has no thread to spare, the usual stack does for what people write.
    lowered.unwrap_or_else(|| lower_all(description, overrides, diagnostics))
}

/// The bytes of address space for a stack, of which only those are taken that are used.
const STACK: usize = 128 << 20;

fn lower_all(
    description: &model::Description,
    overrides: Overrides<'_>,
    diagnostics: &mut Diagnostics,
) -> ir::Api {
    let composed = compose::compose(description, diagnostics);
    let mut cx = Context::new(description, &composed, overrides, diagnostics);
    schema::lower_components(&mut cx);
    let mut schemes = security::lower_schemes(&mut cx);
    let inferred = security::credential::infer(&mut cx, &mut schemes);
    let servers = operation::server::lower_all(&mut cx);
    let of_api = operation::OfApi {
        schemes: &schemes,
        inferred: &inferred,
        servers: &servers,
    };
    let mut operations = operation::lower_all(&mut cx, &of_api);
    security::add_unknown(&mut schemes, &operations);
    operation::link::lower_all(&mut cx, &mut operations);
    let incoming = operation::incoming::lower_all(&mut cx, &operations);
    let stated = dispatch::stated(&cx, &composed);
    let untyped = std::mem::take(&mut cx.untyped);
    let left_out = std::mem::take(&mut cx.left_out);
    let mut api = ir::Api {
        info: docs::info(description),
        servers,
        schemes: schemes.supported,
        sessions: Vec::new(),
        device_flows: Vec::new(),
        oauth: Vec::new(),
        foreign_schemes: schemes.foreign,
        groups: operation::group(&mut cx, &operations),
        items: cx.finish(),
        operations,
        incoming,
        untyped,
        left_out,
    };
    finish::usage::relax(&mut api);
    dispatch::decide(&mut api.items, &stated, diagnostics);
    finish::boxing::mark(&mut api, diagnostics);
    finish::endless::relax(&mut api, diagnostics);
    finish::order::restore(&mut api);
    api.sessions = lifecycle::session::lower_all(description, &api, overrides, diagnostics);
    api.device_flows = lifecycle::device_flow::lower_all(description, &api, overrides, diagnostics);
    api.oauth = lifecycle::oauth::lower_all(description, &api, diagnostics);
    api
}
