//! Finds what would do harm in Markdown, and changes as little of the text as takes the harm away.
//!
//! The text is parsed as rustdoc parses it; each harmful event becomes an edit at its place. Since an edit may
//! bring something new to light, this goes on until a parse finds nothing; text that does not settle is shown
//! as plain text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// How often a text is looked at before it is given up.
const ROUNDS: usize = 8;

/// The languages that rustdoc takes for other than Rust, and that a highlighter may know.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "php",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

/// A word without a meaning.
const WORD: &str = "x";

/// A change: what to put in place of which bytes.
type Edit = (Range<usize>, String);

/// A block of Markdown that is safe in a doc comment.
pub(super) fn block(text: &str) -> String {
    let text = clean(text);
    let text = text.trim_matches('\n').trim_end();
    settle(&apply(text, &headings(text)))
}

/// Markdown in one line that is safe in a doc comment, at the beginning of a line.
pub(super) fn line(text: &str) -> String {
    let settled = settle(&without_block_marker(&inline(text)));
    settled.replace('\n', " ")
}

/// Markdown that is safe in the middle of a line.
pub(super) fn inline(text: &str) -> String {
    let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    // After a word, nothing starts a block.
    let settled = settle(&format!("{WORD} {text}"));
    settled
        .strip_prefix(WORD)
        .unwrap_or(&settled)
        .trim()
        .replace('\n', " ")
}

/// Whether a link leads to the web, or to a mailbox.
pub(super) fn is_web(url: &str) -> bool {
    let starts = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://") || starts("mailto:")
}

/// The text with one kind of line end, and without characters that are not seen but do something.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            // Marks that reorder text, marks without width, and the byte order mark.
            '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}' => {}
            _ if it.is_control() => {}
            _ => out.push(it),
        }
    }
    let lines: Vec<&str> = out.split('\n').map(str::trim_end).collect();
    lines.join("\n")
}

/// Edits a text until nothing harmful is in it.
fn settle(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let edits = Finder::run(&text);
        if edits.is_empty() {
            return text;
        }
        text = apply(&text, &edits);
    }
    plain(&text)
}

