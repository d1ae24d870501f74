//! OAS 2.0, Security Scheme Object.

use crate::diagnostics::{Code, similar};
use crate::document::Node;
use crate::extensions;
use crate::model::{OAuthFlow, OAuthFlows, SecurityScheme, SecuritySchemeKind};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;
use crate::normalize::v3;

/// Reads a security scheme.
pub(super) fn scheme<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<SecurityScheme> {
    let resolved = cx.resolved(at)?;
    let ty = resolved.at.node.get("type").and_then(Node::as_str);
    let is_later = matches!(ty, Some("http" | "openIdConnect" | "mutualTLS"));
    if is_later || resolved.at.node.get("flows").is_some() {
        let message =
            "the security scheme is written as in OpenAPI 3.0; it is read as it would be there";
        cx.warn(Code::RepairedKeyword, &resolved.at, message);
        return v3::security::scheme(cx, resolved.at);
    }
    let mut object = Object::read(cx, resolved.at, "security scheme object")?;
    let description = object.text(cx, "description");
    let kind = match object.required_text(cx, "type")?.as_str() {
        "basic" => Some(SecuritySchemeKind::Http {
            scheme: "basic".to_owned(),
            bearer_format: None,
        }),
        "apiKey" => v3::security::api_key(cx, &mut object),
        "oauth2" => {
            let flows = flows(cx, &mut object);
            Some(SecuritySchemeKind::OAuth2(Box::new(flows)))
        }
        other => {
            report_unknown(
                cx,
                &mut object,
                "type",
                other,
                &["basic", "apiKey", "oauth2"],
            );
            None
        }
    };
    let place = object.place(cx);
    // Fields of the other types are of no use here, but known.
    for key in [
        "name",
        "in",
        "flow",
        "authorizationUrl",
        "tokenUrl",
        "scopes",
    ] {
        object.skip(key);
    }
    let session = object.excerpt(cx, extensions::SESSION);
    let extensions = object.finish(cx);
    Some(SecurityScheme {
        place,
        description: resolved.description.or(description),
        kind: kind?,
        deprecated: false,
        metadata_url: None,
        extensions,
        session,
    })
}

/// Reads the one flow that a scheme of 2.0 has. What it lacks is missed only by a caller who uses the flow: what
/// every flow ends in is a token.
fn flows<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> OAuthFlows {
    let name = object.required_prose(cx, "flow");
    if let (Some(at), "clientCredentials" | "authorizationCode") =
        (object.child(cx, "flow"), name.as_str())
    {
        let message =
            format!("the flow `{name}` comes from OpenAPI 3.0; it is read as it would be there");
        cx.warn(Code::RepairedKeyword, &at, message);
    }
    let mut flows = OAuthFlows::default();
    if name.is_empty() {
        return flows;
    }
    let (slot, required): (_, &[&'static str]) = match name.as_str() {
        "implicit" => (&mut flows.implicit, &["authorizationUrl"]),
        "password" => (&mut flows.password, &["tokenUrl"]),
        "application" | "clientCredentials" => (&mut flows.client_credentials, &["tokenUrl"]),
        "accessCode" | "authorizationCode" => (
            &mut flows.authorization_code,
            &["authorizationUrl", "tokenUrl"],
        ),
        other => {
            let known = ["implicit", "password", "application", "accessCode"];
            report_unknown(cx, object, "flow", other, &known);
            return flows;
        }
    };
    for key in required {
        if object.entry(key).is_none() {
            let missing = object.missing(cx, key).harmless();
            cx.diagnostics.report(missing);
        }
    }
    *slot = Some(OAuthFlow {
        place: object.place(cx),
        authorization_url: object.url(cx, "authorizationUrl"),
        device_authorization_url: None,
        token_url: object.url(cx, "tokenUrl"),
        refresh_url: None,
        scopes: v3::security::scopes_of_flow(cx, object),
    });
    flows
}

fn report_unknown<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    key: &'static str,
    value: &str,
    known: &[&'static str],
) {
    let Some(at) = object.child(cx, key) else {
        return;
    };
    let message = format!("`{value}` is not a security scheme {key} in OpenAPI 2.0");
    let help = match similar(value, known.iter().copied()) {
        Some(meant) => format!("a {key} with a similar name exists: `{meant}`"),
        None => format!("use one of `{}`", known.join("`, `")),
    };
    let finding = cx.finding(Code::InvalidValue, &at, message).harmless();
    cx.diagnostics.report(finding.help(help));
}
