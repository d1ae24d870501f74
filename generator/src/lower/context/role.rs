//! Where a schema stands.

use crate::ir;

/// Where a schema stands, for the name of the item that it may become.
#[derive(Clone, Debug)]
pub(in crate::lower) enum Role {
    /// In an item: the property's name, with `item` and `value` for what stands below it.
    In(ir::ItemId, String),
    /// In an operation.
    Of(ir::OperationId, String),
    /// In something else that has a name.
    At(String),
}

impl Role {
    /// The role of a part of this one.
    pub(in crate::lower) fn part(&self, part: &str) -> Self {
        let below = |role: &str| format!("{role} {part}").trim_start().to_owned();
        match self {
            Self::In(item, role) => Self::In(*item, below(role)),
            Self::Of(operation, role) => Self::Of(*operation, below(role)),
            Self::At(role) => Self::At(below(role)),
        }
    }

    /// The hint for an item in this role.
    pub(in crate::lower) fn hint(&self) -> ir::NameHint {
        match self {
            Self::In(item, role) => ir::NameHint::Inner(*item, role.clone()),
            Self::Of(operation, role) => ir::NameHint::Operation(*operation, role.clone()),
            Self::At(role) => ir::NameHint::Words(role.clone()),
        }
    }
}
