//! The parameters of a request, and the headers of a response.

use http::HeaderMap;
use serde_json::Value;

use super::finding::{Finding, Part, Schemas};
use super::style::{self, Sent, Writing};
use super::text::is_read_as_text;
use super::{body, form};
use crate::conform::Kinds;
use crate::media_type::Family;
use crate::mock::contract::{Form, MediaType, Parameter};
use crate::mock::urlencoded::{decoded, pairs, plain};
use crate::model::{ParameterLocation, Style};

/// What a request has besides its body, as it was sent.
#[derive(Debug)]
pub(super) struct Head<'r> {
    /// The parameters in the path, percent-encoded.
    pub(super) path: &'r [(String, String)],
    /// The query without its question mark.
    pub(super) query: &'r str,
    /// The headers.
    pub(super) headers: &'r HeaderMap,
}

/// The word for where a parameter is.
fn word(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path parameter",
        ParameterLocation::Query => "query parameter",
        ParameterLocation::QueryString => "query string",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

impl Parameter {
    fn part(&self) -> Part {
        Part::Parameter(word(self.location), self.name.clone())
    }

    /// Whether it may be an object that has a property of this name.
    fn has_property(&self, name: &str, schemas: Schemas<'_>) -> bool {
        let Form::Style {
            schema: Some(schema),
            ..
        } = self.form
        else {
            return false;
        };
        let schema = schemas.bundle.schema(schema);
        schemas.bundle.property_names(schema).contains(&name)
    }

    /// Whether it may be an object whose properties are pairs of their own.
    fn has_nameless_pairs(&self, schemas: Schemas<'_>) -> bool {
        let Form::Style {
            schema: Some(schema),
            style,
            explode: true,
        } = self.form
        else {
            return false;
        };
        let kinds = schemas.bundle.kinds(schemas.bundle.schema(schema));
        style != Style::DeepObject && kinds.has(Kinds::OBJECT)
    }
}

/// Finds what is wrong with parameters.
pub(super) fn judge(
    parameters: &[Parameter],
    head: &Head<'_>,
    schemas: Schemas<'_>,
    findings: &mut Vec<Finding>,
) {
    let query = pairs(head.query, '&');
    let cookies: Vec<(String, String)> = head
        .headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| {
            it.split(';')
                .flat_map(|it| pairs(it.trim(), ';'))
                .collect::<Vec<_>>()
        })
        .collect();
    for parameter in parameters.iter().filter(|it| !is_elsewhere(it)) {
        let others = parameters.iter();
        let others =
            others.filter(|it| it.location == parameter.location && it.name != parameter.name);
        let is_crowded = others.clone().any(|it| it.has_nameless_pairs(schemas))
            || others
                .clone()
                .any(|it| parameter.has_property(&it.name, schemas));
        let others: Vec<&str> = others.map(|it| it.name.as_str()).collect();
        let header = header_text(head.headers, &parameter.name);
        let sent = match parameter.location {
            ParameterLocation::Path => {
                let own = head.path.iter().find(|(name, _)| *name == parameter.name);
                own.map(|(_, text)| Sent::Text(text))
            }
            ParameterLocation::Query => (!query.is_empty()).then_some(Sent::Pairs(&query)),
            ParameterLocation::QueryString => {
                // A form without a pair is no text.
                let is_form =
                    matches!(&parameter.form, Form::Content(it) if it.family == Family::Form);
                (is_form || !head.query.is_empty()).then_some(Sent::Text(head.query))
            }
            ParameterLocation::Header => header.as_deref().map(Sent::Text),
            ParameterLocation::Cookie => (!cookies.is_empty()).then_some(Sent::Pairs(&cookies)),
        };
        let values = sent.map(|sent| {
            let reader = Reader {
                parameter,
                schemas,
                others: &others,
                is_crowded,
            };
            reader.read(&sent)
        });
        match values.unwrap_or(Ok(Vec::new())) {
            Ok(values) => decide(parameter, &values, schemas, findings),
            Err(finding) => findings.push(finding),
        }
    }
}

