//! Text of a document as Markdown that is safe in a doc comment. (temporary)

/// A block of Markdown.
pub(in crate::emit) fn block(text: &str) -> String {
    text.trim().to_owned()
}

/// One line of Markdown.
pub(in crate::emit) fn line(text: &str) -> String {
    block(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell of a table.
pub(in crate::emit) fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

/// Text as code.
pub(in crate::emit) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Text as code that links to an item.
pub(in crate::emit) fn code_link(text: &str, target: &str) -> String {
    format!("[{}]({target})", code(text))
}

/// A link to a page.
pub(in crate::emit) fn link(text: Option<&str>, url: &str) -> String {
    match text {
        Some(text) => format!("{} <{url}>", line(text)),
        None => format!("<{url}>"),
    }
}

/// Code in a cell of a table.
pub(in crate::emit) fn cell_code(text: &str) -> String {
    code(text).replace('|', "\\|")
}
