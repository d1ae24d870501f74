//! OpenAPI 3.0, 3.1 and 3.2: one reader per object of the specification. `v2` also uses the readers of objects that 2.0
//! has.

mod callback;
pub(super) mod components;
pub(super) mod document;
pub(super) mod example;
mod header;
pub(super) mod info;
mod link;
mod media_type;
pub(super) mod operation;
pub(super) mod parameter;
pub(super) mod path_item;
mod request_body;
pub(super) mod response;
pub(super) mod schema;
pub(super) mod security;
pub(super) mod server;
pub(super) mod tag;
mod template;
