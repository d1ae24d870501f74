//! `models.rs`: the types, as people read them.

mod aliases;
mod enums;
mod structs;
mod unions;

use proc_macro2::TokenStream;

use super::context::Cx;
use crate::ir::{ItemId, ItemKind};
use crate::output::Source;

/// The file of the models; `None` when the API has none.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    if cx.api.items.is_empty() {
        return None;
    }
    let cx = cx.models_file();
    let items: Vec<TokenStream> = (0..)
        .zip(&cx.api.items)
        .map(|(id, _)| emit_item(&cx, ItemId(id)))
        .collect();
    let docs = "What requests carry and responses bring.".to_owned();
    Some(Source {
        docs,
        items: cx.imports.complete(items),
    })
}

/// One type, with what belongs to it.
fn emit_item(cx: &Cx<'_>, id: ItemId) -> TokenStream {
    let item = &cx.api[id];
    match &item.kind {
        ItemKind::Struct(it) => structs::emit(cx, item, it, cx.names.item(id)),
        ItemKind::Enumeration(it) => enums::emit(cx, item, it, cx.names.item(id)),
        ItemKind::Union(it) => unions::emit(cx, item, it, cx.names.item(id)),
        ItemKind::Alias(ty) => aliases::emit(cx, item, ty, cx.names.item(id)),
    }
}
