//! Stamps as text: a line with the digest of all that follows, and JSON.

use serde_json::{Map, Value, json};

use super::Stamp;
use crate::digest::Digest;
use crate::document::Lookup;
use crate::write::{Content, Holding};

impl Stamp {
    pub(super) fn to_text(&self) -> String {
        let lookups = self.lookups.iter().map(|api| api.iter().map(from_lookup));
        let lookups: Vec<Value> = lookups.map(Iterator::collect).collect();
        let snapshots = self.snapshots.as_ref().map(from_holding);
        let body = json!({
            "key": self.key.to_string(),
            "lookups": lookups,
            "output": from_holding(&self.output),
            "snapshots": snapshots.as_slice(),
            "findings": self.findings,
        });
        let body = body.to_string();
        format!("{}\n{body}", Digest::of(&[body.as_bytes()]))
    }

    /// Reads what [`to_text`](Self::to_text) wrote, if it is whole.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (digest, body) = text.split_once('\n')?;
        if Digest::parse(digest)? != Digest::of(&[body.as_bytes()]) {
            return None;
        }
        let mut stamp: Value = serde_json::from_str(body).ok()?;
        let lookups = stamp["lookups"].as_array()?;
        let lookups = lookups
            .iter()
            .map(|api| api.as_array()?.iter().map(to_lookup).collect());
        let snapshots = stamp["snapshots"].as_array()?;
        let snapshots = snapshots.iter().map(to_holding);
        Some(Self {
            key: to_digest(&stamp["key"])?,
            lookups: lookups.collect::<Option<_>>()?,
            output: to_holding(&stamp["output"])?,
            snapshots: snapshots.collect::<Option<Vec<_>>>()?.pop(),
            findings: match stamp["findings"].take() {
                Value::Array(findings) => findings,
                _ => return None,
            },
        })
    }
}

fn from_lookup(lookup: &Lookup) -> Value {
    let content = lookup.content.map(|it| it.to_string());
    json!([lookup.path, lookup.place.to_string(), content])
}

fn to_lookup(value: &Value) -> Option<Lookup> {
    Some(Lookup {
        path: value[0].as_str()?.to_owned(),
        place: to_digest(&value[1])?,
        content: match &value[2] {
            Value::Null => None,
            content => Some(to_digest(content)?),
        },
    })
}

fn from_holding(holding: &Holding) -> Value {
    let contents = holding.contents.iter();
    let contents: Map<String, Value> = contents
        .map(|(path, it)| (path.clone(), json!([it.size, it.digest.to_string()])))
        .collect();
    json!([contents, holding.foreign])
}

fn to_holding(value: &Value) -> Option<Holding> {
    let contents = value[0].as_object()?.iter();
    let contents = contents.map(|(path, it)| Some((path.clone(), to_content(it)?)));
    let foreign = value[1].as_array()?.iter();
    let foreign = foreign.map(|it| it.as_str().map(str::to_owned));
    Some(Holding {
        contents: contents.collect::<Option<_>>()?,
        foreign: foreign.collect::<Option<_>>()?,
    })
}

fn to_content(value: &Value) -> Option<Content> {
    Some(Content {
        size: usize::try_from(value[0].as_u64()?).ok()?,
        digest: to_digest(&value[1])?,
    })
}

fn to_digest(value: &Value) -> Option<Digest> {
    Digest::parse(value.as_str()?)
}
