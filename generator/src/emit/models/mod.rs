//! `models.rs`: the types, as people read them.

mod aliases;
mod enums;
mod structs;
mod unions;

use super::context::Cx;
use crate::ir::{ItemId, ItemKind};
use crate::output::{Source, Unformatted};

/// The file of the models; `None` when the API has none.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    if cx.api.items.is_empty() {
        return None;
    }
    let cx = cx.models_file();
    let items: Vec<Unformatted> = (0..)
        .zip(&cx.api.items)
        .flat_map(|(id, _)| emit_item(&cx, ItemId(id)))
        .collect();
    let docs = "What requests carry and responses bring.".to_owned();
    Some(Source {
        docs,
        items: cx.imports.complete(items),
    })
}

/// One type, with what belongs to it.
fn emit_item(cx: &Cx<'_>, id: ItemId) -> Vec<Unformatted> {
    let item = &cx.api[id];
    let tokens = match &item.kind {
        ItemKind::Struct(it) => return structs::emit(cx, item, it, cx.names.item(id)).into(),
        ItemKind::Enumeration(it) => enums::emit(cx, item, it, cx.names.item(id)),
        ItemKind::Union(it) => unions::emit(cx, item, it, cx.names.item(id)),
        ItemKind::Alias(ty) => aliases::emit(cx, item, ty, cx.names.item(id)),
    };
    vec![cx.imports.item(tokens)]
}
