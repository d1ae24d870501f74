//! Reads generated documentation as rustdoc does, and looks for what a document could have brought in.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use syn::parse::Parser as _;
use syn::visit_mut::{self, VisitMut};

/// The languages of code blocks that are no doc tests.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "php",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

/// Whether a character does something without being seen.
pub(crate) fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(u32::from(it), 0xad | 0x61c | 0x3164 | 0xfeff | 0x200b..=0x200f | 0x2028..=0x202e
            | 0x2060..=0x206f | 0xe0000..=0xe0fff)
}

/// rustdoc's options, and those by which it looks for doc tests.
fn dialects() -> [Options; 2] {
    let own = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    [own, Options::empty()]
}

/// The names that a link may begin with: the types and modules that the files declare.
pub(crate) struct Known(BTreeSet<String>);

impl Known {
    pub(crate) fn of(files: &BTreeMap<String, String>) -> Self {
        let mut names: BTreeSet<String> = [
            "Self",
            "super",
            "models",
            "webhooks",
            "callbacks",
            "Client",
            "ClientBuilder",
            "Response",
        ]
        .map(str::to_owned)
        .into();
        let rust = files
            .iter()
            .filter(|(path, _)| path.rsplit('.').next() == Some("rs"));
        for item in rust.flat_map(|(_, text)| parsed(text).items) {
            match item {
                syn::Item::Struct(it) => drop(names.insert(it.ident.to_string())),
                syn::Item::Enum(it) => drop(names.insert(it.ident.to_string())),
                syn::Item::Macro(it) => declared(it.mac.tokens, &mut names),
                _ => {}
            }
        }
        Self(names)
    }

    /// Whether a link leads to an item of the package: `Self::build`.
    fn leads(&self, path: &str) -> bool {
        let mut segments = path.split("::");
        segments.next().is_some_and(|it| self.0.contains(it))
            && segments
                .all(|it| !it.is_empty() && it.chars().all(|it| it == '_' || it.is_alphanumeric()))
    }
}

/// The types that a macro declares: what stands after `struct` or `enum`.
fn declared(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut is_type = false;
    for token in tokens {
        match token {
            TokenTree::Ident(it) if is_type => {
                names.insert(it.to_string());
                is_type = false;
            }
            TokenTree::Ident(it) => is_type = it == "struct" || it == "enum",
            TokenTree::Group(it) => declared(it.stream(), names),
            _ => {}
        }
    }
}

fn parsed(text: &str) -> syn::File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("it is Rust: {error}\n{text}"))
}

/// Checks the docs of a file, and counts its examples.
pub(crate) fn check_rust(known: &Known, text: &str) -> usize {
    let mut docs = Docs::default();
    docs.visit_file_mut(&mut parsed(text));
    docs.0
        .iter()
        .map(|text| check(text, LANGUAGES, Some(known)))
        .sum()
}

/// Checks a file of Markdown, which may have code of these languages.
pub(crate) fn check_markdown(text: &str, languages: &[&str]) {
    check(text, languages, None);
}

/// The docs of each item: its lines, without the indentation that all of them have.
#[derive(Default)]
struct Docs(Vec<String>);

impl VisitMut for Docs {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        visit_mut::visit_file_mut(self, file);
    }

    /// The declarations in a macro have docs like others.
    fn visit_macro_mut(&mut self, it: &mut syn::Macro) {
        self.add_macro(it.tokens.clone());
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        self.add(&attributes.iter().filter_map(doc).collect::<Vec<_>>());
    }
}

