//! Overlays: documents that change the entry document before anything else reads it (Overlay Specification 1.0.0 and
//! 1.1.0).
//!
//! A tree and overlays go in, the changed tree comes out. What an overlay adds keeps its place in the overlay, so that
//! whatever is wrong with it is reported there.

mod action;
mod apply;
mod merge;
mod query;

use super::fault::NodeIds;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{
    Copies, Excerpt, ExcerptNode, File, JsonPointer, Node, Value, is_absolute, join,
};
use crate::limits::Limits;
use apply::Subject;

/// The keys of an overlay.
const KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
/// The keys of its `info`.
const OF_INFO: [&str; 3] = ["title", "version", "description"];

/// The versions of the Overlay Specification. The word version is left to OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edition {
    V1_0,
    V1_1,
}

/// What overlays are applied to, and with.
pub(super) struct Under<'a> {
    pub(super) copies: &'a Copies,
    pub(super) limits: &'a Limits,
    pub(super) ids: &'a mut NodeIds,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// Applies overlays to a document, in their order. Each comes with the number by which its places count in the source
/// of the document.
pub(super) fn apply(document: &mut File, overlays: &[(u32, File)], under: &mut Under<'_>) {
    let path = document.path.clone();
    let mut subject = Subject::new(&mut document.root, under.ids, under.limits);
    for (shift, overlay) in overlays {
        let root = Excerpt {
            place: overlay.place(overlay.root.span, JsonPointer::root()),
            node: overlay.root.clone(),
        };
        let mut reader = Reader {
            diagnostics: under.diagnostics,
        };
        let Some(edition) = reader.edition(&root.root()) else {
            continue;
        };
        reader.check_info(&root.root());
        reader.check_extends(&root.root(), &overlay.path, &path, under.copies);
        for action in action::read(&mut reader, &root.root(), edition) {
            subject.apply(&action, edition, *shift, reader.diagnostics);
        }
    }
}

/// Reads an overlay.
struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    /// Reports something for which the overlay cannot be applied as it is meant.
    fn fault(&mut self, at: &ExcerptNode<'_>, message: impl Into<String>, help: &str) {
        let finding = Diagnostic::at(Code::InvalidOverlay, &at.place(), message);
        self.diagnostics.report(finding.help(help));
    }

    /// Reports something that changes nothing.
    fn warn(&mut self, at: &ExcerptNode<'_>, message: impl Into<String>, help: &str) {
        let finding = Diagnostic::at(Code::InvalidOverlay, &at.key_place(), message);
        self.diagnostics.report(finding.harmless().help(help));
    }

    /// The version of an overlay, if it is one that is known.
    fn edition(&mut self, root: &ExcerptNode<'_>) -> Option<Edition> {
        const HELP: &str = "write `overlay: 1.1.0`";
        if !matches!(root.node.value, Value::Mapping(_)) {
            let message = format!("an overlay is {}, not a mapping", root.node.kind());
            self.fault(root, message, HELP);
            return None;
        }
        self.check_keys(root, "overlay", &KEYS);
        let Some(stated) = get(root, "overlay") else {
            self.fault(root, "the overlay does not state its version", HELP);
            return None;
        };
        let text = match &stated.node.value {
            Value::String(text) | Value::Number(text) => text,
            _ => "",
        };
        match text.split('.').collect::<Vec<_>>()[..] {
            ["1", "0", ..] => Some(Edition::V1_0),
            ["1", "1", ..] => Some(Edition::V1_1),
            _ => {
                let message = format!("`{text}` is not a version of overlays that is read");
                let help = "write the overlay in version 1.0.0 or 1.1.0";
                self.fault(&stated, message, help);
                None
            }
        }
    }

    fn check_info(&mut self, root: &ExcerptNode<'_>) {
        const HELP: &str = "add `info` with `title` and `version`";
        let Some(info) = get(root, "info") else {
            return self.warn(root, "the overlay has no `info`", HELP);
        };
        self.check_keys(&info, "info", &OF_INFO);
        for key in ["title", "version"] {
            if get(&info, key).is_none() {
                self.warn(&info, format!("`info` has no `{key}`"), HELP);
            }
        }
    }

    /// Warns where an overlay says that it is for another document. Nobody can say what a URL of the network is, unless
    /// it has a copy.
    fn check_extends(
        &mut self,
        root: &ExcerptNode<'_>,
        overlay: &str,
        document: &str,
        copies: &Copies,
    ) {
        let Some(extends) = get(root, "extends") else {
            return;
        };
        let Some(text) = extends.node.as_str() else {
            let message = format!("`extends` is {}, not text", extends.node.kind());
            return self.fault(
                &extends,
                message,
                "name the document that the overlay is for",
            );
        };
        let path = if is_absolute(text) {
            copies.path(text)
        } else {
            Some(join(overlay, text))
        };
        if path.is_some_and(|path| path != document) {
            let message = format!("the overlay is for `{text}`, and is applied to `{document}`");
            let help = "correct `extends`, or leave it out";
            self.warn(&extends, message, help);
        }
    }

    /// Reports keys that mean nothing.
    fn check_keys(&mut self, at: &ExcerptNode<'_>, name: &str, keys: &[&str]) {
        for (key, value) in at.entries() {
            if keys.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let help = match similar(key, keys.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the keys are `{}`", keys.join("`, `")),
            };
            self.warn(&value, format!("`{key}` is not a key of `{name}`"), &help);
        }
    }
}

/// The value of a key.
fn get<'a>(at: &ExcerptNode<'a>, key: &str) -> Option<ExcerptNode<'a>> {
    at.entries().find(|(it, _)| *it == key).map(|(_, it)| it)
}

/// Whether a node is neither a list nor a mapping.
fn is_primitive(node: &Node) -> bool {
    !matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
}
