//! The decisions that need all types: who sends a property, which fields need a box, which types would be infinite, and
//! the order of types.

pub(super) mod boxing;
pub(super) mod endless;
pub(super) mod order;
pub(super) mod usage;
