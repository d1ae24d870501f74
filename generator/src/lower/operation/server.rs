//! Servers.

use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::lower::context::Context;
use crate::lower::extension;
use crate::model;

/// The servers of the API. When the document names none, those that operations name first; without these one at
/// `/`, as the specification has it.
pub(in crate::lower) fn lower_all(cx: &mut Context) -> Vec<ir::Server> {
    let description = cx.description;
    let servers = lower_list(cx, &description.servers);
    if !servers.is_empty() {
        return servers;
    }
    let operations = description.paths.iter().flat_map(|item| &item.operations);
    for operation in operations {
        let servers = lower_list(cx, &operation.servers);
        if !servers.is_empty() {
            return servers;
        }
    }
    vec![ir::Server {
        origin: ir::Origin {
            place: description.place.clone(),
        },
        url: String::new(),
        name: None,
        rust_name: None,
        description: None,
        variables: Vec::new(),
    }]
}

/// The servers of an operation's own; none when they are those of the API.
pub(super) fn lower_own(
    cx: &mut Context,
    of_api: &[ir::Server],
    servers: &[model::Server],
) -> Vec<ir::Server> {
    let own = lower_list(cx, servers);
    let first = |servers: &[ir::Server]| servers.first().map(ir::Server::default_url);
    if first(&own) == first(of_api) {
        return Vec::new();
    }
    own
}

fn lower_list(cx: &mut Context, servers: &[model::Server]) -> Vec<ir::Server> {
    servers
        .iter()
        .filter_map(|server| lower(cx, server))
        .collect()
}

/// A server, unless its URL has a variable that is not declared.
fn lower(cx: &mut Context, server: &model::Server) -> Option<ir::Server> {
    if let Some(unknown) =
        variables_in(&server.url).find(|name| !server.variables.contains_key(*name))
    {
        cx.report(
            Diagnostic::at(
                Code::InvalidServer,
                &server.place.keyword_value("url", &format!("{{{unknown}}}")),
                format!("the server URL uses the variable `{unknown}`, which is not declared"),
            )
            .label("the server is left out")
            .help_with_lines(
                "declare it next to `url`, with a default:",
                &format!("variables:\n  {unknown}:\n    default: VALUE"),
            ),
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
