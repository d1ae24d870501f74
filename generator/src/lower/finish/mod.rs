//! What is decided when all types are there: who sends a property, which fields need a box, which types would have no
//! end, and in which order the types stand.

pub(super) mod boxing;
pub(super) mod endless;
pub(super) mod order;
pub(super) mod usage;
