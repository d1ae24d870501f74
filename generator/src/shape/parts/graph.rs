//! Which features come to which items, and through what.

use super::{NeededBy, dominators};
use crate::ir::Item;
use crate::shape::reach::{items_in, types_in};
use crate::shape::{Kind, Module};

/// How many features are counted. What more of them need is there for all of them, so that lists of features stay in
/// proportion to the document.
const COUNTED: usize = 256;

/// Features, the items that they mention, and those that these consist of.
pub(super) struct Graph {
    /// The items that each feature mentions.
    starts: Vec<Vec<usize>>,
    /// The items that each item names.
    items: Vec<Vec<usize>>,
}

/// What comes before an item on every way to it, and has nothing before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A feature.
    Start(usize),
    /// An item that features come to in different ways.
    Item(usize),
}

impl Graph {
    /// The items, no features yet.
    pub(super) fn new(items: &[Item], module: &Module) -> Self {
        let named = |(index, item): (usize, &Item)| {
            let mut found = Vec::new();
            let types = types_in(item).into_iter();
            types.for_each(|ty| items_in(ty, &mut found));
            if let Kind::Twin(of) = module.items[index].kind {
                found.push(of.0 as usize);
            }
            found
        };
        Self {
            starts: Vec::new(),
            items: items.iter().enumerate().map(named).collect(),
        }
    }

    /// Adds a feature, and the items that it mentions.
    pub(super) fn start(&mut self, items: Vec<usize>) {
        self.starts.push(items);
    }

    /// The items that no feature comes to.
    pub(super) fn unreached(&self) -> Vec<usize> {
        let mut reached = vec![false; self.items.len()];
        let mut open = self.starts.concat();
        while let Some(item) = open.pop() {
            if !std::mem::replace(&mut reached[item], true) {
                open.extend(&self.items[item]);
            }
        }
        let items = 0..self.items.len();
        items.filter(|item| !reached[*item]).collect()
    }

    /// The features that come to each item.
    pub(super) fn needed_by(&self) -> Vec<NeededBy> {
        let mut features: Vec<Vec<usize>> = vec![Vec::new(); self.items.len()];
        for (feature, mentioned) in self.starts.iter().enumerate() {
            let mut open = mentioned.clone();
            while let Some(item) = open.pop() {
                let known = &mut features[item];
                // Whatever too many come to consists of what too many come to.
                if known.last() != Some(&feature) && known.len() <= COUNTED {
                    known.push(feature);
                    open.extend(&self.items[item]);
                }
            }
        }
        let needed_by = |features: Vec<usize>| match features[..] {
            [only] => NeededBy::One(only),
            _ if features.len() > COUNTED => NeededBy::Most,
            _ => NeededBy::Several(features),
        };
        features.into_iter().map(needed_by).collect()
    }

    /// The head of each item.
    pub(super) fn heads(&self) -> Vec<Head> {
        let starts = self.starts.len();
        let heads = dominators::heads(self.root(), |node| self.next(node));
        let of_items = heads[starts..self.root()].iter();
        of_items
            .map(|head| match head.checked_sub(starts) {
                Some(item) => Head::Item(item),
                None => Head::Start(*head),
            })
            .collect()
    }

    /// The node before all features. Those come first among the nodes, then the items.
    fn root(&self) -> usize {
        self.starts.len() + self.items.len()
    }

    /// The nodes that a node leads to.
    fn next(&self, node: usize) -> impl Iterator<Item = usize> {
        let starts = self.starts.len();
        let (features, items) = if node == self.root() {
            (0..starts, &[][..])
        } else if node < starts {
            (0..0, &self.starts[node][..])
        } else {
            (0..0, &self.items[node - starts][..])
        };
        features.chain(items.iter().map(move |item| starts + item))
    }
}
