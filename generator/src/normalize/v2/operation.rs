//! OAS 2.0, Operation Object.

use std::rc::Rc;

use super::document::Defaults;
use super::parameter::Parameters;
use super::{media_type, request_body, response, server};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Operation, Parameter, ParameterLocation, SecurityRequirement};
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
) -> Option<Operation> {
    let mut object = Object::read(cx, at, "operation object")?;
    let operation_id = v3::operation::operation_id(cx, &mut object);
    let tags = object.texts(cx, "tags");
    let summary = object.text(cx, "summary");
    let description = object.text(cx, "description");
    let external_docs = v3::tag::external_docs(cx, &mut object);
    let consumes = media_type::list(cx, &mut object, "consumes");
    let consumes = consumes.as_ref().unwrap_or(&defaults.consumes);
    let produces = media_type::list(cx, &mut object, "produces");
    let produces = produces.as_ref().unwrap_or(&defaults.produces);

    cx.gap = shared.gap;
    let mut parameters = Parameters::of(cx, &mut object);
    parameters.add_missing(inherited.clone());
    let Parameters {
        plain,
        fields,
        body,
    } = parameters;
    let mut parameters = v3::operation::parameters(cx, &object, plain, shared);
    let gap = cx.gap;
    let request_body = request_body::of(cx, &object, body, &fields, consumes);
    let responses = v3::response::all(cx, &mut object, |cx, at| response::read(cx, at, produces));

    let deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
    let own_security = v3::security::requirements(cx, &mut object);
    let security = own_security.unwrap_or_else(|| {
        let default = Rc::clone(&cx.default_security);
        cx.inherited(&object.at, &default)
    });
    parameters.retain(|it| is_sent(cx, it, &security));
    let schemes = server::schemes(cx, &mut object);
    let servers = defaults.location.servers_of_operation(schemes.as_deref());
    let place = object.place(cx);
    if gap {
        v3::operation::report_gap(cx, &object, &method, shared.path);
        return None;
    }
    let extensions = object.finish(cx);
    Some(Operation {
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
        servers,
        extensions,
    })
}

/// Whether a parameter is sent. Many documents of 2.0 describe `Authorization` as a parameter, which is what is
/// left to them for tokens; beside `security` it would say the same thing twice.
fn is_sent(cx: &mut Cx<'_, '_>, parameter: &Parameter, security: &[SecurityRequirement]) -> bool {
    let is_authorization = parameter.location == ParameterLocation::Header
        && parameter.name.eq_ignore_ascii_case("authorization");
    let wants_nothing = security.iter().all(|it| it.schemes.is_empty());
    if !is_authorization || wants_nothing {
        return true;
    }
    let message = "a header parameter called `Authorization` is ignored beside `security`";
    let finding = Diagnostic::at(Code::IgnoredHeaderParameter, &parameter.place, message);
    cx.diagnostics.report(finding);
    false
}
