//! Converts values to XML and back, by the `xml` objects of their schemas (OAS 3.2.0, XML Object).
//!
//! [`look`] finds the node of a value, [`write`] converts a value to elements, and [`read`] converts elements to a
//! value. `docs/WIRE.md` describes what the document leaves open.

mod branch;
mod element;
mod look;
mod read;
mod write;

pub(super) use look::Looks;
pub(super) use read::read;
pub(super) use write::write;

#[cfg(test)]
mod tests;
