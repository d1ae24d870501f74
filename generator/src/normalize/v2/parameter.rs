//! OAS 2.0, Parameter Object, which has become three: a parameter, a request body, and a field of a form.

use super::{collection_format, inline_schema};
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::{Place, Value};
use crate::model::{Extensions, Parameter, ParameterLocation, ParameterValue, SchemaId, Style};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;
use crate::normalize::repair;
use crate::normalize::v3;
use crate::normalize::v3::parameter::{identity, report_repeated};

/// The parameters of an operation or path item, by what becomes of them.
#[derive(Clone, Default)]
pub(super) struct Parameters {
    pub(super) plain: Vec<Parameter>,
    pub(super) fields: Vec<Field>,
    pub(super) body: Option<Body>,
}

/// A parameter that has been read.
pub(super) enum Read {
    Plain(Parameter),
    Field(Field),
    Body(Body),
}

/// A field of a form (`in: formData`).
#[derive(Clone)]
pub(super) struct Field {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) schema: SchemaId,
    pub(super) is_file: bool,
    /// How it is written: style and `explode`.
    pub(super) style: (Style, bool),
}

/// The body of a request (`in: body`).
#[derive(Clone)]
pub(super) struct Body {
    pub(super) place: Place,
    pub(super) description: Option<String>,
    pub(super) required: bool,
    pub(super) schema: SchemaId,
    pub(super) is_file: bool,
    pub(super) extensions: Extensions,
}

impl Parameters {
    /// Reads `parameters` of an object, each once.
    pub(super) fn of<'a>(cx: &mut Cx<'a, '_>, holder: &mut Object<'a>) -> Self {
        let mut parameters = Self::default();
        for at in holder.list(cx, "parameters").unwrap_or_default() {
            let place = cx.place(&at);
            match read(cx, &at) {
                Some(Read::Plain(it)) => {
                    let same = parameters
                        .plain
                        .iter()
                        .find(|other| identity(other) == identity(&it));
                    match same {
                        Some(same) => {
                            let noun = v3::parameter::noun(it.location);
                            report_repeated(cx, noun, &it.name, &place, &same.place);
                        }
                        None => parameters.plain.push(it),
                    }
                }
                Some(Read::Field(it)) => {
                    let same = parameters.fields.iter().find(|other| other.name == it.name);
                    match same {
                        Some(same) => report_repeated(cx, "form", &it.name, &place, &same.place),
                        None => parameters.fields.push(it),
                    }
                }
                Some(Read::Body(it)) => match &parameters.body {
                    Some(first) => {
                        let message = "the operation has a second body parameter";
                        let finding = Diagnostic::at(Code::DuplicateParameter, &place, message);
                        let finding = finding
                            .label("left out")
                            .related(&first.place, "this body is used");
                        cx.diagnostics.report(finding);
                    }
                    None => parameters.body = Some(it),
                },
                None => {}
            }
        }
        parameters
    }

    /// Adds those parameters of a path item that are not there.
    pub(super) fn add_missing(&mut self, more: Self) {
        v3::parameter::add_missing(&mut self.plain, more.plain);
        for field in more.fields {
            if self.fields.iter().all(|other| other.name != field.name) {
                self.fields.push(field);
            }
        }
        self.body = self.body.take().or(more.body);
    }
}

/// Reads a parameter. `None` for one that is ignored or too broken to be sent.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: &At<'a>) -> Option<Read> {
    let resolved = cx.resolved_part(at)?;
    let at = resolved.at.clone();
    let object = Object::read(cx, resolved.at, "parameter object");
    let mut object = cx.part(&at, object)?;
    let location = location(cx, &mut object);
    let read = match cx.part(&at, location)? {
        Location::Body => Read::Body(body(cx, &mut object, resolved.description)),
        Location::Form => Read::Field(field(cx, &mut object)?),
        Location::Plain(location) => {
            Read::Plain(plain(cx, &mut object, location, resolved.description)?)
        }
    };
    let extensions = object.finish(cx);
    Some(match read {
        Read::Plain(it) => Read::Plain(Parameter { extensions, ..it }),
        Read::Body(mut it) => {
            it.extensions.extend(extensions);
            Read::Body(it)
        }
        Read::Field(it) => Read::Field(it),
    })
}

/// Where a parameter travels, by what becomes of it.
enum Location {
    Plain(ParameterLocation),
    Form,
    Body,
}

/// The places, in the words of 2.0.
const LOCATIONS: [&str; 5] = ["path", "query", "header", "formData", "body"];

