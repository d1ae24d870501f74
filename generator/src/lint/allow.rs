//! Findings that a document silences at their place: `x-keywright-lint: { allow: { unpaged-list: "there are 12" } }`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::levels::{Levels, meant};
use super::rules::Rule;
use super::subject::Subject;
use super::walk::Walk;
use crate::config::Level;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Entry, File, FileId, JsonPointer, Kind, Node, Place, Value};
use crate::extensions::LINT;

/// How an exception is written.
const HELP: &str = "write `x-keywright-lint: { allow: { <rule>: \"<reason>\" } }`";

/// An exception of a document.
struct Allowed {
    /// The object that it stands at; everything in it is meant.
    object: Place,
    /// Where the rule is named.
    place: Place,
    rule: &'static Rule,
    is_used: bool,
}

/// Takes out the findings that the document silences, and adds those about exceptions that do not hold.
pub(super) fn silence(subject: &Subject<'_>, levels: &Levels, found: &mut Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut allowed = read(subject, &mut faults);
    let mut by_code: HashMap<Code, Vec<usize>> = HashMap::new();
    for (index, it) in allowed.iter().enumerate() {
        by_code.entry(it.rule.code).or_default().push(index);
    }
    let root = &subject.description.place;
    found.retain(|finding| {
        let Some(place) = &finding.place else {
            return true;
        };
        let candidates = by_code.get(&finding.code).into_iter().flatten();
        let mut is_silenced = false;
        for index in candidates {
            let it = &mut allowed[*index];
            // What the root of the entry document says goes for every file.
            let is_of_all = it.object.pointer == JsonPointer::root() && it.object.is_in(root);
            if is_of_all || place.is_in(&it.object) {
                it.is_used = true;
                is_silenced = true;
            }
        }
        !is_silenced
    });
    // Of a rule that is off, nobody knows what it would find.
    let unused = allowed
        .iter()
        .filter(|it| !it.is_used && levels.level(it.rule) != Level::Allow);
    faults.extend(unused.map(|it| {
        let message = format!("there is no finding of `{}` here to allow", it.rule.name);
        Diagnostic::at(Code::UselessAllow, &it.place, message)
    }));
    if Rule::of(Code::UselessAllow).is_some_and(|it| levels.level(it) != Level::Allow) {
        found.extend(faults);
    }
}

/// Reads every exception of the document.
fn read(subject: &Subject<'_>, faults: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut allowed = Vec::new();
    for (object, file, node) in objects(subject) {
        let mut entries = node.entries().iter();
        let Some(entry) = entries.find(|it| &*it.key == LINT) else {
            continue;
        };
        let object = file.place(node.span, object);
        of_object(&object, entry, &mut allowed, faults);
    }
    allowed
}

/// Every object of the document that may have extensions: its pointer, file and node, in the order of the files.
fn objects<'a>(subject: &Subject<'a>) -> Vec<(JsonPointer, &'a File, &'a Node)> {
    let spec = subject.spec;
    let root = &spec.entry().root;
    let mut all: BTreeMap<(FileId, u32, JsonPointer), &'a Node> = BTreeMap::new();
    let mut add = |file: FileId, node: &'a Node, pointer: JsonPointer| {
        all.insert((file, node.span.start, pointer), node);
    };
    for key in ["servers", "tags"] {
        let items = root.get(key).map(Node::items).unwrap_or_default();
        for (index, node) in items.iter().enumerate() {
            add(FileId(0), node, JsonPointer::root().child(key).item(index));
        }
    }
    let mut walk = Walk::new(subject);
    let document = (FileId(0), JsonPointer::root(), root, Kind::Document);
    walk.open.push(document);
    let mut met = |file, node: &'a Node, pointer: &str| {
        add(file, node, JsonPointer::from_text(pointer));
    };
    walk.run(&mut met, &mut |_| {});
    let all = all.into_iter();
    all.map(|((id, _, pointer), node)| (pointer, spec.file(id), node))
        .collect()
}

/// Reads the exceptions of an object.
fn of_object(
    object: &Place,
    entry: &Entry,
    allowed: &mut Vec<Allowed>,
    faults: &mut Vec<Diagnostic>,
) {
    let at = |entry: &Entry, pointer: JsonPointer| Place {
        source: Arc::clone(&object.source),
        span: entry.key_span,
        pointer,
    };
    let pointer = object.pointer.child(&entry.key);
    let mut fault = |place: &Place, message: String, help: &str| {
        faults.push(Diagnostic::at(Code::UselessAllow, place, message).help(help));
    };
    if !matches!(entry.value.value, Value::Mapping(_)) {
        let message = format!("`{LINT}` is {}, not a mapping", entry.value.kind());
        fault(&at(entry, pointer.clone()), message, HELP);
    }
    for inner in entry.value.entries() {
        let pointer = pointer.child(&inner.key);
        let place = at(inner, pointer.clone());
        if &*inner.key != "allow" {
            fault(
                &place,
                format!("`{}` is not a key of `{LINT}`", inner.key),
                HELP,
            );
            continue;
        }
        if !matches!(inner.value.value, Value::Mapping(_)) {
            let message = format!("`allow` is {}, not a mapping", inner.value.kind());
            fault(&place, message, HELP);
        }
        for exception in inner.value.entries() {
            let place = at(exception, pointer.child(&exception.key));
            let name = &*exception.key;
            let Some(rule) = Rule::by_name(name) else {
                fault(
                    &place,
                    format!("there is no lint rule `{name}`"),
                    &meant(name),
                );
                continue;
            };
            let reason = exception.value.as_str().unwrap_or_default();
            if reason.trim().is_empty() {
                let message = format!("the exception for `{name}` has no reason");
                fault(
                    &place,
                    message,
                    "say why it is right here: `<rule>: \"<reason>\"`",
                );
            }
            allowed.push(Allowed {
                object: object.clone(),
                place,
                rule,
                is_used: false,
            });
        }
    }
}
