//! Which line of a document a change is about.

use crate::document::{Node as Tree, Place, Spec};
use crate::outline::{Fact, Node};

/// The keyword that says a fact of a node, or else the node itself.
pub(super) fn place(node: &Node, spec: Option<&Spec>, fact: Option<Fact>) -> Option<Place> {
    let origin = node.origin.as_ref()?;
    let keyword = fact
        .zip(spec)
        .and_then(|(fact, spec)| keyword(spec, origin, fact));
    Some(keyword.unwrap_or_else(|| origin.clone()))
}

fn keyword(spec: &Spec, origin: &Place, fact: Fact) -> Option<Place> {
    let keywords = fact.keywords();
    if keywords.is_empty() {
        return None;
    }
    let file = spec
        .files
        .iter()
        .find(|it| it.source.name == origin.source.name)?;
    let mut node: &Tree = &file.root;
    let mut parents: Vec<&Tree> = Vec::new();
    for token in origin.pointer.segments() {
        parents.push(node);
        node = step(node, &token)?;
    }
    let entry = keywords.iter().find_map(|keyword| {
        let mut entries = node.entries().iter();
        entries.find(|it| &*it.key == *keyword)
    });
    let (span, key) = match entry {
        Some(entry) => (entry.key_span, entry.key.to_string()),
        None => return required(fact, origin, &parents),
    };
    Some(Place {
        source: origin.source.clone(),
        span,
        pointer: origin.pointer.child(&key),
    })
}

/// Whether a property is required stands with the object, in its list.
fn required(fact: Fact, origin: &Place, parents: &[&Tree]) -> Option<Place> {
    if fact != Fact::Presence {
        return None;
    }
    let [.., object, _properties] = parents else {
        return None;
    };
    let name = origin.pointer.segments().last()?;
    let list = object.get("required")?;
    let item = list.items().iter().find(|it| it.as_str() == Some(&*name))?;
    Some(Place {
        source: origin.source.clone(),
        span: item.span,
        pointer: origin.pointer.clone(),
    })
}

fn step<'t>(node: &'t Tree, token: &str) -> Option<&'t Tree> {
    match node.get(token) {
        Some(node) => Some(node),
        None => node.items().get(token.parse::<usize>().ok()?),
    }
}
