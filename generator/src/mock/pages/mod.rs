//! Pages on which users answer: plain HTML that needs nothing else. All that comes from documents and requests is
//! escaped.

mod confirm;
mod consent;
mod page;

pub(super) use confirm::{CONFIRMATION_PAGE, answer};
pub(super) use consent::{Asked, consent, failure};
