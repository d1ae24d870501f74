//! Characters: text that means nothing but itself, code, and URLs.

use std::fmt::Write as _;

use super::{Inline, inline, prose};
use crate::lines::is_hidden;

/// Text as code. What is not seen is shown by its number.
pub(crate) fn code(text: &str) -> Inline {
    let mut shown = String::with_capacity(text.len());
    for it in clean_lines(text).chars() {
        match it {
            '\n' => shown.push(' '),
            _ if is_hidden(it) => drop(write!(shown, "{}", it.escape_unicode())),
            _ => shown.push(it),
        }
    }
    let text = shown.trim();
    if text.is_empty() {
        return Inline::from("(empty)");
    }
    // CommonMark 0.31, Code spans: a longer run of backticks around shorter ones.
    let longest = longest_backticks(text);
    let fence = "`".repeat(longest + 1);
    Inline(if longest == 0 {
        format!("{fence}{text}{fence}")
    } else {
        format!("{fence} {text} {fence}")
    })
}

/// A link to a page, after the text that tells what it is.
pub(crate) fn link(text: Option<&str>, url: &str) -> Inline {
    let url = autolink(url).unwrap_or_else(|| code(url));
    match text {
        Some(text) => prose!("{} {}", inline(text), url),
        None => url,
    }
}

/// A URL as a link that shows it; `None` if it does not lead to the web, or cannot stand so.
pub(super) fn autolink(url: &str) -> Option<Inline> {
    is_web(url).then(|| bracketed(url)).flatten()
}

/// A URL or an address between angle brackets; `None` if it cannot stand so.
pub(super) fn bracketed(url: &str) -> Option<Inline> {
    let is_plain = |it: char| !it.is_whitespace() && !is_hidden(it) && !"<>\\`|\"".contains(it);
    url.chars()
        .all(is_plain)
        .then(|| Inline(format!("<{url}>")))
}

/// A URL between the parentheses of a link; `None` if it does not lead to the web.
pub(super) fn destination(url: &str) -> Option<String> {
    if !is_web(url) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    let mut utf8 = [0; 4];
    for (at, it) in url.char_indices() {
        match it {
            '(' | ')' | '[' | ']' => out.extend(['\\', it]),
            '&' if is_entity(&url[at + 1..]) => out.push_str("\\&"),
            _ if "<>`|\\".contains(it) || it.is_whitespace() || is_hidden(it) => {
                for byte in it.encode_utf8(&mut utf8).bytes() {
                    // Writing into a string does not fail.
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            _ => out.push(it),
        }
    }
    Some(out)
}

/// Whether a link leads to the web, or to a mailbox.
fn is_web(url: &str) -> bool {
    let starts = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://") || starts("mailto:")
}

/// The text with one kind of line end, without tabs, and without characters that are not seen but do something.
pub(super) fn clean(text: &str) -> String {
    let mut out = clean_lines(text);
    out.retain(|it| it == '\n' || !is_hidden(it));
    out
}

/// The text with one kind of line end, and without tabs.
fn clean_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(it) = letters.next() {
        match it {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            _ => out.push(it),
        }
    }
    out
}

/// The longest run of backticks in a text.
pub(super) fn longest_backticks(text: &str) -> usize {
    let runs = text.split(|it| it != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// Adds text, each sign escaped that could mean something, whatever stands before and after the text. Outside of
/// links, URLs become links.
pub(super) fn push_text(out: &mut String, text: &str, in_link: bool) {
    let mut before = None;
    let mut at = 0;
    while let Some(it) = text[at..].chars().next() {
        let url = if in_link { 0 } else { url_length(&text[at..]) };
        if url > 0 {
            out.extend(["<", &text[at..at + url], ">"]);
            at += url;
            before = Some('>');
            continue;
        }
        let run = match it {
            '_' => text[at..].len() - text[at..].trim_start_matches('_').len(),
            _ => it.len_utf8(),
        };
        let after = &text[at + run..];
        if is_meant(it, before, after, in_link) {
            out.extend(text[at..at + run].chars().flat_map(|it| ['\\', it]));
        } else {
            out.push_str(&text[at..at + run]);
        }
        at += run;
        before = Some(it);
    }
}

/// Whether a sign of text could be taken for more than itself.
fn is_meant(it: char, before: Option<char>, after: &str, in_link: bool) -> bool {
    let next = after.chars().next();
    let is = |of: fn(char) -> bool| before.is_some_and(of) && next.is_some_and(of);
    match it {
        '`' | '[' => true,
        ']' => in_link,
        '\\' => next.is_none_or(|it| it.is_ascii_punctuation() || it == '\n'),
        '<' => next.is_none_or(|it| !it.is_whitespace() && it != '='),
        '&' => is_entity(after),
        // CommonMark 0.31, Emphasis: not between spaces; of underscores, not inside a word.
        '*' | '~' => !is(char::is_whitespace),
        '_' => !is(char::is_alphanumeric),
        _ => false,
    }
}

/// Whether what follows an ampersand could make a character of it (CommonMark 0.31, Entity references).
fn is_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let end = name.find(|it: char| !it.is_ascii_alphanumeric());
    match end {
        Some(end) => end > 0 && name[end..].starts_with(';'),
        None => true,
    }
}

/// How long the URL at the beginning of a text is; nothing where there is none.
fn url_length(text: &str) -> usize {
    let Some(rest) = ["https://", "http://"]
        .iter()
        .find_map(|it| text.strip_prefix(it))
    else {
        return 0;
    };
    let scheme = text.len() - rest.len();
    let end = rest
        .find(|it: char| it.is_whitespace() || "<>\"`|\\^{}[]*".contains(it))
        .unwrap_or(rest.len());
    let count = |sign: char| rest[..end].matches(sign).count();
    let mut unbalanced = count(')').saturating_sub(count('('));
    let mut url = &rest[..end];
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~']);
        match trimmed.strip_suffix(')') {
            Some(inside) if unbalanced > 0 => {
                unbalanced -= 1;
                url = inside;
            }
            _ if trimmed.is_empty() => return 0,
            _ => return scheme + trimmed.len(),
        }
    }
}
