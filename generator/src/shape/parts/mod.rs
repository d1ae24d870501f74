//! How a module that is laid out by tag is taken apart: what has a Cargo feature, and which models stand in which file.
//!
//! The models that one feature alone needs stand in its file. Of those that several need, each that they come to in
//! different ways has a file, together with the models that are there for its sake alone. So a file has one list of
//! features, and a model changes its file only when something else begins or ceases to use it.

mod dominators;
mod graph;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::reach::items_in;
use super::{Kind, Module};
use crate::ir::{self, Api, Cause, Group, Ident, ItemId, Names, Payload, Type};
use graph::{Graph, Head};

/// What an API is taken apart into.
#[derive(Debug)]
pub struct Parts {
    /// What has a Cargo feature: the groups in their order, then the others.
    pub features: Vec<Feature>,
    /// The files of the models: those of one feature in the order of features, then those of several by name.
    pub files: Vec<ModelsFile>,
    /// The file of each item, by index, if it is in one.
    file_of: Vec<Option<usize>>,
}

/// Something that a Cargo feature switches on, with the models that it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// What the Cargo feature has after the module's name: `pets` in `petstore-pets`.
    pub name: String,
    /// The file of the models that it alone needs.
    pub file: Ident,
    /// What it switches on.
    pub part: Part,
}

/// A part of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A group of operations, by index.
    Group(usize),
    /// The webhooks.
    Webhooks,
    /// The callbacks.
    Callbacks,
    /// The models that none of the others needs.
    OtherModels,
}

/// A file of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelsFile {
    /// Its name.
    pub name: Ident,
    /// The features that need it.
    pub needed_by: NeededBy,
    /// The models, in the document's order.
    pub items: Vec<ItemId>,
}

/// The features that need something, by index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeededBy {
    /// This one.
    One(usize),
    /// Each of these.
    Several(Vec<usize>),
    /// So many that they are not counted: it is there whatever is switched on.
    Most,
}

impl Parts {
    /// The file of a model.
    #[must_use]
    pub fn file(&self, id: ItemId) -> Option<&ModelsFile> {
        let index = self.file_of.get(id.0 as usize)?;
        self.files.get((*index)?)
    }

    /// The feature of a part, if the API has that.
    #[must_use]
    pub fn feature(&self, part: Part) -> Option<&Feature> {
        match part {
            Part::Group(index) => self.features.get(index),
            // These come last.
            Part::Webhooks | Part::Callbacks | Part::OtherModels => {
                self.features.iter().rev().find(|it| it.part == part)
            }
        }
    }
}

/// Takes an API apart.
pub(super) fn parts(api: &Api, names: &Names, module: &Module) -> Parts {
    let mut graph = Graph::new(&api.items, module);
    let mut features = Vec::new();
    let groups = api.groups.iter().zip(&names.groups).zip(&names.features);
    for (index, ((group, file), name)) in groups.enumerate() {
        graph.start(of_group(api, group));
        features.push(Feature {
            name: name.clone(),
            file: file.clone(),
            part: Part::Group(index),
        });
    }
    let mut add = |part: Part, name: &str, items: Vec<usize>, graph: &mut Graph| {
        graph.start(items);
        features.push(Feature {
            name: name.replace('_', "-"),
            file: Ident(name.to_owned()),
            part,
        });
    };
    let (webhooks, callbacks): (Vec<_>, Vec<_>) = api
        .incoming
        .iter()
        .partition(|it| it.cause == Cause::Webhook);
    if !webhooks.is_empty() {
        add(
            Part::Webhooks,
            "webhooks",
            of_incoming(&webhooks),
            &mut graph,
        );
    }
    if !callbacks.is_empty() {
        add(
            Part::Callbacks,
            "callbacks",
            of_incoming(&callbacks),
            &mut graph,
        );
    }
    let others = graph.unreached();
    if !others.is_empty() {
        add(Part::OtherModels, "other_models", others, &mut graph);
    }
    let files = files(&graph, &features, names, module);
    let mut file_of = vec![None; api.items.len()];
    for (index, file) in files.iter().enumerate() {
        for id in &file.items {
            file_of[id.0 as usize] = Some(index);
        }
    }
    Parts {
        features,
        files,
        file_of,
    }
}

/// The items that the operations of a group mention.
fn of_group(api: &Api, group: &Group) -> Vec<usize> {
    let mut found = Vec::new();
    for operation in group.operations.iter().map(|id| &api[*id]) {
        let arguments = operation.arguments.iter().map(|it| &it.ty);
        let body = operation.body.iter().flat_map(|it| &it.payloads);
        add_items(arguments.chain(types(body)), &mut found);
        for response in &operation.responses {
            let headers = response.headers.iter().map(|it| &it.ty);
            add_items(headers.chain(types(&response.payloads)), &mut found);
        }
    }
    found
}

/// The items that requests of the API mention.
fn of_incoming(all: &[&ir::Incoming]) -> Vec<usize> {
    let mut found = Vec::new();
    for incoming in all {
        let arguments = incoming.arguments.iter().map(|it| &it.ty);
        let body = incoming.body.iter().flat_map(|it| &it.payloads);
        add_items(arguments.chain(types(body)), &mut found);
        let answers = incoming.responses.iter().flat_map(|it| &it.payloads);
        add_items(types(answers), &mut found);
    }
    found
}

fn types<'a>(payloads: impl IntoIterator<Item = &'a Payload>) -> impl Iterator<Item = &'a Type> {
    payloads.into_iter().map(|it| &it.ty)
}

fn add_items<'a>(types: impl Iterator<Item = &'a Type>, found: &mut Vec<usize>) {
    types.for_each(|ty| items_in(ty, found));
}

/// The files of the models.
fn files(graph: &Graph, features: &[Feature], names: &Names, module: &Module) -> Vec<ModelsFile> {
    let needed_by = graph.needed_by();
    let mut files: BTreeMap<(Option<usize>, Ident), ModelsFile> = BTreeMap::new();
    for (index, head) in graph.heads().into_iter().enumerate() {
        let id = super::reach::item_id(index);
        if matches!(module[id].kind, Kind::Omitted) {
            continue;
        }
        let (feature, name, needed_by) = match head {
            Head::Start(feature) => {
                let name = &features[feature].file;
                (Some(feature), name, NeededBy::One(feature))
            }
            Head::Item(head) => (None, &names.types[head].file, needed_by[head].clone()),
        };
        // What is of one feature comes first.
        let key = (feature.or(Some(usize::MAX)), name.clone());
        let file = files.entry(key).or_insert_with(|| ModelsFile {
            name: name.clone(),
            needed_by,
            items: Vec::new(),
        });
        file.items.push(id);
    }
    files.into_values().collect()
}