/// Whether a parameter is described where it says nothing: these headers are described by the body and by `security`
/// (OAS 3.1.1, Parameter Object, `name`).
fn is_elsewhere(parameter: &Parameter) -> bool {
    const ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];
    parameter.location == ParameterLocation::Header
        && ELSEWHERE
            .iter()
            .any(|it| parameter.name.eq_ignore_ascii_case(it))
}

/// The text of a header; several are one with commas (RFC 9110, section 5.3).
fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter();
    let values: Vec<_> = values
        .map(|it| String::from_utf8_lossy(it.as_bytes()))
        .collect();
    (!values.is_empty()).then(|| values.join(","))
}

/// Takes the value that conforms, or says what is wrong with the likeliest.
fn decide(
    parameter: &Parameter,
    values: &[Value],
    schemas: Schemas<'_>,
    findings: &mut Vec<Finding>,
) {
    let part = || parameter.part();
    let Some(likeliest) = values.first() else {
        if parameter.required {
            findings.push(Finding::new(
                part(),
                "it is missing",
                Some(&parameter.place),
            ));
        }
        return;
    };
    let number = match &parameter.form {
        Form::Style { schema, .. } => *schema,
        Form::Content(content) => content.schema.filter(|it| {
            let schema = schemas.bundle.schema(*it);
            content.family != Family::Text || is_read_as_text(schemas.bundle, schema)
        }),
    };
    let Some(number) = number else { return };
    if values.iter().any(|it| schemas.is_valid(number, it)) {
        return;
    }
    if parameter.may_be_empty && *likeliest == Value::String(String::new()) {
        return;
    }
    let at = |pointer: &str| match pointer {
        "" => parameter.part(),
        _ => Part::Parameter(
            word(parameter.location),
            format!("{}{pointer}", parameter.name),
        ),
    };
    schemas.validate(number, likeliest, &at, findings);
}

struct Reader<'p> {
    parameter: &'p Parameter,
    schemas: Schemas<'p>,
    others: &'p [&'p str],
    is_crowded: bool,
}

impl Reader<'_> {
    /// What the parameter may be.
    fn read(&self, sent: &Sent<'_>) -> Result<Vec<Value>, Finding> {
        match &self.parameter.form {
            Form::Style {
                schema,
                style,
                explode,
            } => {
                let any = Value::Bool(true);
                let schema = schema.map_or(&any, |it| self.schemas.bundle.schema(it));
                let writing = Writing {
                    name: &self.parameter.name,
                    location: self.parameter.location,
                    style: *style,
                    explode: *explode,
                    others: self.others,
                    is_crowded: self.is_crowded,
                };
                Ok(style::read(self.schemas.bundle, schema, writing, sent))
            }
            Form::Content(content) => self.content(content, sent),
        }
    }

    fn content(&self, content: &MediaType, sent: &Sent<'_>) -> Result<Vec<Value>, Finding> {
        let text = match sent {
            Sent::Text(text) => (*text).to_owned(),
            Sent::Pairs(pairs) => {
                let own = pairs
                    .iter()
                    .find(|(key, _)| decoded(key) == self.parameter.name);
                match own {
                    Some((_, text)) => text.clone(),
                    None => return Ok(Vec::new()),
                }
            }
        };
        let is_form = content.family == Family::Form;
        let text = match self.parameter.location {
            ParameterLocation::Header => text,
            ParameterLocation::QueryString if is_form => text,
            ParameterLocation::Cookie if content.family != Family::Json => text,
            _ => plain(&text),
        };
        let Some(number) = content.schema else {
            return Ok(vec![Value::String(text)]);
        };
        let schema = self.schemas.bundle.schema(number);
        if is_form {
            return Ok(form::read(
                self.schemas.bundle,
                schema,
                &content.encoding,
                &text,
            ));
        }
        match content.family {
            Family::Json => match serde_json::from_str(&text) {
                Ok(value) => Ok(vec![value]),
                Err(error) => {
                    let message = body::not_json(&error);
                    Err(Finding::new(
                        self.parameter.part(),
                        message,
                        Some(&content.place),
                    ))
                }
            },
            _ => Ok(body::text_values(self.schemas.bundle, schema, &text)),
        }
    }
}
