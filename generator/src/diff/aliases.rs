//! What has become of the deprecated aliases of a package.

use std::collections::{HashMap, HashSet};

use super::judge::Finding;
use super::kept::within;
use super::matching::Pair;
use super::{Cx, Rule, Walk};
use crate::outline::{Fact, Node, NodeKind};

/// What has another name now: the old path within the module, and the new one.
#[derive(Debug, Default)]
pub(super) struct Renames(HashMap<String, String>);

impl Renames {
    pub(super) fn add(&mut self, pair: Pair<'_>) {
        let has_path = matches!(
            pair.new.kind,
            NodeKind::Item
                | NodeKind::Variant
                | NodeKind::Operation
                | NodeKind::Argument
                | NodeKind::Body
                | NodeKind::Marker
        );
        if has_path && pair.is_renamed() {
            let (old, new) = (within(&pair.old.path), within(&pair.new.path));
            self.0.insert(old.to_owned(), new.to_owned());
        }
    }

    /// The paths that aliases of what has another name now have.
    fn told(&self) -> impl Iterator<Item = String> {
        self.0.keys().map(|it| self.within_moved(it))
    }

    /// Where something is now.
    fn moved(&self, path: &str) -> String {
        if let Some(new) = self.0.get(path) {
            return new.clone();
        }
        self.within_moved(path)
    }

    /// The same path, but that what it leads to may be a part of something that has another name now.
    fn within_moved(&self, path: &str) -> String {
        let end = path.rfind('(').or_else(|| path.rfind("::"));
        let (around, part) = path.split_at(end.unwrap_or_default());
        let new = self.0.get(around).map_or(around, String::as_str);
        format!("{new}{part}")
    }
}

impl Walk<'_> {
    /// Compares the aliases of two APIs, whose other parts have been compared.
    pub(super) fn aliases(&mut self, cx: &Cx<'_>, old: &Node, new: &Node) {
        let mut kept: HashSet<&str> = HashSet::new();
        for before in old.children(NodeKind::Alias) {
            let path = self.renames.moved(&before.name);
            let now = new.children(NodeKind::Alias).find(|it| it.name == path);
            let Some(now) = now else {
                let finding = Finding::new(Rule::AliasRemoved).before(before.text(Fact::Target));
                self.change(cx, &finding, Some(before), None);
                continue;
            };
            kept.insert(&now.name);
            let target = self.renames.moved(before.text(Fact::Target));
            if target != now.text(Fact::Target) {
                let finding = Finding::new(Rule::AliasTargetChanged)
                    .before(before.text(Fact::Target))
                    .after(now.text(Fact::Target));
                self.change(cx, &finding, Some(before), Some(now));
            }
        }
        // The alias of something that has another name now is told with that.
        let told: HashSet<String> = self.renames.told().collect();
        let added = new.children(NodeKind::Alias);
        for now in added.filter(|it| !kept.contains(&*it.name) && !told.contains(&it.name)) {
            let finding = Finding::new(Rule::AliasAdded).after(now.text(Fact::Target));
            self.change(cx, &finding, None, Some(now));
        }
    }
}
