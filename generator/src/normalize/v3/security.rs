//! OAS 3.1.1, Security Scheme Object, OAuth Flows Object and Security Requirement Object.

use std::rc::Rc;

use indexmap::IndexMap;

use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::Value;
use crate::extensions;
use crate::model::{
    OAuthFlow, OAuthFlows, Parameter, ParameterLocation, SecurityRequirement, SecurityScheme,
    SecuritySchemeKind,
};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;
use crate::normalize::repair;

/// The types of security schemes.
const TYPES: [&str; 5] = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];

/// What becomes of a scheme that cannot be read: requests are sent without it, unless the transport adds it.
pub(in crate::normalize) const LEFT_TO_TRANSPORT: &str = "the client sends no credential for it";

/// Reads a security scheme.
pub(in crate::normalize) fn scheme<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<SecurityScheme> {
    let resolved = cx.resolved(at)?;
    let mut object = Object::read(cx, resolved.at, "security scheme object")?;
    let description = object.text(cx, "description");
    let mut deprecated = false;
    let mut metadata_url = None;
    if cx.version >= Version::V3_2 {
        deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
        metadata_url = object.url(cx, "oauth2MetadataUrl");
    }
    let kind = kind(cx, &mut object);
    let place = object.place(cx);
    // Fields of the other types are of no use here, but known.
    for key in [
        "name",
        "in",
        "scheme",
        "bearerFormat",
        "flows",
        "openIdConnectUrl",
    ] {
        object.skip(key);
    }
    let session = object.excerpt(cx, extensions::SESSION);
    let extensions = object.finish(cx);
    let description = resolved.description.or(description);
    Some(SecurityScheme {
        place,
        description,
        kind: kind?,
        metadata_url,
        deprecated,
        extensions,
        session,
    })
}

fn kind<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<SecuritySchemeKind> {
    let name = object.required_text(cx, "type")?;
    match name.as_str() {
        "apiKey" => api_key(cx, object),
        "http" => {
            let scheme = object.required_text(cx, "scheme")?;
            let known = ["basic", "bearer", "digest"];
            let known = known.iter().find(|it| scheme.eq_ignore_ascii_case(it));
            // Names have no case (RFC 9110, section 11.1); one that is sent as it stands here keeps its own.
            let scheme = known.map_or(scheme, ToString::to_string);
            Some(SecuritySchemeKind::Http {
                scheme,
                bearer_format: object.text(cx, "bearerFormat"),
            })
        }
        "mutualTLS" => Some(SecuritySchemeKind::MutualTls),
        "oauth2" => flows(cx, object).map(|it| SecuritySchemeKind::OAuth2(Box::new(it))),
        "openIdConnect" => {
            let url = object.required_url(cx, "openIdConnectUrl")?;
            Some(SecuritySchemeKind::OpenIdConnect { url })
        }
        "basic" | "bearer" => {
            let at = object.child(cx, "type")?;
            let message = format!(
                "`{name}` is not a security scheme type; it is read as `type: http` with `scheme: {name}`"
            );
            let finding = cx.finding(Code::RepairedKeyword, &at, message);
            cx.diagnostics
                .report(finding.help(format!("write `type: http` and `scheme: {name}`")));
            Some(SecuritySchemeKind::Http {
                scheme: name,
                bearer_format: object.text(cx, "bearerFormat"),
            })
        }
        _ => {
            let at = object.child(cx, "type")?;
            let message = format!("`{name}` is not a security scheme type");
            let finding = cx.finding(Code::InvalidValue, &at, message).harmless();
            let help = match similar(&name, TYPES) {
                Some(meant) => format!("a type with a similar name exists: `{meant}`"),
                None => format!("use one of `{}`", TYPES.join("`, `")),
            };
            cx.diagnostics
                .report(finding.label(LEFT_TO_TRANSPORT).help(help));
            None
        }
    }
}

/// Reads an API key: its name and where it travels.
pub(in crate::normalize) fn api_key<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
) -> Option<SecuritySchemeKind> {
    let name = object.required_text(cx, "name");
    let location = api_key_location(cx, object);
    Some(SecuritySchemeKind::ApiKey {
        location: location?,
        name: name?,
    })
}

