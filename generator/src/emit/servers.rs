//! The servers of an API: a type for choosing one, if there is a choice.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Cx;
use super::docs;
use crate::ir::{Ident, Server, ServerNames, ServerVariable};
use crate::markdown::{Text, code, prose};
use crate::output::Unformatted;

/// Whether there is anything to choose.
fn has_choice(cx: &Cx<'_>) -> bool {
    cx.api.servers.len() > 1
        || cx
            .api
            .servers
            .iter()
            .any(|server| !server.variables.is_empty())
}

/// Adds the servers to the module's docs.
pub(super) fn list(cx: &Cx<'_>, text: &mut Text) {
    let choice = has_choice(cx);
    // A document that names no server has one without a URL.
    let servers = cx.api.servers.iter().zip(&cx.names.servers);
    let servers = servers.filter(|(it, _)| choice || !it.url.is_empty());
    let servers: Vec<Text> = servers
        .map(|(server, names)| {
            let url = code(&server.url);
            let mut entry = Text::from(if choice {
                prose!("{}: [`Server::{}`]", url, names.constructor)
            } else {
                url
            });
            entry.description(server.description.as_deref());
            entry
        })
        .collect();
    if servers.is_empty() {
        text.paragraph("The document lists no servers. Set one with [`ClientBuilder::base_url`].");
    }
    text.list(servers);
}

/// `ClientBuilder::server`
pub(super) fn emit_setter(cx: &Cx<'_>) -> Option<Unformatted> {
    let setter = quote! {
        impl ClientBuilder {
            /// Sets the server that requests are sent to. Operations with servers of their own still use those.
            pub fn server(mut self, server: Server) -> Self {
                self.inner.server(server.url);
                self
            }
        }
    };
    has_choice(cx).then(|| cx.imports.item(setter))
}

/// The type, its constructors and its setters.
pub(super) fn emit(cx: &Cx<'_>) -> Option<TokenStream> {
    if !has_choice(cx) {
        return None;
    }
    let servers = cx.api.servers.iter().zip(&cx.names.servers);
    let constructors = servers.map(|(server, names)| emit_constructor(server, names));
    Some(quote! {
        /// A server of the API.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Server {
            url: String,
        }

        impl Server {
            #(#constructors)*

            /// Returns the base URL.
            #[must_use]
            pub fn url(&self) -> &str {
                &self.url
            }
        }
    })
}

/// `pub fn production() -> Self`, with an argument for each variable.
fn emit_constructor(server: &Server, names: &ServerNames) -> TokenStream {
    let docs = docs::attributes(constructor_docs(server, &names.variables));
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

fn constructor_docs(server: &Server, names: &[Ident]) -> Text {
    let mut text = Text::default();
    text.description(server.description.as_deref());
    text.paragraph(prose!("URL: {}", code(&server.url)));
    if !names.is_empty() {
        text.heading(1, "Arguments");
        let variables = server.variables.iter().zip(names);
        text.list(variables.map(|(variable, name)| variable_docs(variable, name)));
    }
    text
}

fn variable_docs(variable: &ServerVariable, name: &Ident) -> Text {
    let mut text = Text::default();
    text.paragraph(prose!(
        "`{}`, by default {}.",
        name,
        code(&variable.default)
    ));
    if !variable.allowed.is_empty() {
        text.paragraph(prose!("One of: {}", docs::codes(&variable.allowed, ", ")));
    }
    text.description(variable.description.as_deref());
    text
}
