//! Security schemes, and what wants them, in the form that 3.0 has for them.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{Context, extend, location_word, object, text};
use crate::model::{
    EndpointUrl, OAuthFlow, SecurityRequirement, SecurityScheme, SecuritySchemeKind,
};

/// `security`; `None` when no credentials are wanted, since the root of the document wants none. An alternative
/// with a scheme that 3.0 does not have is left out; the scheme is reported.
pub(super) fn requirements(
    cx: &mut Context,
    requirements: &[SecurityRequirement],
) -> Option<Value> {
    let mut written = Vec::new();
    for requirement in requirements {
        let schemes = requirement.schemes.iter();
        let schemes: Option<Map<_, _>> = schemes
            .map(|(name, scopes)| {
                let scheme = cx.description.security_schemes.get(name)?;
                let is_known = !matches!(scheme.kind, SecuritySchemeKind::MutualTls);
                is_known.then(|| (cx.names.security_schemes[name].clone(), json!(scopes)))
            })
            .collect();
        match schemes {
            Some(schemes) => written.push(Value::Object(schemes)),
            None => cx.not_expressible(&requirement.place, "that mutual TLS is wanted"),
        }
    }
    (!written.is_empty()).then_some(Value::Array(written))
}

/// A scheme; `None` for one of a kind that 3.0 does not have.
pub(super) fn scheme(cx: &mut Context, scheme: &SecurityScheme) -> Option<Value> {
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
                ("implicit", flow(flows.implicit.as_ref(), true, false)),
                ("password", flow(flows.password.as_ref(), false, true)),
                (
                    "clientCredentials",
                    flow(flows.client_credentials.as_ref(), false, true),
                ),
                (
                    "authorizationCode",
                    flow(flows.authorization_code.as_ref(), true, true),
                ),
            ]);
            object([
                ("type", Some(json!("oauth2"))),
                ("flows", Some(Value::Object(flows))),
            ])
        }
        SecuritySchemeKind::OpenIdConnect { url } => object([
            ("type", Some(json!("openIdConnect"))),
            ("openIdConnectUrl", Some(json!(url.text))),
        ]),
        SecuritySchemeKind::MutualTls => {
            cx.not_expressible(&scheme.place, "that a scheme is mutual TLS");
            return None;
        }
    };
    if scheme.metadata_url.is_some() || scheme.deprecated {
        let what = "where a scheme describes itself, or that it is deprecated";
        cx.not_expressible(&scheme.place, what);
    }
    written.extend(object([("description", text(scheme.description.as_ref()))]));
    extend(&mut written, &scheme.extensions);
    Some(Value::Object(written))
}

/// A flow with the URLs that it must have, be they empty.
fn flow(flow: Option<&OAuthFlow>, authorization: bool, token: bool) -> Option<Value> {
    let flow = flow?;
    let url = |url: &Option<EndpointUrl>, is_demanded: bool| {
        let missing = is_demanded.then(|| json!(""));
        url.as_ref().map(|it| json!(it.text)).or(missing)
    };
    Some(Value::Object(object([
        (
            "authorizationUrl",
            url(&flow.authorization_url, authorization),
        ),
        ("tokenUrl", url(&flow.token_url, token)),
        ("refreshUrl", url(&flow.refresh_url, false)),
        ("scopes", Some(strings(&flow.scopes))),
    ])))
}

fn strings(map: &IndexMap<String, String>) -> Value {
    map.iter()
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect()
}
