//! The edit table: small edits of documents, what `keywright diff` must say of each, and the proof that this is right.
//!
//! A [`row`] of the table has an edit of one of the documents in `bases/`, the changes that the diff reports, both
//! verdicts, and a program of a user's that the edit breaks. The tests compare the changes with the [`outcome`] of the
//! edit, and count the [`lines`] of the generated code that it touches. The program `edits` compiles both clients of
//! every row and checks the verdicts against the compiler, by the users' programs ([`witness`]), and against rustdoc, by
//! its lists of public items ([`items`]).

pub mod build;
pub mod items;
pub mod lines;
pub mod outcome;
pub mod proof;
pub mod row;
pub mod semver_checks;
pub mod witness;
