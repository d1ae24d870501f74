//! Bodies of requests and responses.

use bytes::Bytes;
use serde_json::Value;

use super::finding::{Finding, Part, Schemas};
use super::text::{PREFERENCES, TextReader};
use super::{form, multipart};
use crate::conform::Bundle;
use crate::media_type::{Family, essence};
use crate::mock::contract::MediaType;

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
                wanted.ends_with(&format!("+{suffix}")).then_some(1)
            }
        }
    };
    let fitting = content.iter().filter_map(|it| Some((fit(&it.name)?, it)));
    fitting.min_by_key(|(fit, _)| *fit).map(|(_, it)| it)
}

/// Finds what is wrong with a body of a documented form.
pub(super) fn judge(
    form: &MediaType,
    content_type: &str,
    body: &Bytes,
    schemas: Schemas<'_>,
    findings: &mut Vec<Finding>,
) {
    match values(form, content_type, body, schemas.bundle) {
        Err(message) => {
            let part = Part::Body(String::new());
            findings.push(Finding::new(part, message, Some(&form.place)));
        }
        Ok(Values::Whole(values)) => {
            if let Some(number) = form.schema {
                decide(number, &values, "", schemas, findings);
            }
        }
        Ok(Values::Items(items)) => {
            let Some((number, is_whole)) = form
                .item
                .map(|it| (it, false))
                .or(form.schema.map(|it| (it, true)))
            else {
                return;
            };
            // Without a schema of its own, an item is one of the array, or each is a whole.
            let whole: Value = items.iter().cloned().collect();
            if is_whole && schemas.is_valid(number, &whole) {
                return;
            }
            for (index, item) in items.iter().enumerate() {
                let item = std::slice::from_ref(item);
                decide(number, item, &format!("/{index}"), schemas, findings);
            }
        }
        Ok(Values::Unread) => {}
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

/// What a body holds.
#[derive(Debug)]
pub(crate) enum Values {
    /// One value, with what it may be, the likeliest first.
    Whole(Vec<Value>),
    /// Values that come one after the other.
    Items(Vec<Value>),
    /// Something that is not looked into.
    Unread,
}

/// Reads a body.
///
/// # Errors
///
/// When it is not of its form: why.
pub(crate) fn values(
    form: &MediaType,
    content_type: &str,
    body: &Bytes,
    bundle: &Bundle,
) -> Result<Values, String> {
    let any = Value::Bool(true);
    let schema = form.schema.map_or(&any, |it| bundle.schema(it));
    let text = || std::str::from_utf8(body).map_err(|_| "it is not UTF-8".to_owned());
    Ok(match form.family {
        Family::Json => {
            let value = serde_json::from_slice(body).map_err(|error| not_json(&error))?;
            Values::Whole(vec![value])
        }
        Family::Form => Values::Whole(form::read(bundle, schema, &form.encoding, text()?)),
        Family::Multipart if essence(content_type) == "multipart/form-data" => {
            Values::Whole(multipart::read(bundle, schema, content_type, body)?)
        }
        Family::Text if form.schema.is_some() => {
            Values::Whole(text_values(bundle, schema, text()?))
        }
        Family::Lines => Values::Items(lines(text()?)?),
        Family::Xml
        | Family::Events
        | Family::Text
        | Family::Multipart
        | Family::Range
        | Family::Other => Values::Unread,
    })
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

/// JSON texts one after the other, also as records of RFC 7464.
fn lines(text: &str) -> Result<Vec<Value>, String> {
    let lines = text.split(['\n', '\u{1e}']).map(str::trim);
    let lines = lines.filter(|it| !it.is_empty()).enumerate();
    let read = |(index, line): (usize, &str)| {
        let value = serde_json::from_str(line);
        value.map_err(|_| format!("value {} is not JSON", index + 1))
    };
    lines.map(read).collect()
}
