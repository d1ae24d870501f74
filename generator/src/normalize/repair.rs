//! Mistakes that are common, whose meaning is clear, and which are therefore read as what was meant. One
//! function each, and each says so with a warning when it acts.

use super::cx::{At, Cx, Version};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, FileId, Node, Place, Value, reference_text};
use crate::model::{
    Extensions, Parameter, ParameterLocation, ParameterValue, Schema, SimpleType, Style,
};

/// A text. A number or boolean where a text is wanted is taken as it is written: `version: 1.0`.
pub(super) fn text(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str) -> Option<String> {
    let kind = at.node.kind();
    match &at.node.value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(_) | Value::Boolean(_) => {
            let text = written(cx, at.file, at.node);
            let message = format!("`{key}` is {kind}, not a string; it is read as `{text}`");
            let finding = cx.finding(Code::WrongType, at, message).harmless();
            let finding = finding.label("expected a string");
            let help = format!("put it in quotes: `\"{text}\"`");
            cx.diagnostics.report(finding.help(help));
            Some(text)
        }
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => {
            let message = format!("`{key}` is {kind}, not a string; it is ignored");
            cx.wrong_type(at, message, "a string");
            None
        }
    }
}

/// A number or boolean as the file has it. There is no blank in one, so an anchor or a tag before it is not of it.
pub(super) fn written(cx: &Cx<'_, '_>, file: FileId, node: &Node) -> String {
    let written = cx.spec.file(file).source.text_of(node.span);
    let last = written.split_whitespace().next_back().unwrap_or_default();
    last.trim_matches(['"', '\'']).to_owned()
}

/// A boolean, which some write in quotes.
pub(super) fn boolean(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str) -> Option<bool> {
    let value = match &at.node.value {
        Value::Boolean(value) => return Some(*value),
        Value::String(text) if text.eq_ignore_ascii_case("true") => true,
        Value::String(text) if text.eq_ignore_ascii_case("false") => false,
        _ => {
            let kind = at.node.kind();
            let message = format!("`{key}` is {kind}, not a boolean; it is ignored");
            cx.wrong_type(at, message, "`true` or `false`");
            return None;
        }
    };
    let message = format!("`{key}` is a string, not a boolean; it is read as `{value}`");
    let finding = cx.finding(Code::WrongType, at, message).harmless();
    let help = format!("write `{value}` without quotes");
    cx.diagnostics
        .report(finding.label("expected a boolean").help(help));
    Some(value)
}

/// A mapping from names that is a `$ref` to one: `paths: { $ref: paths.yaml }`. No version has this, but
/// bundlers understand it.
pub(super) fn referenced_map<'a>(cx: &mut Cx<'a, '_>, mut at: At<'a>, key: &str) -> Option<At<'a>> {
    let mut links = Vec::new();
    let end = loop {
        if reference_text(at.node).is_none() {
            break Some(at);
        }
        if let Some(known) = cx.maps.get(&(at.node.id, at.scope)) {
            break known.clone();
        }
        let message = format!(
            "`$ref` stands in for the whole of `{key}`, which the specification does not allow; it is followed anyway"
        );
        cx.warn(Code::RepairedKeyword, &at, message);
        links.push((at.node.id, at.scope));
        match cx.schema_target(&at) {
            Some(target) => at = target,
            None => break None,
        }
    };
    cx.maps
        .extend(links.into_iter().map(|link| (link, end.clone())));
    end
}

/// An operation that is a `$ref` to one: `get: { $ref: get-pet.yaml }`. No version has this either, but descriptions in
/// many files are written so.
pub(super) fn referenced_operation<'a>(cx: &mut Cx<'a, '_>, mut at: At<'a>) -> Option<At<'a>> {
    while reference_text(at.node).is_some() {
        let message = "`$ref` stands in for an operation, which the specification does not allow; it is followed anyway";
        cx.warn(Code::RepairedKeyword, &at, message);
        at = cx.target(at.node)?;
    }
    Some(at)
}

/// A keyword that the document's version does not have, but another one does.
pub(super) fn foreign_keyword<'a>(
    cx: &mut Cx<'a, '_>,
    at: &At<'a>,
    entry: &Entry,
    version: Version,
    meaning: &str,
) {
    let place = cx.key_place(at, entry);
    let message = format!(
        "`{}` comes from OpenAPI {}; it is read as {meaning}",
        entry.key,
        version.name()
    );
    cx.diagnostics
        .report(Diagnostic::at(Code::RepairedKeyword, &place, message));
}

/// A path parameter that does not say `required: true` (OAS 3.1.1, Parameter Object, `required`). A path
/// without it would be another path, so it is required.
pub(super) fn required_path_parameter(
    cx: &mut Cx<'_, '_>,
    at: &At<'_>,
    name: &str,
    stated: Option<bool>,
) {
    let (code, message) = match stated {
        Some(true) => return,
        Some(false) => (
            Code::InvalidValue,
            format!(
                "the path parameter `{name}` has `required: false`, but path parameters are always required"
            ),
        ),
        None => (
            Code::MissingField,
            format!("the path parameter `{name}` has no `required: true`"),
        ),
    };
    let finding = cx.finding(code, at, message).harmless();
    let finding = finding.label("read as required");
    cx.diagnostics
        .report(finding.help("add `required: true` to the parameter"));
}

/// A parameter of a path template that nothing declares.
pub(super) fn path_parameter(cx: &mut Cx<'_, '_>, name: &str, place: &Place) -> Parameter {
    let schema = Schema {
        types: vec![SimpleType::String],
        ..Schema::any(place.clone())
    };
    Parameter {
        place: place.clone(),
        name: name.to_owned(),
        location: ParameterLocation::Path,
        description: None,
        required: true,
        deprecated: false,
        allow_empty_value: false,
        value: ParameterValue::Schema {
            schema: cx.schemas.push(schema),
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
        },
        examples: Vec::new(),
        extensions: Extensions::new(),
    }
}

/// A path that does not start with a slash.
pub(super) fn leading_slash(cx: &mut Cx<'_, '_>, path: &str, place: &Place) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let message = format!("the path `{path}` does not start with `/`");
    let finding = Diagnostic::at(Code::InvalidPathTemplate, place, message)
        .label(format!("read as `/{path}`"))
        .help(format!("write `/{path}`"));
    cx.diagnostics.report(finding);
    format!("/{path}")
}
