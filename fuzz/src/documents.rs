//! Documents, as the generator reads them.

use std::path::Path;

use keywright::config::{ApiConfig, Config};
use keywright::diagnostics::{Diagnostics, Style, render};
use keywright::{NamedApi, document, load, lower, name, normalize, resolve};

/// Reads bytes as YAML and as JSON: there is a tree, or an error that says why not.
///
/// # Panics
///
/// When there is neither, or JSON is refused that is JSON.
pub fn loader(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for file in ["fuzz.yaml", "fuzz.json"] {
        let mut found = Diagnostics::new(false);
        let spec = load::from_text(file, text, &load::Limits::default(), &mut found);
        assert_one_line_each(&found);
        match spec {
            Some(spec) => drop(document::print(&spec)),
            None => assert!(found.has_errors(), "nothing was read, and nothing says why"),
        }
        let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
        assert!(
            file == "fuzz.yaml" || !is_json || !found.has_errors(),
            "this is JSON: {}",
            messages(&found)
        );
    }
}

/// Makes a client of bytes that may be a document: there is one, or an error that says why not, and twice the same.
///
/// # Panics
///
/// When there is neither, or two runs differ, or a file is not Rust.
pub fn pipeline(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut found = Diagnostics::new(false);
    let Some(named) = named(text, &mut found) else {
        assert!(found.has_errors(), "nothing was made, and nothing says why");
        return;
    };
    assert_one_line_each(&found);
    let config = Config::of_spec("fuzz.yaml".as_ref(), "fuzz".as_ref());
    let files = keywright::print(std::slice::from_ref(&named), &config);
    for (path, text) in &files {
        let is_rust = Path::new(path).extension().is_some_and(|it| it == "rs");
        if is_rust && !path.contains("/runtime/") {
            let parsed = syn::parse_file(text);
            assert!(parsed.is_ok(), "{path} is not Rust: {:?}", parsed.err());
        }
    }
    let again = keywright::print(std::slice::from_ref(&named), &config);
    assert!(files == again, "two runs differ");
}

/// The stages up to the names.
fn named(text: &str, found: &mut Diagnostics) -> Option<NamedApi> {
    let config = ApiConfig::new("fuzz", "fuzz.yaml");
    let spec = load::from_text("fuzz.yaml", text, &load::Limits::default(), found)?;
    let references = resolve::resolve(&spec, found);
    let description = normalize::normalize(&spec, &references, found)?;
    let api = lower::lower(&description, config.overrides(), found);
    let links = references.links();
    let api = NamedApi {
        module: config.module,
        layout: config.layout,
        names: name::assign(&api, found),
        api,
        aliases: Vec::new(),
        files: Vec::new(),
        spec,
        links,
    };
    (!found.has_errors()).then_some(api)
}

/// The first line of every finding is its own: no text of the document forges another.
fn assert_one_line_each(found: &Diagnostics) {
    for finding in found.iter() {
        let text = render(finding, Style::Plain);
        let heads = text
            .lines()
            .filter(|line| line.starts_with("error[KW") || line.starts_with("warning[KW"));
        assert_eq!(heads.count(), 1, "a finding is one: {text}");
    }
}

fn messages(found: &Diagnostics) -> String {
    let texts: Vec<String> = found.iter().map(|it| render(it, Style::Plain)).collect();
    texts.join("\n")
}
