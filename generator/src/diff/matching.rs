//! Which node of the old outline is which of the new one.

use std::collections::{HashMap, HashSet};

use super::types::Types;
use crate::outline::{Fact, Node, NodeKind, Value};

/// Two nodes that are one thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'n> {
    pub(super) old: &'n Node,
    pub(super) new: &'n Node,
}

impl Pair<'_> {
    /// Whether it has another name now.
    pub(super) fn is_renamed(self) -> bool {
        self.old.name != self.new.name
    }
}

/// The nodes of a kind, matched.
#[derive(Debug, Default)]
pub(super) struct Matched<'n> {
    /// Those that are on both sides, in the new order.
    pub(super) pairs: Vec<Pair<'n>>,
    /// Those that are on the old side alone.
    pub(super) removed: Vec<&'n Node>,
    /// Those that are on the new side alone.
    pub(super) added: Vec<&'n Node>,
}

/// A node and the number that it has among those of its kind.
type Numbered<'n> = (usize, &'n Node);

/// Matches the nodes of a kind: by their names, then by their aliases, then by what else they are recognized by, then by their shape.
pub(super) fn matched<'n>(
    old: &'n [Node],
    new: &'n [Node],
    kind: NodeKind,
    types: &Types<'_>,
) -> Matched<'n> {
    let of_kind = |nodes: &'n [Node]| -> Vec<Numbered<'n>> {
        nodes
            .iter()
            .filter(|it| it.kind == kind)
            .enumerate()
            .collect()
    };
    let mut matching = Matching {
        old: of_kind(old),
        new: of_kind(new),
        found: Vec::new(),
    };
    matching.by(|node| Some(&node.name));
    if !types.kept().is_empty() {
        matching.by_alias(new, kind, types);
    }
    let keys = old
        .iter()
        .chain(new)
        .map(|it| it.keys.len())
        .max()
        .unwrap_or_default();
    for key in 0..keys {
        matching.by(|node| node.keys.get(key));
    }
    matching.by_shape(kind, types);
    matching.finish()
}

struct Matching<'n> {
    old: Vec<Numbered<'n>>,
    new: Vec<Numbered<'n>>,
    /// Old and new node, by the number of the new one.
    found: Vec<(usize, Pair<'n>)>,
}

