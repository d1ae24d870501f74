//! Branches that are told apart by a discriminator: what the mapping says, what the branches allow, and the names of
//! components (OAS 3.1.1, Discriminator Object).

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::shape;
use super::stated::Discriminator;
use super::tags::{Decision, Looked};
use crate::ir::{Choice, EnumerationValues, Field, ItemId, ItemKind, JsonType, TagValue, Type};

/// The values of a discriminator, and the branches that each stands for.
type Values = IndexMap<TagValue, Vec<usize>>;

/// What a mapping says that cannot be.
#[derive(Default)]
pub(super) struct Misfits<'a> {
    /// Values that the property cannot have.
    pub(super) values: Vec<&'a str>,
    /// Values of schemas that are no branches.
    pub(super) targets: Vec<&'a str>,
}

impl Decision<'_> {
    /// Decides by a discriminator of a union; `None` when it says nothing of the candidates.
    ///
    /// The mapping decides first. A branch that the mapping leaves out has the values that it lists, or else its
    /// default, and only one that says nothing has the name of its component. What a branch lists besides the mapping
    /// counts, too: documents contradict themselves, and services do what the one or the other says.
    pub(super) fn by_discriminator<'d>(
        &self,
        union: ItemId,
        stated: &'d Discriminator,
        misfits: &mut Misfits<'d>,
    ) -> Option<Choice> {
        let all = self.shapes.branches();
        let field = |branch: &usize| {
            let ty = &self.union.branches[*branch].ty;
            shape::field(self.items, ty, &stated.property)
        };
        let reading = Reading {
            decision: self,
            stated,
            branches: shape::by_item(self.items, self.union, &all),
            common: all.iter().find_map(field),
        };
        let otherwise = stated.otherwise.and_then(|it| reading.branch_of(it));
        let candidates: Vec<usize> = all
            .into_iter()
            .filter(|it| Some(*it) != otherwise)
            .collect();
        // A base that maps to itself means what it is besides what extends it.
        let itself = otherwise.map(|branch| (union, branch));
        let mut values = reading.mapped(itself, misfits);
        reading.add_names(&mut values);
        reading.add_lists(&candidates, otherwise.is_some(), &mut values);
        if values.is_empty() {
            return None;
        }
        let known = decided(&values);
        let property = Looked {
            name: &stated.property,
            seen: &[],
        };
        let free: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|it| !known.contains(it) && self.is_free(*it, property.name))
            .collect();
        let otherwise = otherwise.map(|it| Box::new(Choice::Only(it)));
        Some(Choice::Tag {
            property: stated.property.clone(),
            values: self.by_value(property, values.into_iter(), &[]),
            other: otherwise.clone().or_else(|| self.other(property, &free)),
            absent: otherwise.or_else(|| self.absent(property, &candidates)),
        })
    }
}

/// A discriminator, beside what the candidates say of its property.
struct Reading<'a, 'd> {
    decision: &'a Decision<'a>,
    stated: &'d Discriminator,
    /// The branches of items.
    branches: HashMap<ItemId, usize>,
    /// The property in the first candidate that has it.
    common: Option<&'a Field>,
}

