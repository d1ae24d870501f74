//! OAS 3.1.1, Operation Object.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::path_item::Shared;
use super::{callback, parameter, request_body, response, security, server, tag};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::model::{Omission, Operation, Parameter, ParameterLocation};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;
use crate::normalize::repair;

/// Among how many names a similar one is looked for.
const MOST_SUGGESTED: usize = 100;

/// Reads an operation of a path item.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    at: At<'a>,
    method: String,
    shared: &Shared<'_>,
) -> Result<Operation, Omission> {
    if !cx.may_have_operation(&at) {
        return Err(Omission::Limit);
    }
    let object = Object::read(cx, at, "operation object");
    let mut object = object.ok_or(Omission::Malformed)?;
    cx.note_device_flow(&object);
    let operation_id = operation_id(cx, &mut object);
    let tags = object.texts(cx, "tags");
    let summary = object.text(cx, "summary");
    let description = object.text(cx, "description");
    let external_docs = tag::external_docs(cx, &mut object);
    let outer_gap = std::mem::replace(&mut cx.gap, shared.gap.clone());
    let own = parameter::list(cx, &mut object);
    let mut parameters = parameters(cx, &object, own, shared);
    let request_body = object
        .child(cx, "requestBody")
        .and_then(|at| request_body::read(cx, &at));
    let gap = std::mem::replace(&mut cx.gap, outer_gap);
    let responses = response::all(cx, &mut object, response::read);
    let callbacks = callback::all(cx, &mut object, shared.has_callbacks);
    let deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
    let (security, has_own_security) = security::of_operation(cx, &mut object);
    if shared.template.is_some() {
        security::retain_sent(cx, &mut parameters, &security, has_own_security);
    } else {
        security::ignore(cx, &mut parameters, "");
    }
    let mut servers = server::list(cx, &mut object);
    if servers.is_empty() {
        servers = cx.inherited(&object.at, &shared.servers);
    }
    let place = object.place(cx);
    if let Some(gap) = gap {
        return Err(gap_in_request(cx, &object, &gap, &method, shared.path));
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
        callbacks,
        deprecated,
        security,
        has_own_security,
        servers,
        extensions,
    })
}

/// Says that an operation is left out, since a part of what it sends is not there or malformed.
pub(in crate::normalize) fn gap_in_request(
    cx: &mut Cx<'_, '_>,
    object: &Object<'_>,
    gap: &Place,
    method: &str,
    path: &str,
) -> Omission {
    let why = Omission::UnreadableRequest;
    let message = format!("`{method} {path}` is left out: {why}");
    let finding = cx.finding(Code::UnreadableRequest, &object.at, message);
    let finding = finding.label("the client has no method for it");
    cx.diagnostics
        .report(finding.related(gap, "this part cannot be read"));
    why
}

/// Reads `operationId` with its place.
pub(in crate::normalize) fn operation_id<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
) -> Option<(String, Place)> {
    let at = object.child(cx, "operationId")?;
    let id = object.text(cx, "operationId")?;
    Some((id, cx.place(&at)))
}

/// The parameters of the operation and of its path item, checked against the path template.
pub(in crate::normalize) fn parameters(
    cx: &mut Cx<'_, '_>,
    object: &Object<'_>,
    own: Vec<Parameter>,
    shared: &Shared<'_>,
) -> Vec<Parameter> {
    let mut parameters = cx.inherited(&object.at, &shared.parameters);
    let overridden: HashSet<_> = own.iter().map(parameter::identity).collect();
    parameters.retain(|inherited| !overridden.contains(&parameter::identity(inherited)));
    parameters.extend(own);
    if let Some(names) = &shared.template {
        respell(cx, &mut parameters, shared, names);
        // What is not declared may be what could not be found.
        if cx.gap.is_none() {
            let undeclared = undeclared(cx, object, shared, names, &parameters);
            parameters.extend(undeclared);
        }
        parameters.retain(|it| is_used(cx, it, shared, names));
    }
    parameters
}

