//! The files of an API, and its `mod.rs`: what the API is, its static description, its client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Cx, ident};
use super::docs;
use super::{client, codec, example, incoming, lints, models, operations, servers, xml};
use crate::ir::{ApiKeyLocation, Ident, OperationId, SchemeId, SchemeKind};
use crate::markdown::{self, Inline, Text, inline, prose};
use crate::output::{Source, Unformatted};

/// The files of an API, by path relative to its folder.
pub(super) fn emit(cx: &Cx<'_>) -> Vec<(String, Source)> {
    let models = models::emit(cx);
    let codec = codec::emit(cx);
    let xml = xml::emit(cx);
    let incoming: Vec<(&str, Source)> = incoming::kinds(cx)
        .iter()
        .filter_map(|kind| Some((kind.module, incoming::emit(cx, kind)?)))
        .collect();
    let mut modules = Modules::of_groups(cx);
    modules.public.extend(models.is_some().then_some("models"));
    modules
        .public
        .extend(incoming.iter().map(|(module, _)| module));
    modules.private.extend(codec.is_some().then_some("codec"));
    modules.private.extend(xml.is_some().then_some("xml"));
    let mut files = vec![("mod.rs".to_owned(), emit_root(cx, modules))];
    for (group, name) in cx.api.groups.iter().zip(&cx.names.groups) {
        files.push((format!("{name}.rs"), operations::emit(cx, group)));
    }
    files.extend(
        incoming
            .into_iter()
            .map(|(module, source)| (format!("{module}.rs"), source)),
    );
    files.extend(models.map(|source| ("models.rs".to_owned(), source)));
    files.extend(codec.map(|source| ("codec.rs".to_owned(), source)));
    files.extend(xml.map(|source| ("xml.rs".to_owned(), source)));
    files
}

/// The modules of an API besides `mod.rs`.
struct Modules<'a> {
    groups: &'a [Ident],
    private: Vec<&'static str>,
    public: Vec<&'static str>,
}

