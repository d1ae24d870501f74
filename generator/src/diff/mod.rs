//! The effect of an edit on callers: the changes between two packages, each with its rule, its places and a fix, and
//! the verdicts.
//!
//! The input is two [`Outline`]s. Types are compared by structure and not as text, so that the new name of a model is
//! reported once, at its declaration.

mod aliases;
mod fingerprint;
mod guide;
mod judge;
mod kept;
mod matching;
mod places;
pub mod report;
mod rules;
mod types;
mod verdict;

pub use guide::guide;
pub use rules::{Class, Level, Rule};
pub use verdict::{Verdicts, next_version};

use std::collections::HashMap;

use crate::document::Place;
use crate::outline::{Fact, Node, NodeKind, Outline, Value};
use aliases::Renames;
use judge::Finding;
use matching::{Pair, matched};
use types::Types;

/// The differences between two packages.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// The changes: security first, then by class; within a class in the order of the new package.
    pub changes: Vec<Change>,
    /// The verdicts for all changes together.
    pub verdicts: Verdicts,
}

/// A change.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule.
    pub rule: Rule,
    /// The Rust path: `tvmaze::models::Session.expires_at`. The new path, unless the item was removed.
    pub path: String,
    /// The old name, type or text.
    pub before: Option<String>,
    /// The new name, type or text.
    pub after: Option<String>,
    /// The place in the old document.
    pub old: Option<Place>,
    /// The place in the new document.
    pub new: Option<Place>,
    /// The advice for callers or reviewers.
    pub help: Option<String>,
    /// The identity of the change, which stays the same if lines move.
    pub fingerprint: String,
    /// The reason, if a reviewer has allowed the change.
    pub allowed: Option<String>,
}

impl Change {
    /// Returns `true` if the change needs a review, even if it breaks nothing.
    #[must_use]
    pub fn needs_review(&self) -> bool {
        matches!(self.rule.class(), Class::Security | Class::Wire)
    }

    /// Returns `true` if the change breaks callers of a published crate or of a vendored module.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.rule.published() == Level::Major || self.rule.vendored() == Level::Major
    }

    /// Returns the change on one line: `` `models::Session.expires_at`: a field has another type: `String` -> `Date`
    /// ``.
    #[must_use]
    pub fn message(&self) -> String {
        let what = match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!(": `{before}` -> `{after}`"),
            (Some(one), None) | (None, Some(one)) => format!(": `{one}`"),
            (None, None) => String::new(),
        };
        format!("{}{what}", self.rule.summary())
    }
}

/// Compares two packages.
#[must_use]
pub fn diff(old: &Outline<'_>, new: &Outline<'_>) -> Diff {
    let unknown: Vec<(NodeKind, Fact)> = old.unknown.iter().chain(&new.unknown).copied().collect();
    let mut walk = Walk {
        old,
        new,
        unknown: &unknown,
        changes: Vec::new(),
        renames: Renames::default(),
    };
    walk.package();
    let mut changes = walk.changes;
    changes.sort_by_key(|it| it.rule.class());
    fingerprint::assign(&mut changes);
    let verdicts = Verdicts::of(&changes);
    Diff { changes, verdicts }
}

/// The state of a comparison.
struct Walk<'w> {
    old: &'w Outline<'w>,
    new: &'w Outline<'w>,
    /// The facts that one of the sides does not know.
    unknown: &'w [(NodeKind, Fact)],
    changes: Vec<Change>,
    /// What has another name now, in the API that is compared.
    renames: Renames,
}

/// The context of a comparison of nodes.
pub(crate) struct Cx<'c> {
    /// The models of the API.
    types: &'c Types<'c>,
    /// The modules of the API, which identify its documents.
    modules: (&'c str, &'c str),
    /// Set if both sides know the scopes that operations require.
    has_scopes: bool,
    /// The new names of the setters of schemes that have one.
    schemes: HashMap<&'c str, &'c str>,
}

