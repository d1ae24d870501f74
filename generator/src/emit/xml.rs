//! How types look as XML.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Cx;
use crate::ir::Payload;

/// The static that describes a payload.
pub(super) fn shape(_cx: &Cx<'_>, _payload: &Payload) -> TokenStream {
    quote!(())
}
