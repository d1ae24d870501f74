//! The version-free description -> one bundled OpenAPI 3.0 document, for tools that read `openapiv3`.
//!
//! Component schemas stay components, every other component stands where it is used, files are one. What
//! 3.0 cannot say is left out, and reported. The document is put together as JSON, which is what 3.0 is
//! defined in, and then read by `openapiv3`, so that what comes out is what that crate understands.

mod operation;
mod schema;
#[cfg(test)]
mod tests;
mod text;

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

pub use text::{json, yaml};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;
use crate::model::{
    Description, Extensions, ExternalDocs, OAuthFlow, ParameterLocation, SchemaId, SecurityScheme,
    SecuritySchemeKind, Server,
};

/// What is only in documents that Keywright wrote: an extension of the root.
pub const MARK: &str = "x-written-by-keywright";

/// Converts a description into a 3.0 document. `None`, with a diagnostic, when `openapiv3` does not accept
/// the result.
pub fn convert(description: &Description, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let document = converted(description, diagnostics);
    understood(document, description, diagnostics)
}

/// Converts a description into the text of a 3.0 document, still to be written as [`yaml`] or [`json`]. `None`, with
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
        open: Vec::new(),
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
    /// The schemas that are being written, to end one that contains itself without being a component.
    open: Vec<SchemaId>,
}

impl Context<'_> {
    /// Reports something that 3.0 cannot say.
    fn not_expressible(&mut self, place: &Place, what: &str) {
        self.diagnostics.report(
            Diagnostic::at(
                Code::NotExpressible,
                place,
                format!("OpenAPI 3.0 cannot say {what}"),
            )
            .label("left out"),
        );
    }
}

fn document(cx: &mut Context) -> Value {
    let description = cx.description;
    let mut document = object([
        ("openapi", Some(json!("3.0.3"))),
        ("info", Some(info(description))),
        (
            "externalDocs",
            description.external_docs.as_ref().map(external_docs),
        ),
    ]);
    if !description.servers.is_empty() {
        document.insert(
            "servers".to_owned(),
            description.servers.iter().map(server).collect(),
        );
    }
    let tags: Vec<_> = description
        .tags
        .iter()
        .map(|tag| {
            Value::Object(object([
                ("name", Some(json!(tag.name))),
                ("description", text(tag.description.as_ref())),
                (
                    "externalDocs",
                    tag.external_docs.as_ref().map(external_docs),
                ),
            ]))
        })
        .collect();
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
    document.insert("components".to_owned(), components(cx));
    extend(&mut document, &description.extensions);
    Value::Object(document)
}

fn info(description: &Description) -> Value {
    let info = &description.info;
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

fn components(cx: &mut Context) -> Value {
    let description = cx.description;
    let schemas = description
        .component_schemas
        .iter()
        .map(|(name, id)| (name.clone(), schema::component(cx, *id)))
        .collect();
    let mut security_schemes = Map::new();
    for (name, scheme) in &description.security_schemes {
        if let Some(scheme) = security_scheme(cx, scheme) {
            security_schemes.insert(name.clone(), scheme);
        }
    }
    json!({ "schemas": Value::Object(schemas), "securitySchemes": Value::Object(security_schemes) })
}

fn security_scheme(cx: &mut Context, scheme: &SecurityScheme) -> Option<Value> {
    let mut written = match &scheme.kind {
        SecuritySchemeKind::ApiKey { location, name } => object([
            ("type", Some(json!("apiKey"))),
            ("in", Some(json!(location_word(*location)))),
            ("name", Some(json!(name))),
        ]),
        SecuritySchemeKind::Http {
            scheme,
            bearer_format,
        } => object([
            ("type", Some(json!("http"))),
            ("scheme", Some(json!(scheme))),
            ("bearerFormat", text(bearer_format.as_ref())),
        ]),
        SecuritySchemeKind::OAuth2(flows) => {
            if let Some(flow) = &flows.device_authorization {
                cx.not_expressible(&flow.place, "that there is a device authorization flow");
            }
            let flows = object([
                ("implicit", flows.implicit.as_ref().map(oauth_flow)),
                ("password", flows.password.as_ref().map(oauth_flow)),
                (
                    "clientCredentials",
                    flows.client_credentials.as_ref().map(oauth_flow),
                ),
                (
                    "authorizationCode",
                    flows.authorization_code.as_ref().map(oauth_flow),
                ),
            ]);
            object([
                ("type", Some(json!("oauth2"))),
                ("flows", Some(Value::Object(flows))),
            ])
        }
        SecuritySchemeKind::OpenIdConnect { url } => object([
            ("type", Some(json!("openIdConnect"))),
            ("openIdConnectUrl", Some(json!(url))),
        ]),
        SecuritySchemeKind::MutualTls => {
            cx.not_expressible(&scheme.place, "that a scheme is mutual TLS");
            return None;
        }
    };
    written.extend(object([("description", text(scheme.description.as_ref()))]));
    extend(&mut written, &scheme.extensions);
    Some(Value::Object(written))
}

fn oauth_flow(flow: &OAuthFlow) -> Value {
    Value::Object(object([
        ("authorizationUrl", text(flow.authorization_url.as_ref())),
        ("tokenUrl", text(flow.token_url.as_ref())),
        ("refreshUrl", text(flow.refresh_url.as_ref())),
        ("scopes", Some(strings(&flow.scopes))),
    ]))
}

fn server(server: &Server) -> Value {
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

fn strings(map: &IndexMap<String, String>) -> Value {
    map.iter()
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect()
}

/// Adds the extensions of an object.
fn extend(written: &mut Map<String, Value>, extensions: &Extensions) {
    written.extend(
        extensions
            .iter()
            .map(|(name, value)| (name.clone(), value.clone())),
    );
}
