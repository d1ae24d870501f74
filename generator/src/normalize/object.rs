//! One object of the document while it is read: it knows which fields were asked for, so that it can say which
//! it does not know.

use serde_json::Value as Json;

use super::cx::{At, Cx};
use super::repair;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, Excerpt, Place, Value};
use crate::model::{EndpointUrl, Extensions};

/// An object while it is read.
pub(super) struct Object<'a> {
    pub(super) at: At<'a>,
    /// What it is, in the words of a message: "info object".
    noun: &'static str,
    entries: &'a [Entry],
    asked: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// Starts to read a node. `null` is what YAML gives for a key without a value, and counts as empty; anything
    /// else that is no mapping is left out.
    pub(super) fn read(cx: &mut Cx<'a, '_>, at: At<'a>, noun: &'static str) -> Option<Self> {
        let entries: &[Entry] = match &at.node.value {
            Value::Mapping(entries) => entries,
            Value::Null => {
                let message = format!("the {noun} has no value and counts as empty");
                cx.warn(Code::WrongType, &at, message);
                &[]
            }
            Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
                let message = format!("{noun} expected, but this is {}", at.node.kind());
                let finding = cx.finding(Code::WrongType, &at, message).harmless();
                cx.diagnostics.report(finding.label("left out"));
                return None;
            }
        };
        if !cx.spend(&at) {
            return None;
        }
        Some(Self {
            at,
            noun,
            entries,
            asked: Vec::new(),
        })
    }

    pub(super) fn place(&self, cx: &Cx<'a, '_>) -> Place {
        cx.place(&self.at)
    }

    /// The entry of a field.
    pub(super) fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.asked.push(key);
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    /// The value of a field. `null` is what YAML gives for a key without a value, and counts as absent.
    pub(super) fn child(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Option<At<'a>> {
        let entry = self.entry(key)?;
        let child = self.at.child(entry);
        if child.is_null() {
            cx.warn(
                Code::WrongType,
                &child,
                format!("`{key}` has no value and counts as absent"),
            );
            return None;
        }
        Some(child)
    }

    /// A field that must be there.
    pub(super) fn missing(&self, cx: &Cx<'a, '_>, key: &str) -> Diagnostic {
        let message = format!("the {} has no `{key}`", self.noun);
        let finding = cx.finding(Code::MissingField, &self.at, message);
        misled(cx, &self.at, self.noun, finding)
    }

    /// A text.
    pub(super) fn text(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Option<String> {
        let child = self.child(cx, key)?;
        repair::text(cx, &child, key)
    }

    /// A URL of an authorization server.
    pub(super) fn url(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Option<EndpointUrl> {
        let text = self.text(cx, key)?;
        self.located(cx, key, text)
    }

    /// A URL without which the object is of no use.
    pub(super) fn required_url(
        &mut self,
        cx: &mut Cx<'a, '_>,
        key: &'static str,
    ) -> Option<EndpointUrl> {
        let text = self.required_text(cx, key)?;
        self.located(cx, key, text)
    }

    fn located(&self, cx: &Cx<'a, '_>, key: &'static str, text: String) -> Option<EndpointUrl> {
        let entry = self.entries.iter().find(|entry| &*entry.key == key)?;
        let place = cx.place(&self.at.child(entry));
        Some(EndpointUrl { place, text })
    }

    /// A text without which the object is of no use.
    pub(super) fn required_text(
        &mut self,
        cx: &mut Cx<'a, '_>,
        key: &'static str,
    ) -> Option<String> {
        if self.entries.iter().any(|entry| &*entry.key == key) {
            return self.text(cx, key);
        }
        self.asked.push(key);
        let missing = self.missing(cx, key).harmless().label("left out");
        cx.diagnostics.report(missing);
        None
    }

    /// A text for readers that must be there; empty and with a warning when it is not.
    pub(super) fn required_prose(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> String {
        if !self.entries.iter().any(|entry| &*entry.key == key) {
            let missing = self.missing(cx, key).harmless();
            cx.diagnostics.report(missing);
        }
        self.text(cx, key).unwrap_or_default()
    }

    pub(super) fn boolean(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Option<bool> {
        let child = self.child(cx, key)?;
        repair::boolean(cx, &child, key)
    }

    /// The items of a list, without those that have no value. What stands there alone is meant as a list of one.
    pub(super) fn list(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Option<Vec<At<'a>>> {
        let child = self.child(cx, key)?;
        // Languages whose lists and mappings are the same write an empty one so.
        if matches!(&child.node.value, Value::Mapping(entries) if entries.is_empty()) {
            let message = format!("`{key}` is an empty mapping, and was read as an empty list");
            cx.warn(Code::WrongType, &child, message);
            return Some(Vec::new());
        }
        if !matches!(child.node.value, Value::Sequence(_)) {
            let kind = child.node.kind();
            let message = format!("`{key}` is {kind}, and was read as a list of one");
            cx.warn(Code::WrongType, &child, message);
            return Some(vec![child]);
        }
        if !cx.may_have(&child, key, child.node.items().len()) {
            return Some(Vec::new());
        }
        let (empty, items): (Vec<_>, Vec<_>) = child.items().partition(At::is_null);
        for item in empty {
            let message = format!("an item of `{key}` has no value and is left out");
            cx.warn(Code::WrongType, &item, message);
        }
        Some(items)
    }

    /// The entries of a mapping from names. A `$ref` in its place is followed.
    pub(super) fn map(
        &mut self,
        cx: &mut Cx<'a, '_>,
        key: &'static str,
    ) -> Vec<(&'a Entry, At<'a>)> {
        let map = self.mapping(cx, key);
        let map = map.filter(|map| cx.may_have(map, key, map.node.entries().len()));
        map.map(|map| entries(&map)).unwrap_or_default()
    }

    /// The entries of a mapping that is a part of the document, such as `paths`, and so may be of any size.
    pub(super) fn all(
        &mut self,
        cx: &mut Cx<'a, '_>,
        key: &'static str,
    ) -> Vec<(&'a Entry, At<'a>)> {
        let map = self.mapping(cx, key);
        map.map(|map| entries(&map)).unwrap_or_default()
    }

    /// The mapping of a field.
    fn mapping(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Option<At<'a>> {
        let child = self.child(cx, key)?;
        let map = repair::referenced_map(cx, child, key)?;
        match &map.node.value {
            Value::Mapping(_) => {}
            Value::Sequence(items) if items.is_empty() => {
                let message = format!("`{key}` is an empty list, and was read as an empty mapping");
                cx.warn(Code::WrongType, &map, message);
            }
            _ => {
                let message = format!("`{key}` is {}, not a mapping", map.node.kind());
                cx.report(Code::WrongType, &map, message);
            }
        }
        Some(map)
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) -> Vec<String> {
        let items = self.list(cx, key).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| repair::text(cx, item, key))
            .collect()
    }

    /// A value that is data, whatever its type.
    pub(super) fn json(&mut self, key: &'static str) -> Option<Json> {
        self.entry(key).map(|entry| entry.value.to_json())
    }

    /// An extension that is kept as it stands. It stays one of the extensions.
    pub(super) fn excerpt(&self, cx: &Cx<'a, '_>, key: &str) -> Option<Excerpt> {
        let entry = self.entries.iter().find(|entry| &*entry.key == key)?;
        Some(Excerpt {
            place: cx.key_place(&self.at, entry),
            node: entry.value.clone(),
        })
    }

    /// Says that a field is known but has no effect yet.
    pub(super) fn unsupported(&mut self, cx: &mut Cx<'a, '_>, key: &'static str) {
        if let Some(entry) = self.entry(key) {
            let place = cx.key_place(&self.at, entry);
            let message = format!("`{key}` of the {} has no effect yet", self.noun);
            cx.diagnostics
                .report(Diagnostic::at(Code::UnsupportedFeature, &place, message));
        }
    }

    /// Takes note of a field that is known and has no meaning for a client.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.asked.push(key);
    }

    /// Gives the extensions, and reports every field that nobody has asked for.
    pub(super) fn finish(self, cx: &mut Cx<'a, '_>) -> Extensions {
        let mut extensions = Extensions::new();
        let is_misled = cx.misleading(&self.at, self.noun).is_some();
        let mut is_reported = false;
        for entry in self.entries {
            let key = &*entry.key;
            if key.starts_with("x-") {
                extensions.insert(key.to_owned(), entry.value.to_json());
            } else if !(self.asked.contains(&key) || is_misled && is_reported) {
                is_reported = true;
                unknown(cx, &self.at, entry, self.noun, &self.asked);
            }
        }
        extensions
    }
}

/// The entries of a mapping, each with its node.
fn entries<'a>(map: &At<'a>) -> Vec<(&'a Entry, At<'a>)> {
    let entries = map.node.entries().iter();
    entries.map(|entry| (entry, map.child(entry))).collect()
}

