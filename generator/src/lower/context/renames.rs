//! The names that the configuration gives to parts of a document.

use std::collections::{BTreeSet, HashMap};

use crate::config::Rename;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{JsonPointer, Place};

/// The names, and which of them have been asked for.
pub(in crate::lower) struct Renames<'a> {
    /// The name of the entry document.
    entry: &'a str,
    /// By file, empty for the entry document, and pointer.
    names: HashMap<(String, JsonPointer), &'a Rename>,
    /// The parts that could have a name. Only kept where some part is given one.
    parts: BTreeSet<(String, JsonPointer)>,
}

impl<'a> Renames<'a> {
    pub(super) fn new(renames: &'a [Rename], entry: &'a Place) -> Self {
        let names = renames
            .iter()
            .filter_map(|rename| Some((rename.parse()?, rename)))
            .collect();
        Self {
            entry: &entry.source.name,
            names,
            parts: BTreeSet::new(),
        }
    }

    /// The name given to the part at a place.
    pub(in crate::lower) fn name(&mut self, place: &Place) -> Option<&'a str> {
        if self.names.is_empty() {
            return None;
        }
        let file = match &place.source.name {
            entry if entry == self.entry => String::new(),
            other => other.clone(),
        };
        let part = (file, place.pointer.clone());
        let given = self.names.get(&part).map(|rename| rename.name.as_str());
        self.parts.insert(part);
        given
    }

    /// Reports the names of parts that nobody has asked for, since they are not there, or have no name in Rust.
    pub(super) fn report_unused(self, diagnostics: &mut Diagnostics) {
        let mut unused: Vec<_> = self
            .names
            .iter()
            .filter(|(part, _)| !self.parts.contains(*part))
            .collect();
        unused.sort_by_key(|(part, _)| *part);
        for ((file, pointer), rename) in unused {
            let message = format!(
                "`{}` does not point to anything with a name in Rust",
                rename.pointer
            );
            let mut finding = Diagnostic::new(Code::InvalidConfig, message);
            finding.place.clone_from(&rename.place);
            let help = match self.meant(file, pointer) {
                Some(meant) => format!("a similar pointer exists: `{meant}`"),
                None => "name a schema, property, operation, parameter, response, header, tag, server or \
                         security scheme, where it stands itself and not where a `$ref` leads to it"
                    .to_owned(),
            };
            diagnostics.report(finding.help(help));
        }
    }

    /// The part that is most like an unknown one, among those beside it, or else in its file.
    fn meant(&self, file: &str, pointer: &JsonPointer) -> Option<String> {
        let (parent, last) = pointer.as_str().rsplit_once('/')?;
        let of_file = self.parts.iter().filter(|(other, _)| other == file);
        let pointers: Vec<&str> = of_file.map(|(_, pointer)| pointer.as_str()).collect();
        let beside = pointers.iter().filter_map(|other| {
            let (around, last) = other.rsplit_once('/')?;
            (around == parent).then_some(last)
        });
        let meant = match similar(last, beside) {
            Some(meant) => format!("{parent}/{meant}"),
            None => similar(pointer.as_str(), pointers)?.to_owned(),
        };
        Some(format!("{file}#{meant}"))
    }
}
