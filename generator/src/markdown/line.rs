//! The events within a paragraph, as an inline.

use std::mem;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Inline;
use super::escape::{autolink, bracketed, code, destination, push_text};
use crate::lines::is_hidden;

/// Makes an inline of events. In it, a newline is where the document's line ends, and a carriage return where it
/// is meant to.
#[derive(Default)]
pub(super) struct Line {
    out: String,
    /// Text that is not escaped yet, since that depends on what follows.
    pending: String,
    link: Option<Link>,
    /// How many links and images are open inside the link.
    inner: usize,
}

/// A link that is open.
struct Link {
    /// The URL, to be shown.
    url: Inline,
    /// The URL as it is written; `None` if the link must not lead anywhere.
    destination: Option<String>,
    /// Whether the URL is all there is to say.
    is_bare: bool,
    /// Where in the output it starts.
    start: usize,
}

impl Line {
    /// Adds what an event stands for.
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.push(&text),
            Event::FootnoteReference(name) => self.push(&format!("[^{name}]")),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::Code(text) => self.code(&text),
            Event::SoftBreak => self.pending.push('\n'),
            Event::HardBreak => self.sign("\r"),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => self.sign("*"),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => self.sign("**"),
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => self.sign("~~"),
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                self.open(link_type, &dest_url);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close(),
            _ => {}
        }
    }

    /// Adds text. An entity may stand for a character that is none of text.
    pub(super) fn push(&mut self, text: &str) {
        let text = text.chars().filter_map(|it| match it {
            '\n' | '\t' => Some(' '),
            it => (!is_hidden(it)).then_some(it),
        });
        self.pending.extend(text);
    }

    /// Adds Markdown.
    fn sign(&mut self, sign: &str) {
        let is_linked = matches!(&self.link, Some(it) if it.destination.is_some());
        push_text(&mut self.out, &self.pending, is_linked);
        self.pending.clear();
        self.out.push_str(sign);
    }

    fn code(&mut self, text: &str) {
        if text.trim().is_empty() {
            return self.push(text);
        }
        self.sign("");
        // Between two pieces of code there may have been what is left out.
        let space = if self.out.ends_with('`') { " " } else { "" };
        self.sign(space);
        self.sign(&code(text).0);
    }

    /// Shows HTML as text, except for line breaks.
    fn html(&mut self, html: &str) {
        if matches!(html.trim(), "<br>" | "<br/>" | "<br />") {
            self.sign("\r");
        } else {
            self.push(html);
        }
    }

    /// Begins a link. Nothing is fetched to show the docs, so that an image becomes one, too.
    fn open(&mut self, kind: LinkType, url: &str) {
        if self.link.is_some() {
            self.inner += 1;
            return;
        }
        self.sign("");
        // An exclamation mark would make an image of the link.
        if self.out.ends_with('!') {
            self.out.insert(self.out.len() - 1, '\\');
        }
        let link = Link::new(kind, url, self.out.len());
        self.out
            .push_str(if link.destination.is_some() { "[" } else { "" });
        self.link = Some(link);
    }

    /// Ends a link. One that must not lead anywhere is text, and says where it would have led.
    fn close(&mut self) {
        if self.inner > 0 {
            self.inner -= 1;
            return;
        }
        self.sign("");
        let Some(link) = self.link.take() else {
            return;
        };
        match link.destination {
            Some(_) if link.is_bare || self.out[link.start + 1..].trim().is_empty() => {
                self.out.truncate(link.start);
                self.out.push_str(&link.url.0);
            }
            Some(destination) => self.out.extend(["](", &destination, ")"]),
            None if link.is_bare => {}
            None => self.out.extend([" (", &link.url.0, ")"]),
        }
    }

    /// The inline so far. What follows is another.
    pub(super) fn take(&mut self) -> Inline {
        mem::take(self).finish()
    }

    /// The inline.
    pub(super) fn finish(mut self) -> Inline {
        self.sign("");
        Inline(self.out.trim().to_owned())
    }
}

impl Link {
    fn new(kind: LinkType, url: &str, start: usize) -> Self {
        let (shown, destination) = match kind {
            LinkType::Email => {
                let shown = bracketed(url);
                (shown.clone(), shown.map(|_| url.to_owned()))
            }
            _ => (autolink(url), destination(url)),
        };
        // A place in a page that is not there is not worth a word.
        let is_local = url.is_empty() || url.starts_with('#');
        Self {
            url: shown.unwrap_or_else(|| code(url)),
            destination,
            is_bare: is_local || matches!(kind, LinkType::Autolink | LinkType::Email),
            start,
        }
    }
}
