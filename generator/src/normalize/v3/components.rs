//! OAS 3.1.1, Components Object.
//!
//! Schemas and security schemes have a place in the model. Components of the other kinds are read where a
//! reference uses them; those that none uses are read here for their faults alone.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::{callback, header, link, media_type, parameter, request_body, response, security};
use crate::document::{Entry, Node, NodeId, reference_text};
use crate::model::{SchemaId, SecurityScheme};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// The components that the model names.
#[derive(Default)]
pub(super) struct Components {
    pub(super) schemas: IndexMap<String, SchemaId>,
    pub(super) security_schemes: IndexMap<String, SecurityScheme>,
}

/// Reads `components`, if there are any.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: Option<At<'a>>) -> Components {
    let mut components = Components::default();
    let Some(mut object) = at.and_then(|at| Object::read(cx, at, "components object")) else {
        return components;
    };
    components.schemas = schemas(cx, &mut object, "schemas");
    components.security_schemes =
        security_schemes(cx, &mut object, "securitySchemes", security::scheme);
    check_others(cx, &mut object);
    object.finish(cx);
    components
}

/// Takes the schemas that have a name, which stand under `key`.
pub(in crate::normalize) fn schemas<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    key: &'static str,
) -> IndexMap<String, SchemaId> {
    let stated = object.all(cx, key);
    let mut elsewhere = written_elsewhere(cx, &stated);
    let mut schemas = IndexMap::new();
    for (entry, at) in stated {
        let name = entry.key.to_string();
        let stated = cx.scoped(at);
        let at = elsewhere.remove(&name).map_or_else(
            || stated.clone(),
            |target| {
                let scope = stated.scope;
                cx.scoped(At { scope, ..target })
            },
        );
        if !cx.may_have_schema(&at) {
            break;
        }
        let (node, place) = (stated.node, cx.place(&at));
        let id = cx.schemas.add(at, place);
        cx.schemas.take_for(&stated, id);
        let schema = &mut cx.schemas.schemas.0[id.0 as usize];
        schema.component = Some(name.clone());
        schema.description = own_description(node);
        schemas.insert(name, id);
    }
    schemas
}

/// What a component says beside its `$ref`.
fn own_description(component: &Node) -> Option<String> {
    reference_text(component)?;
    component.get("description")?.as_str().map(str::to_owned)
}

/// The components that only refer to a schema which is none, in another file or within another schema: that schema
/// is the component. Of several that refer to the same schema, the one of its name is, or else the first by name.
fn written_elsewhere<'a>(
    cx: &Cx<'a, '_>,
    components: &[(&'a Entry, At<'a>)],
) -> HashMap<String, At<'a>> {
    let nodes: HashSet<NodeId> = components.iter().map(|(_, at)| at.node.id).collect();
    let mut of_target: HashMap<NodeId, (bool, &str)> = HashMap::new();
    let mut targets: Vec<(&str, At<'a>)> = Vec::new();
    for (entry, at) in components {
        let Some(target) = target_elsewhere(cx, at, &nodes) else {
            continue;
        };
        let rank = (!is_called(cx, &target, &entry.key), &*entry.key);
        let first = of_target.entry(target.node.id).or_insert(rank);
        *first = rank.min(*first);
        targets.push((&*entry.key, target));
    }
    targets.retain(|(name, target)| of_target[&target.node.id].1 == *name);
    let targets = targets.into_iter();
    targets.map(|(name, at)| (name.to_owned(), at)).collect()
}

/// The schema at the end of a chain of bare references, if no component is on the way.
fn target_elsewhere<'a>(
    cx: &Cx<'a, '_>,
    component: &At<'a>,
    components: &HashSet<NodeId>,
) -> Option<At<'a>> {
    let says_nothing = |it: &Entry| matches!(&*it.key, "$ref" | "description" | "summary");
    let mut entries = component.node.entries().iter();
    if reference_text(component.node).is_none() || !entries.all(says_nothing) {
        return None;
    }
    let mut target = cx.target(component.node)?;
    while !components.contains(&target.node.id) {
        let is_bare = target.node.entries().len() == 1 && reference_text(target.node).is_some();
        match cx.target(target.node).filter(|_| is_bare) {
            Some(next) => target = next,
            None => return Some(target),
        }
    }
    None
}

/// Whether the place of a schema ends in a name, however that is spelled: `schemas/user-profile.yaml` does in
/// `UserProfile`.
fn is_called(cx: &Cx<'_, '_>, at: &At<'_>, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let path = &cx.spec.file(at.file).path;
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let own = at.pointer.segments().last();
    letters(own.as_deref().unwrap_or(stem)) == letters(name)
}

/// Reads the security schemes, which stand under `key`, each by `read`.
pub(in crate::normalize) fn security_schemes<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    key: &'static str,
    read: impl Fn(&mut Cx<'a, '_>, At<'a>) -> Option<SecurityScheme>,
) -> IndexMap<String, SecurityScheme> {
    let schemes = object.map(cx, key);
    cx.security_schemes = schemes.iter().map(|(entry, _)| &*entry.key).collect();
    let schemes = schemes
        .into_iter()
        .filter_map(|(entry, at)| Some((entry.key.to_string(), read(cx, at)?)));
    schemes.collect()
}

/// Reads the components that are only of use where they are referred to.
fn check_others<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) {
    each(cx, object, "parameters", |cx, at, _| {
        parameter::read(cx, &at);
    });
    each(cx, object, "headers", |cx, at, name| {
        header::read(cx, at, name);
    });
    each(cx, object, "requestBodies", |cx, at, _| {
        request_body::read(cx, &at);
    });
    each(cx, object, "responses", |cx, at, _| {
        response::read(cx, at);
    });
    each(cx, object, "links", |cx, at, name| {
        link::read(cx, at, name);
    });
    each(cx, object, "callbacks", |cx, at, name| {
        callback::read(cx, at, name);
    });
    if cx.version >= Version::V3_2 {
        each(cx, object, "mediaTypes", |cx, at, name| {
            media_type::read(cx, at, name);
        });
    }
    object.skip("examples");
    // A path item is checked where a path uses it, since its parameters mean nothing without the template.
    object.skip("pathItems");
}

fn each<'a, 'd>(
    cx: &mut Cx<'a, 'd>,
    object: &mut Object<'a>,
    key: &'static str,
    read: impl Fn(&mut Cx<'a, 'd>, At<'a>, &str),
) {
    for (entry, at) in object.all(cx, key) {
        read(cx, at, &entry.key);
    }
}
