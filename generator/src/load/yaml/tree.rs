//! Events of the YAML parser to a tree.
//!
//! The tree is built on a stack of its own, so that no nesting can exhaust that of the program.

use std::collections::HashMap;

use saphyr_parser::{Event, ScalarStyle, Tag};

use super::scalar;
use crate::diagnostics::Code;
use crate::document::{Entry, Node, Span, Value};
use crate::limits::Limits;
use crate::load::fault::{Entries, Fault, NodeIds, Size, shorten, step};

/// Whether to go on, or the fault that ends the reading.
pub(super) type Step = Result<(), Box<Fault>>;

/// A tree that is being built from events.
pub(super) struct Builder<'p> {
    text: &'p str,
    limits: &'p Limits,
    ids: &'p mut NodeIds,
    /// Faults after which reading goes on.
    pub(super) faults: Vec<Fault>,
    /// The mappings and sequences whose end is to come, outermost first.
    open: Vec<Open>,
    /// What stands at each anchor, by the parser's number, and its size.
    anchors: HashMap<usize, (Node, Size)>,
    documents: usize,
    /// The byte after the last text that was read.
    last_end: u32,
    pub(super) root: Option<Node>,
}

/// A mapping or sequence whose end is to come.
struct Open {
    anchor: usize,
    start: u32,
    /// How long the pointer to it is.
    pointer: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        entries: Entries,
        /// The key whose value is to come.
        key: Option<Key>,
        /// The values of `<<` keys, each with the number of entries before it.
        merges: Vec<(usize, Node)>,
    },
}

/// A key whose value is to come.
enum Key {
    Text(Box<str>, Span),
    /// `<<`
    Merge,
    /// One that was reported; its value is dropped.
    Invalid,
}

