//! The `use` lines of a file, gathered while its items are written.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::context::ident;

/// What a file imports so far, and which names it declares itself.
#[derive(Debug, Default)]
pub(super) struct Imports {
    taken: BTreeSet<String>,
    used: RefCell<BTreeSet<&'static str>>,
}

impl Imports {
    /// No imports yet, in a file that declares `taken`.
    pub(super) fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            used: RefCell::default(),
        }
    }

    /// Imports `path` and gives the name to write. What the file declares itself keeps its name: then the
    /// import is of the module around it, and `serde_json::Value` stays as long as it is.
    pub(super) fn name(&self, path: &'static str) -> TokenStream {
        let (module, last) = path.rsplit_once("::").unwrap_or(("", path));
        let last_ident = ident(last);
        if !self.taken.contains(last) {
            self.used.borrow_mut().insert(path);
            return quote!(#last_ident);
        }
        if module == "super::runtime" {
            let runtime = self.name("super::runtime");
            quote!(#runtime::#last_ident)
        } else {
            let parts = module.split("::").map(ident);
            quote!(#(#parts)::*::#last_ident)
        }
    }

    /// The `use` lines in groups: the standard library, other crates, this crate.
    pub(super) fn emit(&self) -> Vec<TokenStream> {
        let mut groups: [BTreeMap<String, Vec<&str>>; 3] = Default::default();
        let used = self.used.borrow();
        for path in used.iter() {
            let (module, last) = path.rsplit_once("::").unwrap_or(("", path));
            let group = match path.split("::").next() {
                Some("std") => 0,
                Some("super" | "self") => 2,
                _ => 1,
            };
            // `use super::runtime` and `use super::runtime::Call` become one line.
            let inner = used.iter().any(|other| {
                other
                    .strip_prefix(path)
                    .is_some_and(|it| it.starts_with("::"))
            });
            let (module, last) = if inner {
                (*path, "self")
            } else {
                (module, last)
            };
            groups[group]
                .entry(module.to_owned())
                .or_default()
                .push(last);
        }
        groups
            .into_iter()
            .filter(|group| !group.is_empty())
            .map(|group| emit_group(&group))
            .collect()
    }
}

/// One group: a line for each module, in rustfmt's order.
fn emit_group(group: &BTreeMap<String, Vec<&str>>) -> TokenStream {
    let mut lines: Vec<(&str, Vec<&str>)> = group
        .iter()
        .map(|(module, names)| (module.as_str(), names.clone()))
        .collect();
    // A list stands after the paths that go deeper into the same module.
    lines.sort_by_key(|(module, names)| (sort_key(module, names), names.len() > 1));
    let lines = lines.into_iter().map(|(module, mut names)| {
        names.sort_by_key(|name| (rank(name), *name));
        let module = module.split("::").map(ident);
        let list = names.iter().map(|name| ident(name));
        if names.len() == 1 {
            quote!(use #(#module)::*::#(#list)*;)
        } else {
            quote!(use #(#module)::*::{#(#list),*};)
        }
    });
    quote!(#(#lines)*)
}

/// What rustfmt compares: part by part, a list after every name.
fn sort_key(module: &str, names: &[&str]) -> Vec<(u8, String)> {
    let last = match names {
        [name] => (rank(name), (*name).to_owned()),
        _ => (9, String::new()),
    };
    module
        .split("::")
        .map(|part| (rank(part), part.to_owned()))
        .chain([last])
        .collect()
}

/// `self` and `super` come first; everything else as ASCII has it, capital letters before small ones.
fn rank(name: &str) -> u8 {
    match name {
        "self" => 0,
        "super" => 1,
        _ => 2,
    }
}
