//! OAS 3.1.1, OpenAPI Object.

use std::rc::Rc;

use super::{components, info, path_item, schema, security, server, tag};
use crate::diagnostics::Code;
use crate::document::{Entry, Place, Value};
use crate::extensions;
use crate::model::{Description, PathItem};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;
use crate::normalize::repair;

/// Reads the entry document, which says that it is of the version `stated`.
pub(in crate::normalize) fn read(cx: &mut Cx<'_, '_>, stated: String) -> Option<Description> {
    let root = cx.root();
    let mut object = Object::read(cx, root, "OpenAPI object")?;
    object.skip("openapi");
    object.skip("swagger");
    object.skip("jsonSchemaDialect");
    if cx.version >= Version::V3_2 {
        object.skip("$self");
    }
    let components = object.child(cx, "components");
    let components = components::read(cx, components);
    let default_security = security::requirements(cx, &mut object).unwrap_or_default();
    cx.default_security = Rc::new(default_security);

    let info = info::read(cx, &mut object);
    let servers = server::list(cx, &mut object);
    let paths = paths(cx, &mut object, |cx, at, path, place| {
        path_item::read(cx, at, path_item::Role::Path { path, place })
    });
    let webhooks = object.all(cx, "webhooks");
    let webhooks = webhooks
        .into_iter()
        .filter_map(|(entry, at)| webhook(cx, entry, at))
        .collect();
    let tags = tag::list(cx, &mut object);
    let external_docs = tag::external_docs(cx, &mut object);
    let place = object.place(cx);
    let sessions = object.excerpt(cx, extensions::SESSIONS);
    let listed_device_flows = object.excerpt(cx, extensions::DEVICE_FLOWS);
    let extensions = object.finish(cx);
    schema::read_waiting(cx);
    Some(Description {
        place,
        version: stated,
        info,
        servers,
        paths,
        left_out: std::mem::take(&mut cx.left_out),
        webhooks,
        schemas: std::mem::take(&mut cx.schemas.schemas),
        component_schemas: components.schemas,
        security_schemes: components.security_schemes,
        tags,
        external_docs,
        extensions,
        sessions,
        device_flows: std::mem::take(&mut cx.device_flows).into_values().collect(),
        listed_device_flows,
        limits: cx.spec.limits,
    })
}

/// OAS 3.1.1, Paths Object. A 3.1 document may have none.
/// Each is read by `read`, from its node, its template and the place of that.
pub(in crate::normalize) fn paths<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    read: impl Fn(&mut Cx<'a, '_>, At<'a>, String, Place) -> Option<PathItem>,
) -> Vec<PathItem> {
    let has_others = ["components", "webhooks"]
        .iter()
        .any(|key| object.at.node.get(key).is_some());
    if object.entry("paths").is_none() && !(cx.version >= Version::V3_1 && has_others) {
        let missing = object.missing(cx, "paths").harmless();
        cx.diagnostics.report(missing);
    }
    let mut paths = Vec::new();
    for (entry, at) in object.all(cx, "paths") {
        if entry.key.starts_with("x-") {
            continue;
        }
        if matches!(at.node.value, Value::Null) {
            cx.warn(
                Code::WrongType,
                &at,
                format!("the path `{}` has no value; it is left out", entry.key),
            );
            continue;
        }
        let place = cx.name_place(&at, entry);
        let path = repair::leading_slash(cx, &entry.key, &place);
        paths.extend(read(cx, at, path, place));
    }
    paths
}

fn webhook<'a>(cx: &mut Cx<'a, '_>, entry: &'a Entry, at: At<'a>) -> Option<PathItem> {
    let place = cx.name_place(&at, entry);
    path_item::read(
        cx,
        at,
        path_item::Role::Webhook {
            name: entry.key.to_string(),
            place,
        },
    )
}
