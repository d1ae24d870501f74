//! What the readers of YAML and JSON say about a text, before its nodes have pointers.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, File, JsonPointer, Node, NodeId, Source, Span, Value};
use crate::limits::{Limits, raise};

/// Something wrong in a text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) label: Option<&'static str>,
    pub(super) related: Option<(Span, &'static str)>,
    pub(super) help: Option<String>,
    /// Whether it is only worth a warning.
    pub(super) is_harmless: bool,
}

impl Fault {
    pub(super) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            label: None,
            related: None,
            help: None,
            is_harmless: false,
        }
    }

    /// The same key twice.
    pub(super) fn duplicate_key(key: &str, first: Span, again: Span) -> Self {
        Self {
            label: Some("this value is used"),
            related: Some((first, "this value is ignored")),
            ..Self::new(
                Code::DuplicateKey,
                again,
                format!("the key `{}` appears twice", shorten(key)),
            )
        }
    }

    /// More of something than the limit of a name allows.
    pub(super) fn limit(name: &str, span: Span, message: impl Into<String>) -> Self {
        Self {
            help: Some(raise(name)),
            ..Self::new(Code::LimitExceeded, span, message)
        }
    }

    /// Mappings and sequences deeper than allowed.
    pub(super) fn too_deep(span: Span, depth: usize) -> Self {
        let message = format!("mappings and lists are nested deeper than {depth} levels");
        Self::limit("depth", span, message)
    }

    /// A key that makes the pointers below it longer than allowed.
    pub(super) fn pointer_too_long(span: Span, most: usize) -> Self {
        let message = format!("the path to this value is longer than {most} bytes");
        Self::limit("pointer_size", span, message)
    }

    /// The finding, in a file of which nothing could be read.
    pub(super) fn in_source(self, source: &std::sync::Arc<Source>) -> Diagnostic {
        let place = |span| crate::document::Place {
            source: std::sync::Arc::clone(source),
            span,
            pointer: JsonPointer::root(),
        };
        self.at(place)
    }

    /// The finding, in a file.
    pub(super) fn in_file(self, file: &File) -> Diagnostic {
        self.at(|span| file.place(span, pointer_at(&file.root, span.start)))
    }

    fn at(self, place: impl Fn(Span) -> crate::document::Place) -> Diagnostic {
        let mut diagnostic = Diagnostic::at(self.code, &place(self.span), self.message);
        diagnostic.label = self.label.map(str::to_owned);
        diagnostic.help = self.help;
        if self.is_harmless {
            diagnostic = diagnostic.harmless();
        }
        if let Some((span, text)) = self.related {
            diagnostic = diagnostic.related(&place(span), text);
        }
        diagnostic
    }
}

/// A text of the input as a message can hold it.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The pointer to the innermost mapping or sequence around a byte.
fn pointer_at(root: &Node, at: u32) -> JsonPointer {
    let holds = |node: &&Node| node.span.start <= at && at < node.span.end;
    let (mut node, mut pointer) = (root, JsonPointer::root());
    loop {
        // Nodes stand in the file's order, but for those that aliases have put elsewhere.
        let inner = match &node.value {
            Value::Sequence(items) => {
                let index = items
                    .partition_point(|item| item.span.start <= at)
                    .checked_sub(1);
                let item = index.and_then(|index| Some((index, items.get(index).filter(holds)?)));
                item.map(|(index, item)| (item, pointer.item(index)))
            }
            Value::Mapping(entries) => {
                let index = entries
                    .partition_point(|entry| entry.value.span.start <= at)
                    .checked_sub(1);
                let entry = index.and_then(|index| entries.get(index));
                let entry = entry.filter(|entry| holds(&&entry.value));
                entry.map(|entry| (&entry.value, pointer.child(&entry.key)))
            }
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
        };
        match inner {
            Some((inner, below)) => (node, pointer) = (inner, below),
            None => return pointer,
        }
    }
}

/// What a reader makes of a text.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The tree, if the text could be read to its end.
    pub(super) root: Option<Node>,
    /// What is wrong in it.
    pub(super) faults: Vec<Fault>,
}

/// Gives every node of a spec its number, and knows how many there are. A copy of it brings back what was before a
/// text was read in vain.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NodeIds {
    next: u32,
    /// What anchors and aliases have added.
    pub(super) aliased: Size,
}

impl NodeIds {
    pub(super) fn next(&mut self) -> NodeId {
        let id = NodeId(self.next);
        // Every node but those of aliases takes a byte of input, and both are limited.
        self.next += 1;
        id
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> usize {
        self.next as usize
    }

    /// Checks that there are not too many nodes.
    pub(super) fn check(&self, limits: &Limits, span: Span) -> Result<(), Box<Fault>> {
        if self.next as usize <= limits.nodes {
            return Ok(());
        }
        let message = format!("the spec contains more than {} values", limits.nodes);
        Err(Box::new(Fault::limit("nodes", span, message)))
    }
}

/// How large a tree is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub(super) nodes: usize,
    pub(super) bytes: usize,
    pub(super) depth: usize,
    /// How long the longest pointer in it is.
    pub(super) pointer: usize,
}

/// How long a pointer gets by a key, or by an index of a list.
pub(super) fn step(key: Option<&str>) -> usize {
    const INDEX: usize = 4;
    1 + key.map_or(INDEX, str::len)
}

/// The entries of a mapping under construction.
#[derive(Debug, Default)]
pub(super) struct Entries {
    all: Vec<Entry>,
    /// Where a key stands in `all`, once there are many.
    index: std::collections::HashMap<Box<str>, usize>,
    /// How many entries the index knows.
    indexed: usize,
    /// Whether a key is there twice.
    has_duplicates: bool,
}

/// From how many entries on a key is looked up in the index.
const MANY: usize = 16;

impl Entries {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The entry of a key.
    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        if self.all.len() <= MANY {
            return self.all.iter().rev().find(|entry| &*entry.key == key);
        }
        self.index.get(key).map(|at| &self.all[*at])
    }

    /// Adds an entry. Of those with one key the last counts, as most readers of YAML and JSON have it.
    pub(super) fn push(&mut self, entry: Entry) {
        self.has_duplicates |= self.find(&entry.key).is_some();
        self.all.push(entry);
        if self.all.len() > MANY {
            for at in self.indexed..self.all.len() {
                self.index.insert(self.all[at].key.clone(), at);
            }
            self.indexed = self.all.len();
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<Entry> {
        if self.has_duplicates {
            let mut known = std::collections::HashSet::new();
            self.all.reverse();
            self.all.retain(|entry| known.insert(entry.key.clone()));
            self.all.reverse();
        }
        self.all.shrink_to_fit();
        self.all
    }
}
