//! Whether types of two packages are the same, whatever their models are called.

use std::collections::HashMap;

use super::kept::Aliases;
use crate::outline::{Fact, Node, NodeKind, Ty, Value};

/// The models of two APIs, and the old names that the new one keeps.
#[derive(Debug, Default)]
pub(super) struct Types<'n> {
    /// What each alias stands for, on the old side and on the new one.
    old_aliases: HashMap<&'n str, &'n Ty>,
    new_aliases: HashMap<&'n str, &'n Ty>,
    /// The old models that have another name.
    renamed: HashMap<&'n str, &'n str>,
    /// The aliases of the new side.
    kept: Aliases,
}

impl<'n> Types<'n> {
    pub(super) fn of(old: &'n Node, new: &'n Node) -> Self {
        Self {
            old_aliases: aliases(old),
            new_aliases: aliases(new),
            renamed: HashMap::new(),
            kept: Aliases::of(new),
        }
    }

    /// Returns the old names that the new side keeps as aliases.
    pub(super) fn kept(&self) -> &Aliases {
        &self.kept
    }

    /// Takes note of models that have another name.
    pub(super) fn rename(&mut self, renamed: impl Iterator<Item = (&'n str, &'n str)>) {
        self.renamed.extend(renamed);
    }

    /// A type of the old side as the new one would have it.
    pub(super) fn of_old(&self, ty: &Ty) -> Ty {
        let ty = expand(ty, &self.old_aliases, 0);
        self.renamed(&ty)
    }

    /// A type of the new side without aliases.
    pub(super) fn of_new(&self, ty: &Ty) -> Ty {
        expand(ty, &self.new_aliases, 0)
    }

    fn renamed(&self, ty: &Ty) -> Ty {
        ty.map(&|name| self.renamed.get(name).map(|it| Ty::Model((*it).to_owned())))
    }

    /// Whether a type of the old side is one of the new one.
    pub(super) fn are_same(&self, old: &Ty, new: &Ty) -> bool {
        // An alias that stands for another type now is told of once, where it is declared.
        self.renamed(old) == *new || self.of_old(old) == self.of_new(new)
    }
}

fn aliases(api: &Node) -> HashMap<&str, &Ty> {
    let items = api.children(NodeKind::Item);
    let aliases = items.filter_map(|it| match it.get(Fact::Type) {
        Some(Value::Type(ty)) => Some((&*it.name, ty)),
        _ => None,
    });
    aliases.collect()
}

/// How many aliases of aliases are followed: `lower` leaves no circle of them, but a package may be written by hand.
const DEPTH: usize = 32;

fn expand(ty: &Ty, aliases: &HashMap<&str, &Ty>, depth: usize) -> Ty {
    ty.map(&|name| {
        let target = aliases.get(name)?;
        (depth < DEPTH).then(|| expand(target, aliases, depth + 1))
    })
}
