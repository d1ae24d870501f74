//! Turns the version-free description into one bundled OpenAPI 3.0 document, for tools that read `openapiv3`.
//!
//! Component schemas stay components, and every other schema that is used in several places becomes one. Other
//! components are inlined, and all files are merged. Everything that 3.0 cannot express is left out and reported. The
//! document is built as JSON and then read by `openapiv3`, so the output is what that crate understands.

mod names;
mod operation;
mod schema;
mod security;
#[cfg(test)]
mod tests;
mod text;

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

pub use text::{json, yaml};

use names::Names;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;
use crate::model::{Description, Extensions, ExternalDocs, ParameterLocation, Server, Tag};

/// What is only in documents that Keywright wrote: an extension of the root.
pub const MARK: &str = "x-written-by-keywright";

/// Converts a description into a 3.0 document. `None`, with a diagnostic, when `openapiv3` does not accept
/// the result.
pub fn convert(description: &Description, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let document = converted(description, diagnostics);
    understood(document, description, diagnostics)
}

/// Converts a description into the text of a 3.0 document, still to be written as [`yaml`] or [`json()`]. `None`, with
/// a diagnostic, when `openapiv3` does not accept the result.
pub fn bundle(description: &Description, diagnostics: &mut Diagnostics) -> Option<Value> {
    let mut document = converted(description, diagnostics);
    understood(document.clone(), description, diagnostics)?;
    if let Value::Object(fields) = &mut document {
        fields.insert(MARK.to_owned(), json!(env!("CARGO_PKG_VERSION")));
    }
    Some(document)
}

fn converted(description: &Description, diagnostics: &mut Diagnostics) -> Value {
    let mut cx = Context {
        description,
        diagnostics,
        names: Names::new(description),
    };
    document(&mut cx)
}

fn understood(
    document: Value,
    description: &Description,
    diagnostics: &mut Diagnostics,
) -> Option<OpenAPI> {
    match serde_json::from_value(document) {
        Ok(document) => Some(document),
        Err(error) => {
            let message =
                format!("the converted document is not understood by `openapiv3`: {error}");
            diagnostics.report(Diagnostic::at(
                Code::BackendRefused,
                &description.place,
                message,
            ));
            None
        }
    }
}

/// What the parts of the conversion share.
struct Context<'a> {
    description: &'a Description,
    diagnostics: &'a mut Diagnostics,
    names: Names,
}

impl Context<'_> {
    /// Reports something that 3.0 cannot say.
    fn not_expressible(&mut self, place: &Place, what: &str) {
        self.approximated(place, what, "left out");
    }

    /// Reports something that 3.0 cannot say, and what it says instead.
    fn approximated(&mut self, place: &Place, what: &str, instead: &str) {
        let message = format!("OpenAPI 3.0 cannot say {what}");
        self.diagnostics
            .report(Diagnostic::at(Code::NotExpressible, place, message).label(instead));
    }
}

fn document(cx: &mut Context) -> Value {
    let description = cx.description;
    let mut document = object([
        ("openapi", Some(json!("3.0.3"))),
        ("info", Some(info(cx))),
        (
            "externalDocs",
            description.external_docs.as_ref().map(external_docs),
        ),
    ]);
    document.extend(object([("servers", servers(cx, &description.servers))]));
    let tags: Vec<_> = description.tags.iter().map(|it| tag(cx, it)).collect();
    if !tags.is_empty() {
        document.insert("tags".to_owned(), Value::Array(tags));
    }
    let paths = description
        .paths
        .iter()
        .map(|item| (item.path.clone(), operation::path_item(cx, item)))
        .collect();
    document.insert("paths".to_owned(), Value::Object(paths));
    for webhook in &description.webhooks {
        cx.not_expressible(&webhook.path_place, "that there is a webhook");
    }
    let components = components(cx);
    if !components.is_empty() {
        document.insert("components".to_owned(), Value::Object(components));
    }
    extend(&mut document, &description.extensions);
    Value::Object(document)
}

