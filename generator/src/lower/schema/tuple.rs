//! Tuples: arrays that have a schema for each of their items.

use crate::ir::{Type, Why};
use crate::lower::context::Context;
use crate::model::Schema;

/// How many types may stand in a tuple, in those inside it, too. Tuples of tuples multiply.
const MOST_TYPES: usize = 500;

/// The type of an array with such items.
pub(super) fn lower(cx: &mut Context, array: &Schema, items: Vec<Type>) -> Type {
    let ty = Type::Tuple(items);
    if types_in(&ty) <= MOST_TYPES {
        return ty;
    }
    let what = format!("a tuple with more than {MOST_TYPES} types");
    cx.unsupported(&array.place, &what, "read and written as any JSON value");
    cx.any(&array.place, Why::Items)
}

fn types_in(ty: &Type) -> usize {
    match ty {
        Type::Tuple(items) => 1 + items.iter().map(types_in).sum::<usize>(),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
            1 + types_in(inner)
        }
        _ => 1,
    }
}
