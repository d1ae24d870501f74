//! The optional backend: progenitor makes the client, of any document that Keywright can read.
//!
//! progenitor reads OpenAPI 3.0 as one document; what comes out of [`interchange`](crate::interchange) is
//! that. Everything that it does not know (security, further statuses and media types) is missing from its
//! client, and a document that it refuses is refused here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;

/// Makes progenitor's client of a document. `None`, with a diagnostic at `place`, when it refuses: by an
/// error, or by a panic, which is how it meets several types of response.
pub fn generate(
    document: &OpenAPI,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    let tokens = catch_unwind(AssertUnwindSafe(|| {
        let mut settings = GenerationSettings::new();
        settings.with_interface(progenitor_impl::InterfaceStyle::Positional);
        Generator::new(&settings)
            .generate_tokens(document)
            .map_err(|error| error.to_string())
    }));
    let refusal = match tokens {
        Ok(Ok(tokens)) => return Some(tokens),
        Ok(Err(error)) => error,
        Err(panic) => panic_text(&*panic),
    };
    diagnostics.report(
        Diagnostic::at(
            Code::BackendRefused,
            place,
            format!("progenitor refuses the document: {refusal}"),
        )
        .help("generate without `--backend progenitor`"),
    );
    None
}

/// What a panic says.
fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it panicked".to_owned())
}
