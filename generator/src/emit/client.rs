//! The client and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Cx, ident, prefixed, scheme_constant};
use super::{docs, servers};
use crate::ir::{SchemeId, SchemeKind, SecurityScheme};
use crate::markdown::{Text, inline, prose};

/// The types and their methods.
pub(super) fn emit(cx: &Cx<'_>) -> Vec<TokenStream> {
    let runtime = cx.import("super::runtime");
    let title = inline(&cx.api.info.title);
    let mut client_docs = Text::from(prose!("A client of {}.", title));
    client_docs.paragraph("Copies are cheap and share connections.");
    let client_docs = docs::attributes(client_docs);
    let builder_docs = docs::attributes(prose!("Sets up a [`Client`] of {}.", title));
    let schemes: Vec<(SchemeId, &SecurityScheme)> =
        (0..).map(SchemeId).zip(&cx.api.schemes).collect();
    let with = schemes
        .iter()
        .map(|(id, scheme)| emit_with(cx, *id, scheme));
    let credentials = schemes
        .iter()
        .map(|(id, scheme)| emit_credential(cx, *id, scheme));
    let server = servers::emit_setter(cx);
    let settings = emit_settings(cx);
    let error = cx.import("super::runtime::Error");
    let is_used = !cx.api.operations.is_empty() || !schemes.is_empty();
    let unused = (!is_used)
        .then(|| quote!(#[expect(dead_code, reason = "the document describes no operations")]));
    let client = quote! {
        #client_docs
        #[derive(Clone, Debug)]
        pub struct Client {
            #unused
            inner: #runtime::Client,
        }

        impl Client {
            /// Sets up a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { inner: #runtime::ClientBuilder::new(&API) }
            }

            #(#with)*
        }
    };
    let builder = quote! {
        #builder_docs
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            inner: #runtime::ClientBuilder,
        }

        impl ClientBuilder {
            #(#credentials)*
            #server
            #settings

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// Fails when the base URL is not one, or the transport cannot be set up.
            pub fn build(self) -> Result<Client, #error> {
                Ok(Client { inner: self.inner.build()? })
            }
        }
    };
    vec![client, builder]
}

/// The arguments of a credential, and the expression that makes it.
fn credential(cx: &Cx<'_>, scheme: &SecurityScheme) -> (TokenStream, TokenStream) {
    let credential = cx.import("super::runtime::Credential");
    let secret = cx.import("secrecy::SecretString");
    match &scheme.kind {
        SchemeKind::Basic => (
            quote!(username: impl Into<String>, password: impl Into<#secret>),
            quote!(#credential::basic(username, password)),
        ),
        SchemeKind::Bearer { .. } => (
            quote!(token: impl Into<#secret>),
            quote!(#credential::token(token)),
        ),
        SchemeKind::ApiKey { .. } => (
            quote!(key: impl Into<#secret>),
            quote!(#credential::token(key)),
        ),
    }
}

/// `Client::with_usertoken`
fn emit_with(cx: &Cx<'_>, id: SchemeId, scheme: &SecurityScheme) -> TokenStream {
    let setter = cx.names.scheme(id);
    let name = prefixed("with_", setter);
    let index = scheme_constant(setter);
    let docs = docs::attributes(docs::security::setter(
        scheme,
        "Returns a copy with another credential.",
    ));
    let (arguments, credential) = credential(cx, scheme);
    quote! {
        #docs
        #[must_use]
        pub fn #name(&self, #arguments) -> Self {
            Self { inner: self.inner.with_credential(#index, #credential) }
        }
    }
}

/// `ClientBuilder::usertoken` and `ClientBuilder::usertoken_provider`
fn emit_credential(cx: &Cx<'_>, id: SchemeId, scheme: &SecurityScheme) -> TokenStream {
    let provider = cx.import("super::runtime::CredentialProvider");
    let setter = cx.names.scheme(id);
    let setter_provider = ident(&format!(
        "{}_provider",
        setter.as_str().trim_end_matches('_')
    ));
    let index = scheme_constant(setter);
    let docs = docs::attributes(docs::security::setter(scheme, "Sets the credential."));
    let provider_docs = docs::attributes(prose!(
        "Sets who is asked for the credential of [`{}`](Self::{}) whenever a request needs it.",
        setter,
        setter
    ));
    let (arguments, credential) = credential(cx, scheme);
    quote! {
        #docs
        pub fn #setter(mut self, #arguments) -> Self {
            self.inner.credential(#index, #credential);
            self
        }

        #provider_docs
        pub fn #setter_provider(mut self, provider: impl #provider + 'static) -> Self {
            self.inner.provider(#index, provider);
            self
        }
    }
}

/// The settings that every client has.
fn emit_settings(cx: &Cx<'_>) -> TokenStream {
    let duration = cx.import("std::time::Duration");
    let transport = cx.import("super::runtime::Transport");
    quote! {
        /// Sends all requests to this base URL, whatever servers the document names. [`build`](Self::build) checks it.
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.inner.base_url(url);
            self
        }

        /// Sets how long a request may take in all, until the answer is there. Of a file, which is handed over as
        /// it comes, that is the time until it begins, and then for each pause in it; streams of values may pause.
        pub fn timeout(mut self, timeout: #duration) -> Self {
            self.inner.timeout(timeout);
            self
        }

        /// Sets how long connecting may take.
        pub fn connect_timeout(mut self, timeout: #duration) -> Self {
            self.inner.connect_timeout(timeout);
            self
        }

        /// Sets how many bytes the body of an answer may have. In memory its values may take 16 times as much.
        pub fn max_response_bytes(mut self, bytes: usize) -> Self {
            self.inner.max_response_bytes(bytes);
            self
        }

        /// Sets the `User-Agent` header.
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.inner.user_agent(user_agent);
            self
        }

        /// Lets credentials travel over plain `http`, which otherwise only loopback addresses may.
        pub fn allow_plain_http(mut self) -> Self {
            self.inner.allow_plain_http();
            self
        }

        /// Sends requests through another transport than the default one.
        pub fn transport(mut self, transport: impl #transport + 'static) -> Self {
            self.inner.transport(transport);
            self
        }
    }
}
