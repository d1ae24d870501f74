//! Arrays.

use super::context::{Context, Role};
use super::schema;
use crate::ir::{Type, Why};
use crate::model::Schema;

/// The type of a schema whose JSON type is `array`.
pub(super) fn lower(cx: &mut Context, array: &Schema, role: &Role) -> Type {
    if !array.prefix_items.is_empty() {
        let items = (1..).zip(&array.prefix_items);
        return Type::Tuple(
            items
                .map(|(place, item)| {
                    schema::lower_value(cx, *item, &role.part(&format!("item {place}")))
                })
                .collect(),
        );
    }
    let item = match array.items {
        Some(items) => schema::lower_value(cx, items, &role.part("item")),
        None => cx.any(&array.place, Why::Items),
    };
    Type::Array(Box::new(item))
}
