//! Header fields of responses: joins lines to one value, and splits lists (RFC 9110, sections 5.3 and 5.6.1).

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};

use super::text::FieldText;

/// Fields that hold one value, even with commas in it.
const SINGLE: &[&str] = &[
    "age",
    "content-disposition",
    "content-length",
    "content-location",
    "content-range",
    "content-type",
    "etag",
    "from",
    "location",
    "referer",
    "refresh",
    "server",
    "user-agent",
];

/// Fields of challenges. Commas separate both challenges and their parameters (RFC 9110, section 11.6.1).
const CHALLENGES: &[&str] = &["proxy-authenticate", "www-authenticate"];

/// Returns the text of a field and its items, or `None` if it is missing.
///
/// Lines are joined by commas, except for cookies, whose dates may contain commas (RFC 6265, section 3). Cookies are
/// joined by line feeds, which no value contains (OAS 3.2.0, Appendix D).
pub(crate) fn read(headers: &HeaderMap, name: &str) -> Option<FieldText> {
    let lines: Vec<Cow<'_, str>> = headers.get_all(name).iter().map(text_of).collect();
    if lines.is_empty() {
        return None;
    }
    let name = &*name.to_ascii_lowercase();
    let whole = |separator: &str| lines.join(separator);
    Some(if name == "set-cookie" {
        FieldText::new(whole("\n"), lines.iter().map(Cow::to_string))
    } else if SINGLE.contains(&name) {
        FieldText::new(whole(", "), lines.iter().map(Cow::to_string))
    } else {
        let is_continued = if CHALLENGES.contains(&name) {
            is_parameter
        } else {
            is_rest_of_date
        };
        let items = lines.iter().flat_map(|line| items(line, is_continued));
        FieldText::new(whole(", "), items)
    })
}

/// Returns the text of a line, in UTF-8 or, for old servers, in Latin-1.
fn text_of(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text.trim()),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}

/// Returns the items of a line. A part for which `is_continued` is true belongs to the item before it.
fn items(line: &str, is_continued: fn(&str, &str) -> bool) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut last = "";
    for part in split(line) {
        match items.last_mut() {
            Some(item) if is_continued(last, part) => {
                item.push_str(", ");
                item.push_str(part);
            }
            _ => items.push(part.to_owned()),
        }
        last = part;
    }
    items
}

/// Splits a line at its commas, except for commas in quotes and in the target of a link (RFC 8288, section 3). Quotes
/// and targets without an end are ignored.
fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut inside, mut before) = (0, None, None);
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (letter, inside) {
            ('\\', Some('"')) => {
                letters.next();
            }
            (letter, Some(end)) if letter == end => inside = None,
            // The quote of `5" disk` opens nothing.
            ('"', None) if before.is_none_or(|it: char| !it.is_alphanumeric()) => {
                inside = Some('"');
            }
            ('<', None) if line[start..at].trim().is_empty() => inside = Some('>'),
            (',', None) => {
                parts.push(line[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        before = Some(letter);
    }
    if inside.is_some() {
        return line.split(',').map(str::trim).collect();
    }
    parts.push(line[start..].trim());
    parts
}

/// Returns `true` if a part is a parameter of the challenge before it, such as `realm="x"`, and not a new challenge.
fn is_parameter(_before: &str, part: &str) -> bool {
    let name = part.split_once('=').map(|(name, _)| name.trim_end());
    name.is_some_and(|name| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// Returns `true` if a part is a date without its day of the week, which is the part before it: `Sun, 06 Nov 1994
/// 08:49:37 GMT`.
fn is_rest_of_date(before: &str, part: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let before = before.to_ascii_lowercase();
    let is_day =
        |day: &&str| before == **day || (before.starts_with(*day) && before.ends_with("day"));
    DAYS.iter().any(is_day) && part.starts_with(|it: char| it.is_ascii_digit())
}
