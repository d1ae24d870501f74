//! OAS 2.0, Operation Object.

use super::document::Defaults;
use super::parameter::Parameters;
use super::{media_type, request_body, response, server};
use crate::model::{Omission, Operation};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;
use crate::normalize::v3;
use crate::normalize::v3::path_item::Shared;

/// Reads an operation of a path item, whose parameters other than those of the path, the query and the headers
/// are `inherited`.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    at: At<'a>,
    method: String,
    shared: &Shared<'_>,
    inherited: &Parameters,
    defaults: &Defaults,
) -> Result<Operation, Omission> {
    if !cx.may_have_operation(&at) {
        return Err(Omission::Limit);
    }
    let object = Object::read(cx, at, "operation object");
    let mut object = object.ok_or(Omission::Malformed)?;
    cx.note_device_flow(&object);
    let operation_id = v3::operation::operation_id(cx, &mut object);
    let tags = object.texts(cx, "tags");
    let summary = object.text(cx, "summary");
    let description = object.text(cx, "description");
    let external_docs = v3::tag::external_docs(cx, &mut object);
    let consumes = media_type::list(cx, &mut object, "consumes");
    let consumes = consumes.as_ref().unwrap_or(&defaults.consumes);
    let produces = media_type::list(cx, &mut object, "produces");
    let produces = produces.as_ref().unwrap_or(&defaults.produces);

    cx.gap.clone_from(&shared.gap);
    let mut parameters = Parameters::of(cx, &mut object);
    parameters.add_missing(inherited.clone());
    let Parameters {
        plain,
        fields,
        body,
    } = parameters;
    let mut parameters = v3::operation::parameters(cx, &object, plain, shared);
    let gap = cx.gap.take();
    let request_body = request_body::of(cx, &object, body, &fields, consumes);
    let responses = v3::response::all(cx, &mut object, |cx, at| response::read(cx, at, produces));

    let deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
    let (security, has_own_security) = v3::security::of_operation(cx, &mut object);
    v3::security::retain_sent(cx, &mut parameters, &security, has_own_security);
    let schemes = server::schemes(cx, &mut object);
    let servers = defaults.location.servers_of_operation(schemes.as_deref());
    let place = object.place(cx);
    if let Some(gap) = gap {
        let why = v3::operation::gap_in_request(cx, &object, &gap, &method, shared.path);
        return Err(why);
    }
    let extensions = object.finish(cx);
    Ok(Operation {
        place,
        method,
        operation_id,
        tags,
        summary,
        description,
        external_docs,
        parameters,
        request_body,
        responses,
        callbacks: Vec::new(),
        deprecated,
        security,
        has_own_security,
        servers,
        extensions,
    })
}