/// Takes a path parameter that the template lacks for the one that the template has and nothing declares, where both
/// have the same letters: `{clientId}` and `client-id`.
fn respell(
    cx: &mut Cx<'_, '_>,
    parameters: &mut [Parameter],
    shared: &Shared<'_>,
    names: &IndexSet<&str>,
) {
    let of_path = |it: &&Parameter| it.location == ParameterLocation::Path;
    let declared: HashSet<String> = parameters
        .iter()
        .filter(of_path)
        .map(|it| it.name.clone())
        .collect();
    let undeclared: Vec<&str> = names
        .iter()
        .copied()
        .filter(|it| !declared.contains(*it))
        .collect();
    let alike = |left: &str, right: &str| letters(left) == letters(right);
    for name in &undeclared {
        if undeclared.iter().filter(|it| alike(it, name)).count() > 1 {
            continue;
        }
        let mut meant = parameters.iter_mut().filter(|it| {
            it.location == ParameterLocation::Path
                && !names.contains(it.name.as_str())
                && alike(&it.name, name)
        });
        if let (Some(parameter), None) = (meant.next(), meant.next()) {
            let message = format!(
                "the path template has `{{{name}}}`, but the parameter is named `{}`",
                parameter.name
            );
            let code = Code::MisspelledPathParameter;
            let finding = Diagnostic::at(code, &parameter.place, message)
                .label(format!("read as `{name}`"))
                .related(shared.path_place, "the path template");
            cx.diagnostics
                .report(finding.help(format!("rename the parameter to `{name}`")));
            (*name).clone_into(&mut parameter.name);
        }
    }
}

/// The letters and digits of a name, in lowercase.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Every parameter of the template must be declared. One that is not is text, which fits whatever it is.
fn undeclared(
    cx: &mut Cx<'_, '_>,
    object: &Object<'_>,
    shared: &Shared<'_>,
    names: &IndexSet<&str>,
    parameters: &[Parameter],
) -> Vec<Parameter> {
    let declared: IndexSet<&str> = parameters
        .iter()
        .filter(|it| it.location == ParameterLocation::Path)
        .map(|it| it.name.as_str())
        .collect();
    let mut added = Vec::new();
    for name in names.iter().filter(|name| !declared.contains(*name)) {
        added.push(repair::path_parameter(cx, name, shared.path_place));
        let message = format!(
            "the path template has `{{{name}}}`, but no path parameter `{name}` is declared"
        );
        let mut finding = Diagnostic::at(Code::UndeclaredPathParameter, shared.path_place, message)
            .label(format!("`{name}` is read as a string"))
            .related(&cx.place(&object.at), "this operation does not declare it");
        let unused = declared.difference(names).copied().take(MOST_SUGGESTED);
        if let Some(meant) = cx.meant(name, unused) {
            finding = finding.help(format!(
                "a parameter with a similar name is declared: `{meant}`"
            ));
        } else {
            let lines = declaration(cx.version, name);
            finding = finding.help_with_lines("declare it under `parameters`:", &lines);
        }
        cx.diagnostics.report(finding);
    }
    added
}

/// The lines that declare a path parameter.
fn declaration(version: Version, name: &str) -> String {
    let ty = if version == Version::V2 {
        "  type: string"
    } else {
        "  schema: { type: string }"
    };
    format!("- name: {name}\n  in: path\n  required: true\n{ty}")
}

/// Whether a parameter is used. A path parameter that the template lacks has nowhere to go.
fn is_used(
    cx: &mut Cx<'_, '_>,
    parameter: &Parameter,
    shared: &Shared<'_>,
    names: &IndexSet<&str>,
) -> bool {
    let used =
        parameter.location != ParameterLocation::Path || names.contains(parameter.name.as_str());
    if !used {
        let message = format!(
            "the path parameter `{}` does not appear in the path template `{}`",
            parameter.name, shared.path
        );
        let finding = Diagnostic::at(Code::UnusedPathParameter, &parameter.place, message)
            .label("left out")
            .related(shared.path_place, "the path template");
        let help = format!(
            "add `{{{}}}` to the path, or change the parameter's `in`",
            parameter.name
        );
        cx.diagnostics.report(finding.help(help));
    }
    used
}
