//! Checks the credentials of a request.

use http::header::HeaderValue;

use super::lifecycle::{Asked, Lifecycle};
use super::{Api, Description, IncomingRequest, Location, SchemeKind, styles};

/// Checks a request. Returns the problem with its credentials if they satisfy none of the operation's alternatives.
pub(super) fn check(
    api: &'static Api,
    operation: &'static Description,
    request: &IncomingRequest,
    lifecycle: Option<&dyn Lifecycle>,
    asked: &Asked<'_>,
) -> Result<(), String> {
    let mut problem = None;
    for alternative in operation.security {
        let problems = alternative.iter().filter_map(|index| {
            let scheme = api.schemes.get(*index)?;
            let missing = || format!("there is no credential of `{}`", scheme.name);
            let credential = match credential(scheme.kind, request) {
                Credential::Unseen => return None,
                Credential::Missing => return Some(missing()),
                Credential::Found(credential) => credential,
            };
            lifecycle?.problem(*index, &credential, operation, asked)
        });
        match problems.min_by_key(String::len) {
            None => return Ok(()),
            // The first alternative is the usual one.
            Some(found) => problem = problem.or(Some(found)),
        }
    }
    problem.map_or(Ok(()), Err)
}

/// A credential as the service sees it.
pub(super) enum Credential {
    /// The credential is not part of the request, or is sent only after a challenge.
    Unseen,
    Missing,
    /// The credential without its prefix.
    Found(String),
}

/// Returns the credential of a scheme, without its prefix.
pub(super) fn credential(kind: SchemeKind, request: &IncomingRequest) -> Credential {
    let text = match kind.target() {
        None => return Credential::Unseen,
        Some((Location::Header, name)) => {
            let value = request.headers.get(name);
            let value = value.map(HeaderValue::as_bytes);
            value.map(|it| String::from_utf8_lossy(it).into_owned())
        }
        Some((Location::Query, name)) => {
            let pairs = request.query_pairs().into_iter();
            let mut own = pairs.filter(|(known, _)| known == name);
            own.next().map(|(_, value)| styles::form(&value))
        }
        Some((Location::Cookie, name)) => {
            let cookies = request.cookies().into_iter();
            let mut own = cookies.filter(|(known, _)| known == name);
            own.next().map(|(_, value)| value)
        }
    };
    let prefix = match kind {
        SchemeKind::Basic => Some("Basic"),
        SchemeKind::Bearer => Some("Bearer"),
        SchemeKind::Http(scheme) => Some(scheme),
        SchemeKind::Responding(_) => return Credential::Unseen,
        SchemeKind::ApiKey { prefix, .. } => prefix,
        SchemeKind::MutualTls => None,
    };
    let credential = text.and_then(|text| match prefix {
        None => Some(text),
        Some(prefix) => {
            let (start, rest) = text.split_at_checked(prefix.len())?;
            let rest = rest.strip_prefix(' ')?;
            start.eq_ignore_ascii_case(prefix).then(|| rest.to_owned())
        }
    });
    match credential.filter(|it| !it.trim().is_empty()) {
        Some(credential) => Credential::Found(credential),
        None => Credential::Missing,
    }
}
