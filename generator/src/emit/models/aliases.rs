//! Another name for a type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::{docs, types};
use crate::ir::{Item, Type, TypeNames};

/// `pub type Pets = Vec<Pet>;`
pub(super) fn emit(cx: &Cx<'_>, item: &Item, ty: &Type, names: &TypeNames) -> TokenStream {
    let docs = docs::item(item);
    let deprecated = docs::deprecated(item.deprecated);
    let name = &names.ty;
    let ty = types::emit(cx, ty);
    quote! {
        #docs
        #deprecated
        pub type #name = #ty;
    }
}
