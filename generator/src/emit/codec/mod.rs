//! `codec.rs`: a table for each model, from which the runtime's macros read and write it. It is separate from the
//! models, since it is mechanical.

mod multipart;
mod unions;

use super::context::Cx;
use super::written::{self, Written};
use crate::ir::{self, ItemId, ItemKind, Presence};
use crate::output::{Source, Unformatted};
use crate::shape::{Direction, Kind, Member, Struct};

/// The file of the codec; `None` when no model needs one.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    let cx = cx.file([]);
    let tables = emit_tables(&cx, cx.api.item_ids());
    if tables.is_empty() {
        return None;
    }
    Some(Source {
        docs: "Reads and writes the models.".to_owned(),
        items: cx.imports.complete(tables),
    })
}

/// The tables of some models.
pub(super) fn emit_tables(cx: &Cx<'_>, ids: impl Iterator<Item = ItemId>) -> Vec<Unformatted> {
    ids.filter_map(|id| emit_item(cx, id)).collect()
}

fn emit_item(cx: &Cx<'_>, id: ItemId) -> Option<Unformatted> {
    match (&cx.shape[id].kind, &cx.api[id].kind) {
        (Kind::Struct(it), ItemKind::Struct(of)) => Some(match &of.parts {
            Some(parts) => multipart::emit(cx, id, it, of, parts),
            None => emit_struct(cx, id, it, of),
        }),
        (Kind::Union(it), ItemKind::Union(of)) => Some(unions::emit(cx, id, it, of)),
        // Enumerations have it where they are declared, and other names need none.
        _ => None,
    }
}

/// `runtime::object! { models::Pet { id = "id", } }`
fn emit_struct(cx: &Cx<'_>, id: ItemId, it: &Struct, of: &ir::Struct) -> Unformatted {
    let mut out = Written::default();
    let head = if it.has_blank() {
        head(cx, id, "object")
    } else {
        head(cx, id, "object").replacen("::", "::foreign::", 1)
    };
    if it.members.is_empty() && it.rest.is_none() {
        out.line(0, format!("{head} {{}} }}"));
        return out.finish();
    }
    out.line(0, format!("{head} {{"));
    for (member, field) in it.members.iter().zip(&of.fields) {
        let wire_name = written::literal(&field.wire_name);
        out.line(
            1,
            match member {
                Member::Field(it) if it.presence == Presence::Nullable => {
                    format!("#[nullable] {} = {wire_name},", it.name)
                }
                Member::Field(it) if !it.has_blank => {
                    format!("#[slot] {} = {wire_name},", it.name)
                }
                Member::Field(it) => format!("{} = {wire_name},", it.name),
                Member::Constant(it) => format!("{wire_name} = {},", written::scalar(&it.value)),
            },
        );
    }
    if let Some((name, _)) = &it.rest {
        out.line(1, format!("..{name}"));
    }
    out.line(0, "} }");
    out.finish()
}

/// The start of a table, whose macro is called after the ways that values go: `runtime::received_object! {
/// models::Pet`.
fn head(cx: &Cx<'_>, id: ItemId, of: &str) -> String {
    let runtime = written::name(cx, "super::runtime");
    let direction = match cx.shape[id].direction {
        Direction {
            sent: true,
            received: true,
        } => "",
        Direction { sent: true, .. } => "sent_",
        Direction { .. } => "received_",
    };
    format!("{runtime}::{direction}{of}! {{ {}", cx.item_text(id))
}
