//! Bodies of requests and responses.

use bytes::Bytes;
use serde_json::Value;

use super::finding::{Finding, Part, Schemas};
use super::text::{PREFERENCES, TextReader, is_read_as_text};
use super::{form, multipart, stream};
use crate::conform::{Bundle, Kinds};
use crate::media_type::{Family, essence, is_json};
use crate::mock::contract::{Contract, MediaType};
use crate::mock::xml;

/// Why a text is no JSON, without any of it.
pub(super) fn not_json(error: &serde_json::Error) -> String {
    format!(
        "it is not JSON, from line {}, column {} on",
        error.line(),
        error.column()
    )
}

/// Returns the documented form that a media type is of: by its name, or else by the closest range.
pub(crate) fn form_of<'c>(content: &'c [MediaType], name: &str) -> Option<&'c MediaType> {
    let wanted = essence(name);
    let fit = |documented: &str| {
        let documented = essence(documented);
        if documented == wanted {
            return Some(0);
        }
        let (ty, subtype) = documented.split_once('/')?;
        match (ty, subtype) {
            ("*", "*") => Some(3),
            (ty, "*") if wanted.starts_with(&format!("{ty}/")) => Some(2),
            (_, subtype) => {
                let suffix = subtype.strip_prefix("*+")?;
                // It is no range of RFC 9110, section 12.5.1: of JSON any is meant.
                let is_json = suffix == "json" && is_json(&wanted);
                (is_json || wanted.ends_with(&format!("+{suffix}"))).then_some(1)
            }
        }
    };
    let fitting = content.iter().filter_map(|it| Some((fit(&it.name)?, it)));
    fitting.min_by_key(|(fit, _)| *fit).map(|(_, it)| it)
}

/// How much of a body there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// The beginning, perhaps nothing.
    Beginning,
}

/// A body, as it was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct SentBody<'b> {
    pub(super) content_type: &'b str,
    pub(super) bytes: &'b Bytes,
    pub(super) extent: Extent,
}

/// Finds what is wrong with a body of a documented form. Of one whose beginning alone is there, only those values are
/// judged that come one after the other.
pub(super) fn judge(
    form: &MediaType,
    sent: &SentBody<'_>,
    schemas: Schemas<'_>,
    findings: &mut Vec<Finding>,
) {
    match values(form, sent, schemas) {
        Err(message) => {
            let part = Part::Body(String::new());
            findings.push(Finding::new(part, message, Some(&form.place)));
        }
        Ok(Values::Whole { values, unread }) => {
            if let Some(number) = form.schema {
                let mut found = Vec::new();
                decide(number, &values, "", schemas, &mut found);
                found.retain(|it| !unread.iter().any(|name| is_within(it, name)));
                findings.extend(found);
            }
        }
        Ok(Values::Items(items)) => judge_items(form, &items, sent.extent, schemas, findings),
        Ok(Values::Unread) => {}
    }
}

/// Judges values that come one after the other. Without a schema of its own, each is one of the array, or a whole.
fn judge_items(
    form: &MediaType,
    items: &[Vec<Value>],
    extent: Extent,
    schemas: Schemas<'_>,
    findings: &mut Vec<Finding>,
) {
    let Some(number) = form.item.or(form.schema) else {
        return;
    };
    if form.item.is_none() {
        let whole: Value = items.iter().filter_map(|it| it.first()).cloned().collect();
        let is_array = schemas.bundle.kinds(schemas.bundle.schema(number)) == Kinds::ARRAY;
        if schemas.is_valid(number, &whole) || (is_array && extent == Extent::Beginning) {
            return;
        }
        if is_array {
            decide(number, &[whole], "", schemas, findings);
            return;
        }
    }
    for (index, item) in items.iter().enumerate() {
        decide(number, item, &format!("/{index}"), schemas, findings);
    }
}

