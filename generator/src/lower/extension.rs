//! The extensions that `lower` understands. One whose value is of another type has no effect, and is reported.

use super::context::{Context, Role};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{JsonPointer, Place};
use crate::extensions::{IDEMPOTENCY_KEY, NAME, PREFIXES, SENSITIVE};
use crate::model::{Extensions, Schema};

/// The name that something is given for Rust: by the configuration, or else by the document.
pub(super) fn name(cx: &mut Context, place: &Place, extensions: &Extensions) -> Option<String> {
    if let Some(given) = cx.renames.name(place) {
        return Some(given.to_owned());
    }
    let name = text(cx, place, extensions, NAME)?;
    if name.chars().any(char::is_alphanumeric) {
        return Some(name);
    }
    report(cx, place, NAME, "a name that can be used in Rust");
    None
}

/// The name that a property is given. It stands at the schema of the property; where that is a mere reference,
/// what stands at its target is the target's own.
pub(super) fn property_name(
    cx: &mut Context,
    role: &Role,
    property: &str,
    schema: &Schema,
) -> Option<String> {
    let own = JsonPointer::root().child("properties").child(property);
    if schema.place.pointer.as_str().ends_with(own.as_str()) {
        return name(cx, &schema.place, &schema.extensions);
    }
    let Role::In(owner, _) = role else {
        return None;
    };
    let owner = &cx.schema(cx.schema_of(*owner)).place;
    let pointer = owner.pointer.child("properties").child(property);
    let place = Place {
        pointer,
        ..owner.clone()
    };
    cx.renames.name(&place).map(str::to_owned)
}

/// Whether a schema stands at a property.
pub(super) fn is_property(schema: &Schema) -> bool {
    let pointer = schema.place.pointer.as_str();
    pointer
        .rsplit('/')
        .nth(1)
        .is_some_and(|keyword| keyword == "properties")
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

/// Whether the document says of a parameter that it is an idempotency key, or that it is none. `may_be` says whether it can
/// be one at all.
pub(super) fn is_idempotency_key(
    cx: &mut Context,
    place: &Place,
    extensions: &Extensions,
    may_be: bool,
) -> Option<bool> {
    let value = extensions.get(IDEMPOTENCY_KEY)?.as_bool();
    let expected = match value {
        None => "`true` or `false`",
        Some(true) if !may_be => {
            "allowed here: only a header parameter with a string value can be an idempotency key"
        }
        Some(_) => return value,
    };
    report(cx, place, IDEMPOTENCY_KEY, expected);
    None
}

/// What stands before an API key, without the space; empty where the document says that it is nothing.
pub(super) fn prefix(cx: &mut Context, place: &Place, extensions: &Extensions) -> Option<String> {
    let stated = PREFIXES
        .iter()
        .find_map(|keyword| text(cx, place, extensions, keyword))?;
    Some(stated.trim().to_owned())
}

fn text(cx: &mut Context, place: &Place, extensions: &Extensions, keyword: &str) -> Option<String> {
    let value = extensions.get(keyword)?;
    let text = value.as_str();
    if text.is_none() {
        report(cx, place, keyword, "a string");
    }
    text.map(str::to_owned)
}

fn report(cx: &mut Context, place: &Place, keyword: &str, expected: &str) {
    let message = format!("`{keyword}` is not {expected}");
    let finding = Diagnostic::at(Code::InvalidExtension, &place.keyword(keyword), message);
    cx.report(finding.label("ignored"));
}
