//! OAS 2.0, Swagger Object.

use std::rc::Rc;

use super::media_type::{self, Stated};
use super::server::{self, Location};
use super::{parameter, path_item, response, security};
use crate::extensions;
use crate::model::Description;
use crate::normalize::cx::Cx;
use crate::normalize::object::Object;
use crate::normalize::v3;

/// What operations take from the document unless they say otherwise.
pub(super) struct Defaults {
    /// Where the API is served.
    pub(super) location: Location,
    /// The media types of request bodies.
    pub(super) consumes: Vec<Stated>,
    /// The media types of responses.
    pub(super) produces: Vec<Stated>,
}

/// Reads the entry document, which says that it is of the version `stated`.
pub(in crate::normalize) fn read(cx: &mut Cx<'_, '_>, stated: String) -> Option<Description> {
    let root = cx.root();
    let mut object = Object::read(cx, root, "Swagger object")?;
    object.skip("swagger");
    object.skip("openapi");
    let component_schemas = v3::components::schemas(cx, &mut object, "definitions");
    let security_schemes =
        v3::components::security_schemes(cx, &mut object, "securityDefinitions", security::scheme);
    let default_security = v3::security::requirements(cx, &mut object).unwrap_or_default();
    cx.default_security = Rc::new(default_security);

    let info = v3::info::read(cx, &mut object);
    let defaults = Defaults {
        location: server::location(cx, &mut object),
        consumes: media_type::list(cx, &mut object, "consumes").unwrap_or_default(),
        produces: media_type::list(cx, &mut object, "produces").unwrap_or_default(),
    };
    check_shared(cx, &mut object, &defaults);
    let paths = v3::document::paths(cx, &mut object, |cx, at, path, place| {
        path_item::read(cx, at, &path, &place, &defaults)
    });
    let tags = v3::tag::list(cx, &mut object);
    let external_docs = v3::tag::external_docs(cx, &mut object);
    let place = object.place(cx);
    let sessions = object.excerpt(cx, extensions::SESSIONS);
    let listed_device_flows = object.excerpt(cx, extensions::DEVICE_FLOWS);
    let extensions = object.finish(cx);
    v3::schema::read_waiting(cx);
    Some(Description {
        place,
        version: stated,
        info,
        servers: defaults.location.servers(None),
        paths,
        left_out: std::mem::take(&mut cx.left_out),
        webhooks: Vec::new(),
        schemas: std::mem::take(&mut cx.schemas.schemas),
        component_schemas,
        security_schemes,
        tags,
        external_docs,
        extensions,
        sessions,
        device_flows: std::mem::take(&mut cx.device_flows).into_values().collect(),
        listed_device_flows,
        limits: cx.spec.limits,
    })
}

/// Reads `parameters` and `responses` for their faults alone; they are of use where they are referred to.
fn check_shared<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>, defaults: &Defaults) {
    for (_, at) in object.all(cx, "parameters") {
        parameter::read(cx, &at);
    }
    for (_, at) in object.all(cx, "responses") {
        response::read(cx, at, &defaults.produces);
    }
}
