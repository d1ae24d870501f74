//! The client: where the API is served.

use super::source::Source;
use super::{Fact, Node, NodeKind};
use crate::document::Place;
use crate::ir::Server;

/// The servers. Callers name them where there is a choice.
pub(super) fn servers(cx: &Source<'_>) -> Vec<Node> {
    let servers = &cx.api.servers;
    let is_choice = servers.len() > 1 || servers.iter().any(|it| !it.variables.is_empty());
    let named = servers.iter().zip(&cx.names.servers).enumerate();
    let node = |(index, (server, names)): (usize, (&Server, &crate::ir::ServerNames))| {
        let constructor = &names.constructor;
        let (path, signature) = if is_choice {
            let variables = names.variables.iter().map(|it| format!("{it}: &str"));
            let variables = variables.collect::<Vec<_>>().join(", ");
            let path = format!("{}::Server::{constructor}", cx.module);
            (path, Some(format!("{constructor}({variables})")))
        } else {
            (format!("{}::Client", cx.module), None)
        };
        let name = if is_choice {
            constructor.as_str()
        } else {
            "the server"
        };
        let variables = server.variables.iter().zip(&names.variables);
        let children = variables.map(|(it, name)| {
            Node::new(
                NodeKind::ServerVariable,
                name.as_str(),
                format!("{path}({name})"),
            )
            .at(&Place {
                pointer: server
                    .origin
                    .place
                    .pointer
                    .child("variables")
                    .child(&it.name),
                ..server.origin.place.clone()
            })
            .key(it.name.clone())
            .fact(Fact::Default, it.default.as_str())
            .maybe(
                Fact::Allowed,
                (!it.allowed.is_empty()).then(|| it.allowed.clone()),
            )
            .fact(Fact::Docs, super::text::digest(&it.description))
        });
        let children = children.collect();
        let node = Node::new(NodeKind::Server, name, path.clone())
            .at(&server.origin.place)
            .key(server.url.clone())
            .key(format!("server {index}"))
            .maybe(Fact::Setter, signature)
            .fact(Fact::Url, server.url.as_str())
            .flag(Fact::DefaultServer, index == 0)
            .fact(Fact::Docs, super::text::digest(&server.description));
        Node { children, ..node }
    };
    named.map(node).collect()
}
