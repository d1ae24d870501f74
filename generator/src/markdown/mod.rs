//! Types for Markdown that is safe in doc comments.
//!
//! Text of a document becomes Markdown only here: as an [`Inline`], which stays within a paragraph, or as the blocks of
//! a [`Text`]. Both can be joined only in ways that keep them intact, so the meaning of a text never depends on the
//! text next to it. The output is `CommonMark` with the content of the document that rustdoc and clippy accept without
//! a warning in any place: no doc tests, no HTML, links only to the web, and no control characters.

mod escape;
mod line;
mod print;
mod read;
#[cfg(test)]
mod tests;

pub(crate) use escape::{code, link};
pub(crate) use read::{blocks, inline};

use crate::ir;

/// Markdown inside a paragraph. Every character that could start or end something is part of a pair, or escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inline(String);

impl Inline {
    /// See [`prose`].
    pub(crate) fn prose(template: &'static str, arguments: &[&dyn Prose]) -> Self {
        let mut out = String::new();
        let mut arguments = arguments.iter();
        for (index, text) in template.split("{}").enumerate() {
            if index > 0
                && let Some(argument) = arguments.next()
            {
                argument.push_to(&mut out);
            }
            out.push_str(text);
        }
        Self(out)
    }

    /// A number.
    pub(crate) fn number(number: impl Into<u64>) -> Self {
        Self(number.into().to_string())
    }

