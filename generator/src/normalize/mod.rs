//! Turns trees of every OpenAPI version into one version-free description in the terms of 3.1.
//!
//! Reads leniently, node by node: a fault is reported at its place and affects only what it touches. Nothing is dropped
//! silently: anything that the model has no field for is listed in it or reported. This is the only stage that knows
//! versions: `v3` has a reader per object, `v2` one per object with another form in 2.0, and `repair` a function per
//! tolerated mistake.

mod cx;
mod object;
mod operation_ids;
mod repair;
mod schemas;
mod scope;
mod v2;
mod v3;
mod values;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{File, JsonPointer, References, Spec};
use crate::model::Description;
use cx::{Cx, Version};

/// Reads a spec into the model. `None` when its version is unknown or its root is no mapping.
#[must_use]
pub fn normalize(
    spec: &Spec,
    references: &References<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Description> {
    let before = diagnostics.len();
    let (version, stated) = version(spec, diagnostics)?;
    let mut cx = Cx::new(spec, references, diagnostics, version);
    let mut description = match version {
        Version::V2 => v2::read(&mut cx, stated),
        Version::V3_0 | Version::V3_1 | Version::V3_2 => v3::document::read(&mut cx, stated),
    };
    if let Some(description) = &mut description {
        v3::schema::state_names(&cx, description);
        operation_ids::settle(description, diagnostics);
    }
    diagnostics.sort_from(before, &spec.files);
    description
}

/// Which version the entry document says it is of, and the text that says so.
fn version(spec: &Spec, diagnostics: &mut Diagnostics) -> Option<(Version, String)> {
    let file = spec.entry();
    let field = |key: &str| file.root.entries().iter().find(|entry| &*entry.key == key);
    let Some(entry) = field("openapi").or_else(|| field("swagger")) else {
        diagnostics.report(unstated(file));
        return None;
    };
    let span = entry.value.span;
    let place = file.place(span, JsonPointer::root().child(&entry.key));
    let stated = file.source.text_of(span);
    let stated = entry.value.as_str().unwrap_or(stated).trim().to_owned();
    let version = match stated.split('.').collect::<Vec<_>>()[..] {
        ["2"] | ["2", "0", ..] => Version::V2,
        ["3", "0", ..] => Version::V3_0,
        ["3", "1", ..] => Version::V3_1,
        ["3", "2", ..] => Version::V3_2,
        _ => {
            let message = format!("OpenAPI version `{stated}` is not supported");
            let finding = Diagnostic::at(Code::UnknownVersion, &place, message);
            let help = "convert the document to OpenAPI 2.0, 3.0, 3.1 or 3.2";
            diagnostics.report(finding.help(help));
            return None;
        }
    };
    let key = if version == Version::V2 {
        "swagger"
    } else {
        "openapi"
    };
    if &*entry.key != key {
        let message = format!("the version {stated} belongs under the key `{key}`");
        let place = file.place(entry.key_span, place.pointer);
        let finding = Diagnostic::at(Code::RepairedKeyword, &place, message);
        diagnostics.report(finding.help(format!("rename the key to `{key}`")));
    }
    Some((version, stated))
}

/// The finding about a document that does not state its version, or states it under a misspelled key.
fn unstated(file: &File) -> Diagnostic {
    let message = "the document does not state its OpenAPI version";
    let misspelled = file.root.entries().iter().find_map(|entry| {
        let meant = similar(&entry.key, ["openapi", "swagger"])?;
        Some((entry, meant))
    });
    if let Some((entry, meant)) = misspelled {
        let place = file.place(entry.key_span, JsonPointer::root().child(&entry.key));
        let help = format!("rename `{}` to `{meant}`", entry.key);
        return Diagnostic::at(Code::UnknownVersion, &place, message).help(help);
    }
    let place = file.place(file.root.span, JsonPointer::root());
    Diagnostic::at(Code::UnknownVersion, &place, message)
        .help_with_lines("add the version as the first line:", "openapi: 3.1.0")
}

#[cfg(test)]
mod tests;
