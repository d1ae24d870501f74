//! The files of an API, and its `mod.rs`: the docs of the API, its static description, and its client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use rayon::prelude::*;

use super::context::{Cx, Module, ident};
use super::docs;
use super::file::File;
use super::{
    by_tag, client, codec, example, features, incoming, lints, mock, models, operations, servers,
    sessions, xml,
};
use crate::config::Output;
use crate::ir::{ApiKeyLocation, Ident, OperationId, SchemeId, SchemeKind};
use crate::markdown::{self, Inline, Text, inline, prose};
use crate::output::{Source, Unformatted};
use crate::shape::Part;

/// The files of an API, by path relative to its folder.
pub(super) fn emit(module: &Module<'_>, output: &Output) -> Vec<(String, Source)> {
    let cx = Cx::new(module, output);
    let write = |file: File<'_>| Some((file.path, (file.emit)(&Cx::new(module, output))?));
    let files = files(&cx).into_par_iter().with_max_len(1);
    let mut files: Vec<(String, Source)> = files.filter_map(write).collect();
    let modules = submodules(&cx, |path| files.iter().any(|it| it.0 == path));
    files.push(("mod.rs".to_owned(), emit_root(&cx, modules)));
    files
}

/// The files besides `mod.rs`.
fn files<'a>(cx: &Cx<'a>) -> Vec<File<'a>> {
    let mut files = match &cx.shape.parts {
        // Each file of models has the tables of its own.
        Some(parts) => by_tag::files(parts),
        None => vec![
            File::new("models.rs", models::emit),
            File::new("codec.rs", codec::emit),
        ],
    };
    files.push(File::new("xml.rs", xml::emit));
    files.push(File::new("arguments.rs", operations::shared::emit));
    files.push(File::new("mock.rs", mock::emit));
    let groups = cx.api.groups.iter().zip(&cx.names.groups);
    files.extend(groups.map(|(group, name)| {
        File::new(format!("{name}.rs"), |cx| Some(operations::emit(cx, group)))
    }));
    files.extend(incoming::kinds(cx).into_iter().map(|kind| {
        File::new(format!("{}.rs", kind.module), move |cx| {
            incoming::emit(cx, &kind)
        })
    }));
    files
}

