//! Swagger 2.0, the predecessor of OpenAPI 3.0: one reader per object that has another form there. `v3` reads
//! everything that is the same.
//!
//! The terms of 2.0 end here. Body and form parameters become request bodies, `consumes` and `produces` become the
//! media types of bodies and responses, `collectionFormat` becomes a style, and the keywords of a parameter or header
//! about its value become a schema.

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