fn tag(cx: &mut Context, tag: &Tag) -> Value {
    let has_more = tag.summary.is_some() || tag.parent.is_some() || tag.kind.is_some();
    if has_more {
        cx.not_expressible(&tag.place, "the summary, the parent or the kind of a tag");
    }
    let mut written = object([
        ("name", Some(json!(tag.name))),
        ("description", text(tag.description.as_ref())),
        (
            "externalDocs",
            tag.external_docs.as_ref().map(external_docs),
        ),
    ]);
    extend(&mut written, &tag.extensions);
    Value::Object(written)
}

fn info(cx: &mut Context) -> Value {
    let info = &cx.description.info;
    if info.summary.is_some() && info.description.is_some() {
        cx.not_expressible(&info.place, "the summary of an API beside its description");
    }
    if let Some(license) = &info.license
        && license.identifier.is_some()
        && license.name.is_some()
    {
        cx.not_expressible(&info.place, "the SPDX expression of a license");
    }
    let contact = info.contact.as_ref().map(|it| {
        Value::Object(object([
            ("name", text(it.name.as_ref())),
            ("url", text(it.url.as_ref())),
            ("email", text(it.email.as_ref())),
        ]))
    });
    let license = info.license.as_ref().map(|it| {
        let name = it
            .name
            .as_ref()
            .or(it.identifier.as_ref())
            .map_or("", |name| name);
        Value::Object(object([
            ("name", Some(json!(name))),
            ("url", text(it.url.as_ref())),
        ]))
    });
    Value::Object(object([
        ("title", Some(json!(info.title))),
        (
            "description",
            text(info.description.as_ref().or(info.summary.as_ref())),
        ),
        ("termsOfService", text(info.terms_of_service.as_ref())),
        ("contact", contact),
        ("license", license),
        ("version", Some(json!(info.version))),
    ]))
}

fn components(cx: &mut Context) -> Map<String, Value> {
    let description = cx.description;
    names::report(cx);
    let names = cx.names.schemas.clone();
    let schemas = names.into_iter();
    let schemas: Map<_, _> = schemas
        .map(|(id, name)| (name, schema::write(cx, id)))
        .collect();
    let mut security = Map::new();
    for (name, scheme) in &description.security_schemes {
        if let Some(scheme) = security::scheme(cx, scheme) {
            security.insert(cx.names.security_schemes[name].clone(), scheme);
        }
    }
    let holder = |map: Map<_, _>| (!map.is_empty()).then_some(Value::Object(map));
    object([
        ("schemas", holder(schemas)),
        ("securitySchemes", holder(security)),
    ])
}

/// `servers`; `None` when there are none, so that those around this apply.
fn servers(cx: &mut Context, servers: &[Server]) -> Option<Value> {
    let written: Vec<_> = servers.iter().map(|it| server(cx, it)).collect();
    (!written.is_empty()).then_some(Value::Array(written))
}

fn server(cx: &mut Context, server: &Server) -> Value {
    if server.name.is_some() {
        cx.not_expressible(&server.place, "the name of a server");
    }
    let variables: Map<_, _> = server
        .variables
        .iter()
        .map(|(name, variable)| {
            let allowed = (!variable.allowed.is_empty()).then(|| json!(variable.allowed));
            let written = object([
                ("enum", allowed),
                ("default", Some(json!(variable.default))),
                ("description", text(variable.description.as_ref())),
            ]);
            (name.clone(), Value::Object(written))
        })
        .collect();
    let mut written = object([
        ("url", Some(json!(server.url))),
        ("description", text(server.description.as_ref())),
        (
            "variables",
            (!variables.is_empty()).then_some(Value::Object(variables)),
        ),
    ]);
    extend(&mut written, &server.extensions);
    Value::Object(written)
}

fn external_docs(docs: &ExternalDocs) -> Value {
    Value::Object(object([
        ("description", text(docs.description.as_ref())),
        ("url", Some(json!(docs.url))),
    ]))
}

/// `in`, as it is written.
fn location_word(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query | ParameterLocation::QueryString => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// An object of those fields that have a value.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| json!(text))
}

/// Adds the extensions of an object.
fn extend(written: &mut Map<String, Value>, extensions: &Extensions) {
    written.extend(
        extensions
            .iter()
            .map(|(name, value)| (name.clone(), value.clone())),
    );
}
