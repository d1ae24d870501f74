//! Old names that are deprecated aliases.

use super::source::Source;
use super::{Fact, Node, NodeKind};

/// The aliases of a module.
pub(super) fn aliases(cx: &Source<'_>) -> impl Iterator<Item = Node> {
    let aliases = cx.shape.aliases.iter();
    aliases.map(|it| Node {
        origin: it.place.clone(),
        ..alias(cx.module, &it.old, &it.new)
    })
}

/// An alias, by the old path within the module and the new one.
pub(super) fn alias(module: &str, old: &str, new: &str) -> Node {
    Node::new(NodeKind::Alias, old, format!("{module}::{old}")).fact(Fact::Target, new)
}
