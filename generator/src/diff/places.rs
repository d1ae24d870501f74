//! Which line of a document a change is about.

use crate::document::{Entry, Node as Tree, Place, Span, Spec};
use crate::outline::{Fact, Node, NodeKind};

/// The keyword that says a fact of a node, or else the key of the node.
pub(super) fn place(node: &Node, spec: Option<&Spec>, fact: Option<Fact>) -> Option<Place> {
    let origin = node.origin.as_ref()?;
    let found = spec.and_then(|spec| {
        let way = Way::to(spec, origin)?;
        let of_fact = fact.and_then(|fact| way.keyword(fact));
        of_fact
            .or_else(|| {
                (node.kind == NodeKind::Variant)
                    .then(|| way.value(node))
                    .flatten()
            })
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
    fn keyword(&self, fact: Fact) -> Option<Found<'t>> {
        if fact == Fact::Presence {
            return self.presence();
        }
        let mut keywords = fact.keywords().iter();
        keywords.find_map(|keyword| self.entry(keyword))
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
        let [.., object, _properties] = self.around[..] else {
            return None;
        };
        let entries: &'t [Entry] = object.entries();
        let required = entries.iter().find(|it| &*it.key == "required")?;
        let items = required.value.items();
        let item = items.iter().find(|it| it.as_str() == self.last.as_deref());
        Some((item.map_or(required.key_span, |it| it.span), None))
    }

    /// The value of an enumeration that a variant stands for.
    fn value(&self, variant: &Node) -> Option<Found<'t>> {
        let wanted: serde_json::Value = serde_json::from_str(variant.text(Fact::WireValue)).ok()?;
        let items = self.node.get("enum")?.items();
        let item = items.iter().find(|it| it.to_json() == wanted)?;
        Some((item.span, None))
    }
}