impl Cx<'_> {
    /// Returns the new name of a scheme.
    fn scheme(&self, old: &str) -> String {
        self.schemes.get(old).copied().unwrap_or(old).to_owned()
    }
}

impl Walk<'_> {
    fn package(&mut self) {
        let (old, new) = (&self.old.root, &self.new.root);
        let types = Types::default();
        let cx = Cx {
            types: &types,
            modules: ("", ""),
            has_scopes: false,
            schemes: HashMap::new(),
        };
        self.node(&cx, Pair { old, new });
        for kind in [
            NodeKind::Feature,
            NodeKind::Dependency,
            NodeKind::RuntimeItem,
        ] {
            self.kind(&cx, old, new, kind);
        }
        let apis = matched(&old.children, &new.children, NodeKind::Api, &types);
        for pair in apis.pairs {
            self.api(pair);
        }
        self.only(&cx, &apis.removed, &apis.added);
    }

    fn api(&mut self, pair: Pair<'_>) {
        let Pair { old, new } = pair;
        let mut types = Types::of(old, new);
        // A model that has another name makes those alike that mention it.
        let mut items = matched(&old.children, &new.children, NodeKind::Item, &types);
        for _ in 0..4 {
            let renamed = items.pairs.iter().filter(|it| it.is_renamed());
            types.rename(renamed.map(|it| (&*it.old.name, &*it.new.name)));
            let count = items.pairs.len();
            items = matched(&old.children, &new.children, NodeKind::Item, &types);
            if items.pairs.len() == count {
                break;
            }
        }
        let schemes = matched(&old.children, &new.children, NodeKind::Scheme, &types);
        let renamed = schemes.pairs.iter().filter(|it| it.is_renamed());
        let cx = Cx {
            types: &types,
            modules: (&old.name, &new.name),
            has_scopes: !self.unknown.contains(&(NodeKind::Operation, Fact::Scopes)),
            schemes: renamed.map(|it| (&*it.old.name, &*it.new.name)).collect(),
        };
        self.node(&cx, pair);
        let kinds = [
            NodeKind::Server,
            NodeKind::Scheme,
            NodeKind::ForeignScheme,
            NodeKind::Operation,
            NodeKind::Marker,
            NodeKind::Incoming,
        ];
        for kind in kinds {
            self.kind(&cx, old, new, kind);
        }
        for pair in items.pairs {
            self.both(&cx, pair);
        }
        self.only(&cx, &items.removed, &items.added);
        self.aliases(&cx, old, new);
        self.renames = Renames::default();
    }

    /// Compares the parts of one kind.
    fn kind(&mut self, cx: &Cx<'_>, old: &Node, new: &Node, kind: NodeKind) {
        if self.unknown.contains(&(kind, Fact::Kind)) {
            return;
        }
        let matched = matched(&old.children, &new.children, kind, cx.types);
        for pair in matched.pairs {
            self.both(cx, pair);
        }
        self.only(cx, &matched.removed, &matched.added);
    }

    /// Compares two nodes with their parts.
    fn both(&mut self, cx: &Cx<'_>, pair: Pair<'_>) {
        self.node(cx, pair);
        let Pair { old, new } = pair;
        if judge::is_other_kind(pair) {
            // What it consists of is told by what it is.
            return;
        }
        let fixed = self.fixed(cx, pair);
        let rest = |node: &Node| {
            let mut rest = node.clone();
            let is_told = |it: &Node| fixed.iter().any(|name| name == it.text(Fact::WireName));
            rest.children.retain(|it| !is_told(it));
            rest
        };
        let rests = (!fixed.is_empty()).then(|| (rest(old), rest(new)));
        let (old, new) = match &rests {
            Some((old, new)) => (old, new),
            None => (old, new),
        };
        let mut kinds: Vec<NodeKind> = old
            .children
            .iter()
            .chain(&new.children)
            .map(|it| it.kind)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            // An enum of bodies that is new, or gone, is told by the type of what holds it.
            let is_empty = |node: &Node| node.children(kind).next().is_none();
            let holds_enum = matches!(new.kind, NodeKind::Body | NodeKind::Response);
            if holds_enum && kind == NodeKind::Variant && (is_empty(old) || is_empty(new)) {
                continue;
            }
            self.kind(cx, old, new, kind);
        }
    }

    /// Reports properties that have a fixed value on one side and a field on the other, and returns their names.
    fn fixed(&mut self, cx: &Cx<'_>, pair: Pair<'_>) -> Vec<String> {
        let mut names = Vec::new();
        if pair.new.kind != NodeKind::Item {
            return names;
        }
        let kinds = [
            (NodeKind::Field, NodeKind::Constant),
            (NodeKind::Constant, NodeKind::Field),
        ];
        for (was, is) in kinds {
            for old in pair.old.children(was) {
                let name = old.text(Fact::WireName);
                let mut others = pair.new.children(is);
                let Some(new) = others.find(|it| it.text(Fact::WireName) == name) else {
                    continue;
                };
                names.push(name.to_owned());
                let finding = judge::models::fixed(Pair { old, new });
                // Callers look for a field, also where it is gone.
                let path = [old, new].map(|it| (it.kind == NodeKind::Field).then_some(&it.path));
                let path = path.into_iter().flatten().next().cloned();
                self.change(cx, &finding, Some(old), Some(new));
                if let Some((change, path)) = self.changes.last_mut().zip(path) {
                    change.path = path;
                }
            }
        }
        names
    }

    /// Compares two nodes without their parts.
    fn node(&mut self, cx: &Cx<'_>, pair: Pair<'_>) {
        self.renames.add(pair);
        for finding in judge::both(cx, pair, self.unknown) {
            self.change(cx, &finding, Some(pair.old), Some(pair.new));
        }
    }

    /// Reports nodes that are on only one side.
    fn only(&mut self, cx: &Cx<'_>, removed: &[&Node], added: &[&Node]) {
        for node in removed {
            if let Some(finding) = judge::removed(node) {
                self.change(cx, &finding, Some(node), None);
            }
        }
        for node in added {
            if let Some(finding) = judge::added(node) {
                self.change(cx, &finding, None, Some(node));
            }
        }
    }

    fn change(&mut self, cx: &Cx<'_>, finding: &Finding, old: Option<&Node>, new: Option<&Node>) {
        let place = |outline: &Outline<'_>, module: &str, node: Option<&Node>| {
            let node = node?;
            let is_api = node.kind == NodeKind::Api;
            let spec = outline.specs.get(if is_api { &*node.name } else { module });
            places::place(node, spec.copied(), finding.fact)
        };
        let path = new.or(old).map(|it| it.path.clone()).unwrap_or_default();
        let general = finding.rule.help();
        self.changes.push(Change {
            rule: finding.rule,
            path,
            before: finding.before.clone(),
            after: finding.after.clone(),
            old: place(self.old, cx.modules.0, old),
            new: place(self.new, cx.modules.1, new),
            help: finding
                .help
                .clone()
                .or_else(|| (!general.is_empty()).then(|| general.to_owned())),
            fingerprint: String::new(),
            allowed: None,
        });
    }
}

/// Returns a fact as text.
pub(crate) fn shown(value: &Value) -> Option<String> {
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}: {value}"));
        pairs.collect::<Vec<_>>().join("; ")
    };
    Some(match value {
        Value::Flag(value) => value.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(list) => list.join(", "),
        Value::Type(ty) => ty.to_string(),
        Value::Arguments(arguments) => {
            let arguments = arguments.iter().map(|(name, ty)| format!("{name}: {ty}"));
            format!("({})", arguments.collect::<Vec<_>>().join(", "))
        }
        Value::Security(alternatives) => judge::security_text(alternatives),
        Value::Table(table) => pairs(table),
        Value::Digest(_) => return None,
    })
}
