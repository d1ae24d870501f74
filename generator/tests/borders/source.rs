//! What the files of `src` import and do, without their tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What only few modules may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deed {
    /// Touches files.
    Files,
    /// Prints.
    Print,
    /// Knows which versions of OpenAPI there are.
    Versions,
    /// Holds tokens of Rust.
    Tokens,
    /// Writes tokens of Rust.
    Quote,
    /// Takes Rust apart.
    Parse,
    /// Makes text of Rust.
    Format,
}

/// A file of `src`.
pub(crate) struct SourceFile {
    /// Its path, from `src` on.
    pub(crate) path: String,
    /// The modules that lead to it.
    place: Vec<String>,
    /// Every path to something of the crate, from the root on.
    paths: BTreeSet<Vec<String>>,
    /// What it does.
    pub(crate) deeds: BTreeSet<Deed>,
}

impl SourceFile {
    /// The module of the root that it is in, or `lib` for the root itself.
    pub(crate) fn module(&self) -> &str {
        match self.place.first().map(String::as_str) {
            None => "lib",
            Some("main") => "cli",
            Some(name) => name,
        }
    }

    /// The modules of the root, out of `modules`, from which it takes something; `lib` for the root itself.
    pub(crate) fn imports<'a>(&'a self, modules: &BTreeSet<&str>) -> BTreeSet<&'a str> {
        let first = |path: &'a Vec<String>| match path.first() {
            Some(name) if modules.contains(name.as_str()) => name.as_str(),
            _ => "lib",
        };
        self.paths.iter().map(first).collect()
    }
}

/// Every file of `src` that is no test.
pub(crate) fn files() -> Vec<SourceFile> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeMap::new();
    read(&src, "", &mut texts);
    let mut files = Vec::new();
    let mut for_tests = BTreeSet::new();
    for (path, text) in texts {
        let place = place(&path);
        let tokens: TokenStream = text.parse().expect("it is Rust");
        let code = Code::of(tokens);
        for_tests.extend(code.tests.iter().map(|name| joined(&place, name)));
        let resolved = code.paths.iter().filter_map(|it| code.resolve(&place, it));
        files.push(SourceFile {
            paths: resolved.collect(),
            deeds: code.deeds(),
            path,
            place,
        });
    }
    files.retain(|file| !(1..=file.place.len()).any(|end| for_tests.contains(&file.place[..end])));
    files
}

fn read(folder: &Path, below: &str, texts: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let entry = entry.expect("it can be read").path();
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        let path = format!("{below}{name}");
        if entry.is_dir() {
            read(&entry, &format!("{path}/"), texts);
        } else if entry.extension().is_some_and(|it| it == "rs") {
            texts.insert(path, fs::read_to_string(&entry).expect("it is text"));
        }
    }
}

/// The modules that lead to a file.
fn place(path: &str) -> Vec<String> {
    let mut place: Vec<String> = path.split('/').map(str::to_owned).collect();
    let name = place.pop().unwrap_or_default();
    match name.trim_end_matches(".rs") {
        "mod" | "lib" => {}
        name => place.push(name.to_owned()),
    }
    place
}

fn joined(place: &[String], name: &str) -> Vec<String> {
    let name = std::iter::once(name.to_owned());
    place.iter().cloned().chain(name).collect()
}

/// What is read of a file.
#[derive(Default)]
struct Code {
    /// The modules that it has in files of their own, or in itself.
    children: BTreeSet<String>,
    /// Those of them that are tests.
    tests: BTreeSet<String>,
    /// Every path of several names, as it is written.
    paths: BTreeSet<Vec<String>>,
    /// The macros that it uses.
    macros: BTreeSet<String>,
    /// Every name.
    words: BTreeSet<String>,
    /// Every text.
    texts: BTreeSet<String>,
}

impl Code {
    fn of(tokens: TokenStream) -> Self {
        let mut code = Self::default();
        code.read(&tokens.into_iter().collect::<Vec<_>>());
        code
    }

