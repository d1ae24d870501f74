//! Branches that are objects: by the values of a property, or by which properties there are.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::shape::{Property, Shapes};
use super::{by_specificity, trial};
use crate::ir::{Choice, Item, TagValue, Union};

/// How many properties may be looked at one after the other.
const DEEPEST: usize = 3;
/// How many branches are worth a try after one that lists the value cannot be read.
const MOST: usize = 8;

/// A decision among branches of a union that are objects.
pub(super) struct Decision<'a> {
    pub(super) items: &'a [Item],
    pub(super) union: &'a Union,
    pub(super) shapes: &'a Shapes<'a>,
}

/// A property of which some candidates list the values.
struct Tag<'a> {
    name: &'a str,
    /// What the candidates say that have it, in their order.
    said: Vec<(usize, &'a Property)>,
}

impl<'a> Tag<'a> {
    /// The candidates that list values, with these.
    fn lists(&self) -> impl Iterator<Item = (usize, &'a [TagValue])> {
        let listed = |(branch, it): &(usize, &'a Property)| Some((*branch, it.values.as_deref()?));
        self.said.iter().filter_map(listed)
    }

    /// The candidates that list each value.
    fn by_value(&self) -> IndexMap<&'a TagValue, Vec<usize>> {
        let mut branches: IndexMap<&TagValue, Vec<usize>> = IndexMap::new();
        for (branch, values) in self.lists() {
            for value in values {
                let listing = branches.entry(value).or_default();
                // Of what a branch that is a union lists, some values may come twice.
                if listing.last() != Some(&branch) {
                    listing.push(branch);
                }
            }
        }
        branches
    }

    /// Whether each of so many candidates has values of its own.
    fn is_full(&self, candidates: usize) -> bool {
        let mut seen: HashMap<&TagValue, usize> = HashMap::new();
        let mut is_own = |branch: usize, value: &'a TagValue| {
            let known = *seen.entry(value).or_insert(branch);
            known == branch
        };
        self.is_listed(candidates)
            && self
                .lists()
                .all(|(branch, values)| values.iter().all(|value| is_own(branch, value)))
    }

    /// Whether so many candidates have the same value, so that one with another is of none.
    fn is_same(&self, candidates: usize) -> bool {
        let mut values = self.lists().map(|(_, values)| values);
        let first = values.next();
        self.is_listed(candidates)
            && first.is_some_and(|it| it.len() == 1)
            && values.all(|it| Some(it) == first)
    }

    /// Whether so many candidates have the property and list its values.
    fn is_listed(&self, candidates: usize) -> bool {
        let is_listed = |(_, it): &(usize, &Property)| it.values.is_some() && !it.is_free;
        self.said.len() == candidates && self.said.iter().all(is_listed)
    }

    /// How many candidates list values that tell them from others; none where the values tell nothing.
    fn weight(&self, candidates: usize) -> usize {
        let lists = self.lists().count();
        let is_split = || self.by_value().values().any(|it| it.len() < lists);
        let are_constants = || self.lists().all(|(_, values)| values.len() == 1);
        // A mere list of words of one candidate says nothing of those that do not know the property.
        let all_know = self.said.len() == candidates;
        let tells = is_split() || (lists < candidates && (all_know || are_constants()));
        if tells { lists } else { 0 }
    }
}

impl<'a> Decision<'a> {
    /// Decides among candidates without a discriminator.
    pub(super) fn choose(&self, candidates: &[usize]) -> Choice {
        self.choose_beside(candidates, &[])
    }

    /// Decides among candidates, given the properties that have been looked at.
    fn choose_beside(&self, candidates: &[usize], seen: &[&str]) -> Choice {
        if let [only] = candidates {
            return Choice::Only(*only);
        }
        let tags = self.tags(candidates, seen);
        let partial = || {
            let weight = |tag: &Tag<'_>| tag.weight(candidates.len());
            let weights = tags.iter().map(|tag| (weight(tag), tag));
            // The first of those that most candidates list.
            let (most, tag) = weights.rev().max_by_key(|(weight, _)| *weight)?;
            (most > 0).then(|| self.by_tag(tag, candidates, seen))
        };
        self.exactly(&tags, candidates, seen)
            .or_else(partial)
            .unwrap_or_else(|| self.roughly(&tags, candidates, seen))
    }

