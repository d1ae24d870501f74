//! The old names that a package keeps as deprecated aliases.

use std::collections::HashSet;

use crate::outline::{Fact, Node, NodeKind};

/// The aliases of an API: the old name and the whole new path of each.
#[derive(Debug, Default)]
pub(super) struct Aliases(HashSet<(String, String)>);

impl Aliases {
    pub(super) fn of(api: &Node) -> Self {
        let aliases = api.children(NodeKind::Alias);
        let pairs = aliases.map(|it| {
            let module = it.path.strip_suffix(&*it.name).unwrap_or_default();
            let target = format!("{module}{}", it.text(Fact::Target));
            (last(&it.name).to_owned(), target)
        });
        Self(pairs.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the new node has an alias that is called as the old one is.
    pub(super) fn leads(&self, old: &Node, new: &Node) -> bool {
        !self.is_empty() && self.0.contains(&(old.name.clone(), new.path.clone()))
    }

    /// Whether something has another name now, and the old one is an alias.
    pub(super) fn keeps(&self, old: &Node, new: &Node) -> bool {
        old.name != new.name && self.leads(old, new)
    }
}

/// The last name of a path.
fn last(path: &str) -> &str {
    let path = path.strip_suffix(')').unwrap_or(path);
    path.rsplit([':', '(']).next().unwrap_or(path)
}

/// A path within its module.
pub(super) fn within(path: &str) -> &str {
    path.split_once("::").map_or(path, |(_, rest)| rest)
}