fn location<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<Location> {
    let text = object.required_text(cx, "in")?;
    let at = object.child(cx, "in")?;
    let known = LOCATIONS
        .into_iter()
        .find(|it| it.eq_ignore_ascii_case(&text));
    let meant = match (known, text.as_str()) {
        (Some(known), _) => known,
        (None, "form") => "formData",
        (None, "cookie") => {
            let message =
                "cookie parameters come from OpenAPI 3.0; this one is read as it would be there";
            cx.warn(Code::RepairedKeyword, &at, message);
            return Some(Location::Plain(ParameterLocation::Cookie));
        }
        (None, _) => {
            let message = format!("`{text}` is not a parameter location");
            let help = match similar(&text, LOCATIONS) {
                Some(meant) => format!("a location with a similar name exists: `{meant}`"),
                None => format!("use one of `{}`", LOCATIONS.join("`, `")),
            };
            let finding = cx.finding(Code::InvalidValue, &at, message);
            cx.diagnostics.report(finding.harmless().help(help));
            return None;
        }
    };
    if meant != text {
        let message = format!("`{text}` is not a parameter location; it is read as `{meant}`");
        cx.warn(Code::InvalidValue, &at, message);
    }
    Some(match meant {
        "path" => Location::Plain(ParameterLocation::Path),
        "query" => Location::Plain(ParameterLocation::Query),
        "header" => Location::Plain(ParameterLocation::Header),
        "formData" => Location::Form,
        _ => Location::Body,
    })
}

/// Reads a parameter that stays one.
fn plain<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    location: ParameterLocation,
    overriding: Option<String>,
) -> Option<Parameter> {
    let name = object.required_text(cx, "name");
    let description = object.text(cx, "description");
    let required = object.boolean(cx, "required");
    let deprecated = later_flag(cx, object, "deprecated");
    let allow_empty_value = object.boolean(cx, "allowEmptyValue").unwrap_or(false);
    let (style, explode) = collection_format::style(cx, object, location);
    let schema = inline_schema::read(cx, object);
    let examples = v3::example::all(cx, object);
    let name = cx.part(&object.at, name)?;
    // 2.0 does not say so, but what these hold is up to the body and to what is accepted.
    if location == ParameterLocation::Header && is_about_content(&name) {
        let message = format!("the header parameter `{name}` is ignored");
        let finding = cx.finding(Code::IgnoredHeaderParameter, &object.at, message);
        cx.diagnostics.report(
            finding.help("remove it; `consumes` and `produces` describe what this header contains"),
        );
        return None;
    }
    if location == ParameterLocation::Path {
        repair::required_path_parameter(cx, &object.at, &name, required);
    }
    Some(Parameter {
        place: object.place(cx),
        name,
        location,
        description: overriding.or(description),
        required: required.unwrap_or(false) || location == ParameterLocation::Path,
        deprecated,
        allow_empty_value,
        value: ParameterValue::Schema {
            schema,
            style,
            explode,
            allow_reserved: false,
        },
        examples,
        extensions: Extensions::new(),
    })
}

fn is_about_content(name: &str) -> bool {
    ["accept", "content-type"]
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it))
}

/// Reads a field of a form.
fn field<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<Field> {
    let name = object.required_text(cx, "name");
    let required = object.boolean(cx, "required").unwrap_or(false);
    object.skip("description");
    object.skip("allowEmptyValue");
    object.skip("example");
    let style = collection_format::style(cx, object, ParameterLocation::Query);
    let is_file = inline_schema::is_file(object.at.node)
        || object
            .at
            .node
            .get("items")
            .is_some_and(inline_schema::is_file);
    let schema = inline_schema::read_field(cx, object);
    Some(Field {
        place: object.place(cx),
        name: cx.part(&object.at, name)?,
        required,
        schema,
        is_file,
        style,
    })
}

/// Reads a body. Its name has no effect on what is sent, and is kept as an extension.
fn body<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>, overriding: Option<String>) -> Body {
    let name = object.text(cx, "name");
    let description = object.text(cx, "description");
    let required = object.boolean(cx, "required").unwrap_or(false);
    object.skip("example");
    let schema = object.child(cx, "schema");
    let is_file = schema
        .as_ref()
        .is_some_and(|at| inline_schema::is_file(at.node));
    let schema = match schema {
        Some(at) if is_file => inline_schema::read_file(cx, &at),
        Some(at) => cx.schema(at),
        None => {
            let missing = object.missing(cx, "schema").harmless();
            cx.diagnostics.report(missing);
            inline_schema::read(cx, object)
        }
    };
    let named = name.map(|it| ("x-body-name".to_owned(), it.into()));
    Body {
        place: object.place(cx),
        description: overriding.or(description),
        required,
        schema,
        is_file,
        extensions: named.into_iter().collect(),
    }
}

/// Reads a flag that 3.0 has.
fn later_flag<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>, key: &'static str) -> bool {
    let Some(entry) = object
        .entry(key)
        .filter(|it| !matches!(it.value.value, Value::Null))
    else {
        return false;
    };
    repair::foreign_keyword(cx, &object.at, entry, Version::V3_0, "it would be there");
    object.boolean(cx, key).unwrap_or(false)
}