impl<'n> Matching<'n> {
    /// Matches those of which a text is equal, if no other of their side has it.
    fn by(&mut self, text: impl Fn(&'n Node) -> Option<&'n String>) {
        let old = unique(&self.old, &text);
        let new = unique(&self.new, &text);
        let pairs = self.old.iter().filter_map(|(number, old_node)| {
            let text = text(old_node)?;
            (old.get(&**text)? == number).then_some(())?;
            let other = *new.get(&**text)?;
            Some((*number, other))
        });
        let pairs: Vec<(usize, usize)> = pairs.collect();
        self.take(&pairs);
    }

    /// Matches those whose name is an alias of another one, which may be that of a third.
    fn by_alias(&mut self, new: &'n [Node], kind: NodeKind, types: &Types<'_>) {
        let all: Vec<Numbered<'n>> = new
            .iter()
            .filter(|it| it.kind == kind)
            .enumerate()
            .collect();
        let target = |old: &Node| all.iter().find(|(_, it)| types.kept().leads(old, it));
        let pairs = self.old.iter();
        let pairs = pairs.filter_map(|(number, old)| Some((*number, *old, *target(old)?)));
        let pairs: Vec<(usize, &Node, Numbered<'n>)> = pairs.collect();
        for (number, old, (new_number, new)) in pairs {
            self.found.push((new_number, Pair { old, new }));
            self.old.retain(|(it, _)| *it != number);
            self.new.retain(|(it, _)| *it != new_number);
        }
    }

    /// Matches those that are alike, where that is no guess: each is the only one that is so like the other.
    fn by_shape(&mut self, kind: NodeKind, types: &Types<'_>) {
        if self.old.is_empty() || self.new.is_empty() {
            return;
        }
        let likeness = Likeness::new(kind, types, &self.old, &self.new);
        let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
        for (index, (number, old)) in self.old.iter().enumerate() {
            for (other, (new_number, new)) in self.new.iter().enumerate() {
                let score = likeness.of(index, other, (*number, old), (*new_number, new));
                candidates.extend(score.map(|score| (score, *number, *new_number)));
            }
        }
        candidates.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let (mut as_good_old, mut as_good_new) = (HashMap::new(), HashMap::new());
        for (score, old, new) in &candidates {
            *as_good_old.entry((*score, *old)).or_insert(0) += 1;
            *as_good_new.entry((*score, *new)).or_insert(0) += 1;
        }
        let (mut of_old, mut of_new) = (HashSet::new(), HashSet::new());
        let mut pairs = Vec::new();
        for (score, old, new) in candidates {
            let is_tied = as_good_old[&(score, old)] > 1 || as_good_new[&(score, new)] > 1;
            let is_taken = of_old.contains(&old) || of_new.contains(&new);
            // Of two that are as like, neither is chosen, and none that is less like in their place.
            of_old.insert(old);
            of_new.insert(new);
            if !is_tied && !is_taken {
                pairs.push((old, new));
            }
        }
        self.take(&pairs);
    }

    fn take(&mut self, pairs: &[(usize, usize)]) {
        let old: HashMap<usize, &Node> = self.old.iter().copied().collect();
        let new: HashMap<usize, &Node> = self.new.iter().copied().collect();
        for (one, other) in pairs {
            if let (Some(old), Some(new)) = (old.get(one), new.get(other)) {
                self.found.push((*other, Pair { old, new }));
            }
        }
        let (gone, used): (HashSet<usize>, HashSet<usize>) = pairs.iter().copied().unzip();
        self.old.retain(|(number, _)| !gone.contains(number));
        self.new.retain(|(number, _)| !used.contains(number));
    }

    fn finish(mut self) -> Matched<'n> {
        self.found.sort_by_key(|(number, _)| *number);
        Matched {
            pairs: self.found.into_iter().map(|(_, pair)| pair).collect(),
            removed: self.old.into_iter().map(|(_, node)| node).collect(),
            added: self.new.into_iter().map(|(_, node)| node).collect(),
        }
    }
}

/// The nodes of which no other has the text.
fn unique<'n>(
    nodes: &[Numbered<'n>],
    text: &impl Fn(&'n Node) -> Option<&'n String>,
) -> HashMap<&'n str, usize> {
    let mut found: HashMap<&str, Option<usize>> = HashMap::new();
    for (number, node) in nodes {
        if let Some(text) = text(node) {
            let entry = found.entry(text).or_insert(Some(*number));
            if *entry != Some(*number) {
                *entry = None;
            }
        }
    }
    let found = found.into_iter();
    found
        .filter_map(|(text, number)| Some((text, number?)))
        .collect()
}

/// How many candidates are compared one by one. More are so only on one side, as where an API is replaced.
const MOST: usize = 4_000_000;

/// What a node consists of, as texts.
type Parts = HashSet<String>;

/// How like nodes are to each other.
struct Likeness<'t> {
    kind: NodeKind,
    types: &'t Types<'t>,
    /// What each old and each new node consists of, where that is what they are compared by.
    parts: Option<(Vec<Parts>, Vec<Parts>)>,
    is_possible: bool,
}

