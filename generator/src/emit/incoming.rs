//! `webhooks.rs` and `callbacks.rs`: how to read what the API sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Cx, ident};
use super::{docs, types, xml};
use crate::ir::{Cause, Ident, Incoming};
use crate::output::{Source, Unformatted};

/// A kind of requests that the API makes.
pub(super) struct Kind<'a> {
    /// The module, and its file.
    pub(super) module: &'static str,
    /// Its title in the docs.
    pub(super) title: &'static str,
    /// What the module's docs begin with.
    about: &'static str,
    /// The requests, each with its function.
    pub(super) all: Vec<(&'a Incoming, &'a Ident)>,
}

/// The kinds that the API has.
pub(super) fn kinds<'a>(cx: &Cx<'a>) -> Vec<Kind<'a>> {
    let all = cx.api.incoming.iter().zip(&cx.names.incoming);
    let (webhooks, callbacks) = all.partition(|(it, _)| it.cause == Cause::Webhook);
    let webhooks = Kind {
        module: "webhooks",
        title: "Webhooks",
        about: "What the API sends when something happens there.",
        all: webhooks,
    };
    let callbacks = Kind {
        module: "callbacks",
        title: "Callbacks",
        about: "What the API sends to where an operation told it to.",
        all: callbacks,
    };
    let kinds = [webhooks, callbacks].into_iter();
    kinds.filter(|kind| !kind.all.is_empty()).collect()
}

/// The file of a kind; `None` when there is nothing in it that could be read.
pub(super) fn emit(cx: &Cx<'_>, kind: &Kind<'_>) -> Option<Source> {
    let read = kind
        .all
        .iter()
        .filter(|(it, _)| docs::incoming::is_read(it));
    let cx = cx.file(read.clone().map(|(_, name)| name.to_string()));
    let functions: Vec<Unformatted> = read
        .filter_map(|(it, name)| emit_function(&cx, it, name))
        .map(|it| cx.imports.item(it))
        .collect();
    (!functions.is_empty()).then(|| Source {
        docs: kind.about.to_owned(),
        items: cx.imports.complete(functions),
    })
}

/// `pub fn new_pet(body: &[u8]) -> Result<models::Pet, DecodeError>`
fn emit_function(cx: &Cx<'_>, incoming: &Incoming, name: &Ident) -> Option<TokenStream> {
    let payload = docs::incoming::read_payload(incoming)?;
    let docs = docs::attributes(docs::incoming::function(cx, incoming));
    let deprecated = docs::deprecated(incoming.deprecated);
    let runtime = cx.import("super::runtime");
    let error = cx.import("super::runtime::DecodeError");
    let ty = types::emit(cx, &payload.ty);
    let read = match (payload.json().is_some(), xml::reach::is_xml(payload)) {
        (_, false) => quote!(#runtime::from_slice(body)),
        (is_either, true) => {
            let read = ident(if is_either {
                "from_json_or_xml"
            } else {
                "from_slice"
            });
            let shape = xml::shape(cx, payload);
            quote!(#runtime::xml::#read(body, &#shape))
        }
    };
    Some(quote! {
        #docs
        #deprecated
        pub fn #name(body: &[u8]) -> Result<#ty, #error> {
            #read
        }
    })
}