impl<'d> Reading<'_, 'd> {
    /// The values of the mapping.
    fn mapped(&self, itself: Option<(ItemId, usize)>, misfits: &mut Misfits<'d>) -> Values {
        let mut values = Values::new();
        for (text, target) in &self.stated.mapping {
            let itself = itself.filter(|(union, _)| *target == Some(*union));
            let branch = itself.map(|(_, branch)| branch);
            let Some(branch) = branch.or_else(|| self.branch_of((*target)?)) else {
                misfits.targets.push(text);
                continue;
            };
            let tags = self.tags_of(branch, text);
            if tags.is_empty() {
                misfits.values.push(text);
            }
            for tag in tags {
                values.entry(tag).or_insert_with(|| vec![branch]);
            }
        }
        values
    }

    /// Adds the names of components: of branches that list them, and of those of which nothing else is said.
    fn add_names(&self, values: &mut Values) {
        let mapped = decided(values);
        for (name, item) in &self.stated.names {
            let Some(branch) = self.branch_of(*item) else {
                continue;
            };
            let own = self.own_values(branch);
            let is_allowed = |tag: &TagValue| match &own {
                Some(own) => own.contains(tag),
                None => !mapped.contains(&branch),
            };
            let tags = self.tags_of(branch, name).into_iter();
            for tag in tags.filter(is_allowed) {
                values.entry(tag).or_insert_with(|| vec![branch]);
            }
        }
    }

    /// Adds the values that branches list and nothing else decides. Of those that share a value, some may be known by
    /// others, and are not meant.
    fn add_lists(&self, candidates: &[usize], has_base: bool, values: &mut Values) {
        let list = |branch: &usize| Some((*branch, self.own_values(*branch)?));
        let lists: Vec<(usize, Vec<TagValue>)> = candidates.iter().filter_map(list).collect();
        // What all list alike they have from their base, and it tells none from the others.
        let are_alike = lists.len() > 1
            && lists.len() == candidates.len()
            && lists.windows(2).all(|it| it[0].1 == it[1].1);
        if has_base && are_alike {
            return;
        }
        let decided = decided(values);
        let mut listed = Values::new();
        for (branch, tags) in lists {
            for tag in tags {
                if values.contains_key(&tag) {
                    continue;
                }
                let listing = listed.entry(tag).or_default();
                if listing.last() != Some(&branch) {
                    listing.push(branch);
                }
            }
        }
        for listing in listed.values_mut() {
            if listing.iter().any(|it| !decided.contains(it)) {
                listing.retain(|it| !decided.contains(it));
            }
        }
        values.extend(listed);
    }

    /// The branch that an item is, or that leads to it.
    fn branch_of(&self, item: ItemId) -> Option<usize> {
        let target = Type::Item(item);
        let target = match shape::unaliased(self.decision.items, &target) {
            Type::Item(id) => *id,
            _ => item,
        };
        let known = self.branches.get(&item);
        known.or_else(|| self.branches.get(&target)).copied()
    }

    /// The values that a branch gives the property itself: those that it lists, or else its default.
    fn own_values(&self, branch: usize) -> Option<Vec<TagValue>> {
        let shape = self.decision.shapes.get(branch);
        let said = shape.properties.get(self.stated.property.as_str())?;
        let default = || said.default.clone().map(|it| vec![it]);
        said.values.clone().or_else(default)
    }

    /// The values of the property that a text of the document stands for, by what the branch says of it, or else
    /// others; the first is the one to be written.
    fn tags_of(&self, branch: usize, text: &str) -> Vec<TagValue> {
        let own = shape::field(
            self.decision.items,
            &self.decision.union.branches[branch].ty,
            &self.stated.property,
        );
        let Some(field) = own.or(self.common) else {
            return vec![TagValue::Text(text.to_owned())];
        };
        let mut tags = self.read(&field.ty, text, DEEPEST);
        let mut seen = HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
        tags
    }

    /// The values of a type that a text stands for.
    fn read(&self, ty: &Type, text: &str, depth: usize) -> Vec<TagValue> {
        let plain = TagValue::Text(text.to_owned());
        let integer = || text.parse().ok().map(TagValue::Integer);
        let boolean = || text.parse().ok().map(TagValue::Boolean);
        match shape::unaliased(self.decision.items, ty) {
            Type::Any | Type::Error => {
                let others = [integer(), boolean()].into_iter().flatten();
                std::iter::once(plain).chain(others).collect()
            }
            Type::Item(id) => match &self.decision.items[id.0 as usize].kind {
                ItemKind::Enumeration(it) => match &it.values {
                    EnumerationValues::Strings(_) => vec![plain],
                    EnumerationValues::Integers(_) => integer().into_iter().collect(),
                    EnumerationValues::Mixed(variants) => {
                        let tags = variants.iter().filter_map(|it| TagValue::of(&it.value));
                        let listed = tags.filter(|tag| tag.to_string() == text);
                        listed.chain([plain.clone()]).collect()
                    }
                },
                ItemKind::Union(it) if depth > 0 => {
                    let branches = it.branches.iter();
                    branches
                        .flat_map(|it| self.read(&it.ty, text, depth - 1))
                        .collect()
                }
                ItemKind::Union(_) | ItemKind::Struct(_) | ItemKind::Alias(_) => Vec::new(),
            },
            ty => match ty.json_type() {
                Some(JsonType::Number) => integer().into_iter().collect(),
                Some(JsonType::Boolean) => boolean().into_iter().collect(),
                Some(JsonType::String) => vec![plain],
                Some(JsonType::Null | JsonType::Array | JsonType::Object) | None => Vec::new(),
            },
        }
    }
}

/// How deep unions may stand in the type of a property to be looked through.
const DEEPEST: usize = 2;

/// The branches that values stand for.
fn decided(values: &Values) -> HashSet<usize> {
    values.values().flatten().copied().collect()
}