/// The modules of the files that are there.
fn submodules<'a>(cx: &Cx<'a>, is_there: impl Fn(&str) -> bool) -> Vec<Submodule<'a>> {
    let groups = (0..).zip(&cx.names.groups).map(|(index, name)| Submodule {
        attribute: features::condition(cx, Part::Group(index)),
        ..Submodule::new(name.as_str())
    });
    let incoming = incoming::kinds(cx).into_iter();
    let incoming = incoming.filter(|kind| is_there(&format!("{}.rs", kind.module)));
    let incoming = incoming.map(|kind| Submodule {
        is_public: true,
        attribute: features::condition(cx, kind.part),
        ..Submodule::new(kind.module)
    });
    let models = (is_there("models.rs") || is_there("models/mod.rs")).then(|| Submodule {
        is_public: true,
        ..Submodule::new("models")
    });
    let codec = is_there("codec.rs").then(|| Submodule::new("codec"));
    let xml = is_there("xml.rs").then(|| Submodule {
        attribute: cx.shape.parts.as_ref().map(|_| {
            let reason = "a feature may need models without their XML";
            quote!(#[allow(dead_code, unused_imports, reason = #reason)])
        }),
        ..Submodule::new("xml")
    });
    let arguments = is_there("arguments.rs").then(|| Submodule {
        is_public: true,
        attribute: cx.shape.parts.as_ref().map(|_| {
            let reason = "a feature may need models that no argument uses";
            quote!(#[allow(unused_imports, reason = #reason)])
        }),
        ..Submodule::new("arguments")
    });
    let mock = is_there("mock.rs").then(|| Submodule {
        is_public: true,
        attribute: Some(mock_attribute(cx)),
        ..Submodule::new("mock")
    });
    groups
        .chain(incoming)
        .chain(arguments)
        .chain(mock)
        .chain(models)
        .chain(codec)
        .chain(xml)
        .collect()
}

/// The service for tests is behind a feature.
fn mock_attribute(cx: &Cx<'_>) -> TokenStream {
    let unused = cx.shape.parts.as_ref().map(|_| {
        let reason = "a feature may need models that no response uses";
        quote!(#[allow(unused_imports, reason = #reason)])
    });
    quote!(#[cfg(feature = "mock")] #unused)
}

/// A module of an API besides `mod.rs`.
struct Submodule<'a> {
    name: &'a str,
    is_public: bool,
    /// What has to be for it to be there, or what lints are told of it.
    attribute: Option<TokenStream>,
}

impl<'a> Submodule<'a> {
    /// One that is always there, and not public.
    fn new(name: &'a str) -> Self {
        Self {
            name,
            is_public: false,
            attribute: None,
        }
    }
}

fn emit_root(cx: &Cx<'_>, modules: Vec<Submodule<'_>>) -> Source {
    let exported = cx.api.groups.iter().flat_map(|it| {
        [
            operations::declared(cx, it),
            operations::aliases::declared(cx, it),
        ]
    });
    let own = ["Client", "ClientBuilder", "Server"].map(str::to_owned);
    let cx = cx.file(own.into_iter().chain(exported.flatten()));
    let tokens = [emit_description(&cx), emit_constants(&cx)].into_iter();
    let tokens = tokens.filter(|it| !it.is_empty());
    let mut contents: Vec<Unformatted> = tokens.map(|it| cx.imports.item(it)).collect();
    contents.extend(client::emit(&cx));
    contents.extend(sessions::emit(&cx));
    contents.extend(servers::emit(&cx).map(|it| cx.imports.item(it)));
    let items = [lints::emit(&cx, modules.iter().map(|it| it.name))]
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

/// The groups and the tables of operations, webhooks and callbacks. Where features switch these on, each has its own
/// table, and here are the features.
fn emit_contents(cx: &Cx<'_>) -> Text {
    let mut text = Text::default();
    let groups = groups(cx);
    if !groups.is_empty() {
        text.heading(1, "Groups");
        text.append(groups);
    }
    if let Some(parts) = &cx.shape.parts {
        text.heading(1, "Features");
        text.append(features::emit_docs(cx, parts));
        return text;
    }
    if !cx.api.operations.is_empty() || cx.api.incoming.is_empty() {
        text.heading(1, "Operations");
        let ids = (0..).map(OperationId).zip(&cx.api.operations);
        let ids = ids.map(|(id, _)| id);
        docs::operation::table(cx, &mut text, "Client", ids);
    }
    for kind in incoming::kinds(cx) {
        text.heading(1, kind.title);
        docs::incoming::table(cx, &mut text, Some(kind.module), "models", &kind.all);
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

fn emit_modules(mut modules: Vec<Submodule<'_>>) -> TokenStream {
    modules.sort_by_key(|it| it.name);
    let modules = modules.into_iter().map(emit_module);
    quote!(#(#modules)*)
}

/// `mod pets;` Rust looks for files of ASCII names alone, unless it is told the name.
fn emit_module(module: Submodule<'_>) -> TokenStream {
    let Submodule {
        name, attribute, ..
    } = module;
    let path = (!name.is_ascii()).then(|| format!("{name}.rs"));
    let path = path.map(|path| quote!(#[path = #path]));
    let visibility = module.is_public.then(|| quote!(pub));
    let name = ident(name);
    quote!(#attribute #path #visibility mod #name;)
}

/// The types of each group, as this module's own.
fn emit_exports(cx: &Cx<'_>) -> TokenStream {
    let mut groups: Vec<_> = cx
        .names
        .groups
        .iter()
        .zip(&cx.api.groups)
        .enumerate()
        .collect();
    groups.sort_by_key(|(_, (name, _))| *name);
    let exports = groups.into_iter().map(|(index, (name, group))| {
        let condition = features::condition(cx, Part::Group(index));
        let types = emit_export(condition.as_ref(), name, operations::declared(cx, group));
        let reason = "callers may still use the old names";
        let expected = quote!(#condition #[expect(deprecated, reason = #reason)]);
        let aliases = emit_export(
            Some(&expected),
            name,
            operations::aliases::declared(cx, group),
        );
        quote!(#types #aliases)
    });
    quote!(#(#exports)*)
}

/// `pub use self::pets::{GetPet, GetPetError};`
fn emit_export(
    attributes: Option<&TokenStream>,
    module: &Ident,
    mut types: Vec<String>,
) -> Option<TokenStream> {
    types.sort();
    let types: Vec<_> = types.iter().map(|it| ident(it)).collect();
    match types.as_slice() {
        [] => None,
        [one] => Some(quote!(#attributes pub use self::#module::#one;)),
        _ => Some(quote!(#attributes pub use self::#module::{#(#types),*};)),
    }
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
        SchemeKind::Http { scheme } => quote!(#ty::Http(#scheme)),
        SchemeKind::Digest => {
            let digest = cx.import("super::runtime::Digest");
            quote!(#ty::Responding(&#digest))
        }
        SchemeKind::MutualTls => quote!(#ty::MutualTls),
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
