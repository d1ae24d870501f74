//! The extensions that `lower` understands. One whose value is of another type has no effect, and is reported.

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::model::Extensions;

/// The name that a thing has in Rust, where its own will not do.
const NAME: &str = "x-keywright-name";
/// What marks a text as a secret.
const SENSITIVE: &str = "x-keywright-sensitive";
/// What stands before an API key, and the same as others spell it.
const PREFIXES: [&str; 2] = ["x-keywright-prefix", "x-apikey-prefix"];

/// The name that the document gives something for Rust.
pub(super) fn name(cx: &mut Context, place: &Place, extensions: &Extensions) -> Option<String> {
    text(cx, place, extensions, NAME)
}

/// Whether the document says that a value is a secret.
pub(super) fn is_sensitive(cx: &mut Context, place: &Place, extensions: &Extensions) -> bool {
    let Some(value) = extensions.get(SENSITIVE) else {
        return false;
    };
    value.as_bool().unwrap_or_else(|| {
        report(cx, place, SENSITIVE, "`true` or `false`");
        false
    })
}

/// What stands before an API key, without the space.
pub(super) fn prefix(cx: &mut Context, place: &Place, extensions: &Extensions) -> Option<String> {
    let stated = PREFIXES
        .iter()
        .find_map(|keyword| text(cx, place, extensions, keyword))?;
    let prefix = stated.trim();
    (!prefix.is_empty()).then(|| prefix.to_owned())
}

fn text(cx: &mut Context, place: &Place, extensions: &Extensions, keyword: &str) -> Option<String> {
    let value = extensions.get(keyword)?;
    let text = value.as_str();
    if text.is_none() {
        report(cx, place, keyword, "text");
    }
    text.map(str::to_owned)
}

fn report(cx: &mut Context, place: &Place, keyword: &str, expected: &str) {
    let message = format!("`{keyword}` is not {expected}");
    cx.report(Diagnostic::at(Code::InvalidExtension, place, message).label("has no effect"));
}
