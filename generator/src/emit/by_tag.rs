//! The models of a module that is laid out by tag: a folder with a file for each feature, and files for models that
//! several features need. Each file has the tables for reading and writing its models.

use std::collections::BTreeMap;

use super::context::Cx;
use super::features::{conditions, emit_condition};
use super::file::File;
use super::written::Written;
use super::{codec, models};
use crate::ir::Ident;
use crate::output::{Source, Unformatted};
use crate::shape::{ModelsFile, NeededBy, Parts};

/// The files of the models.
pub(super) fn files(parts: &Parts) -> Vec<File<'_>> {
    if parts.files.is_empty() {
        return Vec::new();
    }
    let (own, shared): (Vec<_>, Vec<_>) = parts
        .files
        .iter()
        .partition(|file| matches!(file.needed_by, NeededBy::One(_)));
    let mut files = Vec::new();
    files.extend(own.iter().map(|it| file("", it)));
    files.extend(shared.iter().map(|it| file("shared/", it)));
    let has_shared = !shared.is_empty();
    if has_shared {
        files.push(File::new("models/shared/mod.rs", move |cx| {
            Some(emit_root_of_shared(cx, parts, &shared))
        }));
    }
    files.push(File::new("models/mod.rs", move |cx| {
        Some(emit_root(cx, parts, &own, has_shared))
    }));
    files
}

/// A file of models, in a folder of the folder of all.
fn file<'a>(folder: &str, it: &'a ModelsFile) -> File<'a> {
    let path = format!("models/{folder}{}.rs", it.name);
    File::new(path, move |cx| Some(emit_file(cx, it)))
}

/// `models/mod.rs`.
fn emit_root(cx: &Cx<'_>, parts: &Parts, own: &[&ModelsFile], has_shared: bool) -> Source {
    let shared = has_shared.then(emit_shared).into_iter();
    Source {
        docs: "The types of requests and responses.".to_owned(),
        items: shared.chain(emit_lists(cx, parts, own, "super")).collect(),
    }
}

/// `models/shared/mod.rs`.
fn emit_root_of_shared(cx: &Cx<'_>, parts: &Parts, shared: &[&ModelsFile]) -> Source {
    let docs = "The models that several features need, each with the models that only it needs.";
    Source {
        docs: docs.to_owned(),
        items: emit_lists(cx, parts, shared, "super::super"),
    }
}

/// The declaration of the folder of what several features need.
fn emit_shared() -> Unformatted {
    let mut lines = Written::default();
    let unused = "unused_imports, reason = \"no feature need be on\"";
    lines.line(0, "mod shared;");
    lines.line(0, format!("#[allow({unused})]"));
    lines.line(0, "pub use self::shared::*;");
    lines.finish()
}

/// Models, and how they are read and written.
fn emit_file(cx: &Cx<'_>, file: &ModelsFile) -> Source {
    let cx = cx.file_of(file);
    let ids = || file.items.iter().copied();
    let mut items = models::emit_items(&cx, ids());
    items.extend(codec::emit_tables(&cx, ids()));
    Source {
        docs: String::new(),
        items: cx.imports.complete(items),
    }
}

/// The declarations of files, those that the same features need together. `up` is the module of the API.
fn emit_lists(cx: &Cx<'_>, parts: &Parts, files: &[&ModelsFile], up: &str) -> Vec<Unformatted> {
    let mut lists: BTreeMap<&NeededBy, Vec<&Ident>> = BTreeMap::new();
    for file in files {
        lists.entry(&file.needed_by).or_default().push(&file.name);
    }
    let lists = lists.into_iter().map(|(needed_by, names)| {
        let mut lines = Written::default();
        emit_condition(&mut lines, &conditions(cx, parts, needed_by));
        let declare = format!("{up}::runtime::files::declare!");
        match names[..] {
            [only] if only.as_str().is_ascii() => lines.line(0, format!("{declare} {{ {only} }}")),
            _ => {
                lines.line(0, format!("{declare} {{"));
                for name in names {
                    emit_name(&mut lines, name);
                }
                lines.line(0, "}");
            }
        }
        lines.finish()
    });
    lists.collect()
}

/// The name of a file. Rust looks for files of ASCII names alone, unless it is told the name.
fn emit_name(lines: &mut Written, name: &Ident) {
    if !name.as_str().is_ascii() {
        lines.line(1, format!("#[path = \"{name}.rs\"]"));
    }
    lines.line(1, format!("{name},"));
}
