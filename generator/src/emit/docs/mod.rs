//! Documentation: what the spec says, as doc attributes.
//!
//! All text of a document passes [`markdown`] before it gets here, so that nothing in it can end a comment,
//! run as a doc test, or break rustdoc.

pub(super) mod incoming;
pub(super) mod markdown;
pub(super) mod operation;
mod sanitize;
pub(super) mod security;

use std::fmt::Write as _;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Branch, Docs, Field, Ident, Item, Origin, Part, Presence, Value, Variant};

/// Markdown as doc attributes, one for each line.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.trim_end().lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// `#[deprecated]`, where the document advises against something.
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}

/// The docs of a type: what it is, examples, and the schema that it was made from.
pub(super) fn item(item: &Item) -> TokenStream {
    let mut text = Text::default();
    text.docs(&item.docs);
    text.examples(&item.examples);
    text.paragraph(&format!(
        "Schema: {}",
        markdown::code(&pointer(&item.origin))
    ));
    attributes(&text.0)
}

/// The docs of a field, which may be a part of a multipart body.
pub(super) fn field(field: &Field, part: Option<&Part>) -> TokenStream {
    let mut text = Text::default();
    text.docs(&field.docs);
    if text.0.is_empty() {
        text.paragraph(&format!(
            "The property {}.",
            markdown::code(&field.wire_name)
        ));
    }
    text.constraints(&field.constraints);
    if let Some(default) = &field.default {
        text.paragraph(&format!(
            "Default: {}",
            markdown::code(&default.to_string())
        ));
    }
    match (field.read_only, field.write_only) {
        (true, _) => text.paragraph("Only servers send it."),
        (false, true) => text.paragraph("Only clients send it."),
        (false, false) => {}
    }
    if let Some(part) = part {
        text.paragraph(&self::part(part));
    }
    text.examples(&field.examples);
    attributes(&text.0)
}

/// What the document says of a part besides its value.
fn part(part: &Part) -> String {
    let media_type = part.media_type.iter();
    let media_type = media_type.map(|it| format!("Sent as {}.", markdown::code(it)));
    let names: Vec<String> = part.headers.iter().map(|it| markdown::code(it)).collect();
    let headers = (!names.is_empty()).then(|| {
        let headers = names.join(", ");
        format!("Headers of the part: {headers}.")
    });
    media_type.chain(headers).collect::<Vec<_>>().join(" ")
}

/// The docs of an enumeration's variant.
pub(super) fn variant<T: std::fmt::Display>(variant: &Variant<T>) -> TokenStream {
    let value = markdown::code(&variant.value.to_string());
    let text = match &variant.description {
        Some(description) => format!("{value}: {}", markdown::block(description)),
        None => value,
    };
    attributes(&text)
}

/// The docs of a union's variant.
pub(super) fn branch(branch: &Branch) -> TokenStream {
    let mut text = Text::default();
    text.docs(&branch.docs);
    if text.0.is_empty() {
        text.paragraph(&format!("The type {}.", markdown::code(&branch.hint)));
    }
    attributes(&text.0)
}

/// A group with those that it is in: "`cakes` of `products`".
pub(super) fn group(tag: &str, parents: &[(String, Option<String>)]) -> String {
    let parents = parents.iter().rev().map(|(parent, _)| parent.as_str());
    let names = std::iter::once(tag).chain(parents).map(markdown::code);
    names.collect::<Vec<_>>().join(" of ")
}

/// The docs of a setter: they are the field's, so a link leads there.
pub(super) fn setter(field: &Field, name: &Ident) -> TokenStream {
    let link = format!("[`{name}`](Self::{name})");
    let text = match field.presence {
        Presence::OptionalNullable => format!("Sets {link}. For `null`, assign to the field."),
        Presence::Required | Presence::Nullable | Presence::Optional => format!("Sets {link}."),
    };
    attributes(&text)
}

/// The pointer of the place that something was made from: `#/components/schemas/User`.
pub(super) fn pointer(origin: &Origin) -> String {
    origin.place.pointer.to_string()
}

/// Names in each other, as a list.
#[derive(Debug, Default)]
pub(super) struct Tree {
    about: Option<String>,
    below: IndexMap<String, Tree>,
}

impl Tree {
    /// Adds names and what they are, each in the one before it.
    pub(super) fn insert(&mut self, path: &[(String, Option<String>)]) {
        if let [(name, about), path @ ..] = path {
            let below = self.below.entry(name.clone()).or_default();
            below.about.clone_from(about);
            below.insert(path);
        }
    }

    /// The list.
    pub(super) fn list(&self) -> String {
        let mut text = Text::default();
        for (name, below) in &self.below {
            let mut entry = markdown::code(name);
            if let Some(about) = &below.about {
                let _ = write!(entry, ": {}", markdown::inline(about));
            }
            if !below.below.is_empty() {
                let _ = write!(entry, "\n{}", below.list());
            }
            text.item(&entry);
        }
        text.0.trim_start().to_owned()
    }
}

/// Documentation that grows by paragraphs.
#[derive(Debug, Default)]
pub(super) struct Text(pub(super) String);

impl Text {
    /// Adds a block, with an empty line before it. An empty block adds nothing.
    pub(super) fn paragraph(&mut self, block: &str) {
        let block = block.trim_end();
        if block.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(block);
    }

    /// Adds an item of a list, directly after the one before it.
    pub(super) fn item(&mut self, block: &str) {
        let mut lines = block.trim_end().lines();
        if let Some(first) = lines.next() {
            let _ = write!(self.0, "\n- {first}");
        }
        for line in lines {
            let indent = if line.is_empty() { "" } else { "  " };
            let _ = write!(self.0, "\n{indent}{line}");
        }
    }

    /// Adds summary, description and further reading.
    pub(super) fn docs(&mut self, docs: &Docs) {
        if let Some(summary) = &docs.summary {
            self.paragraph(&markdown::line(summary));
        }
        if let Some(description) = &docs.description {
            // Many documents say the same twice.
            if docs.summary.as_deref().map(str::trim) != Some(description.trim()) {
                self.paragraph(&markdown::block(description));
            }
        }
        self.external(docs);
    }

    /// Adds further reading.
    pub(super) fn external(&mut self, docs: &Docs) {
        if let Some((text, url)) = &docs.external {
            self.paragraph(&format!(
                "See also: {}",
                markdown::link(text.as_deref(), url)
            ));
        }
    }

    /// Adds what a schema demands of a value.
    pub(super) fn constraints(&mut self, constraints: &[String]) {
        if !constraints.is_empty() {
            self.paragraph(&format!("Constraints: {}", constraints_line(constraints)));
        }
    }

    /// Adds examples: those that fit into a line.
    pub(super) fn examples(&mut self, examples: &[Value]) {
        let lines: Vec<String> = examples
            .iter()
            .map(example_line)
            .filter(|it| it.len() <= 120)
            .collect();
        match lines.as_slice() {
            [] => {}
            [one] => self.paragraph(&format!("Example: {one}")),
            several => self.paragraph(&format!("Examples: {}", several.join(", "))),
        }
    }
}

/// Constraints in a line.
pub(super) fn constraints_line(constraints: &[String]) -> String {
    constraints
        .iter()
        .map(|it| markdown::inline(it))
        .collect::<Vec<_>>()
        .join(", ")
}

/// An example: text without quotes, everything else as JSON.
fn example_line(example: &Value) -> String {
    match example {
        Value::String(text) => markdown::code(text),
        other => markdown::code(&other.to_string()),
    }
}