impl Docs {
    /// Adds the docs in the tokens of a macro: attributes that follow each other are of one item.
    fn add_macro(&mut self, tokens: TokenStream) {
        let mut lines = Vec::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_hash = matches!(&token, TokenTree::Punct(it) if it.as_char() == '#');
            match tokens.peek() {
                Some(TokenTree::Group(it)) if is_hash => {
                    let attribute: TokenStream =
                        [token, TokenTree::Group(it.clone())].into_iter().collect();
                    let attributes = syn::Attribute::parse_outer.parse2(attribute);
                    let attributes = attributes.expect("it is an attribute");
                    lines.extend(attributes.iter().filter_map(doc));
                    tokens.next();
                }
                _ => {
                    self.add(&std::mem::take(&mut lines));
                    if let TokenTree::Group(it) = token {
                        self.add_macro(it.stream());
                    }
                }
            }
        }
    }

    fn add(&mut self, lines: &[String]) {
        let indented = lines.iter().filter(|it| !it.trim().is_empty());
        let indentation = indented.map(|it| it.len() - it.trim_start_matches(' ').len());
        let indentation = indentation.min().unwrap_or_default();
        let lines: Vec<&str> = lines
            .iter()
            .map(|it| it.get(indentation..).unwrap_or_default())
            .collect();
        self.0.push(lines.join("\n"));
    }
}

fn doc(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(it) = &attribute.meta else {
        return None;
    };
    let syn::Expr::Lit(value) = &it.value else {
        panic!("docs are text");
    };
    match &value.lit {
        syn::Lit::Str(text) if it.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Checks Markdown, and counts the examples in it.
fn check(text: &str, languages: &[&str], known: Option<&Known>) -> usize {
    dialects().map(|options| check_as(text, options, languages, known))[0]
}

fn check_as(text: &str, options: Options, languages: &[&str], known: Option<&Known>) -> usize {
    let is_own = options != Options::empty();
    let broken = |it: pulldown_cmark::BrokenLink<'_>| {
        let path = it.reference.trim_matches('`').to_owned();
        is_own.then(|| (path.into(), "".into()))
    };
    let (mut examples, mut heading) = (0, String::new());
    let mut parser = Parser::new_with_broken_link_callback(text, options, Some(broken));
    while let Some(event) = parser.next() {
        match event {
            Event::Html(it) | Event::InlineHtml(it) => assert_eq!(&*it, "<br>", "HTML in\n{text}"),
            Event::Start(Tag::Heading { .. }) => heading = title(&mut parser),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(it))) if &*it == "no_run" => {
                assert_eq!(heading, "Examples", "an example in\n{text}");
                check_example(&mut parser);
                examples += 1;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(it))) => {
                assert!(languages.contains(&&*it), "code of `{it}` in\n{text}");
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("code in\n{text}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let schemes = ["https://", "http://", "mailto:"];
                let is_web =
                    schemes.iter().any(|it| dest_url.starts_with(it)) || dest_url.contains('@');
                let is_item = known.is_some_and(|known| known.leads(&dest_url));
                assert!(is_web || is_item, "a link to `{dest_url}` in\n{text}");
            }
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_))
            | Event::FootnoteReference(_) => {
                panic!("an image or a footnote in\n{text}");
            }
            _ => {}
        }
    }
    examples
}

/// The text of a heading.
fn title<'t>(events: &mut impl Iterator<Item = Event<'t>>) -> String {
    let inside = events.take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))));
    let texts = inside.filter_map(|it| match it {
        Event::Text(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect()
}

/// An example does nothing but to set up a client, to call a method and to print.
fn check_example<'t>(events: &mut impl Iterator<Item = Event<'t>>) {
    let inside = events.take_while(|it| !matches!(it, Event::End(TagEnd::CodeBlock)));
    let code: String = inside
        .map(|it| match it {
            Event::Text(text) => text.to_string(),
            other => panic!("there is only text in code, no {other:?}"),
        })
        .collect();
    let code: Vec<&str> = code
        .lines()
        .map(|it| it.strip_prefix("# ").unwrap_or(it))
        .collect();
    let file = parsed(&code.join("\n"));
    for item in file.items {
        match item {
            syn::Item::Use(_) => {}
            syn::Item::Fn(it) => {
                let statements = it.block.stmts.iter();
                let calls = statements.filter(|it| {
                    matches!(
                        it,
                        syn::Stmt::Local(_) | syn::Stmt::Expr(..) | syn::Stmt::Macro(_)
                    )
                });
                assert_eq!(calls.count(), it.block.stmts.len());
                assert_eq!(it.sig.ident, "example");
            }
            _ => panic!("an example declares nothing"),
        }
    }
}
