//! Arrays.

use super::context::{Context, Role};
use super::schema;
use crate::ir::Type;
use crate::model::Schema;

/// The type of a schema whose JSON type is `array`.
pub(super) fn lower(cx: &mut Context, array: &Schema, role: &Role) -> Type {
    if !array.prefix_items.is_empty() {
        cx.unsupported(
            &array.place,
            "`prefixItems`",
            "each item is read and written as any JSON value",
        );
        return Type::Array(Box::new(Type::Any));
    }
    let item = array.items.map_or(Type::Any, |items| {
        schema::lower_value(cx, items, &role.part("item"))
    });
    Type::Array(Box::new(item))
}
