//! progenitor's clients of the four specs, made by the build script from the documents of `interchange`.

/// Includes the client of an API.
macro_rules! client {
    ($api:ident, $file:literal) => {
        #[doc = concat!("progenitor's client of `", stringify!($api), "`.")]
        #[allow(
            missing_docs,
            unused_imports,
            clippy::all,
            clippy::pedantic,
            clippy::unwrap_used,
            clippy::allow_attributes_without_reason,
            rustdoc::all,
            reason = "this code is progenitor's"
        )]
        pub mod $api {
            include!(concat!(env!("OUT_DIR"), $file));
        }
    };
}

client!(aivo, "/aivo.rs");
client!(pacerpro, "/pacerpro.rs");
client!(thetvdb, "/thetvdb.rs");
client!(tvmaze, "/tvmaze.rs");

/// The operations that progenitor does not accept: the API, the operation, and what it said.
pub const REFUSED: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/refused.rs"));
