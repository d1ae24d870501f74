//! OAS 3.1.1, Server Object and Server Variable Object.

use indexmap::IndexMap;

use crate::model::{Server, ServerVariable};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads `servers` of an object; empty when it has none.
pub(super) fn list<'a>(cx: &mut Cx<'a, '_>, holder: &mut Object<'a>) -> Vec<Server> {
    let servers = holder.list(cx, "servers").unwrap_or_default();
    servers.into_iter().filter_map(|at| read(cx, at)).collect()
}

/// Reads one server.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Server> {
    let mut object = Object::read(cx, at, "server object")?;
    let url = object.required_text(cx, "url")?;
    let name = if cx.version >= Version::V3_2 {
        object.text(cx, "name")
    } else {
        None
    };
    let description = object.text(cx, "description");
    let mut variables = IndexMap::new();
    for (entry, at) in object.map(cx, "variables") {
        variables.extend(variable(cx, at).map(|it| (entry.key.to_string(), it)));
    }
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Server {
        place,
        url,
        name,
        description,
        variables,
        extensions,
    })
}

/// Reads a variable. One without a default takes its first value, which is what a caller who chooses none
/// would be offered first.
fn variable<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<ServerVariable> {
    let mut object = Object::read(cx, at, "server variable object")?;
    let allowed = object.texts(cx, "enum");
    let default = if object.entry("default").is_some() || allowed.is_empty() {
        object.required_text(cx, "default").unwrap_or_default()
    } else {
        let missing = object.missing(cx, "default").harmless();
        cx.diagnostics
            .report(missing.note("the first value of `enum` is the default"));
        allowed[0].clone()
    };
    let description = object.text(cx, "description");
    let place = object.place(cx);
    object.finish(cx);
    Some(ServerVariable {
        place,
        allowed,
        default,
        description,
    })
}
