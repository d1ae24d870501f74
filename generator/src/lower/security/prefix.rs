//! What stands before a key in `Authorization`. An `apiKey` scheme has no field for it, so that documents say it in the
//! scheme's name or description, if at all.

use super::super::context::Context;
use super::super::extension;
use super::credential::recognize::scheme_of;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::model;

/// How many characters of a description are read.
const ENOUGH: usize = 1_000;

/// Returns what stands before a key, without the space: what an extension says, or else, of `Authorization`, what the
/// document says in words. Where it says nothing, callers give the whole value, and that is reported.
pub(super) fn prefix(
    cx: &mut Context,
    name: &str,
    scheme: &model::SecurityScheme,
    is_authorization: bool,
) -> Option<String> {
    let (place, extensions) = (&scheme.place, &scheme.extensions);
    if let Some(stated) = extension::prefix(cx, place, extensions) {
        return Some(stated).filter(|it| !it.is_empty());
    }
    if !is_authorization {
        return None;
    }
    let description = scheme.description.as_deref().unwrap_or_default();
    let said = said_prefix(name, description);
    if said.is_none() {
        report(cx, place, name);
    }
    said
}

fn report(cx: &mut Context, place: &Place, name: &str) {
    let message =
        format!("the prefix of the key `{name}` in the header `Authorization` is unknown");
    let finding = Diagnostic::at(Code::UnknownPrefix, place, message)
        .label("callers pass the whole header value")
        .help_with_lines(
            "add the prefix, or `\"\"` if there is none:",
            "x-keywright-prefix: Bearer",
        );
    cx.report(finding);
}

/// Returns the prefix that a scheme's name and description speak of.
fn said_prefix(name: &str, description: &str) -> Option<String> {
    let description: String = description.chars().take(ENOUGH).collect();
    let quoted: Vec<&str> = quoted(&description).collect();
    // What a sample shows is so, even where it is nothing that goes before a bare key.
    let samples = quoted.iter().filter_map(|it| Sample::of(it));
    if let Some(sample) = samples.max() {
        return sample.prefix();
    }
    let prose = description.to_lowercase();
    let speaks_of_prefix = PREFIXING.iter().any(|it| prose.contains(it));
    let word = quoted.iter().find(|it| is_word(it.trim()));
    if let Some(word) = word.filter(|_| speaks_of_prefix) {
        return Some(word.trim().to_owned());
    }
    let name = name.to_lowercase();
    let says = |wanted: &str| {
        let mut words = prose.split(|it: char| !it.is_alphanumeric());
        name.contains(wanted) || words.any(|it| it == wanted)
    };
    match (says("bearer"), says("basic")) {
        (true, false) => Some("Bearer".to_owned()),
        (false, true) => Some("Basic".to_owned()),
        _ => None,
    }
}

/// How descriptions say that something stands before a key.
const PREFIXING: &[&str] = &[
    "[space]",
    "<space>",
    "followed by",
    "precede",
    "prefix",
    "start with",
    "starts with",
    "the word",
];

/// What a quotation shows of the header's value.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sample {
    /// A prefix, and then the key.
    Prefix(String),
    /// More than that: `Token token=<token>`.
    Other,
}

impl Sample {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("Authorization:").unwrap_or(text).trim();
        scheme_of(text)?;
        let (scheme, rest) = text.split_once(' ')?;
        let rest = rest.trim();
        // One placeholder, and not several with something between them.
        let is_placeholder = PLACEHOLDERS.iter().any(|(start, end)| {
            let inner = rest.trim_start_matches(*start);
            inner.len() < rest.len() && rest.ends_with(*end) && !inner.contains(['<', '{', '['])
        });
        if is_placeholder || is_key(rest) {
            return Some(Self::Prefix(scheme.to_owned()));
        }
        // Other prose in quotation marks is no sample.
        let is_sample = rest.contains(['<', '{', '[', '=', '$']);
        is_sample.then_some(Self::Other)
    }

    fn prefix(self) -> Option<String> {
        match self {
            Self::Prefix(prefix) => Some(prefix),
            Self::Other => None,
        }
    }
}

/// How placeholders begin and end.
const PLACEHOLDERS: &[(char, char)] = &[('<', '>'), ('{', '}'), ('[', ']')];

/// Returns whether a text looks like a key, or stands for one: `eyJhbGciOi...`, `YOUR_API_KEY`, `Axxxxxxxxxx`.
fn is_key(text: &str) -> bool {
    let is_one_word = text
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || "-._~+/$:…".contains(it));
    let looks_so = text.contains("..")
        || text.contains('…')
        || text.contains("xxx")
        || text.contains("XXX")
        || text.starts_with('$')
        || text.bytes().any(|it| it.is_ascii_digit())
        || text.to_lowercase().contains("token")
        || text.to_lowercase().contains("key");
    !text.is_empty() && is_one_word && looks_so
}

/// Returns whether a text is one word that could stand before a key.
fn is_word(text: &str) -> bool {
    let is_word = |it: char| it.is_ascii_alphabetic() || it == '-';
    (2..=20).contains(&text.len()) && text.chars().all(is_word)
}

/// Returns what a text has between quotation marks of any kind. An apostrophe within a word is none.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let of_marks = move |open: char, close: char| {
        let is_open = move |at: usize| {
            let before = text[..at].chars().next_back();
            open != '\'' || before.is_none_or(|it| !it.is_alphanumeric())
        };
        let mut end = 0;
        text.match_indices(open).filter_map(move |(at, mark)| {
            let start = at + mark.len();
            if at < end || !is_open(at) {
                return None;
            }
            let length = text[start..].find(close)?;
            end = start + length + close.len_utf8();
            Some(&text[start..start + length])
        })
    };
    [('`', '`'), ('"', '"'), ('\'', '\''), ('“', '”')]
        .into_iter()
        .flat_map(move |(open, close)| of_marks(open, close))
}

#[cfg(test)]
mod tests {
    use super::said_prefix;

    #[test]
    fn finds_the_prefix_in_name_and_description() {
        let table = [
            ("Bearer", "", Some("Bearer")),
            ("BearerAuth", "", Some("Bearer")),
            ("basic_auth", "", Some("Basic")),
            ("jwt", "A token, prefixed with \"Bearer \"", Some("Bearer")),
            (
                "key",
                "Enter 'Bearer' [space] and then your token. Don't quote it.",
                Some("Bearer"),
            ),
            (
                "key",
                "e.g. set the header \"Authorization: Bearer <session token>\"",
                Some("Bearer"),
            ),
            (
                "key",
                "Use it as `Token <your token>`, not as a bearer",
                Some("Token"),
            ),
            ("key", "With the `Key` prefix: `Key Axxxxxxx`", Some("Key")),
            (
                "key",
                "The word \"Basic\" followed by a space and your key in Base64",
                Some("Basic"),
            ),
            ("key", "In the form `Token token=<base64>`", None),
            ("key", "`HMAC {id}:{signature}`", None),
            ("key", "A bearer token, or basic authentication", None),
            ("api_key", "Your \"personal\" API key", None),
            ("api_key", "", None),
        ];
        for (name, description, expected) in table {
            let found = said_prefix(name, description);
            assert_eq!(found.as_deref(), expected, "{name}: {description}");
        }
    }
}
