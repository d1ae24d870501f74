//! The client: what an API says of itself, and where it is served.

use super::{Difference, Finding};
use crate::diff::Rule;
use crate::outline::{Fact, NodeKind, Value};

pub(super) fn differs(it: Difference<'_>) -> Vec<Finding> {
    let finding = match (it.pair.new.kind, it.fact) {
        (NodeKind::Api, Fact::Title) => it.is(Rule::TitleChanged),
        (NodeKind::Api, Fact::ApiVersion) => it.is(Rule::ApiVersionChanged),
        (NodeKind::Server, Fact::Url) => return urls(it),
        (NodeKind::Server, Fact::DefaultServer) if it.new.is_some() => {
            Finding::new(Rule::DefaultServerChanged)
                .after(it.pair.new.text(Fact::Url))
                .on(Fact::Url)
        }
        // Its name is told apart.
        (NodeKind::Server, Fact::Setter) if !it.pair.is_renamed() => {
            it.is(Rule::ServerConstructorChanged)
        }
        (NodeKind::ServerVariable, Fact::Default) => it.is(Rule::ServerVariableDefaultChanged),
        (NodeKind::ServerVariable, Fact::Allowed) => it.is(Rule::ServerVariableChanged),
        _ => return Vec::new(),
    };
    vec![finding]
}

/// A URL, taken apart: scheme, host, and the rest.
fn parts(url: &str) -> (&str, String, &str) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    if scheme.is_empty() && !url.starts_with("//") {
        return ("", String::new(), url);
    }
    let rest = rest.trim_start_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    (scheme, host.to_ascii_lowercase(), path)
}

/// What differs between two URLs: the host and the scheme concern credentials, the rest does not.
fn urls(it: Difference<'_>) -> Vec<Finding> {
    let (Some(Value::Text(old)), Some(Value::Text(new))) = (it.old, it.new) else {
        return Vec::new();
    };
    let (old_scheme, old_host, old_path) = parts(old);
    let (new_scheme, new_host, new_path) = parts(new);
    let is_secure = |scheme: &str| scheme.eq_ignore_ascii_case("https");
    let mut findings = Vec::new();
    if old_host != new_host {
        findings.push(it.is(Rule::ServerHostChanged));
    }
    match (is_secure(old_scheme), is_secure(new_scheme)) {
        (true, false) => findings.push(it.is(Rule::ServerBecameInsecure)),
        (false, true) if !old_scheme.is_empty() => findings.push(it.is(Rule::ServerBecameSecure)),
        _ => {}
    }
    if old_path != new_path || findings.is_empty() {
        findings.push(it.is(Rule::ServerPathChanged));
    }
    findings
}
