//! OAS 3.1.1, Components Object.
//!
//! Schemas and security schemes have a place in the model. Components of the other kinds are read where a
//! reference uses them; those that none uses are read here for their faults alone.

use indexmap::IndexMap;

use super::{callback, header, link, media_type, parameter, request_body, response, security};
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
    let mut schemas = IndexMap::new();
    for (entry, at) in object.map(cx, key) {
        let place = cx.place(&at);
        let id = cx.schemas.add(at, place);
        cx.schemas.schemas.0[id.0 as usize].component = Some(entry.key.to_string());
        schemas.insert(entry.key.to_string(), id);
    }
    schemas
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
        parameter::read(cx, at);
    });
    each(cx, object, "headers", |cx, at, name| {
        header::read(cx, at, name);
    });
    each(cx, object, "requestBodies", |cx, at, _| {
        request_body::read(cx, at);
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
    for (entry, at) in object.map(cx, key) {
        read(cx, at, &entry.key);
    }
}
