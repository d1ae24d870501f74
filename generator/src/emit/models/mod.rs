//! `models.rs`: the types of requests and responses.

mod aliases;
mod enums;
mod structs;
mod unions;

use super::context::Cx;
use super::docs;
use super::written::{self, Written};
use crate::ir::{EnumerationValues, ItemId, ItemKind};
use crate::output::{Source, Unformatted};
use crate::shape::{Kind, Type};

/// The file of the models; `None` when the API has none.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    let cx = cx.models_file();
    let items = emit_items(&cx, cx.api.item_ids());
    if items.is_empty() {
        return None;
    }
    Some(Source {
        docs: "The types of requests and responses.".to_owned(),
        items: cx.imports.complete(items),
    })
}

/// Some of the types.
pub(super) fn emit_items(cx: &Cx<'_>, ids: impl Iterator<Item = ItemId>) -> Vec<Unformatted> {
    ids.flat_map(|id| emit_item(cx, id).into_iter().chain(aliases::emit(cx, id)))
        .collect()
}

/// One type, with what belongs to it.
fn emit_item(cx: &Cx<'_>, id: ItemId) -> Option<Unformatted> {
    let mut out = Written::default();
    match (&cx.shape[id].kind, &cx.api[id].kind) {
        (Kind::Struct(it), ItemKind::Struct(of)) => structs::emit(cx, &mut out, id, it, of),
        (Kind::Enumeration(it), ItemKind::Enumeration(of)) => match &of.values {
            EnumerationValues::Strings(values) => enums::strings(cx, &mut out, id, it, values),
            EnumerationValues::Integers(values) => enums::integers(cx, &mut out, id, it, values),
            EnumerationValues::Mixed(values) => enums::mixed(cx, &mut out, id, it, values),
        },
        (Kind::Union(it), ItemKind::Union(of)) => unions::emit(cx, &mut out, id, it, of),
        (Kind::Alias(ty), _) => {
            emit_docs(cx, &mut out, 0, id);
            emit_alias(cx, &mut out, id, ty);
        }
        // What it is stands at the other.
        (Kind::Twin(of), _) => {
            out.deprecated(0, cx.api[id].deprecated);
            emit_alias(cx, &mut out, id, &Type::Item(*of));
        }
        // Nothing is written; or the shape is of another API.
        (Kind::Omitted | Kind::Struct(_) | Kind::Enumeration(_) | Kind::Union(_), _) => {
            return None;
        }
    }
    Some(out.finish())
}

/// `pub type Pets = Vec<Pet>;`
fn emit_alias(cx: &Cx<'_>, out: &mut Written, id: ItemId, ty: &Type) {
    let (name, ty) = (&cx.shape[id].name, written::ty(cx, ty));
    out.line(0, format!("pub type {name} = {ty};"));
}

/// What comes before a declaration.
fn emit_docs(cx: &Cx<'_>, out: &mut Written, depth: usize, id: ItemId) {
    out.docs(depth, docs::item(cx, id));
    out.deprecated(depth, cx.api[id].deprecated);
}
