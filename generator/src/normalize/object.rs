//! One object of the document while it is read: it knows which fields were asked for, so that it can say which
//! it does not know.

use serde_json::Value as Json;

use super::cx::{At, Cx};
use super::repair;
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::{Entry, Excerpt, Place, Value};
use crate::extensions;
use crate::model::{EndpointUrl, Extensions};

/// Among how many fields a misspelled one is looked for.
const MOST_COMPARED: usize = 50;
/// The longest name of a field for which others are too similar by chance: `in`, `url`.
const SHORTEST: usize = 3;

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
                let message = format!("the {noun} has no value; it is read as empty");
                cx.warn(Code::WrongType, &at, message);
                &[]
            }
            Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
                let message = format!("expected {}, found {}", with_article(noun), at.node.kind());
                let finding = cx.finding(Code::WrongType, &at, message).harmless();
                let finding = finding.help("write a mapping with the fields of the object");
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
                format!("`{key}` has no value; it is ignored"),
            );
            return None;
        }
        Some(child)
    }

    /// A field that must be there.
    pub(super) fn missing(&self, cx: &Cx<'a, '_>, key: &str) -> Diagnostic {
        let message = format!("the {} has no `{key}`", self.noun);
        let finding = cx.finding(Code::MissingField, &self.at, message);
        let finding = finding.help(self.remedy(key));
        misled(cx, &self.at, self.noun, finding)
    }

    /// What to do about a field that is missing: it may be there, misspelled.
    fn remedy(&self, key: &str) -> String {
        let unknown = self.entries.iter().map(|entry| &*entry.key);
        let unknown = unknown.filter(|it| !self.asked.contains(it) && !it.starts_with("x-"));
        match similar(key, unknown.take(MOST_COMPARED)) {
            Some(misspelled) if key.len() > SHORTEST => format!("rename `{misspelled}` to `{key}`"),
            _ => format!("add `{key}` to the {}", self.noun),
        }
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
            let message =
                format!("`{key}` is an empty mapping, not a list; it is read as an empty list");
            cx.warn(Code::WrongType, &child, message);
            return Some(Vec::new());
        }
        if !matches!(child.node.value, Value::Sequence(_)) {
            let kind = child.node.kind();
            let message =
                format!("`{key}` is {kind}, not a list; it is read as a list with one item");
            let finding = cx.finding(Code::WrongType, &child, message).harmless();
            let help = "write it as a list: `[..]`, or start its line with `- `";
            cx.diagnostics
                .report(finding.label("expected a list").help(help));
            return Some(vec![child]);
        }
        if !cx.may_have(&child, key, child.node.items().len()) {
            return Some(Vec::new());
        }
        let (empty, items): (Vec<_>, Vec<_>) = child.items().partition(At::is_null);
        for item in empty {
            let message = format!("an item of `{key}` has no value; it is left out");
            let finding = cx.finding(Code::WrongType, &item, message).harmless();
            let help = "remove the item, or give it a value";
            cx.diagnostics.report(finding.help(help));
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
                let message = format!(
                    "`{key}` is an empty list, not a mapping; it is read as an empty mapping"
                );
                cx.warn(Code::WrongType, &map, message);
            }
            _ => {
                let message = format!("`{key}` is {}, not a mapping", map.node.kind());
                let finding = cx.finding(Code::WrongType, &map, message);
                cx.diagnostics.report(finding.label("expected a mapping"));
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
            let message = format!("`{key}` of the {} is not supported yet", self.noun);
            let finding = Diagnostic::at(Code::UnsupportedFeature, &place, message);
            cx.diagnostics.report(finding.label("ignored"));
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
                check_extension(cx, &self.at, entry);
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
    let mut finding = Diagnostic::at(Code::UnknownField, &place, message).label("ignored");
    if let Some(meant) = cx.meant(&entry.key, known.iter().copied()) {
        finding = finding.help(format!("a field with a similar name exists: `{meant}`"));
    } else if is_misplaced(noun, &entry.key) {
        finding = finding.help(format!("move `{}` into `schema`", entry.key));
    } else {
        let help = format!(
            "remove it, or rename it to `x-{}` if it is an extension",
            entry.key
        );
        finding = finding.help(help);
    }
    let finding = misled(cx, at, noun, finding);
    cx.diagnostics.report(finding);
}

/// Whether a field is a keyword of schemas at a parameter or header, where OpenAPI 2.0 has them.
fn is_misplaced(noun: &str, key: &str) -> bool {
    const KEYWORDS: [&str; 8] = [
        "type", "format", "enum", "items", "default", "minimum", "maximum", "pattern",
    ];
    matches!(noun, "parameter object" | "header object") && KEYWORDS.contains(&key)
}

/// Reports an extension that begins like Keywright's own and is none of them.
pub(super) fn check_extension(cx: &mut Cx<'_, '_>, at: &At<'_>, entry: &Entry) {
    if !extensions::is_unknown(&entry.key) {
        return;
    }
    let place = cx.key_place(at, entry);
    let message = format!("Keywright has no extension `{}`", entry.key);
    let finding = Diagnostic::at(Code::InvalidExtension, &place, message).label("ignored");
    let help = match cx.meant(&entry.key, extensions::OWN) {
        Some(meant) => format!("an extension with a similar name exists: `{meant}`"),
        None => "remove it; the extension reference lists those that exist".to_owned(),
    };
    cx.diagnostics.report(finding.help(help));
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
        .label(format!("expected {}", with_article(noun)))
        .related(&object, "it refers to this")
        .help(format!(
            "refer to {}",
            with_article(noun.trim_end_matches(" object"))
        ))
}

/// A noun with `a` or `an` before it.
fn with_article(noun: &str) -> String {
    let is_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'O', 'X']);
    format!("{} {noun}", if is_vowel { "an" } else { "a" })
}
