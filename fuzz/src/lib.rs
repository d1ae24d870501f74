//! What the fuzz targets do with the bytes that a fuzzer makes up. Each target is a function that panics when a promise
//! is broken; `fuzz_targets/` hands them to libFuzzer.
//!
//! Those about clients call a real one, which the build script makes of `api.yaml`, through a transport of their own:
//! the bytes are what a server sends, or what a caller passes.

#[expect(
    clippy::needless_pass_by_value,
    reason = "operations take their bodies over, whatever becomes of them inside"
)]
pub mod clients {
    //! The client of `api.yaml`.

    include!(concat!(env!("OUT_DIR"), "/keywright/mod.rs"));
}
mod arguments;
mod codec;
mod documents;
mod headers;
mod multipart;
mod streams;
mod wire;
mod xml;

pub use arguments::arguments;
pub use codec::codec;
pub use documents::{loader, pipeline};
pub use headers::headers;
pub use multipart::multipart;
pub use streams::streams;
pub use xml::xml;
