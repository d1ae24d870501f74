//! Which line of a document a change is about.

use crate::document::{Entry, Node as Tree, Place, Span, Spec};
use crate::outline::{Fact, Node, NodeKind};

/// The keyword that says a fact of a node, or else the key of the node.
pub(super) fn place(node: &Node, spec: Option<&Spec>, fact: Option<Fact>) -> Option<Place> {
    let origin = node.origin.as_ref()?;
    let found = spec.and_then(|spec| {
        let way = Way::to(spec, origin)?;
        let is_variant = node.kind == NodeKind::Variant;
        let of_variant = is_variant.then(|| way.value(node)).flatten();
        of_variant
            .or_else(|| fact.and_then(|fact| way.keyword(node.kind, fact)))
            .or_else(|| way.key())
    });
    let Some((span, key)) = found else {
        return Some(origin.clone());
    };
    Some(Place {
        source: origin.source.clone(),
        span,
        pointer: match key {
            Some(key) => origin.pointer.child(key),
            None => origin.pointer.clone(),
        },
    })
}

/// Text in a document, and the keyword that it is, if it is one of the node's.
type Found<'t> = (Span, Option<&'t str>);

/// The way from the root of a file to a node.
struct Way<'t> {
    node: &'t Tree,
    /// The nodes around it, the root first.
    around: Vec<&'t Tree>,
    /// Its key, or its index.
    last: Option<String>,
}

impl<'t> Way<'t> {
    fn to(spec: &'t Spec, origin: &Place) -> Option<Self> {
        let mut files = spec.files.iter();
        let file = files.find(|it| it.source.name == origin.source.name)?;
        let mut way = Self {
            node: &file.root,
            around: Vec::new(),
            last: None,
        };
        for segment in origin.pointer.segments() {
            let next = match way.node.get(&segment) {
                Some(node) => node,
                None => way.node.items().get(segment.parse::<usize>().ok()?)?,
            };
            way.around.push(way.node);
            way.node = next;
            way.last = Some(segment);
        }
        Some(way)
    }

    /// The key of the node, in the mapping that it is in.
    fn key(&self) -> Option<Found<'t>> {
        let last = self.last.as_ref()?;
        let entries = self.around.last()?.entries();
        let entry = entries.iter().find(|it| *it.key == **last)?;
        Some((entry.key_span, None))
    }

    /// The first keyword of a fact that the node has.
    fn keyword(&self, kind: NodeKind, fact: Fact) -> Option<Found<'t>> {
        if fact == Fact::Presence {
            return self.presence();
        }
        if fact == Fact::Required && kind == NodeKind::Field {
            return self.required();
        }
        let keywords = fact.keywords();
        if let Some(entry) = keywords.iter().find_map(|it| entry(self.node, it)) {
            return Some((entry.key_span, Some(&entry.key)));
        }
        // What is said of a value stands in its schema.
        let schema = schema(self.node);
        if let Some(entry) = schema.and_then(|it| keywords.iter().find_map(|of| entry(it, of))) {
            return Some((entry.key_span, None));
        }
        match fact {
            Fact::Security => self.inherited(),
            Fact::Output if kind == NodeKind::Incoming => {
                let body = self.node.get("requestBody")?;
                Some((value_type(body)?.key_span, None))
            }
            Fact::Output | Fact::Headers => self.success(fact),
            _ => None,
        }
    }

    /// An operation that says nothing of credentials has those of the document.
    fn inherited(&self) -> Option<Found<'t>> {
        let mut entries = self.around.first()?.entries().iter();
        let entry = entries.find(|it| &*it.key == "security")?;
        Some((entry.key_span, None))
    }

    fn entry(&self, keyword: &str) -> Option<Found<'t>> {
        let entries: &'t [Entry] = self.node.entries();
        let entry = entries.iter().find(|it| &*it.key == keyword)?;
        Some((entry.key_span, Some(&entry.key)))
    }

    /// What says that a property may be missing or null: itself, or the object that lists what is required.
    fn presence(&self) -> Option<Found<'t>> {
        let may_be_null = self
            .node
            .get("type")
            .is_some_and(|it| !it.items().is_empty());
        if let Some(found) = self.entry("nullable") {
            return Some(found);
        }
        if may_be_null {
            return self.entry("type");
        }
        self.required()
    }

    /// The place of a property in its object's list of those that are required, or else that list.
    fn required(&self) -> Option<Found<'t>> {
        let [.., object, _properties] = self.around[..] else {
            return None;
        };
        let entries: &'t [Entry] = object.entries();
        let required = entries.iter().find(|it| &*it.key == "required")?;
        let items = required.value.items();
        let item = items.iter().find(|it| it.as_str() == self.last.as_deref());
        Some((item.map_or(required.key_span, |it| it.span), None))
    }

    /// What an operation gives is said by its first successful response.
    fn success(&self, fact: Fact) -> Option<Found<'t>> {
        let responses = self.node.get("responses").map_or(&[][..], Tree::entries);
        let success = responses
            .iter()
            .find(|it| it.key.starts_with('2'))
            .or_else(|| responses.iter().find(|it| &*it.key == "default"));
        let found = success?;
        let of_value = match fact {
            Fact::Headers => entry(&found.value, "headers"),
            _ => value_type(&found.value),
        };
        Some((of_value.unwrap_or(found).key_span, None))
    }

    /// The value of an enumeration that a variant stands for, or the branch of a union.
    fn value(&self, variant: &Node) -> Option<Found<'t>> {
        if let Some(target) = variant.keys.first() {
            let lists = ["oneOf", "anyOf"].iter().filter_map(|it| self.node.get(it));
            let mut references = lists
                .flat_map(Tree::items)
                .filter_map(|it| entry(it, "$ref"));
            let reference = references.find(|it| {
                let text = it.value.as_str().unwrap_or_default();
                text.ends_with(&**target)
            });
            if let Some(reference) = reference {
                return Some((reference.key_span, None));
            }
        }
        let wanted: serde_json::Value = serde_json::from_str(variant.text(Fact::WireValue)).ok()?;
        let items = self.node.get("enum")?.items();
        let item = items.iter().find(|it| it.to_json() == wanted)?;
        Some((item.span, None))
    }
}

fn entry<'t>(node: &'t Tree, keyword: &str) -> Option<&'t Entry> {
    node.entries().iter().find(|it| &*it.key == keyword)
}

/// What says the type of a body or a response.
fn value_type(node: &Tree) -> Option<&Entry> {
    let schema = schema(node)?;
    let keywords = Fact::Type.keywords().iter();
    keywords.copied().find_map(|keyword| entry(schema, keyword))
}

/// The schema of a parameter, a header, a body or a response: of a body the first.
fn schema(node: &Tree) -> Option<&Tree> {
    let content = node
        .get("content")
        .and_then(|it| it.entries().first())
        .map(|it| &it.value);
    node.get("schema").or_else(|| content?.get("schema"))
}
