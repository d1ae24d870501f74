//! Enumerations, which are declared by a macro of the runtime: a line for each value.

use super::emit_docs;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::written::{self, Written};
use crate::ir::{self, ItemId, Value};
use crate::shape::Enumeration;

/// `runtime::string_enum! { .. }`
pub(super) fn strings(
    cx: &Cx<'_>,
    out: &mut Written,
    id: ItemId,
    it: &Enumeration,
    values: &[ir::Variant<String>],
) {
    emit(cx, out, "string_enum", id, it, values, |value| {
        written::literal(value)
    });
}

/// `runtime::integer_enum! { .. }`
pub(super) fn integers(
    cx: &Cx<'_>,
    out: &mut Written,
    id: ItemId,
    it: &Enumeration,
    values: &[ir::Variant<i64>],
) {
    emit(cx, out, "integer_enum", id, it, values, i64::to_string);
}

/// `runtime::value_enum! { .. }`
pub(super) fn mixed(
    cx: &Cx<'_>,
    out: &mut Written,
    id: ItemId,
    it: &Enumeration,
    values: &[ir::Variant<Value>],
) {
    // `lower` makes enumerations of scalars alone.
    emit(cx, out, "value_enum", id, it, values, written::scalar);
}

fn emit<T: std::fmt::Display>(
    cx: &Cx<'_>,
    out: &mut Written,
    name: &str,
    id: ItemId,
    it: &Enumeration,
    values: &[ir::Variant<T>],
    literal: fn(&T) -> String,
) {
    let runtime = written::name(cx, "super::runtime");
    out.line(0, format!("{runtime}::{name}! {{"));
    emit_docs(cx, out, 1, id);
    out.line(1, format!("pub enum {} {{", cx.shape[id].name));
    for (variant, value) in it.variants.iter().zip(values) {
        out.docs(2, docs::variant(value));
        out.line(2, format!("{} = {},", variant.name, literal(&value.value)));
    }
    out.line(1, "}");
    out.line(0, "}");
}
