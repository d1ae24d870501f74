//! Requests with something wrong, made from requests with which nothing is: by chance, always the same.

use keywright::conform::Dice;
use serde_json::{Value, json};

use crate::recorder::Recorded;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A pair of the query is left out.
    QueryMissing,
    /// A pair of the query has another value.
    QueryValue,
    /// A header is left out.
    HeaderMissing,
    /// A header has another value.
    HeaderValue,
    /// A step of the path has another value.
    PathValue,
    /// The path has a step more.
    Path,
    /// The method is another one.
    Method,
    /// The body is left out.
    BodyMissing,
    /// The body is cut off.
    BodyCut,
    /// The body is of another media type.
    MediaType,
    /// A property is left out.
    PropertyMissing,
    /// There is a property more.
    PropertyMore,
    /// A value has another type.
    Type,
    /// A value is out of bounds, or none of those that are listed.
    Bounds,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::QueryMissing,
        Self::QueryValue,
        Self::HeaderMissing,
        Self::HeaderValue,
        Self::PathValue,
        Self::Path,
        Self::Method,
        Self::BodyMissing,
        Self::BodyCut,
        Self::MediaType,
        Self::PropertyMissing,
        Self::PropertyMore,
        Self::Type,
        Self::Bounds,
    ];
}

/// Headers of which no document speaks.
const OF_CLIENTS: [&str; 7] = [
    "accept",
    "accept-encoding",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

/// Returns a request with something done to it; `None` when there is nothing that it could be done to, or it is the same
/// afterwards.
#[must_use]
pub fn mutate(request: &Recorded, kind: Kind, dice: &mut Dice) -> Option<Recorded> {
    let mut made = request.clone();
    match kind {
        Kind::QueryMissing | Kind::QueryValue => query(&mut made, kind, dice)?,
        Kind::HeaderMissing | Kind::HeaderValue => header(&mut made, kind, dice)?,
        Kind::PathValue => {
            let (path, query) = split(&made.target);
            let mut steps: Vec<&str> = path.split('/').collect();
            let at = 1 + dice.below(steps.len() - 1);
            *steps.get_mut(at)? = dice.pick(&TEXTS)?;
            made.target = format!("{}{query}", steps.join("/"));
        }
        Kind::Path => {
            let (path, query) = split(&made.target);
            made.target = format!("{path}/no-such-step{query}");
        }
        Kind::Method => {
            let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
            (*dice.pick(&methods)?).clone_into(&mut made.method);
        }
        Kind::BodyMissing => {
            made.body.clear();
            made.headers.retain(|(name, _)| name != "content-type");
        }
        Kind::BodyCut => {
            let length = dice.below(made.body.len());
            made.body.truncate(length);
        }
        Kind::MediaType => {
            let mut headers = made.headers.iter_mut();
            let (_, value) = headers.find(|(name, _)| name == "content-type")?;
            value.clear();
            value.push_str(dice.pick(&["application/x-no-such-type", "text/x-other"])?);
        }
        Kind::PropertyMissing | Kind::PropertyMore | Kind::Type | Kind::Bounds => {
            let mut body: Value = serde_json::from_slice(&made.body).ok()?;
            let places = places(&body);
            change(body.pointer_mut(dice.pick(&places)?)?, kind, dice)?;
            made.body = body.to_string().into_bytes();
        }
    }
    if let Some(length) = made
        .headers
        .iter_mut()
        .find(|(name, _)| name == "content-length")
    {
        length.1 = made.body.len().to_string();
    }
    (made != *request).then_some(made)
}

/// Texts that are mostly no number, and no listed value.
const TEXTS: [&str; 5] = ["no-such-value", "-1", "99999999999999999999", "1.5", "true"];

fn split(target: &str) -> (&str, &str) {
    let at = target.find('?').unwrap_or(target.len());
    target.split_at(at)
}

fn query(made: &mut Recorded, kind: Kind, dice: &mut Dice) -> Option<()> {
    let (path, query) = made.target.split_once('?')?;
    let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
    let at = dice.below(pairs.len());
    if kind == Kind::QueryMissing {
        pairs.remove(at);
    } else {
        let name = pairs[at].split('=').next().unwrap_or_default();
        pairs[at] = format!("{name}={}", dice.pick(&TEXTS)?);
    }
    made.target = if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", pairs.join("&"))
    };
    Some(())
}

fn header(made: &mut Recorded, kind: Kind, dice: &mut Dice) -> Option<()> {
    let headers = made.headers.iter().enumerate();
    let own: Vec<usize> = headers
        .filter(|(_, (name, _))| !OF_CLIENTS.contains(&name.as_str()))
        .map(|(index, _)| index)
        .collect();
    let at = *dice.pick(&own)?;
    if kind == Kind::HeaderMissing {
        made.headers.remove(at);
    } else {
        let text = dice.pick(&TEXTS)?;
        (*text).clone_into(&mut made.headers[at].1);
    }
    Some(())
}

/// The pointers of all values in a value.
fn places(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let below = |key: &str, it: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        let inner = places(it).into_iter();
        inner.map(|it| format!("/{key}{it}")).collect::<Vec<_>>()
    };
    match value {
        Value::Object(properties) => {
            found.extend(properties.iter().flat_map(|(key, it)| below(key, it)));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            found.extend(items.flat_map(|(index, it)| below(&index.to_string(), it)));
        }
        _ => {}
    }
    found
}

fn change(value: &mut Value, kind: Kind, dice: &mut Dice) -> Option<()> {
    match kind {
        Kind::PropertyMissing => {
            let object = value.as_object_mut()?;
            let names: Vec<String> = object.keys().cloned().collect();
            object.remove(dice.pick(&names)?);
        }
        Kind::PropertyMore => {
            let object = value.as_object_mut()?;
            object.insert("no-such-property".to_owned(), json!([{}]));
        }
        Kind::Type => {
            let others = [
                json!("no-such-value"),
                json!(1.5),
                json!(true),
                json!([[]]),
                json!({ "no-such-property": [] }),
                Value::Null,
            ];
            *value = dice.pick(&others)?.clone();
        }
        _ => {
            *value = match value {
                Value::Number(_) => dice.pick(&[json!(-1e15), json!(1e15), json!(0)])?.clone(),
                Value::String(text) => {
                    let long = text.repeat(2) + &"x".repeat(5000);
                    dice.pick(&[json!(""), json!(long), json!("no-such-value")])?
                        .clone()
                }
                Value::Array(items) => {
                    let many = items
                        .iter()
                        .cycle()
                        .take(items.len() * 50)
                        .cloned()
                        .collect();
                    dice.pick(&[json!([]), Value::Array(many)])?.clone()
                }
                _ => return None,
            };
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_changes_something_and_always_the_same() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let request = Recorded {
            method: "OPTIONS".to_owned(),
            target: "/pets/7?limit=3".to_owned(),
            headers: vec![
                header("content-type", "application/json"),
                header("x-count", "1"),
            ],
            body: br#"{"name":"Rex"}"#.to_vec(),
        };
        for kind in Kind::ALL {
            let made = |seed: &str| {
                let mut dice = Dice::new(seed);
                (0..9).find_map(|_| mutate(&request, kind, &mut dice))
            };
            assert!(made("one").is_some(), "{kind:?}");
            assert_eq!(made("one"), made("one"));
        }
    }
}
