//! Finds the operation of a request.

use percent_encoding::percent_decode_str;
use url::Url;

use super::service::{BASE_URL, Entry};
use super::styles::{Pairs, pairs};
use super::{Api, Description};

/// The operation of a request, and its path arguments, still encoded.
pub(super) struct Route {
    pub(super) entry: &'static Entry,
    pub(super) captures: Vec<(&'static str, String)>,
}

/// Finds the operation of a request. Of several, the one with the most literal path wins (OAS 3.1.1, Path Templating
/// Matching), then the one with the longest query.
pub(super) fn find(
    api: &Api,
    entries: &'static [Entry],
    method: &str,
    uri: &http::Uri,
) -> Option<Route> {
    let query = pairs(uri.query().unwrap_or_default());
    let routes = entries.iter().filter_map(|entry| {
        let description = entry.description;
        if description.method != method {
            return None;
        }
        let (template, fixed) = split(description);
        let fixed = pairs(fixed);
        if !fixed.iter().all(|it| query.contains(it)) {
            return None;
        }
        let bases = bases(api, description, uri.host());
        let captures = bases.iter().find_map(|base| {
            let rest = uri.path().strip_prefix(base.as_str())?;
            // A base alone is the path `/`, too.
            let rest = if rest.is_empty() && template == "/" {
                "/"
            } else {
                rest
            };
            capture(template, rest)
        })?;
        let literal = template.len()
            - captures
                .iter()
                .map(|(name, _)| name.len() + 2)
                .sum::<usize>();
        Some(((literal, fixed.len()), Route { entry, captures }))
    });
    let best = routes.reduce(|best, it| if it.0 > best.0 { it } else { best });
    best.map(|(_, route)| route)
}

/// Returns the path and the query of a description.
fn split(description: &'static Description) -> (&'static str, &'static str) {
    let path = description.path;
    path.split_once('?').unwrap_or((path, ""))
}

/// Returns the base paths of an operation: none at the service itself, and those of the document's servers elsewhere.
fn bases(api: &Api, description: &Description, host: Option<&str>) -> Vec<String> {
    let slash = if description.path.starts_with(['/', '?']) || description.path.is_empty() {
        ""
    } else {
        "/"
    };
    let none = std::iter::once(slash.to_owned());
    if host.is_some() && host == BASE_URL.strip_prefix("https://") {
        return none.collect();
    }
    let url = Url::parse(api.base_url).or_else(|_| Url::parse(BASE_URL)?.join(api.base_url));
    let own = url.as_ref().ok().zip(description.server);
    let own = own.and_then(|(url, server)| url.join(server).ok());
    let urls = [own.as_ref(), url.as_ref().ok()].into_iter().flatten();
    let paths = urls.map(|it| format!("{}{slash}", it.path().trim_end_matches('/')));
    paths.chain(none).collect()
}

/// Reads the arguments of a path by its template, or returns `None` if the path does not match. No argument contains a
/// slash.
fn capture(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let Some((literal, rest)) = template.split_once('{') else {
        return (decoded(template) == decoded(path)).then(Vec::new);
    };
    let (name, rest) = rest.split_once('}')?;
    let start = literal_end(literal, path)?;
    let path = path.get(start..)?;
    let longest = path.find('/').unwrap_or(path.len());
    let ends = path.char_indices().map(|(at, _)| at).chain([path.len()]);
    let ends = ends.take_while(|at| *at <= longest);
    // An argument ends where the rest of the template fits; in most templates, at the slash.
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let value = path.get(..end)?;
        let mut captures = capture(rest, path.get(end..)?)?;
        captures.insert(0, (name, value.to_owned()));
        Some(captures)
    })
}

/// Returns the end of a literal at the start of a path, however it is encoded.
fn literal_end(literal: &str, path: &str) -> Option<usize> {
    let ends = path.char_indices().map(|(at, _)| at).chain([path.len()]);
    let mut ends = ends.skip(literal.chars().count().min(path.len()));
    if path.starts_with(literal) {
        return Some(literal.len());
    }
    let literal = decoded(literal);
    ends.find(|end| path.get(..*end).is_some_and(|it| decoded(it) == literal))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Returns the query of a request without the fixed part of its operation.
pub(super) fn query_without_fixed(description: &'static Description, uri: &http::Uri) -> String {
    let (_, fixed) = split(description);
    let query = uri.query().unwrap_or_default();
    if fixed.is_empty() {
        return query.to_owned();
    }
    let fixed: Pairs = pairs(fixed);
    let kept = query
        .split('&')
        .filter(|it| !pairs(it).iter().all(|it| fixed.contains(it)));
    kept.collect::<Vec<_>>().join("&")
}
