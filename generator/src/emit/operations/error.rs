//! The error of an operation: a variant for each documented status, and one for everything else.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, reply};
use crate::emit::context::{Cx, constant};
use crate::emit::docs;
use crate::ir::Operation;
use crate::markdown::prose;

/// `pub enum GetPetError`
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let runtime = cx.import("super::runtime");
    let other = cx.import("super::runtime::Error");
    let error = &names.names.error;
    let method = &names.names.method;
    let descriptor = constant(method);
    let docs = docs::attributes(prose!("Why [`Client::{}`] failed.", method));
    let failures = names.failures(operation);
    let variants = failures.iter().map(|(index, response, variant)| {
        let docs = docs::attributes(docs::operation::variant(response));
        let body = reply::failure_type(cx, operation, names, *index);
        quote!(#docs #variant(#body))
    });
    let variant_names = failures.iter().map(|(_, _, name)| name);
    quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #error {
            #(#variants,)*
            /// Anything else: the request was not sent, or the answer is not one that is documented.
            Other(#other),
        }

        #runtime::operation_error!(#error, #descriptor, [#(#variant_names),*]);
    }
}