fn decide(
    number: usize,
    values: &[Value],
    base: &str,
    schemas: Schemas<'_>,
    findings: &mut Vec<Finding>,
) {
    if !values.iter().any(|it| schemas.is_valid(number, it))
        && let Some(likeliest) = values.first()
    {
        let at = |pointer: &str| Part::Body(format!("{base}{pointer}"));
        schemas.validate(number, likeliest, &at, findings);
    }
}

/// Whether something is wrong in a property of a body.
fn is_within(finding: &Finding, property: &str) -> bool {
    let Part::Body(pointer) = &finding.part else {
        return false;
    };
    let first = pointer.split('/').nth(1);
    first.is_some_and(|it| it.replace("~1", "/").replace("~0", "~") == property)
}

/// What a body holds.
#[derive(Debug)]
pub(in crate::mock) enum Values {
    /// One value.
    Whole {
        /// What it may be, the likeliest first.
        values: Vec<Value>,
        /// The properties that are not looked into.
        unread: Vec<String>,
    },
    /// Values that come one after the other, each with what it may be.
    Items(Vec<Vec<Value>>),
    /// Something that is not looked into.
    Unread,
}

/// Reads a body.
///
/// # Errors
///
/// When it is not of its form: why.
fn values(form: &MediaType, sent: &SentBody<'_>, schemas: Schemas<'_>) -> Result<Values, String> {
    let bundle = schemas.bundle;
    let any = Value::Bool(true);
    let schema = form.schema.map_or(&any, |it| bundle.schema(it));
    let text = || std::str::from_utf8(sent.bytes).map_err(|_| "it is not UTF-8".to_owned());
    if matches!(form.family, Family::Lines | Family::Events) {
        let bytes = match sent.extent {
            Extent::Whole => &sent.bytes[..],
            Extent::Beginning => stream::complete(form.family, sent.bytes),
        };
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        return Ok(Values::Items(match form.family {
            Family::Events => stream::events(text),
            _ => stream::lines(text)?,
        }));
    }
    if sent.extent == Extent::Beginning {
        return Ok(Values::Unread);
    }
    let whole = |values| Values::Whole {
        values,
        unread: Vec::new(),
    };
    Ok(match form.family {
        Family::Json => {
            let value = serde_json::from_slice(sent.bytes).map_err(|error| not_json(&error))?;
            whole(vec![value])
        }
        Family::Form => whole(form::read(bundle, schema, &form.encoding, text()?)),
        Family::Multipart if essence(sent.content_type) == "multipart/form-data" => {
            let reader = multipart::Reader {
                bundle,
                schema,
                encoding: &form.encoding,
            };
            let (values, unread) = reader.read(sent.content_type, sent.bytes)?;
            Values::Whole { values, unread }
        }
        Family::Text if form.schema.is_some() && is_read_as_text(bundle, schema) => {
            whole(text_values(bundle, schema, text()?))
        }
        Family::Xml => match form.xml {
            Some(id) => whole(vec![xml::read(schemas.looks, id, text()?)?]),
            None => Values::Unread,
        },
        Family::Lines
        | Family::Events
        | Family::Text
        | Family::Multipart
        | Family::Range
        | Family::Other => Values::Unread,
    })
}

/// Reads the body of a request.
///
/// # Errors
///
/// When it is not of its form: why.
pub(in crate::mock) fn of_request(
    contract: &Contract,
    form: &MediaType,
    content_type: &str,
    bytes: &Bytes,
) -> Result<Values, String> {
    let sent = SentBody {
        content_type,
        bytes,
        extent: Extent::Whole,
    };
    values(form, &sent, Schemas::of_requests(contract))
}

/// What a plain text may be, the likeliest first.
pub(super) fn text_values(bundle: &Bundle, schema: &Value, text: &str) -> Vec<Value> {
    let read = |preference| TextReader { bundle, preference }.part(&[schema], text);
    let [typed, plain] = PREFERENCES.map(read);
    if typed == plain {
        vec![typed]
    } else {
        vec![typed, plain]
    }
}
