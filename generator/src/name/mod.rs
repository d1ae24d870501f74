//! Every Rust identifier of a generated module, made once.
//!
//! Comes from the IR, goes to whatever prints Rust. Names depend on the thing named and on what it would
//! collide with, never on the order or number of unrelated things, so that an edit of the document renames
//! nothing that it does not touch. Collisions inside one type are settled by a rule; two operations of one
//! name are an error, since no rule would give callers a method that they can find.

mod conflict;
mod members;
mod operations;
mod reserved;
mod status;
#[cfg(test)]
mod tests;
mod types;
mod words;

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Ident, Names, ServerNames};

/// Names everything in an API.
pub fn assign(api: &Api, diagnostics: &mut Diagnostics) -> Names {
    Names {
        types: types::assign(api, diagnostics),
        operations: operations::assign(api, diagnostics),
        schemes: conflict::settle(
            api.schemes
                .iter()
                .map(|scheme| (scheme.name.as_str(), words::snake(&scheme.name))),
            reserved::BUILDER,
            "credential",
        ),
        groups: conflict::settle(
            api.groups.iter().map(|group| match &group.tag {
                Some(tag) => (tag.as_str(), words::snake(tag)),
                None => ("", "operations".to_owned()),
            }),
            reserved::FILES,
            "operations",
        ),
        servers: servers(api),
    }
}

/// Servers are named by the document, by their description when it is a word or two, or by their host.
fn servers(api: &Api) -> Vec<ServerNames> {
    let name = |server: &crate::ir::Server| {
        let description = server
            .description
            .as_deref()
            .map(|it| it.trim_end_matches('.'));
        let short = description.filter(|it| it.split_whitespace().count() <= 2);
        let host = || server.url.split("//").last().unwrap_or_default().to_owned();
        words::snake(
            &server
                .name
                .clone()
                .or_else(|| short.map(str::to_owned))
                .unwrap_or_else(host),
        )
    };
    let constructors = conflict::settle(
        api.servers
            .iter()
            .map(|server| (server.url.as_str(), name(server))),
        reserved::SERVER,
        "server",
    );
    constructors
        .into_iter()
        .zip(&api.servers)
        .map(|(constructor, server)| ServerNames {
            constructor,
            variables: conflict::settle(
                server
                    .variables
                    .iter()
                    .map(|variable| (variable.name.as_str(), words::snake(&variable.name))),
                reserved::SERVER,
                "variable",
            ),
        })
        .collect()
}

/// A name that needs no settling.
fn ident(name: String) -> Ident {
    Ident(reserved::escape(name))
}
