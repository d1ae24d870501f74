//! Compares documented media types with actual ones (RFC 9110, section 8.3.1; RFC 6839).

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Returns the media type of a response with its parameters, or an empty string.
pub(crate) fn content_type(headers: &HeaderMap) -> &str {
    let value = headers.get(CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim()
}

/// The fit of a documented media type to an actual one, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Both are the same, including parameters.
    Whole,
    /// Both are the same, apart from parameters.
    Same,
    /// Both are JSON, XML or lines of JSON.
    Syntax,
    /// The documented one is a range that includes the actual one.
    Range,
    /// Both are text.
    Text,
}

/// Returns the fit of a documented media type to an actual one, if there is any.
pub(crate) fn fit(documented: &str, actual: &str) -> Option<Fit> {
    if plain(documented) == plain(actual) {
        return Some(Fit::Whole);
    }
    let (documented, actual) = (essence(documented), essence(actual));
    let syntax = syntax(&documented);
    let fits = [
        (documented == actual, Fit::Same),
        (
            syntax.is_some() && syntax == self::syntax(&actual),
            Fit::Syntax,
        ),
        (is_in_range(&actual, &documented), Fit::Range),
        (is_text(&documented) && is_text(&actual), Fit::Text),
    ];
    fits.into_iter().find(|(fits, _)| *fits).map(|(_, fit)| fit)
}

/// Returns the index of the documented media type that fits a response best. A response without a media type fits the
/// first one. If none fits, JSON is chosen, since its reader reports the error, or else the first one.
pub(crate) fn choose(documented: &[&str], actual: &str) -> usize {
    if actual.is_empty() {
        return 0;
    }
    let fits = documented
        .iter()
        .enumerate()
        .filter_map(|(index, documented)| Some((fit(documented, actual)?, index)));
    let json = || {
        documented
            .iter()
            .position(|documented| syntax(&essence(documented)) == Some(Syntax::Json))
    };
    fits.min()
        .map(|(_, index)| index)
        .or_else(json)
        .unwrap_or_default()
}

/// Returns a media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns the value of a parameter, without its quotes.
pub(crate) fn parameter<'a>(media_type: &'a str, name: &str) -> Option<&'a str> {
    let mut parameters = media_type.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (found, value) = parameter.split_once('=')?;
        found
            .trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches('"'))
    })
}

/// Returns a media type with its parameters in the form used for comparison.
fn plain(media_type: &str) -> String {
    let plain = media_type.chars().filter(|c| !c.is_whitespace());
    plain.collect::<String>().to_ascii_lowercase()
}

/// A syntax that several media types share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Xml,
    /// A sequence of JSON texts.
    Lines,
}

/// Returns the syntax of a media type without parameters.
pub(crate) fn syntax(essence: &str) -> Option<Syntax> {
    let (_, subtype) = essence.split_once('/')?;
    let (_, suffix) = subtype.rsplit_once('+').unwrap_or(("", subtype));
    match suffix {
        "json" => Some(Syntax::Json),
        "xml" => Some(Syntax::Xml),
        "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "json-lines" | "x-json-lines"
        | "ndjson" | "x-ndjson" | "x-ldjson" | "ldjson" | "json-seq" => Some(Syntax::Lines),
        _ => None,
    }
}

fn is_in_range(essence: &str, range: &str) -> bool {
    let kind = range.strip_suffix("/*").unwrap_or(range);
    kind == "*"
        || (kind.len() < range.len()
            && essence
                .strip_prefix(kind)
                .is_some_and(|rest| rest.starts_with('/')))
}

/// Returns `true` for text media types other than events, which are read in another way.
fn is_text(essence: &str) -> bool {
    essence.starts_with("text/") && essence != "text/event-stream"
}
