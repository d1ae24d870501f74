//! OAS 3.1.1, Parameter Object, and what it shares with the Header Object.

use std::collections::HashSet;

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::{example, media_type};
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::Place;
use crate::model::{Parameter, ParameterLocation, ParameterValue, Schema, SchemaId, Style};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;
use crate::normalize::repair;

/// Reads `parameters` of an object, each once.
pub(super) fn list<'a>(cx: &mut Cx<'a, '_>, holder: &mut Object<'a>) -> Vec<Parameter> {
    let mut parameters: IndexMap<Identity, Parameter> = IndexMap::new();
    for at in holder.list(cx, "parameters").unwrap_or_default() {
        let place = cx.place(&at);
        let Some(parameter) = read(cx, &at) else {
            continue;
        };
        match parameters.entry(identity(&parameter)) {
            Entry::Occupied(first) => {
                let noun = noun(parameter.location);
                report_repeated(cx, noun, &parameter.name, &place, &first.get().place);
            }
            Entry::Vacant(vacant) => {
                vacant.insert(parameter);
            }
        }
    }
    parameters.into_values().collect()
}

/// Says that a parameter is there already.
pub(in crate::normalize) fn report_repeated(
    cx: &mut Cx<'_, '_>,
    noun: &str,
    name: &str,
    place: &Place,
    first: &Place,
) {
    let message = format!("two {noun} parameters are named `{name}`");
    let finding = Diagnostic::at(Code::DuplicateParameter, place, message);
    let finding = finding
        .label("left out")
        .related(first, "this parameter is used");
    cx.diagnostics.report(finding);
}

/// What makes two parameters the same one.
pub(in crate::normalize) type Identity = (ParameterLocation, String);

/// Gives what makes a parameter another one. Names of headers have no case (RFC 9110, section 5.1).
pub(in crate::normalize) fn identity(parameter: &Parameter) -> Identity {
    let name = match parameter.location {
        ParameterLocation::Header => parameter.name.to_ascii_lowercase(),
        ParameterLocation::Path
        | ParameterLocation::Query
        | ParameterLocation::QueryString
        | ParameterLocation::Cookie => parameter.name.clone(),
    };
    (parameter.location, name)
}

/// Adds those parameters that are not there.
pub(in crate::normalize) fn add_missing(parameters: &mut Vec<Parameter>, more: Vec<Parameter>) {
    let known: HashSet<Identity> = parameters.iter().map(identity).collect();
    parameters.extend(more.into_iter().filter(|it| !known.contains(&identity(it))));
}

/// Reads a parameter. `None` for one that is ignored, and for one that is too broken to be sent, which leaves a
/// gap.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>) -> Option<Parameter> {
    let resolved = cx.resolved_part(at)?;
    let at = resolved.at.clone();
    let object = Object::read(cx, resolved.at, "parameter object");
    let mut object = cx.part(&at, object)?;
    let name = object.required_text(cx, "name");
    let location = location(cx, &mut object);
    let description = object.text(cx, "description");
    let required = object.boolean(cx, "required");
    let deprecated = object.boolean(cx, "deprecated").unwrap_or(false);
    let allow_empty_value = object.boolean(cx, "allowEmptyValue").unwrap_or(false);
    let value = value(
        cx,
        &mut object,
        location.unwrap_or(ParameterLocation::Query),
    );
    let examples = example::all(cx, &mut object);
    let extensions = object.finish(cx);

    let (name, location) = cx.part(&at, name.zip(location))?;
    if location == ParameterLocation::Header && is_reserved_header(&name) {
        let message = format!("the header parameter `{name}` is ignored");
        let finding = cx.finding(Code::IgnoredHeaderParameter, &at, message);
        cx.diagnostics.report(
            finding.label("ignored").help(
                "remove it; the media types under `content` describe what this header contains",
            ),
        );
        return None;
    }
    if location == ParameterLocation::Path {
        repair::required_path_parameter(cx, &at, &name, required);
    }
    Some(Parameter {
        place: cx.place(&at),
        name,
        location,
        description: resolved.description.or(description),
        required: required.unwrap_or(false) || location == ParameterLocation::Path,
        deprecated,
        allow_empty_value,
        value,
        examples,
        extensions,
    })
}

/// OAS 3.1.1, Parameter Object, `name`: such definitions shall be ignored. `Authorization`, which is one of them, is
/// left to [`security::retain_sent`](super::security::retain_sent).
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type"]
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it))
}

fn location<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<ParameterLocation> {
    let text = object.required_text(cx, "in")?;
    let location = match text.as_str() {
        "path" => ParameterLocation::Path,
        "query" => ParameterLocation::Query,
        "querystring" if cx.version >= Version::V3_2 => ParameterLocation::QueryString,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        _ => {
            let at = object.child(cx, "in")?;
            let finding = cx.finding(
                Code::InvalidValue,
                &at,
                format!("`{text}` is not a parameter location"),
            );
            let help = match text.as_str() {
                "body" | "formData" => {
                    "use `requestBody` of the operation to describe a body".to_owned()
                }
                _ => match similar(&text, ["path", "query", "header", "cookie"]) {
                    Some(meant) => format!("a location with a similar name exists: `{meant}`"),
                    None => "use `path`, `query`, `header` or `cookie`".to_owned(),
                },
            };
            let finding = finding.harmless().label("not a location of OpenAPI 3");
            cx.diagnostics.report(finding.help(help));
            return None;
        }
    };
    Some(location)
}

