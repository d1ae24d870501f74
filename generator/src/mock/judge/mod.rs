//! Checks requests and responses against the document.

mod body;
mod finding;
mod form;
mod multipart;
mod parameters;
mod request;
mod response;
mod stream;
mod style;
mod text;

pub(super) use body::{Values, form_of, of_request};
pub use finding::{Finding, Part};
pub use request::{Judged, head_of_request, request};
pub(super) use response::has_no_body;
pub use response::{beginning_of_response, response};

#[cfg(test)]
mod tests;