/// Reports a field that the specification does not know.
pub(super) fn unknown<'a>(
    cx: &mut Cx<'a, '_>,
    at: &At<'a>,
    entry: &Entry,
    noun: &str,
    known: &[&'static str],
) {
    let place = cx.key_place(at, entry);
    let message = format!("`{}` is not a field of the {noun}", entry.key);
    let mut finding = Diagnostic::at(Code::UnknownField, &place, message);
    if let Some(meant) = cx.meant(&entry.key, known.iter().copied()) {
        finding = finding.help(format!("a field with a similar name exists: `{meant}`"));
    }
    let finding = misled(cx, at, noun, finding);
    cx.diagnostics.report(finding);
}

/// Moves a finding about an object to the `$ref` that led there, where the object is of another kind than what
/// was expected: the fault is in the `$ref`.
fn misled(cx: &Cx<'_, '_>, at: &At<'_>, noun: &str, finding: Diagnostic) -> Diagnostic {
    let (Some(reference), Some(place)) = (cx.misleading(at, noun), &finding.place) else {
        return finding;
    };
    let object = place.clone();
    let finding = Diagnostic {
        place: Some(reference),
        ..finding
    };
    finding
        .related(&object, "what it leads to")
        .help(format!("refer to a {}", noun.trim_end_matches(" object")))
}
