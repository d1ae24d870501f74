//! Helpers that the tests of several stages share.

use crate::diagnostics::Diagnostics;
use crate::model::Description;
use crate::{load, normalize, resolve};

/// Reads a document that is OpenAPI, whatever else is wrong with it.
pub(crate) fn describe(text: &str, found: &mut Diagnostics) -> Description {
    let spec = load::from_text("test.yaml", text, &load::Limits::default(), found)
        .expect("the test is YAML");
    let references = resolve::resolve(&spec, found);
    normalize::normalize(&spec, &references, found).expect("the test is OpenAPI")
}
