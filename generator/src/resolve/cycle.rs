//! References that lead from one to the next and back, with nothing between that could be read.
//!
//! A schema that contains itself is no such cycle: there, a schema stands between.

use std::collections::{HashMap, HashSet};

use super::Located;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{Kind, Node, NodeId, References, Spec, reference_text};

/// Reports every pure cycle once and takes its references out.
pub(super) fn cut(
    spec: &Spec,
    led: &[Located<'_>],
    references: &mut References<'_>,
    diagnostics: &mut Diagnostics,
) {
    let located: HashMap<NodeId, &Located<'_>> = led.iter().map(|it| (it.1.node.id, it)).collect();
    // Every node whose chain is known to end, or whose cycle has been found.
    let mut done: HashSet<NodeId> = HashSet::new();
    for (_, found) in led {
        let mut chain: Vec<NodeId> = Vec::new();
        let mut on_chain: HashSet<NodeId> = HashSet::new();
        let mut at = found.node;
        while !done.contains(&at.id) && on_chain.insert(at.id) {
            chain.push(at.id);
            match next(at, references) {
                Some(target) => at = target,
                None => break,
            }
        }
        let closed = chain
            .iter()
            .position(|id| *id == at.id && next(at, references).is_some());
        if let Some(first) = closed.filter(|_| !done.contains(&at.id)) {
            let cycle = &chain[first..];
            let members: Vec<&Located<'_>> = cycle
                .iter()
                .filter_map(|id| located.get(id).copied())
                .collect();
            report(spec, &members, diagnostics);
            for id in cycle {
                references.targets.remove(id);
            }
        }
        done.extend(chain);
    }
}

/// The target of a node that is a reference.
fn next<'a>(node: &Node, references: &References<'a>) -> Option<&'a Node> {
    reference_text(node)?;
    references.target(node.id).map(|target| target.node)
}

fn report(spec: &Spec, members: &[&Located<'_>], diagnostics: &mut Diagnostics) {
    let place = |(file, found): &Located<'_>| {
        spec.file(*file)
            .place(found.text.span, found.pointer.clone())
    };
    let [first, others @ ..] = members else {
        return;
    };
    let noun = match first.1.kind {
        Kind::SchemaName => Kind::Schema.noun(),
        kind => kind.noun(),
    };
    let message = format!("this reference refers to itself without passing through a {noun}");
    let mut diagnostic = Diagnostic::at(Code::CircularReference, &place(first), message)
        .label("starts and ends here");
    // The first few tell the way; a cycle may be as long as the document.
    for other in others.iter().take(4) {
        diagnostic = diagnostic.related(&place(other), "through this reference");
    }
    diagnostics.report(diagnostic.help(format!(
        "replace one of the references with the {noun} itself"
    )));
}
