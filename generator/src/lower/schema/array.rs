//! Arrays.

use crate::ir::{Type, Why};
use crate::lower::context::{Context, Role};
use crate::lower::schema;
use crate::model::{Schema, SchemaId};

/// How many types may stand in a tuple, in those inside it, too. Tuples of tuples multiply.
const MOST_TYPES: usize = 500;

/// The type of a schema whose JSON type is `array`.
pub(super) fn lower(cx: &mut Context, id: SchemaId, array: &Schema, role: &Role) -> Type {
    if !array.prefix_items.is_empty() {
        return tuple(cx, id, array, role);
    }
    let item = match array.items {
        Some(items) => schema::lower_inside(cx, items, &role.part("item")),
        None => cx.any(&array.place, Why::Items),
    };
    Type::Array(Box::new(item))
}

/// An array that has a schema for each of its items. It has no name, and is the same wherever it stands.
fn tuple(cx: &mut Context, id: SchemaId, array: &Schema, role: &Role) -> Type {
    if let Some(known) = cx.tuple(id) {
        return known.clone();
    }
    let items = (1..).zip(&array.prefix_items);
    let items = items
        .map(|(place, item)| schema::lower_inside(cx, *item, &role.part(&format!("item {place}"))));
    let mut ty = Type::Tuple(items.collect());
    if types_in(&ty) > MOST_TYPES {
        let what = format!("a tuple of more than {MOST_TYPES} types");
        cx.unsupported(&array.place, &what, "read and written as any JSON value");
        ty = cx.any(&array.place, Why::Items);
    }
    cx.note_tuple(id, ty.clone());
    ty
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
