//! Pages for users: plain HTML without scripts or other files. All text from documents and requests is escaped.

mod confirm;
mod consent;
mod page;

pub(super) use confirm::{CONFIRMATION_PAGE, answer};
pub(super) use consent::{Asked, consent, failure};
