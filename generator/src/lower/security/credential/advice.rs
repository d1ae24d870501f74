//! What to add to a document whose credentials are parameters.

use std::fmt::Write as _;

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{SchemeKind, SecurityScheme};
use crate::lower::context::Context;
use crate::model::Parameter;

/// Says that parameters are a credential, and which lines would declare that.
pub(super) fn report(cx: &mut Context, scheme: &SecurityScheme, parameters: &[&Parameter]) {
    let Some((location, name)) = scheme.kind.target() else {
        return;
    };
    let message = if scheme.inferred {
        format!("the {location} `{name}` is a credential, but no security scheme declares it")
    } else {
        let scheme = &scheme.name;
        format!(
            "the {location} `{name}` is the credential of `{scheme}`, but `security` does not name this scheme"
        )
    };
    let count = match parameters.len() {
        1 => "1 operation declares it as a parameter".to_owned(),
        count => format!("{count} operations declare it as a parameter"),
    };
    let is_optional = parameters.iter().any(|it| !it.required);
    let finding = Diagnostic::at(Code::InferredSecurity, &parameters[0].place, message)
        .label("read as a credential of the client, not as an argument")
        .note(count)
        .help_with_lines(
            "declare it as a security scheme, and remove the parameter:",
            &lines(cx, scheme, is_optional),
        );
    cx.report(finding);
}

/// The YAML that declares a scheme, unless it is there already, and asks for it.
fn lines(cx: &Context, scheme: &SecurityScheme, is_optional: bool) -> String {
    let mut lines = String::new();
    if scheme.inferred {
        // In the words of the user's version: a bearer token is an API key in 2.0.
        if cx.description.version.starts_with('2') {
            lines.push_str("securityDefinitions:\n");
            add(&mut lines, 2, scheme, &v2(&scheme.kind));
        } else {
            lines.push_str("components:\n  securitySchemes:\n");
            add(&mut lines, 4, scheme, &v3(&scheme.kind));
        }
    }
    // Writing into a string does not fail.
    let _ = write!(lines, "security:\n  - {}: []", plain(&scheme.name));
    if is_optional {
        lines.push_str("\n  - {}   # where it is optional");
    }
    lines
}

fn add(lines: &mut String, depth: usize, scheme: &SecurityScheme, fields: &[(&str, String)]) {
    let indent = " ".repeat(depth);
    let _ = writeln!(lines, "{indent}{}:", plain(&scheme.name));
    for (key, value) in fields {
        let _ = writeln!(lines, "{indent}  {key}: {value}");
    }
}

fn v3(kind: &SchemeKind) -> Vec<(&'static str, String)> {
    let http = |scheme: &str| vec![("type", "http".to_owned()), ("scheme", scheme.to_owned())];
    match kind {
        SchemeKind::Basic => http("basic"),
        SchemeKind::Bearer { .. } => http("bearer"),
        SchemeKind::Digest => http("digest"),
        SchemeKind::Http { scheme } => http(scheme),
        SchemeKind::MutualTls => vec![("type", "mutualTLS".to_owned())],
        SchemeKind::ApiKey { .. } => api_key(kind),
    }
}

fn v2(kind: &SchemeKind) -> Vec<(&'static str, String)> {
    let mut fields = match kind {
        SchemeKind::Basic => vec![("type", "basic".to_owned())],
        // None of the others is ever inferred.
        SchemeKind::Digest | SchemeKind::MutualTls => Vec::new(),
        SchemeKind::Bearer { .. } | SchemeKind::Http { .. } | SchemeKind::ApiKey { .. } => {
            api_key(kind)
        }
    };
    if let SchemeKind::Bearer { .. } = kind {
        fields.push(("x-keywright-prefix", "Bearer".to_owned()));
    }
    fields
}

fn api_key(kind: &SchemeKind) -> Vec<(&'static str, String)> {
    use crate::ir::ApiKeyLocation::{Cookie, Header, Query};
    let Some((location, name)) = kind.target() else {
        return Vec::new();
    };
    let location = match location {
        Header => "header",
        Query => "query",
        Cookie => "cookie",
    };
    vec![
        ("type", "apiKey".to_owned()),
        ("in", location.to_owned()),
        ("name", plain(name)),
    ]
}

/// Text as YAML has it: without quotation marks where it needs none.
fn plain(text: &str) -> String {
    let starts_well = text.starts_with(|it: char| it.is_ascii_alphabetic());
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    if starts_well && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
