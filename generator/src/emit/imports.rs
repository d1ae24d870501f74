//! The `use` lines of a file, for the names that its tokens contain.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::output::Unformatted;

/// The names that a file may import, and those that it declares itself.
///
/// What an emitter is given for a name is a mark. Marks become names when an item is done, and what no mark of an item
/// asks for is not imported: tokens may be made and thrown away.
#[derive(Debug, Default)]
pub(super) struct Imports {
    taken: BTreeSet<String>,
    /// The path that each mark stands for.
    marks: RefCell<BTreeMap<String, &'static str>>,
    used: RefCell<BTreeSet<&'static str>>,
    /// What only code behind a feature asks for, and the feature.
    conditional: RefCell<BTreeMap<&'static str, &'static str>>,
    /// The models of other files in the same folder.
    models: RefCell<BTreeSet<String>>,
    /// How many folders the file is in, in that of the API.
    depth: usize,
}

impl Imports {
    /// No imports yet, in a file that declares `taken`.
    pub(super) fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The same for a file that is in folders in that of the API. What is imported is named as if it were not.
    pub(super) fn deeper(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// Imports a model of another file of the folder of the models.
    pub(super) fn model(&self, name: &str) {
        self.models.borrow_mut().insert(name.to_owned());
    }

    /// Gives what to write for `path`, which imports it. What the file declares itself keeps its name: then the
    /// import is of the module around it, and `serde_json::Value` stays as long as it is.
    pub(super) fn name(&self, path: &'static str) -> TokenStream {
        let (module, last) = path.rsplit_once("::").unwrap_or(("", path));
        if !self.taken.contains(last) {
            // No name of a document has two underscores in a row.
            let mark = path.replace("::", "__");
            let name = ident(&mark);
            self.marks.borrow_mut().insert(mark, path);
            return quote!(#name);
        }
        let last = ident(last);
        if module == "super::runtime" {
            let runtime = self.name("super::runtime");
            quote!(#runtime::#last)
        } else {
            let parts = module.split("::").map(ident);
            quote!(#(#parts)::*::#last)
        }
    }

    /// Gives what to write for `path` in lines that stand in the file, and imports it.
    pub(super) fn written(&self, path: &'static str) -> String {
        let (module, last) = path.rsplit_once("::").unwrap_or(("", path));
        if !self.taken.contains(last) {
            self.used.borrow_mut().insert(path);
            return last.to_owned();
        }
        if module == "super::runtime" {
            format!("{}::{last}", self.written("super::runtime"))
        } else {
            path.to_owned()
        }
    }

    /// Gives what to write for `path` in lines that are behind a feature, and imports it there.
    pub(super) fn written_behind(&self, feature: &'static str, path: &'static str) -> String {
        let (_, last) = path.rsplit_once("::").unwrap_or(("", path));
        self.conditional.borrow_mut().insert(path, feature);
        last.to_owned()
    }

    /// Items that are done, with names in place of the marks.
    pub(super) fn item(&self, tokens: TokenStream) -> Unformatted {
        self.resolve(tokens).into()
    }

    /// The items of a file after the `use` lines of the names in them: those of [`item`](Self::item) and of
    /// [`written`](Self::written).
    pub(super) fn complete(&self, items: Vec<Unformatted>) -> Vec<Unformatted> {
        let up = "super::".repeat(self.depth);
        let used_paths = self.used.borrow();
        let used = used_paths.iter().map(|path| {
            if path.starts_with("super::") {
                format!("{up}{path}")
            } else {
                (*path).to_owned()
            }
        });
        let models = self.models.borrow();
        let models = models.iter().map(|name| format!("{up}{name}"));
        let paths: BTreeSet<String> = used.chain(models).collect();
        let lines = emit(&paths.iter().map(String::as_str).collect());
        let conditional = self.conditional.borrow();
        let conditional = conditional
            .iter()
            .filter(|(path, _)| !used_paths.contains(*path));
        let conditional = conditional.map(|(path, feature)| {
            let path = format!("{up}{path}");
            let path = path.split("::").map(ident);
            quote!(#[cfg(feature = #feature)] use #(#path)::*;)
        });
        let lines = lines.into_iter().chain(conditional).map(Unformatted::from);
        lines.chain(items).collect()
    }

    /// Tokens with names in place of the marks.
    fn resolve(&self, tokens: TokenStream) -> TokenStream {
        let marks = self.marks.borrow();
        let resolve = |token| match token {
            TokenTree::Ident(name) => match marks.get(&name.to_string()) {
                Some(path) => {
                    self.used.borrow_mut().insert(path);
                    let (_, last) = path.rsplit_once("::").unwrap_or(("", path));
                    ident(last).into()
                }
                None => name.into(),
            },
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), self.resolve(group.stream())).into()
            }
            other => other,
        };
        tokens.into_iter().map(resolve).collect()
    }
}

/// An identifier that is valid as it stands.
pub(super) fn ident(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

/// The `use` lines in groups: the standard library, other crates, this crate.
fn emit(used: &BTreeSet<&str>) -> Vec<TokenStream> {
    let mut groups: [BTreeMap<String, Vec<&str>>; 3] = Default::default();
    for path in used {
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
        if names == ["self"] {
            quote!(use #(#module)::*;)
        } else if names.len() == 1 {
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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn text(items: Vec<Unformatted>) -> String {
        let texts = items.into_iter().map(|it| match it {
            Unformatted::Items(text) | Unformatted::Written(text) => text,
            Unformatted::Impl { head, members } => format!("{head} {{ {} }}", text(members)),
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn imports_what_is_written() {
        let imports = Imports::new(["Value".to_owned()]);
        let map = imports.name("std::collections::BTreeMap");
        let call = imports.name("super::runtime::Call");
        let value = imports.name("serde_json::Value");
        let thrown_away = imports.name("super::runtime::Nullable");
        let _ = quote!(fn dropped(it: #thrown_away) {});
        let item = imports.item(quote!(
            enum Value {
                Nullable(#value),
            }
            fn made(call: &#call) -> #map<String, Vec<#map<String, #value>>> {}
        ));
        assert_snapshot!(text(imports.complete(vec![item])), @r"
        use std :: collections :: BTreeMap ;
        use super :: runtime :: Call ;
        enum Value { Nullable (serde_json :: Value) , } fn made (call : & Call) -> BTreeMap < String , Vec < BTreeMap < String , serde_json :: Value >> > { }
        ");
    }

    #[test]
    fn imports_the_module_of_what_a_file_declares_itself() {
        let imports = Imports::new(["Error".to_owned()]);
        let error = imports.name("super::runtime::Error");
        let call = imports.name("super::runtime::Call");
        let item = imports.item(quote!(fn made(_: #error, _: #call) {}));
        assert_snapshot!(text(imports.complete(vec![item])), @r"
        use super :: runtime :: { self , Call } ;
        fn made (_ : runtime :: Error , _ : Call) { }
        ");
    }
}