    /// Puts inlines one after the other.
    pub(crate) fn join(parts: impl IntoIterator<Item = Self>, separator: &'static str) -> Self {
        let parts: Vec<String> = parts.into_iter().map(|it| it.0).collect();
        Self(parts.join(separator))
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is a text as code, of which nothing had to be changed.
    pub(crate) fn is_code_of(&self, text: &str) -> bool {
        let inside = self.0.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
        inside == Some(text)
    }

    /// How many bytes it takes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// What is no text of a document is the emitter's own.
impl From<&'static str> for Inline {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

/// What may stand in the emitter's prose: Markdown, identifiers, and the emitter's own words.
pub(crate) trait Prose {
    /// Adds it as Markdown.
    fn push_to(&self, out: &mut String);
}

impl Prose for Inline {
    fn push_to(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl Prose for ir::Ident {
    fn push_to(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl Prose for ir::ApiKeyLocation {
    fn push_to(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Prose for proc_macro2::Ident {
    fn push_to(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Prose for &'static str {
    fn push_to(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl<T: Prose> Prose for &T {
    fn push_to(&self, out: &mut String) {
        (*self).push_to(out);
    }
}

/// The emitter's prose, with an argument for each `{}`: `prose!("The header {}.", code(name))`. Only what is
/// [`Prose`] can be an argument, so that no text of a document gets in as it is.
macro_rules! prose {
    ($template:literal $(, $argument:expr)* $(,)?) => {{
        const {
            let given = <[&str]>::len(&[$(stringify!($argument)),*]);
            assert!($crate::markdown::placeholders($template) == given);
        };
        $crate::markdown::Inline::prose($template, &[$(&$argument),*])
    }};
}
pub(crate) use prose;

/// How many arguments a template takes.
pub(crate) const fn placeholders(template: &str) -> usize {
    let bytes = template.as_bytes();
    let (mut at, mut count) = (1, 0);
    while at < bytes.len() {
        if bytes[at - 1] == b'{' && bytes[at] == b'}' {
            count += 1;
        }
        at += 1;
    }
    count
}

/// Documentation that grows by blocks, each with an empty line before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text(Vec<Block>);

/// What stands on lines of its own.
#[derive(Clone, Debug, PartialEq)]
enum Block {
    Paragraph(Inline),
    /// A heading, and of which level it is.
    Heading(usize, Inline),
    /// A heading of the emitter's own, with what it is about in the next line (CommonMark 0.31, ATX headings).
    Section(&'static str),
    /// Code that is no doc test, in a language of [`read`]'s list.
    Code(&'static str, String),
    List(List),
    Quote(Text),
    Table(Table),
    Rule,
}

/// A list: its items may be of several blocks.
#[derive(Clone, Debug, Default, PartialEq)]
struct List {
    /// The number of the first item, where they have one.
    start: Option<u64>,
    /// Whether the items are far from each other.
    is_loose: bool,
    items: Vec<Text>,
}

/// A table. All rows have as many cells as the first, which is its header.
#[derive(Clone, Debug, Default, PartialEq)]
struct Table {
    /// `---`, `:--`, `--:` or `:-:` for each column.
    alignments: Vec<&'static str>,
    rows: Vec<Vec<Inline>>,
}

impl Text {
    /// Adds a paragraph. An empty one adds nothing.
    pub(crate) fn paragraph(&mut self, text: impl Into<Inline>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Block::Paragraph(text));
        }
    }

    /// Adds a heading. Those of documents are of the third level and below.
    pub(crate) fn heading(&mut self, level: usize, text: impl Into<Inline>) {
        self.0.push(Block::Heading(level, text.into()));
    }

    /// Adds a heading and a list below it. Without items nothing is added.
    pub(crate) fn section(&mut self, title: &'static str, items: impl IntoIterator<Item = Text>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.0.push(Block::Section(title));
            self.list(items);
        }
    }

    /// Adds blocks.
    pub(crate) fn append(&mut self, other: Text) {
        self.0.extend(other.0);
    }

    /// Adds a list. One without items adds nothing.
    pub(crate) fn list(&mut self, items: impl IntoIterator<Item = Text>) {
        let list = List {
            items: items.into_iter().collect(),
            ..List::default()
        };
        if !list.items.is_empty() {
            self.0.push(Block::List(list));
        }
    }

    /// Adds a table.
    pub(crate) fn table<const N: usize>(
        &mut self,
        header: [&'static str; N],
        rows: impl IntoIterator<Item = [Inline; N]>,
    ) {
        let rows = rows.into_iter().map(Vec::from);
        self.0.push(Block::Table(Table {
            alignments: vec!["---"; N],
            rows: std::iter::once(header.map(Inline::from).to_vec())
                .chain(rows)
                .collect(),
        }));
    }

    /// Puts a label before blocks: into the first of them, where that is a paragraph.
    pub(crate) fn labelled(label: Inline, mut blocks: Text) -> Self {
        match blocks.0.first_mut() {
            Some(Block::Paragraph(first)) => *first = prose!("{}: {}", label, *first),
            Some(_) => blocks.0.insert(0, Block::Paragraph(prose!("{}:", label))),
            None => blocks.0.push(Block::Paragraph(label)),
        }
        blocks
    }

    /// Adds a sentence to the paragraph at the end, or as one of its own.
    pub(crate) fn sentence(&mut self, text: impl Into<Inline>) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        self.end();
        match self.0.last_mut() {
            Some(Block::Paragraph(last)) => *last = prose!("{} {}", *last, text),
            _ => self.paragraph(text),
        }
    }

    /// Adds paragraphs as sentences.
    pub(crate) fn sentences(&mut self, paragraphs: Text) {
        for block in paragraphs.0 {
            match block {
                Block::Paragraph(text) => self.sentence(text),
                other => self.0.push(other),
            }
        }
    }

    /// Puts a period after the paragraph at the end, unless it has a mark there.
    pub(crate) fn end(&mut self) {
        if let Some(Block::Paragraph(last)) = self.0.last_mut()
            && !last.0.trim_end().ends_with(['.', '!', '?', ':'])
        {
            *last = prose!("{}.", *last);
        }
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Inline> for Text {
    fn from(text: Inline) -> Self {
        let mut blocks = Self::default();
        blocks.paragraph(text);
        blocks
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Inline::from(text).into()
    }
}