    /// Decides among candidates that share a value. Only what tells them all apart is of use: values that some of
    /// them share would lead to the same again.
    fn choose_sharing(&self, candidates: &[usize], seen: &[&str]) -> Choice {
        if let [only] = candidates {
            return Choice::Only(*only);
        }
        let tags = self.tags(candidates, seen);
        self.exactly(&tags, candidates, seen)
            .unwrap_or_else(|| self.roughly(&tags, candidates, seen))
    }

    /// By a property whose values tell all candidates apart, if possible one that they demand, or by what each has
    /// alone.
    fn exactly(&self, tags: &[Tag<'_>], candidates: &[usize], seen: &[&str]) -> Option<Choice> {
        let full = tags.iter().filter(|it| it.is_full(candidates.len()));
        let full: Vec<&Tag<'_>> = full.collect();
        let is_demanded = |it: &&&Tag<'_>| it.said.iter().all(|(_, it)| it.is_demanded());
        let tag = full.iter().find(is_demanded).or(full.first());
        tag.map(|it| self.by_tag(it, candidates, seen))
            .or_else(|| self.by_keys(candidates, 0))
    }

    /// By what all but one have alone, or by trial, if not even the values that all have exclude one.
    fn roughly(&self, tags: &[Tag<'_>], candidates: &[usize], seen: &[&str]) -> Choice {
        let same = || tags.iter().find(|it| it.is_same(candidates.len()));
        self.by_keys(candidates, 1)
            .or_else(|| same().map(|it| self.by_tag(it, candidates, seen)))
            .unwrap_or_else(|| self.by_trial(candidates))
    }

    /// The properties of which candidates list values, unless enough have been looked at.
    fn tags(&self, candidates: &[usize], seen: &[&str]) -> Vec<Tag<'a>> {
        if seen.len() == DEEPEST {
            return Vec::new();
        }
        let mut properties: IndexMap<&str, Vec<(usize, &Property)>> = IndexMap::new();
        for branch in candidates {
            let shape = self.shapes.get(*branch);
            let unseen = shape
                .properties
                .iter()
                .filter(|(name, _)| !seen.contains(name));
            for (name, property) in unseen {
                properties
                    .entry(name)
                    .or_default()
                    .push((*branch, property));
            }
        }
        let tags = properties
            .into_iter()
            .map(|(name, said)| Tag { name, said });
        tags.filter(|tag| tag.lists().next().is_some()).collect()
    }

    /// By the values that candidates list for a property. Those that list none may have any other value, and also one
    /// that is listed, should the candidate that lists it not be meant.
    fn by_tag(&self, tag: &Tag<'_>, candidates: &[usize], seen: &[&str]) -> Choice {
        let free: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|it| self.is_free(*it, tag.name))
            .collect();
        let by_value = tag.by_value().into_iter();
        let by_value = by_value.map(|(value, branches)| (value.clone(), branches));
        let property = Looked {
            name: tag.name,
            seen,
        };
        Choice::Tag {
            property: tag.name.to_owned(),
            values: self.by_value(property, by_value, &free),
            other: self.other(property, &free),
            absent: self.absent(property, candidates),
        }
    }