fn api_key_location<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<ParameterLocation> {
    let text = object.required_text(cx, "in")?;
    let location = match text.as_str() {
        "query" => ParameterLocation::Query,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        _ => {
            let at = object.child(cx, "in")?;
            let finding = cx.finding(
                Code::InvalidValue,
                &at,
                format!("`{text}` is not a location for an API key"),
            );
            let finding = finding.harmless().label(LEFT_TO_TRANSPORT);
            let help = match similar(&text, ["query", "header", "cookie"]) {
                Some(meant) => format!("a location with a similar name exists: `{meant}`"),
                None => "use `query`, `header` or `cookie`".to_owned(),
            };
            cx.diagnostics.report(finding.help(help));
            return None;
        }
    };
    Some(location)
}

fn flows<'a>(cx: &mut Cx<'a, '_>, scheme: &mut Object<'a>) -> Option<OAuthFlows> {
    let Some(at) = scheme.child(cx, "flows") else {
        // Whatever the flow, what it ends in is a token.
        let missing = scheme.missing(cx, "flows").harmless();
        cx.diagnostics.report(missing);
        return Some(OAuthFlows::default());
    };
    let mut object = Object::read(cx, at, "OAuth flows object")?;
    let mut flows = OAuthFlows {
        implicit: flow(cx, &mut object, "implicit", &["authorizationUrl"]),
        password: flow(cx, &mut object, "password", &["tokenUrl"]),
        client_credentials: flow(cx, &mut object, "clientCredentials", &["tokenUrl"]),
        authorization_code: flow(
            cx,
            &mut object,
            "authorizationCode",
            &["authorizationUrl", "tokenUrl"],
        ),
        device_authorization: None,
    };
    if cx.version >= Version::V3_2 {
        let required = &["deviceAuthorizationUrl", "tokenUrl"];
        flows.device_authorization = flow(cx, &mut object, "deviceAuthorization", required);
    }
    object.finish(cx);
    Some(flows)
}

/// Reads a flow. What it lacks is missed only by a caller who uses the flow.
fn flow<'a>(
    cx: &mut Cx<'a, '_>,
    flows: &mut Object<'a>,
    key: &'static str,
    required: &[&'static str],
) -> Option<OAuthFlow> {
    let at = flows.child(cx, key)?;
    let mut object = Object::read(cx, at, "OAuth flow object")?;
    for key in required {
        if object.entry(key).is_none() {
            let missing = object.missing(cx, key).harmless();
            cx.diagnostics.report(missing);
        }
    }
    let scopes = scopes_of_flow(cx, &mut object);
    let device = if cx.version >= Version::V3_2 {
        object.url(cx, "deviceAuthorizationUrl")
    } else {
        None
    };
    let flow = OAuthFlow {
        place: object.place(cx),
        authorization_url: object.url(cx, "authorizationUrl"),
        device_authorization_url: device,
        token_url: object.url(cx, "tokenUrl"),
        refresh_url: object.url(cx, "refreshUrl"),
        scopes,
    };
    object.finish(cx);
    Some(flow)
}

/// Reads `scopes` of a flow: what each allows.
pub(in crate::normalize) fn scopes_of_flow<'a>(
    cx: &mut Cx<'a, '_>,
    flow: &mut Object<'a>,
) -> IndexMap<String, String> {
    let mut scopes = IndexMap::new();
    for (entry, at) in flow.map(cx, "scopes") {
        if entry.key.starts_with("x-") && cx.version == Version::V2 {
            continue;
        }
        let text = repair::text(cx, &at, "scopes").unwrap_or_default();
        scopes.insert(entry.key.to_string(), text);
    }
    scopes
}

/// Reads `security` of an operation, or gives the document's; and whether it is the operation's own.
pub(in crate::normalize) fn of_operation<'a>(
    cx: &mut Cx<'a, '_>,
    operation: &mut Object<'a>,
) -> (Vec<SecurityRequirement>, bool) {
    if let Some(own) = requirements(cx, operation) {
        return (own, true);
    }
    let default = Rc::clone(&cx.default_security);
    (cx.inherited(&operation.at, &default), false)
}

