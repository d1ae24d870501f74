//! Rules about credentials: how they travel, and in what form.

use std::collections::HashSet;

use super::operations;
use super::subject::Subject;
use crate::diagnostics::{Code, Diagnostic};
use crate::extensions::PREFIXES;
use crate::ir::{ApiKeyLocation, SchemeKind};
use crate::model::{Operation, Server};

/// Reports servers to which credentials would travel unprotected.
pub(super) fn insecure_servers(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let is_secured = |it: &Operation| it.security.iter().any(|it| !it.schemes.is_empty());
    let description = subject.description;
    let mut lists: Vec<&[Server]> = Vec::new();
    let secured = operations::all(subject).filter(|(_, it)| is_secured(it));
    for (_, operation) in secured {
        let own = &operation.servers;
        lists.push(if own.is_empty() {
            &description.servers
        } else {
            own
        });
    }
    let mut reported = HashSet::new();
    for servers in lists {
        for (index, server) in servers.iter().enumerate() {
            let url = default_url(server);
            let Some(rest) = insecure(&url) else { continue };
            // One that is there by `https`, too, is chosen by those who ask for it.
            let mut others = servers.iter().take(index).map(default_url);
            let has_twin = others.any(|it| it.strip_prefix("https://") == Some(rest));
            if has_twin || !reported.insert(url.clone()) {
                continue;
            }
            let message = format!("credentials would travel unprotected to `{url}`");
            let place = subject.value(&server.place, "url");
            found.push(Diagnostic::at(Code::InsecureServer, &place, message));
        }
    }
}

/// The URL with every variable at its default.
fn default_url(server: &Server) -> String {
    let variables = server.variables.iter();
    variables.fold(server.url.to_lowercase(), |url, (name, it)| {
        url.replace(
            &format!("{{{}}}", name.to_lowercase()),
            &it.default.to_lowercase(),
        )
    })
}

/// What follows `http://` in the URL of a host that is not this machine.
fn insecure(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
        _ => authority,
    };
    let is_loopback = host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host
            .parse()
            .is_ok_and(|it: std::net::Ipv4Addr| it.is_loopback() || it.is_unspecified());
    (!is_loopback && !host.is_empty()).then_some(rest)
}

/// Reports keys in `Authorization` without a word on what stands before them.
pub(super) fn missing_prefixes(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for scheme in &subject.api.schemes {
        let SchemeKind::ApiKey {
            location: ApiKeyLocation::Header,
            name,
            prefix: None,
        } = &scheme.kind
        else {
            continue;
        };
        let declared = subject.description.security_schemes.get(&scheme.name);
        let states = |it: &crate::model::SecurityScheme| {
            PREFIXES
                .iter()
                .any(|prefix| it.extensions.contains_key(*prefix))
        };
        if !name.eq_ignore_ascii_case("authorization") || declared.is_none_or(states) {
            continue;
        }
        let message = format!(
            "nothing says what stands before the key of `{}` in `Authorization`",
            scheme.name
        );
        let place = subject.name(&scheme.origin.place);
        found.push(Diagnostic::at(Code::MissingPrefix, &place, message));
    }
}

#[cfg(test)]
mod tests {
    use super::insecure;

    #[test]
    fn only_loopback_is_safe_without_encryption() {
        let safe = [
            "https://example.org",
            "http://localhost:8080/v1",
            "http://api.localhost",
            "http://127.0.0.1",
            "http://[::1]:80/",
            "/v1",
        ];
        for url in safe {
            assert_eq!(insecure(url), None, "{url}");
        }
        for url in [
            "http://example.org/v1",
            "http://10.0.0.1:80",
            "http://localhost.org",
        ] {
            assert!(insecure(url).is_some(), "{url}");
        }
    }
}
