//! The servers of an API: a type to choose by, where there is something to choose.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Cx;
use super::docs::{self, Text, markdown};
use crate::ir::{Ident, Server, ServerNames, ServerVariable};

/// Whether there is anything to choose.
fn has_choice(cx: &Cx<'_>) -> bool {
    cx.api.servers.len() > 1
        || cx
            .api
            .servers
            .iter()
            .any(|server| !server.variables.is_empty())
}

/// The servers in the module's docs.
pub(super) fn list(cx: &Cx<'_>) -> String {
    let choice = has_choice(cx);
    let mut text = Text::default();
    // A document that names no server has one without a URL.
    let servers = cx.api.servers.iter().zip(&cx.names.servers);
    for (server, names) in servers.filter(|(it, _)| choice || !it.url.is_empty()) {
        let mut entry = Text::default();
        let url = markdown::code(&server.url);
        let constructor = &names.constructor;
        entry.paragraph(&if choice {
            format!("{url}: [`Server::{constructor}`]")
        } else {
            url
        });
        entry.paragraph(
            &server
                .description
                .as_deref()
                .map(markdown::block)
                .unwrap_or_default(),
        );
        text.item(&entry.0);
    }
    match text.0.trim_start() {
        "" => "The document names none: give the client one by [`ClientBuilder::base_url`]."
            .to_owned(),
        list => list.to_owned(),
    }
}

/// `ClientBuilder::server`
pub(super) fn emit_setter(cx: &Cx<'_>) -> Option<TokenStream> {
    has_choice(cx).then(|| {
        quote! {
            /// Sends requests to another of the API's servers. Operations with servers of their own keep to these.
            pub fn server(mut self, server: Server) -> Self {
                self.inner.server(server.url);
                self
            }
        }
    })
}

/// The type, its constructors and its setters.
pub(super) fn emit(cx: &Cx<'_>) -> Option<TokenStream> {
    if !has_choice(cx) {
        return None;
    }
    let servers = cx.api.servers.iter().zip(&cx.names.servers);
    let constructors = servers.map(|(server, names)| emit_constructor(cx, server, names));
    Some(quote! {
        /// Where the API is served.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Server {
            url: String,
        }

        impl Server {
            #(#constructors)*

            /// The base URL.
            #[must_use]
            pub fn url(&self) -> &str {
                &self.url
            }
        }
    })
}

/// `pub fn production() -> Self`, with an argument for each variable.
fn emit_constructor(_cx: &Cx<'_>, server: &Server, names: &ServerNames) -> TokenStream {
    let docs = docs::attributes(&constructor_docs(server, &names.variables));
    let constructor = &names.constructor;
    let url = &server.url;
    let variables = &names.variables;
    if variables.is_empty() {
        return quote! {
            #docs
            #[must_use]
            pub fn #constructor() -> Self {
                Self { url: #url.to_owned() }
            }
        };
    }
    let placeholders = server
        .variables
        .iter()
        .map(|variable| format!("{{{}}}", variable.name));
    quote! {
        #docs
        #[must_use]
        pub fn #constructor(#(#variables: &str),*) -> Self {
            Self { url: #url #(.replace(#placeholders, #variables))* }
        }
    }
}

fn constructor_docs(server: &Server, names: &[Ident]) -> String {
    let mut text = Text::default();
    text.paragraph(
        &server
            .description
            .as_deref()
            .map(markdown::block)
            .unwrap_or_default(),
    );
    text.paragraph(&format!("URL: {}", markdown::code(&server.url)));
    if !names.is_empty() {
        text.paragraph("# Arguments");
        let mut list = Text::default();
        for (variable, name) in server.variables.iter().zip(names) {
            list.item(&variable_docs(variable, name));
        }
        text.paragraph(list.0.trim_start());
    }
    text.0
}

fn variable_docs(variable: &ServerVariable, name: &Ident) -> String {
    let mut text = Text::default();
    text.paragraph(&format!(
        "`{name}`: usually {}.",
        markdown::code(&variable.default)
    ));
    if !variable.allowed.is_empty() {
        let allowed: Vec<String> = variable
            .allowed
            .iter()
            .map(|it| markdown::code(it))
            .collect();
        text.paragraph(&format!("One of: {}", allowed.join(", ")));
    }
    text.paragraph(
        &variable
            .description
            .as_deref()
            .map(markdown::block)
            .unwrap_or_default(),
    );
    text.0
}
