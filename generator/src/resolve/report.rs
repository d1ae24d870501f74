//! What is said about a reference that leads nowhere.

use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::{FileId, Found, JsonPointer, Kind, Node, Outcome, Place, Spec, UriFault};

/// Among how many names a similar one is looked for; more take too long.
const MOST_NAMES: usize = 2000;

/// The finding about a reference whose outcome is not a target.
pub(super) fn unresolved(
    spec: &Spec,
    file: FileId,
    found: &Found<'_>,
    outcome: &Outcome<'_>,
    suggest: bool,
) -> Diagnostic {
    let place = spec
        .file(file)
        .place(found.text.span, found.pointer.clone());
    let text = found.text.as_str().unwrap_or_default();
    let diagnostic = match outcome {
        Outcome::Fault(fault) => invalid(&place, text, *fault),
        Outcome::UnknownAnchor { file: target, name } => {
            let finding = Diagnostic::at(
                Code::UnresolvedReference,
                &place,
                format!("no schema has the anchor `{name}`"),
            )
            .label("referenced here");
            looked_up(spec, *target, finding).help(format!(
                "add `$anchor: {name}` to the schema, or refer to it by a JSON pointer"
            ))
        }
        Outcome::UnknownName(name) => {
            let pointer = spec.component_schemas().child(name);
            missing(spec, &place, found, FileId(0), &pointer, suggest)
        }
        Outcome::Missing {
            file: target,
            pointer,
        } => missing(spec, &place, found, *target, pointer, suggest),
        Outcome::Target(_) | Outcome::UnknownFile { .. } => {
            unreachable!("only what leads nowhere is reported here")
        }
    };
    if !found.kind.is_dispensable() {
        return diagnostic;
    }
    match found.kind {
        Kind::Schema => diagnostic.note("until then, any value is allowed here"),
        _ => diagnostic,
    }
    .harmless()
}

/// A reference that cannot be followed whatever the files hold.
fn invalid(place: &Place, text: &str, fault: UriFault) -> Diagnostic {
    match fault {
        UriFault::Remote => Diagnostic::at(
            Code::RemoteReference,
            place,
            format!("`{text}` points to the network; Keywright does not fetch anything"),
        )
        .label("referenced here")
        .help(format!(
            "save a copy and name it in the configuration under `[[api]]`: `copies = {{ \"{}\" = \"path/to/copy\" }}`; or bundle the spec into one file, for example with `redocly bundle`",
            text.split('#').next().unwrap_or_default()
        )),
        UriFault::AbsolutePath => {
            Diagnostic::at(Code::InvalidReference, place, format!("`{text}` is an absolute path"))
                .label("referenced here")
                .help("use a path relative to this file; if it points outside the root folder, choose another root: `--root DIR`, or `root = \"DIR\"` under `[[api]]` in the configuration")
        }
        UriFault::Backslash => {
            Diagnostic::at(Code::InvalidReference, place, format!("`{text}` contains a backslash"))
                .label("referenced here")
                .help("separate folders with `/`, on every system")
        }
        UriFault::Malformed => Diagnostic::at(
            Code::InvalidReference,
            place,
            format!("`{text}` is not a valid URI reference with a JSON pointer"),
        )
        .label("referenced here")
        .help("write it as `file.yaml#/path/to/node`, and `%` as `%25`"),
    }
}

/// A reference to a node that is not there.
fn missing(
    spec: &Spec,
    place: &Place,
    found: &Found<'_>,
    target: FileId,
    pointer: &JsonPointer,
    suggest: bool,
) -> Diagnostic {
    let mut segments: Vec<String> = pointer.segments().collect();
    let name = segments.pop().unwrap_or_default();
    let noun = found.kind.noun();
    let is_component = pointer.is_component();
    let message = if is_component {
        format!("no {noun} is named `{name}`")
    } else if pointer.as_str().starts_with('/') {
        format!("`{pointer}` does not exist")
    } else {
        format!("`{pointer}` is not a JSON pointer")
    };
    let mut diagnostic =
        Diagnostic::at(Code::UnresolvedReference, place, message).label("referenced here");
    diagnostic = looked_up(spec, target, diagnostic);
    if !suggest {
        return diagnostic;
    }
    let holder = segments
        .iter()
        .try_fold(&spec.file(target).root, |node, segment| {
            child(node, segment)
        });
    let names = holder
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| &*entry.key);
    // A component that is a reference cannot mean itself.
    let holding = segments
        .iter()
        .fold(JsonPointer::root(), |at, it| at.child(it));
    let is_other = |it: &&str| !holding.child(it).contains(&found.pointer);
    match similar(&name, names.filter(is_other).take(MOST_NAMES)) {
        Some(meant) if is_component => {
            diagnostic.help(format!("a {noun} with a similar name exists: `{meant}`"))
        }
        Some(meant) => diagnostic.help(format!("a similar name exists there: `{meant}`")),
        None => elsewhere(spec, diagnostic, &name),
    }
}

/// Points to a schema of the name where schemas are in this version, if there is one: what else would be meant by a
/// reference to where another version has them.
fn elsewhere(spec: &Spec, diagnostic: Diagnostic, name: &str) -> Diagnostic {
    let schemas = spec.component_schemas();
    let node = schemas
        .segments()
        .try_fold(&spec.entry().root, |node, it| child(node, &it));
    match node.and_then(|node| node.get(name)) {
        Some(_) => diagnostic.help(format!("write `#{}`", schemas.child(name))),
        None => diagnostic,
    }
}

/// Adds in which file a node was looked up, if there are several.
fn looked_up(spec: &Spec, target: FileId, diagnostic: Diagnostic) -> Diagnostic {
    if spec.files.len() > 1 {
        diagnostic.note(format!("looked up in `{}`", spec.file(target).source.name))
    } else {
        diagnostic
    }
}

fn child<'a>(node: &'a Node, segment: &str) -> Option<&'a Node> {
    node.get(segment)
        .or_else(|| node.items().get(segment.parse::<usize>().ok()?))
}