/// Leaves out a header parameter `Authorization`, about which `security` decides (OAS 3.1.1, Parameter Object,
/// `name`). It stays where `security` says nothing, since then it is all that tells how to sign in; `lower` makes a
/// credential of it. 2.0 has no such rule: there it also stays where an operation states that it wants nothing.
pub(in crate::normalize) fn retain_sent(
    cx: &mut Cx<'_, '_>,
    parameters: &mut Vec<Parameter>,
    security: &[SecurityRequirement],
    is_own: bool,
) {
    let mut schemes = security.iter().flat_map(|it| it.schemes.keys());
    let is_declared = schemes.any(|name| cx.security_schemes.contains(name.as_str()));
    let wants_nothing = is_own && security.iter().all(|it| it.schemes.is_empty());
    if is_declared {
        ignore(
            cx,
            parameters,
            " because `security` decides which credential is sent",
        );
    } else if wants_nothing && cx.version > Version::V2 {
        ignore(cx, parameters, " because `security` asks for no credential");
    }
}

/// Leaves out a header parameter `Authorization`.
pub(super) fn ignore(cx: &mut Cx<'_, '_>, parameters: &mut Vec<Parameter>, why: &str) {
    parameters.retain(|it| {
        let is_meant = it.location == ParameterLocation::Header
            && it.name.eq_ignore_ascii_case("authorization");
        if is_meant {
            let message = format!("the header parameter `{}` is ignored{why}", it.name);
            let finding = Diagnostic::at(Code::IgnoredHeaderParameter, &it.place, message);
            let help = "remove it; a security scheme listed under `security` sends this header";
            cx.diagnostics.report(finding.help(help));
        }
        !is_meant
    });
}

/// Reads `security` of an object; `None` when it has none.
pub(in crate::normalize) fn requirements<'a>(
    cx: &mut Cx<'a, '_>,
    holder: &mut Object<'a>,
) -> Option<Vec<SecurityRequirement>> {
    let items = holder.list(cx, "security")?;
    Some(
        items
            .into_iter()
            .filter_map(|at| requirement(cx, &at))
            .collect(),
    )
}

fn requirement<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>) -> Option<SecurityRequirement> {
    let Value::Mapping(entries) = &at.node.value else {
        let message = format!("expected a security requirement, found {}", at.node.kind());
        let finding = cx.finding(Code::WrongType, at, message).harmless();
        let help = match at.node.as_str() {
            Some(name) => format!("write `{name}: []`"),
            None => "write a mapping from scheme names to scopes, such as `apiKey: []`".to_owned(),
        };
        cx.diagnostics.report(finding.label("left out").help(help));
        return None;
    };
    let mut schemes = IndexMap::new();
    for entry in entries {
        if !cx.security_schemes.contains(&*entry.key) {
            report_unknown(cx, at, entry);
        }
        schemes.insert(entry.key.to_string(), scopes(cx, &at.child(entry)));
    }
    Some(SecurityRequirement {
        place: cx.place(at),
        schemes,
    })
}

fn scopes(cx: &mut Cx<'_, '_>, at: &At<'_>) -> Vec<String> {
    if !matches!(at.node.value, Value::Sequence(_)) {
        let message = format!(
            "the scopes of a security requirement are a list, not {}",
            at.node.kind()
        );
        let finding = cx.finding(Code::WrongType, at, message).harmless();
        let help = "write `[]` if the scheme needs no scopes";
        cx.diagnostics
            .report(finding.label("expected a list").help(help));
    }
    let items = at.items();
    items
        .filter_map(|it| repair::text(cx, &it, "scope"))
        .collect()
}

fn report_unknown(cx: &mut Cx<'_, '_>, at: &At<'_>, entry: &crate::document::Entry) {
    let place = cx.key_place(at, entry);
    let message = format!("no security scheme is named `{}`", entry.key);
    let mut finding = Diagnostic::at(Code::UnknownSecurityScheme, &place, message);
    finding = finding.label(LEFT_TO_TRANSPORT);
    // Many names are not worth looking through once per requirement.
    let few = cx.security_schemes.len() <= 100;
    let names = cx.security_schemes.iter().copied().filter(|_| few);
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    finding = if let Some(meant) = cx.meant(&entry.key, names) {
        finding.help(format!(
            "a security scheme with a similar name exists: `{meant}`"
        ))
    } else {
        let lines = declaration(cx.version, &entry.key);
        finding.help_with_lines("declare it, for example like this:", &lines)
    };
    cx.diagnostics.report(finding);
}

/// The lines that declare a security scheme of the simplest kind.
fn declaration(version: Version, name: &str) -> String {
    if version == Version::V2 {
        return format!("securityDefinitions:\n  {name}:\n    type: basic");
    }
    format!("components:\n  securitySchemes:\n    {name}:\n      type: http\n      scheme: bearer")
}
