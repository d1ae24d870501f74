//! Text of a document as Markdown: parsed as rustdoc parses it, and kept as far as it does no harm.

use std::mem;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::escape::clean;
use super::line::Line;
use super::{Block, Inline, List, Table, Text, prose};

/// The languages that rustdoc takes for other than Rust, and that a highlighter may know.
pub(super) const LANGUAGES: &[&str] = &[
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

/// How many lists, items and quotations may stand in each other. What is deeper joins the text around it.
const CONTAINERS: usize = 16;

/// How far a line may be indented. Lists that are indented further are too deep.
const INDENTATION: usize = 100;

/// How far headings are pushed down, to be below those of the emitter.
const LOWERED: usize = 2;

/// A word without a meaning.
const WORD: &str = "x";

/// Markdown of a document, as blocks.
pub(crate) fn blocks(text: &str) -> Text {
    let text = clean(text);
    let lines: Vec<String> = text.split('\n').map(shallow).collect();
    let mut reader = Reader::default();
    for event in Parser::new_ext(&lines.join("\n"), options()) {
        reader.event(event);
    }
    reader.finish()
}

/// Markdown of a document in a line.
pub(crate) fn inline(text: &str) -> Inline {
    let text = clean(text);
    // After a word, nothing starts a block.
    let words: Vec<&str> = [WORD].into_iter().chain(text.split_whitespace()).collect();
    let mut line = Line::default();
    for event in Parser::new_ext(&words.join(" "), options()) {
        line.event(event);
    }
    let Inline(text) = line.finish();
    let text = text.strip_prefix(WORD).map(str::trim_start);
    Inline(text.unwrap_or_default().to_owned())
}

/// A line that opens no more lists and quotations than are kept: the parser looks at all that are open for each
/// line that follows.
fn shallow(line: &str) -> String {
    let indentation = line.len() - line.trim_start_matches(' ').len();
    let line = &line[indentation.saturating_sub(INDENTATION)..];
    let mut rest = line;
    let mut kept = None;
    for count in 0.. {
        if count == CONTAINERS {
            kept = Some(line.len() - rest.len());
        }
        match after_marker(rest) {
            Some(after) => rest = after,
            None => break,
        }
    }
    match kept {
        Some(kept) => format!("{}{rest}", &line[..kept]),
        None => line.to_owned(),
    }
}

/// What follows the marker of a quotation or of a list's item (CommonMark 0.31, Container blocks).
fn after_marker(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    if let Some(after) = line.strip_prefix('>') {
        return Some(after);
    }
    let number = line.trim_start_matches(|it: char| it.is_ascii_digit());
    let after = if number.len() < line.len() {
        number.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    after.filter(|it| it.starts_with(' '))
}

/// rustdoc's own dialect, but for its typography.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Makes blocks of events.
#[derive(Default)]
struct Reader {
    done: Text,
    /// The lists, items and quotations that are open.
    open: Vec<Container>,
    /// How many more are open, too deep to be kept.
    ignored: usize,
    line: Line,
    /// Whether the item that begins is of a list of tasks, and done.
    task: Option<bool>,
    table: Table,
    raw: Option<Raw>,
}

/// What blocks may stand in.
enum Container {
    List(List),
    Item(Text),
    Quote(Text),
}

/// Text that is no Markdown.
enum Raw {
    Code(&'static str, String),
    Html(String),
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match (event, &mut self.raw) {
            (Event::Start(tag), _) => self.start(tag),
            (Event::End(tag), _) => self.end(tag),
            (Event::Text(text) | Event::Html(text), Some(Raw::Code(_, raw) | Raw::Html(raw))) => {
                raw.push_str(&text);
            }
            (Event::Rule, _) => self.block(Block::Rule),
            (Event::TaskListMarker(is_done), _) => self.task = Some(is_done),
            (event, _) => self.line.event(event),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.loosen(),
            Tag::CodeBlock(kind) => {
                self.flush();
                self.raw = Some(Raw::Code(language(&kind), String::new()));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.raw = Some(Raw::Html(String::new()));
            }
            Tag::List(start) => self.open(Container::List(List {
                start,
                ..List::default()
            })),
            Tag::Item => self.open(Container::Item(Text::default())),
            Tag::BlockQuote(_) => self.open(Container::Quote(Text::default())),
            Tag::Table(alignments) => {
                self.flush();
                self.table.alignments = alignments.into_iter().map(alignment).collect();
            }
            Tag::TableHead | Tag::TableRow => self.table.rows.push(Vec::new()),
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.line.push(&format!("[^{name}]: "));
            }
            Tag::Heading { .. } => self.flush(),
            inline => self.line.event(Event::Start(inline)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::FootnoteDefinition => self.flush(),
            TagEnd::Heading(level) => {
                let text = self.line.take();
                let level = (level as usize + LOWERED).min(6);
                self.block(Block::Heading(level, text));
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.close_raw(),
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.close(),
            TagEnd::TableCell => {
                let text = self.line.take();
                if let Some(row) = self.table.rows.last_mut() {
                    row.push(text);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {}
            TagEnd::Table => {
                let table = mem::take(&mut self.table);
                self.block(Block::Table(table));
            }
            inline => self.line.event(Event::End(inline)),
        }
    }

    /// A list whose items have paragraphs is loose (CommonMark 0.31, Lists).
    fn loosen(&mut self) {
        if self.ignored == 0
            && let [.., Container::List(list), Container::Item(_)] = &mut self.open[..]
        {
            list.is_loose = true;
        }
    }

    fn open(&mut self, container: Container) {
        self.flush();
        if self.ignored > 0 || self.open.len() >= CONTAINERS {
            self.ignored += 1;
        } else {
            self.open.push(container);
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        match self.open.pop() {
            Some(Container::List(list)) if !list.items.is_empty() => {
                self.block(Block::List(list));
            }
            Some(Container::Quote(text)) if !text.is_empty() => self.block(Block::Quote(text)),
            Some(Container::Item(text)) if !text.is_empty() => {
                if let Some(Container::List(list)) = self.open.last_mut() {
                    list.items.push(text);
                }
            }
            _ => {}
        }
    }

    fn close_raw(&mut self) {
        match self.raw.take() {
            Some(Raw::Code(language, text)) => {
                let text = text.trim_end().trim_start_matches('\n').to_owned();
                self.block(Block::Code(language, text));
            }
            Some(Raw::Html(text)) => {
                for line in text.lines().map(str::trim) {
                    if line.is_empty() {
                        self.flush();
                    }
                    self.line.event(Event::InlineHtml(line.into()));
                    self.line.event(Event::SoftBreak);
                }
                self.flush();
            }
            None => {}
        }
    }

    /// Makes a paragraph of the text so far.
    fn flush(&mut self) {
        let text = self.line.take();
        let task = self.task.take();
        if text.is_empty() {
            return;
        }
        let begins = matches!(self.open.last(), Some(Container::Item(item)) if item.is_empty());
        let marker = match task.filter(|_| begins && self.ignored == 0) {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        self.add(Block::Paragraph(prose!("{}{}", marker, text)));
    }

    /// Adds a block after the text so far.
    fn block(&mut self, block: Block) {
        self.flush();
        self.add(block);
    }

    fn add(&mut self, block: Block) {
        let innermost = self.open.iter_mut().rev().find_map(|it| match it {
            Container::Item(text) | Container::Quote(text) => Some(text),
            Container::List(_) => None,
        });
        innermost.unwrap_or(&mut self.done).0.push(block);
    }

    fn finish(mut self) -> Text {
        self.flush();
        self.done
    }
}

/// The language of a code block, if it is known and not Rust: the rest would be doc tests.
fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let known = LANGUAGES.iter().find(|it| match kind {
        CodeBlockKind::Fenced(info) => info.as_ref() == **it,
        CodeBlockKind::Indented => false,
    });
    known.unwrap_or(&"text")
}

fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "---",
        Alignment::Left => ":--",
        Alignment::Center => ":-:",
        Alignment::Right => "--:",
    }
}
