//! What conforms to the schemas of a document, and values that do.
//!
//! Both are made without the stages that make clients: a [`Bundle`] is the document's schemas as JSON Schema 2020-12,
//! read straight from its tree, and the crate `jsonschema` says what conforms to it. So a mistake in `lower` is no
//! mistake here, and tests may trust it. [`Instances`] makes values from the bundle, which mostly conform: whoever asks
//! for them checks each.

mod bundle;
mod collector;
mod convert;
mod dice;
mod discriminate;
mod flat;
mod instances;
mod kinds;
mod manner;
pub mod references;
mod scalars;
mod wide;

pub use bundle::{Bundle, Part, Reading};
pub use collector::{Direction, SchemaPlace};
pub use dice::Dice;
pub use instances::Instances;
pub use kinds::Kinds;
pub use manner::Manner;
pub use scalars::uuid;
