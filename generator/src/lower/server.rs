//! Servers.

use super::context::Context;
use super::extension;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::model;

/// The servers of the API. One at `/`, as the specification has it, when the document names none.
pub(super) fn lower_all(cx: &mut Context) -> Vec<ir::Server> {
    let servers: Vec<_> = cx
        .description
        .servers
        .iter()
        .filter_map(|server| lower(cx, server))
        .collect();
    if !servers.is_empty() {
        return servers;
    }
    vec![ir::Server {
        origin: ir::Origin {
            place: cx.description.place.clone(),
        },
        url: String::new(),
        name: None,
        rust_name: None,
        description: None,
        variables: Vec::new(),
    }]
}

/// A server, unless its URL has a variable that is not declared.
fn lower(cx: &mut Context, server: &model::Server) -> Option<ir::Server> {
    if let Some(unknown) =
        variables_in(&server.url).find(|name| !server.variables.contains_key(*name))
    {
        cx.report(
            Diagnostic::at(
                Code::InvalidServer,
                &server.place,
                format!("the URL of a server has the variable `{unknown}`, which is not declared"),
            )
            .label("left out")
            .help(format!(
                "declare `{unknown}` under `variables`, with a `default`"
            )),
        );
        return None;
    }
    let rust_name = extension::name(cx, &server.place, &server.extensions);
    Some(ir::Server {
        origin: ir::Origin {
            place: server.place.clone(),
        },
        url: server.url.trim_end_matches('/').to_owned(),
        name: server.name.clone(),
        rust_name,
        description: server.description.clone(),
        variables: server
            .variables
            .iter()
            .filter(|(name, _)| server.url.contains(&format!("{{{name}}}")))
            .map(|(name, variable)| ir::ServerVariable {
                name: name.clone(),
                allowed: variable.allowed.clone(),
                default: variable.default.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    })
}

/// The names between braces in a URL template.
fn variables_in(url: &str) -> impl Iterator<Item = &str> {
    url.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}