    fn read(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Punct(it) if it.as_char() == '#' => at = self.attribute(tokens, at),
                TokenTree::Punct(_) => {}
                TokenTree::Literal(it) => {
                    self.texts
                        .insert(it.to_string().trim_matches('"').to_owned());
                }
                TokenTree::Group(it) => self.read(&it.stream().into_iter().collect::<Vec<_>>()),
                TokenTree::Ident(it) => at = self.name(tokens, at, &it.to_string()),
            }
        }
    }

    /// Goes over an attribute, documentation for instance, and over what is for tests alone.
    fn attribute(&mut self, tokens: &[TokenTree], mut at: usize) -> usize {
        at += usize::from(is_punct(tokens.get(at), '!'));
        let Some(TokenTree::Group(group)) = tokens.get(at) else {
            return at;
        };
        at += 1;
        if group.stream().to_string().replace(' ', "") != "cfg(test)" {
            return at;
        }
        let mut is_module = false;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Ident(it) if is_module => {
                    self.tests.insert(it.to_string());
                }
                TokenTree::Group(it) if it.delimiter() == Delimiter::Brace => break,
                TokenTree::Punct(it) if it.as_char() == ';' => break,
                _ => {}
            }
            is_module = is_word(token, "mod");
        }
        at
    }

    /// Reads what begins with a name, which stands before `at`.
    fn name(&mut self, tokens: &[TokenTree], mut at: usize, name: &str) -> usize {
        let follows = tokens.get(at);
        if name == "mod"
            && let Some(TokenTree::Ident(child)) = follows
        {
            self.children.insert(child.to_string());
            return at + 1;
        }
        // `pub(in crate::lower)` imports nothing.
        if name == "pub" && matches!(follows, Some(TokenTree::Group(_))) {
            return at + 1;
        }
        let is_first = at < 2 || !is_punct(tokens.get(at - 2), ':');
        let mut path = vec![name.to_owned()];
        while is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':') {
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(it)) => path.push(it.to_string()),
                Some(TokenTree::Group(it)) if is_first => {
                    self.tree(&path, it.stream());
                    return at + 3;
                }
                _ => break,
            }
            at += 3;
        }
        if is_punct(tokens.get(at), '!') && matches!(tokens.get(at + 1), Some(TokenTree::Group(_)))
        {
            let name = path.last().cloned().unwrap_or_default();
            // What is quoted is not this crate's.
            let is_quoted = name.contains("quote");
            self.macros.insert(name);
            at += if is_quoted { 2 } else { 1 };
        }
        self.words.extend(path.iter().cloned());
        if is_first && path.len() > 1 {
            self.paths.insert(path);
        }
        at
    }

    /// Reads the braces of a `use`.
    fn tree(&mut self, prefix: &[String], tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for part in tokens.split(|it| is_punct(Some(it), ',')) {
            let mut path = prefix.to_vec();
            for token in part {
                match token {
                    TokenTree::Ident(it) if *it == "as" => break,
                    TokenTree::Ident(it) if *it == "self" => {}
                    TokenTree::Ident(it) => path.push(it.to_string()),
                    TokenTree::Group(it) => self.tree(&path, it.stream()),
                    _ => {}
                }
            }
            self.words.extend(path.iter().cloned());
            self.paths.insert(path);
        }
    }

    /// A path from the root on; `None` for one that leads out of the crate, or to what the file itself has.
    fn resolve(&self, place: &[String], path: &[String]) -> Option<Vec<String>> {
        let ups = path.iter().take_while(|it| *it == "super").count();
        let (base, rest) = match path[0].as_str() {
            "crate" | "keywright" => (&place[..0], &path[1..]),
            "self" => (place, &path[1..]),
            "super" => (&place[..place.len().saturating_sub(ups)], &path[ups..]),
            child if self.children.contains(child) => (place, path),
            _ => return None,
        };
        Some(base.iter().chain(rest).cloned().collect())
    }

    fn deeds(&self) -> BTreeSet<Deed> {
        let uses = |name: &str| self.paths.iter().any(|it| it[0] == name);
        let touches = self
            .paths
            .iter()
            .any(|it| it.starts_with(&["std".into(), "fs".into()]));
        let calls = |names: &[&str]| names.iter().any(|it| self.macros.contains(*it));
        let says = |names: &[&str]| names.iter().any(|it| self.words.contains(*it));
        let prints = calls(&["print", "println", "eprint", "eprintln", "dbg"])
            || says(&["stdout", "stderr"]);
        let knows_versions = says(&["Version"]) || self.texts.iter().any(|it| is_version(it));
        let deeds = [
            (Deed::Files, touches),
            (Deed::Print, prints),
            (Deed::Versions, knows_versions),
            (Deed::Tokens, uses("proc_macro2")),
            (
                Deed::Quote,
                uses("quote") || calls(&["quote", "parse_quote", "quote_spanned"]),
            ),
            (Deed::Parse, uses("syn")),
            (Deed::Format, uses("prettyplease")),
        ];
        let done = deeds.into_iter().filter(|(_, is_done)| *is_done);
        done.map(|(deed, _)| deed).collect()
    }
}

