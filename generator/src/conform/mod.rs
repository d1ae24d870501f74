//! Checks values against the schemas of a document, and generates values that match.
//!
//! This is independent of the stages that generate clients: a [`Bundle`] has the document's schemas as JSON Schema
//! 2020-12, read directly from its tree, and the crate `jsonschema` checks values against it. So it does not share the
//! mistakes of `lower`, and tests can rely on it. [`Instances`] generates values from the bundle. Most of them match;
//! callers check each.

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
