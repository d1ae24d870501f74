//! Rules about names: those that Rust cannot have, and those that nobody chose.

use super::subject::Subject;
use super::words::Words;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::ir::{EnumerationValues, Ident, Item, ItemKind, NameHint};

/// Reports inline schemas that become types named after their place. Of several that stand in each other, the
/// outermost.
pub(super) fn untitled(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let api = subject.api;
    let is_named = |item: &Item| match &item.hint {
        // What stands in a response or parameter with a name is named after it.
        NameHint::Given(_) | NameHint::Own(_) => true,
        NameHint::Inner(..) | NameHint::Operation(..) | NameHint::Words(_) => false,
    };
    for (item, names) in api.items.iter().zip(&subject.names.types) {
        let is_type = matches!(item.kind, ItemKind::Struct(_) | ItemKind::Union(_));
        // The parts of a type are named after it, and it is reported itself if need be.
        let is_inner = matches!(item.hint, NameHint::Inner(..));
        if !is_type || is_inner || is_named(item) || item.docs.summary.is_some() {
            continue;
        }
        let message = format!("an inline schema becomes the type `models::{}`", names.ty);
        let place = subject.name(&item.origin.place);
        let finding = Diagnostic::at(Code::UntitledInlineType, &place, message);
        found.push(finding.label("its name comes from its place"));
    }
}

/// A name of the document and what became of it in Rust.
struct Named<'a> {
    /// What it is: "property".
    what: &'static str,
    /// Its name in the document.
    wire: &'a str,
    /// Its identifier.
    ident: &'a Ident,
    /// The path of the item, field, variant or method.
    path: String,
    place: Place,
}

/// Reports names that became others, but for those that only got an underscore.
pub(super) fn changed(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    each(subject, &mut |it| {
        if is_same(it.wire, it.ident.as_str()) || is_reserved(&it) {
            return;
        }
        let Named {
            what, wire, path, ..
        } = &it;
        let message = format!("the {what} `{wire}` is called `{path}` in Rust");
        let place = subject.name(&it.place);
        found.push(Diagnostic::at(Code::ChangedName, &place, message).label(reason(&it)));
    });
}

/// Reports names that Rust or the client has taken.
pub(super) fn reserved(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    each(subject, &mut |it| {
        if is_reserved(&it) {
            let Named {
                what, wire, path, ..
            } = &it;
            let message = format!("the {what} `{wire}` is called `{path}` in Rust");
            let place = subject.name(&it.place);
            let finding = Diagnostic::at(Code::ReservedName, &place, message);
            found.push(finding.label("the name itself is taken by Rust or by the client"));
        }
    });
}

/// What keeps Rust from having a name.
fn reason(it: &Named<'_>) -> &'static str {
    let mut letters = it.wire.chars();
    match letters.next() {
        Some(first) if first.is_numeric() => "an identifier cannot start with a digit",
        _ if !it.wire.chars().any(char::is_alphanumeric) => "an identifier needs a letter",
        _ if it.ident.as_str().len() < essence(it.wire).len() => "the name is too long",
        _ => "something else has the name, or it has signs that mean something",
    }
}

/// Whether nothing but a suffix was added to a name.
fn is_reserved(it: &Named<'_>) -> bool {
    let (wire, ident) = (essence(it.wire), essence(it.ident.as_str()));
    let suffixes = [
        "",
        "model",
        "value",
        "field",
        "variant",
        "operation",
        "group",
        "scheme",
    ];
    let is_suffixed = ident
        .strip_prefix(&wire)
        .is_some_and(|it| suffixes.contains(&it));
    !wire.is_empty() && is_suffixed && !is_same(it.wire, it.ident.as_str())
}

/// Whether an identifier is a name spelled Rust's way.
fn is_same(wire: &str, ident: &str) -> bool {
    essence(wire) == essence(ident) && !ident.ends_with('_')
}

/// The letters and digits of a name, without case.
fn essence(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Gives every name that the document chose, and nobody chose for Rust.
fn each<'a>(subject: &Subject<'a>, check: &mut dyn FnMut(Named<'a>)) {
    of_items(subject, check);
    of_operations(subject, check);
}

fn of_items<'a>(subject: &Subject<'a>, check: &mut dyn FnMut(Named<'a>)) {
    for (item, names) in subject.api.items.iter().zip(&subject.names.types) {
        let place = &item.origin.place;
        let owner = &names.ty;
        if let NameHint::Own(wire) = &item.hint
            && place.pointer.is_definition()
        {
            check(Named {
                what: "schema",
                wire,
                ident: &names.ty,
                path: format!("models::{owner}"),
                place: place.clone(),
            });
        }
        match &item.kind {
            ItemKind::Struct(structure) => {
                let fields = structure.fields.iter().zip(&names.members);
                for (field, ident) in fields.filter(|(it, _)| it.rust_name.is_none()) {
                    check(Named {
                        what: "property",
                        wire: &field.wire_name,
                        ident,
                        path: format!("models::{owner}.{ident}"),
                        place: subject.property(place, &field.wire_name, &field.origin.place),
                    });
                }
            }
            ItemKind::Enumeration(it) => {
                let EnumerationValues::Strings(values) = &it.values else {
                    continue;
                };
                let values = values.iter().zip(&names.members);
                // A value is no name, and may be anything: only its words can be a Rust name.
                let values =
                    values.filter(|(it, _)| it.rust_name.is_none() && Words::is_name(&it.value));
                for (value, ident) in values {
                    check(Named {
                        what: "value",
                        wire: &value.value,
                        ident,
                        path: format!("models::{owner}::{ident}"),
                        place: place.clone(),
                    });
                }
            }
            ItemKind::Union(_) | ItemKind::Alias(_) => {}
        }
    }
}

fn of_operations<'a>(subject: &Subject<'a>, check: &mut dyn FnMut(Named<'a>)) {
    for (operation, names) in subject.api.operations.iter().zip(&subject.names.operations) {
        let place = &operation.origin.place;
        let method = &names.method;
        let has_id = subject
            .node(place)
            .is_some_and(|it| it.get("operationId").is_some());
        if operation.rust_name.is_none() && has_id {
            check(Named {
                what: "operation",
                wire: &operation.id,
                ident: method,
                path: format!("Client::{method}"),
                place: place.clone(),
            });
        }
        let arguments = operation.arguments.iter().zip(&names.arguments);
        for (argument, ident) in arguments.filter(|(it, _)| it.rust_name.is_none()) {
            check(Named {
                what: "parameter",
                wire: &argument.wire_name,
                ident,
                path: format!("Client::{method}({ident})"),
                place: argument.origin.place.clone(),
            });
        }
    }
}
