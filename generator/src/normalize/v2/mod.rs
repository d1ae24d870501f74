//! Swagger 2.0, which OpenAPI 3.0 has grown out of: one reader per object that has another form there. What is
//! the same is read by `v3`.
//!
//! The words of 2.0 end here. Body and form parameters have become request bodies, `consumes` and `produces`
//! the media types of bodies and responses, `collectionFormat` a style, and what a parameter or header says of
//! its value a schema.

mod collection_format;
mod document;
mod header;
mod inline_schema;
mod media_type;
mod operation;
mod parameter;
mod path_item;
mod request_body;
mod response;
mod security;
mod server;

pub(super) use document::read;

#[cfg(test)]
mod tests;
