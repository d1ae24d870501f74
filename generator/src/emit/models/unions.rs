//! Unions: a variant per type, and one that keeps what fits none of them.

use super::emit_docs;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::written::{self, Written};
use crate::ir::{self, ItemId};
use crate::shape::Union;

/// The type, and the conversions into it.
pub(super) fn emit(cx: &Cx<'_>, out: &mut Written, id: ItemId, it: &Union, of: &ir::Union) {
    let name = &cx.shape[id].name;
    emit_docs(cx, out, 0, id);
    out.line(0, format!("#[derive({})]", it.derives.join(", ")));
    out.line(0, "#[non_exhaustive]");
    out.line(0, format!("pub enum {name} {{"));
    for (variant, branch) in it.variants.iter().zip(&of.branches) {
        out.docs(1, docs::branch(cx, branch));
        let ty = written::ty(cx, &variant.ty);
        out.line(1, format!("{}({ty}),", variant.name));
    }
    let value = written::name(cx, "serde_json::Value");
    out.line(1, "/// A value of none of the documented types.");
    out.line(1, format!("{}({value}),", it.unknown));
    out.line(0, "}");
    emit_conversions(cx, out, id, it);
}

/// `runtime::union_from! { Pet { Cat(Cat), } }`
fn emit_conversions(cx: &Cx<'_>, out: &mut Written, id: ItemId, it: &Union) {
    let variants = it.variants.iter();
    let convertible: Vec<_> = variants
        .filter_map(|it| Some((&it.name, it.from.as_ref()?)))
        .collect();
    if convertible.is_empty() {
        return;
    }
    let runtime = written::name(cx, "super::runtime");
    out.blank();
    out.line(
        0,
        format!("{runtime}::union_from! {{ {} {{", cx.shape[id].name),
    );
    for (variant, ty) in convertible {
        out.line(1, format!("{variant}({}),", written::ty(cx, ty)));
    }
    out.line(0, "} }");
}
