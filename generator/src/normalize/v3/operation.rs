//! OAS 3.1.1, Operation Object.

use super::path_item::Shared;
use super::{callback, parameter, request_body, response, security, server, tag};
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::Place;
use crate::model::{Operation, Parameter, ParameterLocation};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Reads an operation of a path item.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    at: At<'a>,
    method: String,
    shared: &Shared<'_>,
) -> Option<Operation> {
    let mut object = Object::read(cx, at, "operation object")?;
    let operation_id = operation_id(cx, &mut object);
    let tags = object.texts(cx, "tags");
    let summary = object.prose(cx, "summary");
    let description = object.prose(cx, "description");
    let external_docs = tag::external_docs(cx, &mut object);
    let parameters = parameters(cx, &mut object, shared);
    let request_body = object
        .child(cx, "requestBody")
        .and_then(|at| request_body::read(cx, at));
    let responses = response::all(cx, &mut object);
    let callbacks = callback::all(cx, &mut object, shared.has_callbacks);
    let deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
    let own_security = security::requirements(cx, &mut object);
    let own_servers = server::list(cx, &mut object);
    let place = object.place(cx);
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
        callbacks,
        deprecated,
        security: own_security.unwrap_or_else(|| cx.default_security.clone()),
        servers: if own_servers.is_empty() {
            shared.servers.clone()
        } else {
            own_servers
        },
        extensions,
    })
}

/// Reads `operationId` and sees to it that it is the only one of its name.
fn operation_id<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<(String, Place)> {
    let at = object.child(cx, "operationId")?;
    let id = object.text(cx, "operationId")?;
    let place = cx.place(&at);
    if id.trim().is_empty() {
        cx.warn(
            Code::InvalidValue,
            &at,
            "`operationId` is empty and counts as absent",
        );
        return None;
    }
    match cx.operation_ids.get(&id) {
        // A path item that two paths refer to has its operations, and their ids, twice.
        Some(first) if first.span != place.span || first.source.name != place.source.name => {
            let message = format!("two operations have the `operationId` `{id}`");
            let finding = Diagnostic::at(Code::DuplicateOperationId, &place, message);
            let finding = finding.label("here again").related(first, "first here");
            cx.diagnostics
                .report(finding.help("give one of them another `operationId`"));
        }
        Some(_) => {}
        None => {
            cx.operation_ids.insert(id.clone(), place.clone());
        }
    }
    Some((id, place))
}

/// The parameters of the operation and of its path item, checked against the path template.
fn parameters<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    shared: &Shared<'_>,
) -> Vec<Parameter> {
    let own = parameter::list(cx, object);
    let mut parameters: Vec<Parameter> = shared.parameters.clone();
    parameters.retain(|inherited| !own.iter().any(|it| parameter::same(it, inherited)));
    parameters.extend(own);
    if let Some(names) = &shared.template {
        check_declared(cx, object, shared, names, &parameters);
        parameters.retain(|it| is_used(cx, it, shared.path, names));
    }
    parameters
}

/// Every parameter of the template must be declared.
fn check_declared(
    cx: &mut Cx<'_, '_>,
    object: &Object<'_>,
    shared: &Shared<'_>,
    names: &[&str],
    parameters: &[Parameter],
) {
    let declared = || {
        parameters
            .iter()
            .filter(|it| it.location == ParameterLocation::Path)
    };
    for name in names {
        if declared().any(|it| it.name == *name) {
            continue;
        }
        let message =
            format!("the path template has `{{{name}}}`, but no parameter `{name}` is declared");
        let mut finding = Diagnostic::at(Code::UndeclaredPathParameter, shared.path_place, message)
            .related(&cx.place(&object.at), "in this operation");
        let unused = declared()
            .map(|it| it.name.as_str())
            .filter(|it| !names.contains(it));
        if let Some(meant) = similar(name, unused) {
            finding = finding.help(format!(
                "a parameter with a similar name is declared: `{meant}`"
            ));
        }
        cx.diagnostics.report(finding);
    }
}

/// Whether a parameter is used. A path parameter that the template lacks has nowhere to go.
fn is_used(cx: &mut Cx<'_, '_>, parameter: &Parameter, path: &str, names: &[&str]) -> bool {
    let used =
        parameter.location != ParameterLocation::Path || names.contains(&parameter.name.as_str());
    if !used {
        let message = format!(
            "the path parameter `{}` is not in the path template `{path}`",
            parameter.name
        );
        cx.diagnostics.report(Diagnostic::at(
            Code::UnusedPathParameter,
            &parameter.place,
            message,
        ));
    }
    used
}