/// Whether a text tells versions apart: `2.0`, `3.1.1`, and the field that only 2.0 has.
fn is_version(text: &str) -> bool {
    if text == "swagger" {
        return true;
    }
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = |it: &&str| it.len() == 1 && it.bytes().all(|it| it.is_ascii_digit());
    let is_numbers = (2..=3).contains(&parts.len()) && parts.iter().all(is_number);
    is_numbers && ["2.0", "3.0", "3.1", "3.2"].contains(&&text[..3])
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == character)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(it) if *it == word)
}

/// The files that lead to each other by what they import, each circle by its paths.
pub(crate) fn circles(files: &[SourceFile]) -> Vec<BTreeSet<&str>> {
    let by_place: BTreeMap<&[String], usize> = (0..files.len())
        .filter(|index| files[*index].path != "lib.rs")
        .map(|index| (&files[index].place[..], index))
        .collect();
    let file_of = |path: &Vec<String>| {
        let mut ends = (1..=path.len()).rev();
        ends.find_map(|end| by_place.get(&path[..end]).copied())
    };
    let edges: Vec<BTreeSet<usize>> = files
        .iter()
        .map(|file| {
            let targets = file.paths.iter().filter_map(file_of);
            // What a room has for all that is in it stands in its `mod.rs`.
            let is_room = |it: &usize| file.place.starts_with(&files[*it].place);
            targets.filter(|it| !is_room(it)).collect()
        })
        .collect();
    let reached: Vec<BTreeSet<usize>> = (0..files.len()).map(|it| reached(&edges, it)).collect();
    let circle = |index: usize| {
        let others = reached[index].iter().copied();
        let circle = others.filter(|other| *other != index && reached[*other].contains(&index));
        let circle: BTreeSet<usize> = circle.chain([index]).collect();
        // Each circle is told once.
        (circle.len() > 1 && circle.first() == Some(&index)).then_some(circle)
    };
    let circles = (0..files.len()).filter_map(circle);
    circles
        .map(|it| {
            it.into_iter()
                .map(|index| files[index].path.as_str())
                .collect()
        })
        .collect()
}

/// What can be reached from a node.
fn reached(edges: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        open.extend(edges[node].iter().copied().filter(|it| reached.insert(*it)));
    }
    reached
}

/// What a file at `a/b.rs` takes from others, and does.
fn read_of(text: &str) -> (Vec<String>, BTreeSet<Deed>) {
    let code = Code::of(text.parse().expect("it is Rust"));
    let place = ["a".to_owned(), "b".to_owned()];
    let paths = code.paths.iter().filter_map(|it| code.resolve(&place, it));
    (paths.map(|it| it.join("::")).collect(), code.deeds())
}

#[test]
fn sees_every_way_to_name_a_thing() {
    let (paths, _) = read_of(
        "use super::{c, d::{self, E as F}}; mod child; use super::super::g::H; use std::io;
         pub(in crate::a) fn f() -> crate::k::L { child::m(); quote!(crate::n::o); x.y::<crate::p::Q>() }
         #[cfg(test)] mod tests { use crate::r::S; }
         /// Says `crate::t::U`.
         #[cfg(test)] use crate::v::W;",
    );
    let expected = [
        "a::b::child::m",
        "a::c",
        "a::d",
        "a::d::E",
        "g::H",
        "k::L",
        "p::Q",
    ];
    let paths: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
    assert_eq!(paths, BTreeSet::from(expected));
}

#[test]
fn sees_what_is_done() {
    let does = |text: &str| read_of(text).1.into_iter().collect::<Vec<_>>();
    assert_eq!(
        does("use std::{fs, io}; fn f() { println!(\"3\"); }"),
        [Deed::Files, Deed::Print]
    );
    assert_eq!(does("fn f() { io::stderr().lock(); }"), [Deed::Print]);
    assert_eq!(
        does("fn f(it: &str) -> bool { it == \"3.1.0\" }"),
        [Deed::Versions]
    );
    assert_eq!(does("use super::cx::Version;"), [Deed::Versions]);
    assert_eq!(does("fn f() { quote! { use syn::File; } }"), [Deed::Quote]);
    assert_eq!(
        does("/// Of 3.1, `swagger`.\nfn f() { g(\"2024\", \"Version\"); }"),
        []
    );
}
