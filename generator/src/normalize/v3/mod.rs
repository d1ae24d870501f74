//! OpenAPI 3.0, 3.1 and 3.2: one reader per object of the specification.

mod callback;
mod components;
mod document;
mod example;
mod header;
mod info;
mod link;
mod media_type;
mod operation;
mod parameter;
mod path_item;
mod request_body;
mod response;
mod schema;
mod security;
mod server;
mod tag;
mod template;

pub(super) use document::read;