impl<'t> Likeness<'t> {
    fn new(
        kind: NodeKind,
        types: &'t Types<'t>,
        old: &[Numbered<'_>],
        new: &[Numbered<'_>],
    ) -> Self {
        let is_possible = old.len().saturating_mul(new.len()) <= MOST;
        let parts = is_possible && matches!(kind, NodeKind::Item | NodeKind::Operation);
        let parts = parts.then(|| {
            (
                old.iter()
                    .map(|(_, it)| parts_of(it, |ty| types.of_old(ty)))
                    .collect(),
                new.iter()
                    .map(|(_, it)| parts_of(it, |ty| types.of_new(ty)))
                    .collect(),
            )
        });
        Self {
            kind,
            types,
            parts,
            is_possible,
        }
    }

    /// How like two nodes are; `None` if they are two things.
    fn of(
        &self,
        index: usize,
        other: usize,
        (number, old): Numbered<'_>,
        (new_number, new): Numbered<'_>,
    ) -> Option<u32> {
        if !self.is_possible {
            return None;
        }
        match self.kind {
            NodeKind::Item => {
                let score = self.parts_in_common(index, other)?;
                let is_kind = old.text(Fact::Kind) == new.text(Fact::Kind);
                (is_kind && score >= 60).then_some(score)
            }
            NodeKind::Operation => {
                let score = self.parts_in_common(index, other)?;
                let is_method = old.text(Fact::Method) == new.text(Fact::Method);
                let paths = (old.text(Fact::Path), new.text(Fact::Path));
                let near = strsim::normalized_levenshtein(paths.0, paths.1) >= 0.6;
                (is_method && near && score >= 70).then_some(score)
            }
            NodeKind::Field | NodeKind::Argument | NodeKind::Header => {
                self.is_same_value(old, new).then_some(())?;
                let is_same_docs = old.get(Fact::Docs) == new.get(Fact::Docs);
                let is_same_place = number == new_number;
                let names = strsim::normalized_levenshtein(&old.name, &new.name);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "it is between 0 and 1"
                )]
                let near = (names * 10.0) as u32;
                (is_same_docs && is_same_place).then_some(100 + near)
            }
            NodeKind::Variant => {
                let ty = old.get(Fact::Type)?;
                let is_same = matches!((ty, new.get(Fact::Type)?),
                    (Value::Type(old), Value::Type(new)) if self.types.are_same(old, new));
                (is_same && !matches!(ty, Value::Type(ty) if ty.is_unit())).then_some(100)
            }
            NodeKind::Incoming => {
                let facts = [Fact::Docs, Fact::Method, Fact::Url];
                let is_same = facts.iter().all(|fact| old.get(*fact) == new.get(*fact));
                let is_same_type = matches!((old.get(Fact::Output), new.get(Fact::Output)),
                    (Some(Value::Type(old)), Some(Value::Type(new))) if self.types.are_same(old, new));
                let module = |node: &Node| node.name.split("::").next().map(str::to_owned);
                (is_same && is_same_type && module(old) == module(new)).then_some(100)
            }
            _ => None,
        }
    }

    /// Whether two fields or arguments hold the same, whatever they are called.
    fn is_same_value(&self, old: &Node, new: &Node) -> bool {
        let facts = [
            Fact::Required,
            Fact::Presence,
            Fact::Location,
            Fact::ReadOnly,
        ];
        let is_same = facts.iter().all(|fact| old.get(*fact) == new.get(*fact));
        let types = (old.get(Fact::Type), new.get(Fact::Type));
        let is_same_type = matches!(types,
            (Some(Value::Type(old)), Some(Value::Type(new))) if self.types.are_same(old, new));
        is_same && is_same_type && old.get(Fact::WireValue) == new.get(Fact::WireValue)
    }

    /// How much of two nodes is the same, in percent.
    fn parts_in_common(&self, index: usize, other: usize) -> Option<u32> {
        let (old, new) = self.parts.as_ref()?;
        let (old, new) = (&old[index], &new[other]);
        let all = old.union(new).count();
        if all == 0 {
            return None;
        }
        let common = old.intersection(new).count();
        u32::try_from(common * 100 / all).ok()
    }
}

/// What a model or an operation consists of, whatever it is called.
fn parts_of(
    node: &Node,
    ty: impl Fn(&crate::outline::Ty) -> crate::outline::Ty,
) -> HashSet<String> {
    let shown = |it: &Node| match it.get(Fact::Type) {
        Some(Value::Type(of)) => ty(of).to_string(),
        _ => it.text(Fact::WireValue).to_owned(),
    };
    let parts = node.children.iter();
    let mut parts: HashSet<String> = parts
        .filter(|it| it.kind != NodeKind::Response || it.get(Fact::Type).is_none())
        .map(|it| format!("{}: {}", it.name, shown(it)))
        .collect();
    for fact in [Fact::Type, Fact::Output] {
        if let Some(Value::Type(of)) = node.get(fact) {
            parts.insert(format!("{fact:?} {}", ty(of)));
        }
    }
    parts
}
