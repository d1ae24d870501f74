//! Text of a document as Markdown that does no harm in a doc comment.
//!
//! What comes out is `CommonMark` that says what the document says, and that rustdoc and clippy take without
//! a warning wherever it is put: no doc test, no HTML, no link but to the web, no character that a terminal
//! or an editor would act on. [`sanitize`](super::sanitize) does the work.

use super::sanitize::{self, clean};

/// A block of Markdown.
pub(in crate::emit) fn block(text: &str) -> String {
    sanitize::block(text)
}

/// Markdown in one line, at its beginning.
pub(in crate::emit) fn line(text: &str) -> String {
    sanitize::line(text)
}

/// Markdown in the middle of a line.
pub(in crate::emit) fn inline(text: &str) -> String {
    sanitize::inline(text)
}

/// Markdown in a cell of a table.
pub(in crate::emit) fn cell(text: &str) -> String {
    escape_pipes(&inline(text))
}

/// Text as code.
pub(in crate::emit) fn code(text: &str) -> String {
    let text = clean(text).split('\n').collect::<Vec<_>>().join(" ");
    let text = text.trim();
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    // CommonMark 0.31, Code spans: a longer run of backticks around shorter ones.
    let longest = text
        .split(|it| it != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest == 0 {
        format!("{fence}{text}{fence}")
    } else {
        format!("{fence} {text} {fence}")
    }
}

/// Code in a cell of a table.
pub(in crate::emit) fn cell_code(text: &str) -> String {
    escape_pipes(&code(text))
}

/// Text as code that links to an item.
pub(in crate::emit) fn code_link(text: &str, target: &str) -> String {
    format!("[{}]({target})", code(text))
}

/// A link to a page, after the text that tells what it is.
pub(in crate::emit) fn link(text: Option<&str>, url: &str) -> String {
    let plain = sanitize::is_web(url)
        && !url.contains(|it: char| it.is_whitespace() || "<>\\".contains(it));
    let url = if plain {
        format!("<{}>", clean(url))
    } else {
        code(url)
    };
    match text {
        Some(text) => format!("{} {url}", inline(text)),
        None => url,
    }
}

/// Escapes what would end a cell, unless it is escaped already (GFM, Tables).
fn escape_pipes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for it in text.chars() {
        if it == '|' && !escaped {
            out.push('\\');
        }
        escaped = it == '\\' && !escaped;
        out.push(it);
    }
    out
}