/// Reads `schema` with its serialization, or `content`.
pub(super) fn value<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    location: ParameterLocation,
) -> ParameterValue {
    let style = style(cx, object, location);
    let explode = object
        .boolean(cx, "explode")
        .unwrap_or(matches!(style, Style::Form | Style::Cookie));
    let allow_reserved = allow_reserved(cx, object, location, style);
    let content = media_type::content(cx, object);
    if let Some(at) = object.child(cx, "schema") {
        return ParameterValue::Schema {
            schema: cx.schema(at),
            style,
            explode,
            allow_reserved,
        };
    }
    if content.len() > 1 {
        let message = "`content` of a parameter or header has more than one media type";
        let finding = cx.finding(Code::InvalidValue, &object.at, message);
        let finding = finding.harmless().label("the first media type is used");
        cx.diagnostics.report(finding.help("keep one media type"));
    }
    if let Some(media_type) = content.into_iter().next() {
        return ParameterValue::Content(Box::new(media_type));
    }
    let schema = missing_schema(cx, object);
    ParameterValue::Schema {
        schema,
        style,
        explode,
        allow_reserved,
    }
}

/// Reads `allowReserved`, which has an effect where values are percent-encoded: in queries, and since 3.2 in paths and
/// cookies, too.
fn allow_reserved<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    location: ParameterLocation,
    style: Style,
) -> bool {
    let is_stated = object.boolean(cx, "allowReserved").unwrap_or(false);
    let has_effect = match location {
        ParameterLocation::Query | ParameterLocation::QueryString => true,
        ParameterLocation::Path | ParameterLocation::Cookie => {
            cx.version >= Version::V3_2 && style != Style::Cookie
        }
        ParameterLocation::Header => false,
    };
    if is_stated
        && !has_effect
        && let Some(at) = object.child(cx, "allowReserved")
    {
        let message = format!(
            "`allowReserved` has no effect on this {} parameter",
            noun(location)
        );
        let finding = cx.finding(Code::InvalidValue, &at, message);
        let finding = finding.harmless().label("ignored");
        cx.diagnostics.report(finding.help("remove it"));
    }
    is_stated && has_effect
}

/// A value of which nothing is said may be anything.
fn missing_schema<'a>(cx: &mut Cx<'a, '_>, object: &Object<'a>) -> SchemaId {
    let has_type = object.at.node.get("type").is_some();
    let finding = object
        .missing(cx, "schema")
        .harmless()
        .label("any value is allowed");
    let help = "move `type`, `format` and the other schema keywords into `schema`";
    cx.diagnostics.report(if has_type {
        finding.help(help)
    } else {
        finding
    });
    let place = cx.place(&object.at);
    cx.schemas.push(Schema::any(place))
}

/// Reads `style`, or gives the default of the place (OAS 3.1.1, Parameter Object, `style`).
fn style<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>, location: ParameterLocation) -> Style {
    let default = match location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::QueryString | ParameterLocation::Cookie => {
            Style::Form
        }
    };
    let Some(style) = stated_style(cx, object) else {
        return default;
    };
    let allowed: &[Style] = match location {
        ParameterLocation::Path => &[Style::Simple, Style::Label, Style::Matrix],
        ParameterLocation::Header => &[Style::Simple],
        ParameterLocation::Cookie => &[Style::Form, Style::Cookie],
        ParameterLocation::Query | ParameterLocation::QueryString => &[
            Style::Form,
            Style::SpaceDelimited,
            Style::PipeDelimited,
            Style::DeepObject,
        ],
    };
    if allowed.contains(&style) {
        return style;
    }
    if let Some(at) = object.child(cx, "style") {
        let text = at.node.as_str().unwrap_or_default();
        let message = format!(
            "a {} parameter cannot have the style `{text}`",
            noun(location)
        );
        let finding = cx.finding(Code::InvalidValue, &at, message).harmless();
        let finding = finding.label("the default style is used");
        let names = STYLES.iter().filter(|(_, style)| allowed.contains(style));
        let names: Vec<String> = names.map(|(name, _)| format!("`{name}`")).collect();
        cx.diagnostics
            .report(finding.help(format!("use {}", alternatives(&names))));
    }
    default
}

/// "`a`, `b` or `c`"
fn alternatives(names: &[String]) -> String {
    match names {
        [names @ .., last] if !names.is_empty() => format!("{} or {last}", names.join(", ")),
        names => names.concat(),
    }
}

/// The styles there are; the last is new in 3.2.
const STYLES: [(&str, Style); 8] = [
    ("matrix", Style::Matrix),
    ("label", Style::Label),
    ("simple", Style::Simple),
    ("form", Style::Form),
    ("spaceDelimited", Style::SpaceDelimited),
    ("pipeDelimited", Style::PipeDelimited),
    ("deepObject", Style::DeepObject),
    ("cookie", Style::Cookie),
];

/// Reads `style`, if it is stated.
pub(super) fn stated_style<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<Style> {
    let text = object.text(cx, "style")?;
    let known = if cx.version >= Version::V3_2 {
        &STYLES[..]
    } else {
        &STYLES[..STYLES.len() - 1]
    };
    if let Some((_, style)) = known.iter().find(|(name, _)| *name == text) {
        return Some(*style);
    }
    let at = object.child(cx, "style")?;
    let meant = known
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&text));
    let message = format!("`{text}` is not a parameter style");
    let finding = cx.finding(Code::InvalidValue, &at, message).harmless();
    let similar = similar(&text, known.iter().map(|(name, _)| *name));
    cx.diagnostics.report(match (meant, similar) {
        (Some((name, _)), _) => finding
            .label(format!("read as `{name}`"))
            .help(format!("write `{name}`")),
        (None, Some(name)) => finding.help(format!("a style with a similar name exists: `{name}`")),
        (None, None) => {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            finding.help(format!("use one of `{}`", names.join("`, `")))
        }
    });
    meant.map(|(_, style)| *style)
}

pub(in crate::normalize) fn noun(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query | ParameterLocation::QueryString => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}