impl<'p> Builder<'p> {
    pub(super) fn new(text: &'p str, limits: &'p Limits, ids: &'p mut NodeIds) -> Self {
        Self {
            text,
            limits,
            ids,
            faults: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            documents: 0,
            last_end: 0,
            root: None,
        }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: Event<'_>, span: Span) -> Step {
        // The end of a block has no text of its own: the parser puts it behind the blank lines that follow.
        if span.end > span.start {
            self.last_end = span.end;
        }
        self.ids.check(self.limits, span)?;
        match event {
            Event::DocumentStart(_) => self.start_document(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, _) => {
                self.open(anchor, span, Content::Sequence(Vec::new()))
            }
            Event::MappingStart(anchor, _) => {
                let content = Content::Mapping {
                    entries: Entries::default(),
                    key: None,
                    merges: Vec::new(),
                };
                self.open(anchor, span, content)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    /// The first byte of the innermost collection in brackets that is open.
    pub(super) fn innermost_bracket(&self) -> Option<u32> {
        let mut starts = self.open.iter().rev().map(|open| open.start);
        starts.find(|start| self.text[*start as usize..].starts_with(['{', '[']))
    }

    /// The first byte of the outermost collection in brackets around what is read now.
    pub(super) fn outermost_brackets(&self) -> Option<u32> {
        let mut starts = self.open.iter().map(|open| open.start);
        starts.find(|start| self.text[*start as usize..].starts_with(['{', '[']))
    }

    fn start_document(&mut self, span: Span) -> Step {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let message = "the file contains a second YAML document";
        let help = "move each document into its own file, or remove the `---`".to_owned();
        Err(Box::new(Fault {
            help: Some(help),
            ..Fault::new(Code::InvalidSyntax, span, message)
        }))
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Step {
        let plain = style == ScalarStyle::Plain && tag.is_none();
        // The parser counts the blanks behind a quoted scalar to it.
        let written = self.text[span.start as usize..span.end as usize].trim_end();
        let span = Span {
            end: span.start + u32::try_from(written.len()).unwrap_or(0),
            ..span
        };
        let expects_key = matches!(
            self.open.last(),
            Some(Open {
                content: Content::Mapping { key: None, .. },
                ..
            })
        );
        let value = match tag {
            // A key is its text as it is written: `200`, `true` and `1.0` are common ones.
            _ if expects_key => Value::String(text.into()),
            None if style == ScalarStyle::Plain => scalar::plain(text),
            None => Value::String(text.into()),
            Some(tag) => self.tagged(tag, text, span),
        };
        let node = self.node(span, value);
        if expects_key {
            self.keep_anchor(anchor, &node)?;
            self.key(text, plain, span);
            return Ok(());
        }
        self.add(anchor, node)
    }

    fn tagged(&mut self, tag: &Tag, text: &str, span: Span) -> Value {
        let name = format!("{}{}", tag.handle, tag.suffix);
        let Some(name) = name.strip_prefix("tag:yaml.org,2002:") else {
            return Value::String(text.into());
        };
        scalar::tagged(name, text).unwrap_or_else(|| {
            let message = format!("`{}` is not a valid `!!{name}` value", shorten(text));
            self.faults
                .push(Fault::new(Code::InvalidSyntax, span, message));
            Value::String(text.into())
        })
    }

    /// Takes a scalar as the key of the innermost mapping.
    fn key(&mut self, text: &str, plain: bool, span: Span) {
        let Some(Open {
            content: Content::Mapping { entries, key, .. },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        let first = entries.find(text).map(|first| first.key_span);
        let (new, fault) = if plain && text.is_empty() {
            (
                Key::Invalid,
                Some(Fault::new(Code::InvalidKey, span, "the key is missing")),
            )
        } else if plain && text == "<<" {
            (Key::Merge, None)
        } else {
            let fault = first.map(|first| Fault::duplicate_key(text, first, span));
            (Key::Text(text.into(), span), fault)
        };
        *key = Some(new);
        self.faults.extend(fault);
    }

    fn open(&mut self, anchor: usize, span: Span, content: Content) -> Step {
        if self.open.len() >= self.limits.depth {
            return Err(Box::new(Fault::too_deep(span, self.limits.depth)));
        }
        let pointer = self.pointer();
        if pointer > self.limits.pointer_size {
            let most = self.limits.pointer_size;
            return Err(Box::new(Fault::pointer_too_long(span, most)));
        }
        self.open.push(Open {
            anchor,
            start: span.start,
            pointer,
            content,
        });
        Ok(())
    }

    /// How long the pointer to the next value is.
    fn pointer(&self) -> usize {
        match self.open.last() {
            None => 0,
            Some(Open {
                pointer,
                content:
                    Content::Mapping {
                        key: Some(Key::Text(key, _)),
                        ..
                    },
                ..
            }) => pointer + step(Some(key)),
            Some(open) => open.pointer + step(None),
        }
    }

    fn close(&mut self) -> Step {
        let open = self
            .open
            .pop()
            .expect("the parser ends only what it has started");
        let value = match open.content {
            Content::Sequence(mut items) => {
                items.shrink_to_fit();
                Value::Sequence(items)
            }
            Content::Mapping {
                entries,
                merges,
                key: _,
            } => Value::Mapping(self.merge(entries, merges)),
        };
        let span = Span {
            start: open.start,
            end: self.last_end.max(open.start),
        };
        let node = self.node(span, value);
        self.add(open.anchor, node)
    }

    /// The entries of a mapping, with those that it takes from others by `<<`. Its own entries go before
    /// merged ones, and earlier merged ones before later (yaml.org/type/merge.html).
    fn merge(&mut self, entries: Entries, merges: Vec<(usize, Node)>) -> Vec<Entry> {
        if merges.is_empty() {
            return entries.into_vec();
        }
        let mut taken_over = Entries::default();
        let mut all: Vec<(usize, Entry)> = Vec::new();
        for (position, node) in merges {
            let (span, sources) = match node.value {
                Value::Sequence(items) => (node.span, items),
                value => (node.span, vec![Node { value, ..node }]),
            };
            for source in sources {
                let Value::Mapping(taken) = source.value else {
                    let message = "`<<` needs a mapping or a list of mappings";
                    self.faults
                        .push(Fault::new(Code::InvalidSyntax, span, message));
                    continue;
                };
                for entry in taken {
                    if entries.find(&entry.key).is_none() && taken_over.find(&entry.key).is_none() {
                        all.push((position, entry.clone()));
                        taken_over.push(entry);
                    }
                }
            }
        }
        let own = entries.into_vec().into_iter().enumerate();
        let own = own.map(|(index, entry)| (index * 2 + 1, entry));
        let taken = all
            .into_iter()
            .map(|(position, entry)| (position * 2, entry));
        let mut ordered: Vec<(usize, Entry)> = taken.chain(own).collect();
        ordered.sort_by_key(|(rank, _)| *rank);
        ordered.into_iter().map(|(_, entry)| entry).collect()
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Step {
        let Some((_, size)) = self.anchors.get(&anchor) else {
            let message = "an alias refers to a value that contains the alias";
            return Err(Box::new(Fault::new(Code::InvalidSyntax, span, message)));
        };
        let size = *size;
        self.count(size, span)?;
        if self.open.len() + size.depth > self.limits.depth {
            return Err(Box::new(Fault::too_deep(span, self.limits.depth)));
        }
        if self.pointer() + size.pointer > self.limits.pointer_size {
            let most = self.limits.pointer_size;
            return Err(Box::new(Fault::pointer_too_long(span, most)));
        }
        let node = self.anchors[&anchor].0.clone();
        if let Some(Open {
            content: Content::Mapping { key: None, .. },
            ..
        }) = self.open.last()
            && let Value::String(text) = &node.value
        {
            self.key(text, false, span);
            return Ok(());
        }
        let node = self.renumbered(node);
        self.add(0, node)
    }

    /// A copy of a node as a node of its own.
    fn renumbered(&mut self, mut node: Node) -> Node {
        node.id = self.ids.next();
        node.value = match node.value {
            Value::Sequence(items) => Value::Sequence(
                items
                    .into_iter()
                    .map(|item| self.renumbered(item))
                    .collect(),
            ),
            Value::Mapping(entries) => {
                let copy = |entry: Entry| Entry {
                    value: self.renumbered(entry.value),
                    ..entry
                };
                Value::Mapping(entries.into_iter().map(copy).collect())
            }
            scalar => scalar,
        };
        node
    }

    /// Remembers what stands at an anchor. 0 is none.
    fn keep_anchor(&mut self, anchor: usize, node: &Node) -> Step {
        if anchor != 0 {
            let size = Size::of(node);
            self.count(size, node.span)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(())
    }

    fn count(&mut self, size: Size, span: Span) -> Step {
        self.ids.aliased.nodes += size.nodes;
        self.ids.aliased.bytes += size.bytes;
        let (what, name, most) = if self.ids.aliased.nodes > self.limits.alias_nodes {
            ("nodes", "alias_nodes", self.limits.alias_nodes)
        } else if self.ids.aliased.bytes > self.limits.alias_size {
            ("bytes of text", "alias_size", self.limits.alias_size)
        } else {
            return Ok(());
        };
        let message = format!("anchors and aliases add more than {most} {what} to the document");
        Err(Box::new(Fault::limit(name, span, message)))
    }

    /// Adds a node to the innermost mapping or sequence, or takes it as the root.
    fn add(&mut self, anchor: usize, node: Node) -> Step {
        self.keep_anchor(anchor, &node)?;
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping {
                entries,
                key,
                merges,
            }) => match key.take() {
                Some(Key::Text(key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                Some(Key::Merge) => merges.push((entries.len(), node)),
                Some(Key::Invalid) => {}
                None => {
                    let message = format!("a key is a string, not {}", node.kind());
                    *key = Some(Key::Invalid);
                    self.faults
                        .push(Fault::new(Code::InvalidKey, node.span, message));
                }
            },
        }
        Ok(())
    }

    fn node(&mut self, span: Span, value: Value) -> Node {
        Node {
            id: self.ids.next(),
            span,
            value,
        }
    }
}

impl Size {
    fn of(node: &Node) -> Self {
        let below = |node, key| {
            let size = Self::of(node);
            Self {
                pointer: size.pointer + step(key),
                ..size
            }
        };
        let items = node.items().iter().map(|item| below(item, None));
        let entries = node.entries().iter();
        let values = entries.map(|entry| below(&entry.value, Some(&entry.key)));
        let own_depth = usize::from(matches!(node.value, Value::Sequence(_) | Value::Mapping(_)));
        let keys = node.entries().iter().map(|entry| entry.key.len());
        let own_bytes = match &node.value {
            Value::String(text) | Value::Number(text) => text.len(),
            Value::Null | Value::Boolean(_) | Value::Sequence(_) | Value::Mapping(_) => keys.sum(),
        };
        let below = items.chain(values).fold(Self::default(), |sum, it| Self {
            nodes: sum.nodes + it.nodes,
            bytes: sum.bytes + it.bytes,
            depth: sum.depth.max(it.depth),
            pointer: sum.pointer.max(it.pointer),
        });
        Self {
            nodes: below.nodes + 1,
            bytes: below.bytes + own_bytes,
            depth: below.depth + own_depth,
            pointer: below.pointer,
        }
    }
}
