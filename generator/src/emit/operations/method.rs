//! The client's method for an operation: required arguments in, request builder out.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, body, builder};
use crate::emit::context::{Cx, constant};
use crate::emit::{arguments, docs, example};
use crate::ir::Operation;

/// `pub fn get_pet(&self, pet_id: i64) -> GetPet`
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let docs = docs::attributes(docs::operation::method(cx, operation, names));
    let example = example::emit(cx, operation, names);
    let deprecated = docs::deprecated(operation.deprecated);
    let method = &names.names.method;
    let builder = &names.names.builder;
    let descriptor = constant(method);
    let required = operation
        .arguments
        .iter()
        .zip(&names.names.arguments)
        .filter(|(it, _)| it.required);
    let mut declarations: Vec<TokenStream> = Vec::new();
    let mut statements: Vec<TokenStream> = Vec::new();
    for (argument, name) in required {
        let ty = arguments::emit_borrowed(cx, name, &argument.ty).ty;
        declarations.push(quote!(#name: #ty));
        statements.push(builder::emit_argument(cx, &quote!(call), argument, name));
    }
    if let Some(body) = operation.body.as_ref().filter(|it| it.required) {
        let name = &names.names.body;
        let ty = body::argument_type(cx, body, names);
        declarations.push(quote!(#name: #ty));
        statements.push(body::emit_statement(cx, &quote!(call), body, names));
    }
    let mutable = (!statements.is_empty()).then(|| quote!(mut));
    let too_many = (declarations.len() >= 7).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "one for each required argument")]),
    );
    quote! {
        #docs
        #example
        #deprecated
        #too_many
        pub fn #method(&self, #(#declarations),*) -> #builder {
            let #mutable call = self.inner.call(&#descriptor);
            #(#statements)*
            #builder { call }
        }
    }
}