    /// What each value of a property leads to, given the candidates of each.
    pub(super) fn by_value(
        &self,
        property: Looked<'_>,
        by_value: impl Iterator<Item = (TagValue, Vec<usize>)>,
        fallback: &[usize],
    ) -> Vec<(TagValue, Choice)> {
        let seen = property.then();
        let fallback = if fallback.len() > MOST { &[] } else { fallback };
        let mut known: HashMap<Vec<usize>, Choice> = HashMap::new();
        let choice = |(value, branches): (TagValue, Vec<usize>)| {
            let decide = || {
                let others = fallback.iter().copied();
                let others = others.filter(|it| !branches.contains(it)).collect();
                or_else(self.choose_sharing(&branches, &seen), others)
            };
            let choice = known.get(&branches).cloned().unwrap_or_else(decide);
            known.insert(branches, choice.clone());
            (value, choice)
        };
        by_value.map(choice).collect()
    }

    /// What an unknown value of a property leads to, given the candidates that may have any.
    pub(super) fn other(&self, property: Looked<'_>, free: &[usize]) -> Option<Box<Choice>> {
        let choice = || tried(self.choose_beside(free, &property.then()));
        (!free.is_empty()).then(|| Box::new(choice()))
    }

    /// What it leads to that a property is missing or null.
    pub(super) fn absent(&self, property: Looked<'_>, candidates: &[usize]) -> Option<Box<Choice>> {
        let is_optional = |it: &usize| {
            let said = self.shapes.get(*it).properties.get(property.name);
            said.is_none_or(|it| !it.is_demanded())
        };
        let candidates: Vec<usize> = candidates.iter().copied().filter(is_optional).collect();
        let choice = match candidates[..] {
            [] => return None,
            [only] => Choice::Only(only),
            [..] => self
                .by_keys(&candidates, 1)
                .unwrap_or_else(|| self.by_trial(&candidates)),
        };
        Some(Box::new(choice))
    }

    /// Whether objects of a branch may have a property with values that the branch does not list.
    pub(super) fn is_free(&self, branch: usize, property: &str) -> bool {
        let shape = self.shapes.get(branch);
        let said = shape.properties.get(property);
        said.map_or(!shape.is_closed, |it| it.is_free)
    }

    /// By a property for each candidate but so many, which it demands and which no other has.
    fn by_keys(&self, candidates: &[usize], without: usize) -> Option<Choice> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for branch in candidates {
            let shape = self.shapes.get(*branch);
            if !shape.is_complete {
                return None;
            }
            for name in shape.properties.keys() {
                *counts.entry(name).or_default() += 1;
            }
        }
        let (mut keys, mut others) = (Vec::new(), Vec::new());
        for branch in candidates {
            let shape = self.shapes.get(*branch);
            let mut properties = shape.properties.iter();
            let key = properties.find(|(name, it)| counts[*name] == 1 && it.is_there);
            match key {
                Some((name, _)) => keys.push(((*name).to_owned(), *branch)),
                None => others.push(*branch),
            }
        }
        (others.len() <= without).then(|| Choice::Key {
            keys,
            otherwise: others.first().copied(),
        })
    }

    fn by_trial(&self, candidates: &[usize]) -> Choice {
        trial(by_specificity(self.items, self.union, candidates.to_vec()))
    }
}

/// A property that is looked at, after others.
#[derive(Clone, Copy)]
pub(super) struct Looked<'a> {
    pub(super) name: &'a str,
    /// Those that have been looked at before.
    pub(super) seen: &'a [&'a str],
}

impl<'a> Looked<'a> {
    /// What has been looked at from then on.
    fn then(&self) -> Vec<&'a str> {
        self.seen.iter().copied().chain([self.name]).collect()
    }
}

/// The same choice, but a value that turns out to be of another type is no error.
fn tried(choice: Choice) -> Choice {
    match choice {
        Choice::Only(only) => trial(vec![only]),
        other => other,
    }
}

/// The same choice, but what turns out to be of another type may be of some further ones.
fn or_else(choice: Choice, others: Vec<usize>) -> Choice {
    if others.is_empty() {
        return choice;
    }
    match tried(choice) {
        Choice::Trial { branches, .. } => Choice::Trial {
            branches,
            fallback: others,
        },
        other => other,
    }
}
