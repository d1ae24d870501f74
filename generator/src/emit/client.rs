//! The client and its builder.

use super::context::Cx;
use super::written::{self, Written};
use super::{docs, servers};
use crate::ir::SchemeKind;
use crate::markdown::{Text, inline, prose};
use crate::output::Unformatted;

/// The types, and the methods that are not those of every client.
pub(super) fn emit(cx: &Cx<'_>) -> Vec<Unformatted> {
    let mut items = vec![emit_client(cx)];
    items.extend(servers::emit_setter(cx));
    items
}

/// `runtime::client! { .. }`
fn emit_client(cx: &Cx<'_>) -> Unformatted {
    let runtime = written::name(cx, "super::runtime");
    let title = inline(&cx.api.info.title);
    let mut docs = Text::from(prose!("A client of {}.", title));
    docs.paragraph("Clones are cheap and share their connections.");
    let mut written = Written::default();
    written.line(0, format!("{runtime}::client! {{"));
    written.docs(1, docs);
    written.line(1, "pub Client of API;");
    for (scheme, names) in cx.api.schemes.iter().zip(&cx.shape.credentials) {
        let kind = match &scheme.kind {
            // They are given alike.
            SchemeKind::Basic | SchemeKind::Digest => "Basic",
            SchemeKind::Bearer { .. } => "Bearer",
            SchemeKind::Http { .. } => "Http",
            SchemeKind::MutualTls => "MutualTls",
            SchemeKind::ApiKey { .. } => "ApiKey",
        };
        let others = names.others.iter();
        let others = others.flat_map(|it| [&it.provider, &it.with, &it.with_provider]);
        let methods = std::iter::once(&names.setter).chain(others);
        let methods: Vec<String> = methods.map(ToString::to_string).collect();
        written.blank();
        written.docs(1, docs::security::setter(scheme));
        let open = format!("{}: {kind} {{", names.constant);
        written.list(1, &format!("{open} "), &methods, " }");
    }
    written.line(0, "}");
    written.finish()
}