impl<'a> Modules<'a> {
    fn of_groups(cx: &Cx<'a>) -> Self {
        Self {
            groups: &cx.names.groups,
            private: Vec::new(),
            public: Vec::new(),
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let files = self.private.iter().chain(&self.public).copied();
        self.groups.iter().map(Ident::as_str).chain(files)
    }
}

fn emit_root(cx: &Cx<'_>, modules: Modules<'_>) -> Source {
    let exported = cx
        .api
        .groups
        .iter()
        .map(|group| operations::declared(cx, group));
    let own = ["Client", "ClientBuilder", "Server"].map(str::to_owned);
    let cx = cx.file(own.into_iter().chain(exported.flatten()));
    let tokens = [emit_description(&cx), emit_constants(&cx)].into_iter();
    let tokens = tokens.filter(|it| !it.is_empty());
    let mut contents: Vec<Unformatted> = tokens.map(|it| cx.imports.item(it)).collect();
    contents.extend(client::emit(&cx));
    contents.extend(servers::emit(&cx).map(|it| cx.imports.item(it)));
    let items = [lints::emit(&cx, modules.names())]
        .into_iter()
        .chain([emit_modules(modules), emit_exports(&cx)])
        .filter(|tokens| !tokens.is_empty())
        .map(Unformatted::from)
        .chain(cx.imports.complete(contents))
        .collect();
    Source {
        docs: emit_docs(&cx),
        items,
    }
}

/// What the module tells, and how a client is made.
fn emit_docs(cx: &Cx<'_>) -> String {
    let docs = [
        emit_head(cx).to_string(),
        example::emit_client(cx).join("\n"),
        emit_contents(cx).to_string(),
    ];
    let docs = docs.into_iter().filter(|it| !it.is_empty());
    docs.collect::<Vec<_>>().join("\n\n")
}

/// Title, description, servers and schemes.
fn emit_head(cx: &Cx<'_>) -> Text {
    let info = &cx.api.info;
    let mut text = Text::default();
    text.paragraph(prose!(
        "{}, version {}.",
        inline(&info.title),
        inline(&info.version)
    ));
    text.docs(&info.docs);
    if let Some(terms) = &info.terms_of_service {
        text.paragraph(prose!("Terms of service: {}", markdown::link(None, terms)));
    }
    if !info.contact.is_empty() {
        text.paragraph(prose!("Contact: {}", join(&info.contact)));
    }
    if !info.license.is_empty() {
        text.paragraph(prose!("License: {}", join(&info.license)));
    }
    text.heading(1, "Servers");
    servers::list(cx, &mut text);
    if !cx.api.schemes.is_empty() || !cx.api.foreign_schemes.is_empty() {
        text.heading(1, "Authentication");
        text.list(docs::security::schemes(cx));
    }
    text
}

/// The groups and the tables of operations, webhooks and callbacks.
fn emit_contents(cx: &Cx<'_>) -> Text {
    let mut text = Text::default();
    let groups = groups(cx);
    if !groups.is_empty() {
        text.heading(1, "Groups");
        text.append(groups);
    }
    if !cx.api.operations.is_empty() || cx.api.incoming.is_empty() {
        text.heading(1, "Operations");
        table(cx, &mut text);
    }
    for kind in incoming::kinds(cx) {
        text.heading(1, kind.title);
        docs::incoming::table(cx, &mut text, kind.module, &kind.all);
    }
    text
}

fn join(parts: &[String]) -> Inline {
    Inline::join(parts.iter().map(|it| inline(it)), ", ")
}

/// The groups as a tree, where some are in others.
fn groups(cx: &Cx<'_>) -> Text {
    let groups = &cx.api.groups;
    if groups.iter().all(|group| group.parents.is_empty()) {
        return Text::default();
    }
    let mut tree = docs::Tree::default();
    for group in groups {
        if let Some(tag) = &group.tag {
            let own = (tag.clone(), group.docs.summary.clone());
            tree.insert(&[&group.parents[..], &[own]].concat());
        }
    }
    tree.list()
}

/// Adds the operations, each with a link to its method.
fn table(cx: &Cx<'_>, text: &mut Text) {
    let operations = (0..).map(OperationId).zip(&cx.api.operations);
    let rows = operations.map(|(id, operation)| {
        let method = &cx.names.operation(id).method;
        let link = prose!("[`{}`](Client::{})", method, method);
        let summary = operation.docs.summary.as_deref().unwrap_or_default();
        [link, docs::operation::route(operation), inline(summary)]
    });
    text.table(["Operation", "Route", "Summary"], rows);
}

fn emit_modules(modules: Modules<'_>) -> TokenStream {
    let groups = modules
        .groups
        .iter()
        .map(|name| (name.as_str(), emit_module(name)));
    let private = modules.private.into_iter().map(|module| {
        let name = ident(module);
        (module, quote!(mod #name;))
    });
    let public = modules.public.into_iter().map(|module| {
        let name = ident(module);
        (module, quote!(pub mod #name;))
    });
    let mut modules: Vec<(&str, TokenStream)> = groups.chain(private).chain(public).collect();
    modules.sort_by_key(|(name, _)| *name);
    let modules = modules.into_iter().map(|(_, tokens)| tokens);
    quote!(#(#modules)*)
}

/// `mod pets;` Rust looks for files of ASCII names alone, unless it is told the name.
fn emit_module(name: &Ident) -> TokenStream {
    let path = (!name.as_str().is_ascii()).then(|| format!("{name}.rs"));
    let path = path.map(|path| quote!(#[path = #path]));
    quote!(#path mod #name;)
}

/// The types of each group, as this module's own.
fn emit_exports(cx: &Cx<'_>) -> TokenStream {
    let mut groups: Vec<_> = cx.names.groups.iter().zip(&cx.api.groups).collect();
    groups.sort_by_key(|(name, _)| *name);
    let exports = groups.into_iter().map(|(name, group)| {
        let mut types = operations::declared(cx, group);
        types.sort();
        let types: Vec<_> = types.iter().map(|it| ident(it)).collect();
        if let [one] = types.as_slice() {
            quote!(pub use self::#name::#one;)
        } else {
            quote!(pub use self::#name::{#(#types),*};)
        }
    });
    quote!(#(#exports)*)
}

/// `static API: Api = Api { .. };`
fn emit_description(cx: &Cx<'_>) -> TokenStream {
    let api = cx.import("super::runtime::Api");
    let title = &cx.api.info.title;
    let base_url = cx
        .api
        .servers
        .first()
        .map(crate::ir::Server::default_url)
        .unwrap_or_default();
    let schemes = (0..)
        .map(SchemeId)
        .zip(&cx.api.schemes)
        .map(|(id, scheme)| {
            let ty = cx.import("super::runtime::Scheme");
            let name = &scheme.name;
            let setter = cx.names.scheme(id).as_str();
            let kind = emit_kind(cx, &scheme.kind);
            quote!(#ty { name: #name, setter: #setter, kind: #kind })
        });
    quote! {
        static API: #api = #api {
            title: #title,
            base_url: #base_url,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            schemes: &[#(#schemes),*],
        };
    }
}

fn emit_kind(cx: &Cx<'_>, kind: &SchemeKind) -> TokenStream {
    let ty = cx.import("super::runtime::SchemeKind");
    match kind {
        SchemeKind::Basic => quote!(#ty::Basic),
        SchemeKind::Bearer { .. } => quote!(#ty::Bearer),
        SchemeKind::ApiKey {
            location,
            name,
            prefix,
        } => {
            let location_ty = cx.import("super::runtime::Location");
            let location = ident(match location {
                ApiKeyLocation::Header => "Header",
                ApiKeyLocation::Query => "Query",
                ApiKeyLocation::Cookie => "Cookie",
            });
            let prefix = prefix
                .as_ref()
                .map_or_else(|| quote!(None), |prefix| quote!(Some(#prefix)));
            quote!(#ty::ApiKey { location: #location_ty::#location, name: #name, prefix: #prefix })
        }
    }
}

/// The place of each scheme in the static description.
fn emit_constants(cx: &Cx<'_>) -> TokenStream {
    let constants = (0..).zip(&cx.shape.credentials).map(|(index, it)| {
        let name = &it.constant;
        let index = Literal::usize_unsuffixed(index);
        quote!(const #name: usize = #index;)
    });
    quote!(#(#constants)*)
}