/// The text with every character that could mean something escaped.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        for it in line.trim_start().chars() {
            if it.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(it);
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut at = 0;
    for (range, new) in edits {
        // Of edits that overlap, the next round sees what is left.
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// rustdoc's own dialect.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Edits that push headings below those of the emitter.
fn headings(text: &str) -> Vec<Edit> {
    let headings = Parser::new_ext(text, options())
        .into_offset_iter()
        .filter_map(|(event, range)| {
            let Event::Start(Tag::Heading { level, .. }) = event else {
                return None;
            };
            let marker = text[range.start..].starts_with('#');
            let deeper = "#".repeat((6 - level as usize).min(2));
            (marker && !deeper.is_empty()).then_some((range.start..range.start, deeper))
        });
    headings.collect()
}

/// Text whose beginning cannot start a block of its own.
fn without_block_marker(text: &str) -> String {
    let digits = text.len()
        - text
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let rest = &text[digits..];
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    let starts = text.starts_with(['#', '>', '-', '+', '=', '|', ':'])
        || ["* ", "***", "* * *", "___", "```", "~~~"]
            .iter()
            .any(|it| text.starts_with(it));
    if starts {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

/// Looks through the events of a text.
struct Finder<'t> {
    text: &'t str,
    edits: Vec<Edit>,
    /// What continues a line inside the containers that are open.
    containers: Vec<String>,
    in_link: usize,
    in_code: bool,
}

impl<'t> Finder<'t> {
    /// The edits that the text needs, in its order.
    fn run(text: &'t str) -> Vec<Edit> {
        let broken = |_: pulldown_cmark::BrokenLink<'_>| Some(("".into(), "".into()));
        let parser = Parser::new_with_broken_link_callback(text, options(), Some(broken));
        let events = parser.into_offset_iter();
        let definitions: Vec<usize> = events
            .reference_definitions()
            .iter()
            .map(|(_, definition)| definition.span.start)
            .collect();
        let mut finder = Finder {
            text,
            edits: Vec::new(),
            containers: Vec::new(),
            in_link: 0,
            in_code: false,
        };
        for (event, range) in events {
            finder.event(&event, range);
        }
        // A definition could capture a link of the emitter's: the links that it is for become text, too.
        for start in definitions {
            finder.escape(start);
        }
        finder
            .edits
            .sort_by_key(|(range, _)| (range.start, range.end));
        finder.edits.dedup();
        finder.edits
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::Link) => self.in_link = self.in_link.saturating_sub(1),
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => {
                self.containers.pop();
            }
            Event::Text(_) if self.in_link == 0 && !self.in_code => self.urls(range),
            Event::Html(_) | Event::InlineHtml(_) => self.html(range),
            Event::FootnoteReference(_) => self.escape(range.start),
            Event::SoftBreak | Event::HardBreak => self.continuation(range.end),
            Event::Text(_)
            | Event::End(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.in_link += 1;
                let known = match link_type {
                    LinkType::Inline | LinkType::Autolink => is_web(dest_url),
                    LinkType::Email => true,
                    _ => false,
                };
                if !known {
                    self.escape(range.start);
                }
            }
            // Nothing is fetched to show the docs: an image becomes a link.
            Tag::Image { .. } => self
                .edits
                .push((range.start..range.start + 1, String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.in_code = true;
                self.fence(info, range);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.in_code = true;
                self.indented(range);
            }
            Tag::FootnoteDefinition(_) => self.escape(range.start),
            Tag::Item => {
                let width = self.marker_width(range.start);
                self.containers.push(" ".repeat(width));
            }
            Tag::BlockQuote(_) => self.containers.push("> ".to_owned()),
            _ => {}
        }
    }

    fn escape(&mut self, at: usize) {
        self.edits.push((at..at, "\\".to_owned()));
    }

    /// Puts bare URLs into angle brackets.
    fn urls(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let mut from = 0;
        while let Some(found) = ["https://", "http://"]
            .iter()
            .filter_map(|it| text[from..].find(it))
            .min()
        {
            let start = range.start + from + found;
            let end = start + url_length(&self.text[start..]);
            from = (end - range.start).min(text.len());
            if end > start + "https://".len() {
                self.edits.push((start..start, "<".to_owned()));
                self.edits.push((end..end, ">".to_owned()));
            } else {
                from = (from + "http://".len()).min(text.len());
            }
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
    }

    /// Shows HTML as text, except for line breaks.
    fn html(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        if matches!(text.trim(), "<br>" | "<br/>" | "<br />") {
            return;
        }
        for (at, _) in text.match_indices('<') {
            self.escape(range.start + at);
        }
    }

    /// Names a language that is not Rust, and closes what the end of the text would.
    fn fence(&mut self, info: &str, range: Range<usize>) {
        let block = &self.text[range.clone()];
        let opening = block.lines().next().unwrap_or_default();
        let marker: String = opening
            .chars()
            .take_while(|it| *it == opening.chars().next().unwrap_or('`'))
            .collect();
        if !LANGUAGES.contains(&info) {
            let from = range.start + marker.len();
            self.edits
                .push((from..range.start + opening.len(), "text".to_owned()));
        }
        let closing = block.lines().skip(1).last().unwrap_or_default().trim();
        let closed =
            closing.len() >= marker.len() && closing.chars().all(|it| marker.starts_with(it));
        if !closed && range.end >= self.text.trim_end().len() && self.containers.is_empty() {
            self.edits
                .push((self.text.len()..self.text.len(), format!("\n{marker}")));
        }
    }

    /// Puts fences around an indented code block, which rustdoc would take for a doc test.
    fn indented(&mut self, range: Range<usize>) {
        let line_start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.text[line_start..range.start];
        let prefix = before.strip_suffix("    ").unwrap_or(before);
        let code = self.text[range.clone()].trim_end();
        let longest = code
            .split(|it| it != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        let start = line_start + prefix.len();
        let end = range.start + code.len();
        self.edits
            .push((start..start, format!("{fence}text\n{prefix}")));
        self.edits.push((end..end, format!("\n{prefix}{fence}")));
    }

    /// Gives a line that continues a paragraph the indentation it should have: none, but for that of the lists and
    /// quotations around it. The whole may become an item of a list, where clippy minds more.
    fn continuation(&mut self, start: usize) {
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &self.text[line_start..];
        let length = rest.len() - rest.trim_start_matches([' ', '>']).len();
        let prefix = self.containers.concat();
        if rest[..length] != prefix {
            self.edits.push((line_start..line_start + length, prefix));
        }
    }

    /// How far the content of a list's item stands from the content around the list.
    fn marker_width(&self, start: usize) -> usize {
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let outer: usize = self.containers.iter().map(String::len).sum();
        // The item may be said to start at its marker or before the spaces in front of it.
        let rest = self.text[start..].trim_start_matches(' ');
        let column = self.text.len() - rest.len() - line_start;
        let digits = rest.len()
            - rest
                .trim_start_matches(|it: char| it.is_ascii_digit())
                .len();
        let after = rest.get(digits + 1..).unwrap_or_default();
        let line = after.split('\n').next().unwrap_or_default();
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let spaces = if line.trim().is_empty() || spaces > 4 {
            1
        } else {
            spaces
        };
        column.saturating_sub(outer) + digits + 1 + spaces
    }
}

/// How long the URL at the beginning of a text is.
fn url_length(text: &str) -> usize {
    let end = text
        .find(|it: char| it.is_whitespace() || it.is_control() || "<>\"`|\\^{}[]*".contains(it))
        .unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let unbalanced = url.ends_with(')') && url.matches('(').count() < url.matches(')').count();
        let trimmed = if unbalanced {
            &url[..url.len() - 1]
        } else {
            url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~'])
        };
        if trimmed.len() == url.len() {
            return url.len();
        }
        url = trimmed;
    }
}

#[cfg(test)]
mod tests;
