//! The models of a module that is laid out by tag: a folder with a file for those of each feature, and for what several
//! need. Each file has the tables by which its own are read and written.

use std::collections::BTreeMap;

use super::context::Cx;
use super::features::{conditions, emit_condition};
use super::written::Written;
use super::{codec, models};
use crate::ir::Ident;
use crate::output::{Source, Unformatted};
use crate::shape::{ModelsFile, NeededBy, Parts};

/// The files of the models, by path relative to the API's folder.
pub(super) fn emit(cx: &Cx<'_>, parts: &Parts) -> Vec<(String, Source)> {
    if parts.files.is_empty() {
        return Vec::new();
    }
    let (own, shared): (Vec<_>, Vec<_>) = parts
        .files
        .iter()
        .partition(|file| matches!(file.needed_by, NeededBy::One(_)));
    let mut root = emit_lists(cx, parts, &own, "super");
    let mut files = Vec::new();
    if !shared.is_empty() {
        root.insert(0, emit_shared());
        let docs =
            "The models that several features need, each with what is there for its sake alone.";
        let source = Source {
            docs: docs.to_owned(),
            items: emit_lists(cx, parts, &shared, "super::super"),
        };
        files.push(("models/shared/mod.rs".to_owned(), source));
    }
    let source = Source {
        docs: "The types of requests and responses.".to_owned(),
        items: root,
    };
    files.push(("models/mod.rs".to_owned(), source));
    let path = |folder: &str, name: &Ident| format!("models/{folder}{name}.rs");
    files.extend(own.iter().map(|it| (path("", &it.name), emit_file(cx, it))));
    files.extend(
        shared
            .iter()
            .map(|it| (path("shared/", &it.name), emit_file(cx, it))),
    );
    files
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
