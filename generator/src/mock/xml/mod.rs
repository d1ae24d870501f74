//! Values as XML, as the `xml` objects of their schemas say (OAS 3.2.0, XML Object), and back.
//!
//! [`look`] says which node a value is, [`write`] makes elements of a value, and [`read`] makes a value of elements. What
//! the document leaves open is as `docs/WIRE.md` has it.

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
