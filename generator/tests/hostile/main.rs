//! Documents that would do harm: payloads at every text of a document, and what is generated of them.
//!
//! No text of a document may run as a doc test, become HTML, lead anywhere but to the web, break a build, or do
//! something to an editor or a terminal, wherever it stands.

mod docs;
mod payloads;
mod positions;

use std::collections::BTreeMap;
use std::path::Path;

use keywright::config::{ApiConfig, Config};
use keywright::diagnostics::{Diagnostics, Style, render};
use keywright::load::Limits;
use keywright::{coverage, shape, surface};
use serde_json::Value;

/// What is made of a document.
struct Made {
    /// The files of the package but for the runtime, by path.
    files: BTreeMap<String, String>,
    /// What is printed or written besides: what was found, the report, the surface.
    others: Vec<String>,
}

fn make(document: &Value) -> Made {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let spec = folder.path().join("hostile.json");
    std::fs::write(&spec, document.to_string()).expect("the folder can be written");
    let mut found = Diagnostics::default();
    let api = ApiConfig::new("hostile", &spec);
    // Payloads are keys, too, one inside the other.
    let limits = Limits {
        pointer_size: 100_000,
        ..Limits::default()
    };
    let named = keywright::read(&api, &limits, &mut found);
    let printed: String = found
        .iter()
        .map(|it| render(it, Style::Plain) + "\n")
        .collect();
    assert!(!found.has_errors(), "{printed}");
    let named = named.expect("the document can be read");
    let report = [coverage::of(&named, &found)];
    let config = Config::of_spec(&spec, Path::new("hostile"));
    let shape = shape::shape(&named.api, &named.names, config.output.dates);
    let others = vec![
        printed,
        coverage::to_markdown(&report),
        coverage::to_json(&report),
        surface::surface("hostile", &named.api, &named.names, &shape),
    ];
    let mut files = keywright::print(&[named], &config);
    files.retain(|path, _| !path.starts_with("src/runtime/"));
    Made { files, others }
}

fn base() -> Value {
    serde_yaml::from_str(include_str!("document.yaml")).expect("the document is YAML")
}

#[test]
fn no_payload_does_harm_anywhere() {
    let base = base();
    let harmless = make(&positions::replaced(&base, "harmless"));
    let all = payloads::ALL.join("\n\n");
    for payload in payloads::ALL.iter().copied().chain([all.as_str()]) {
        let made = make(&positions::replaced(&base, payload));
        assert_eq!(made.files.len(), harmless.files.len(), "{payload:?}");
        for text in made
            .files
            .iter()
            .flat_map(|(path, text)| [path, text])
            .chain(&made.others)
        {
            let hidden = text.chars().find(|it| *it != '\n' && docs::is_hidden(*it));
            assert_eq!(hidden, None, "{payload:?} in\n{text}");
        }
        let known = docs::Known::of(&made.files);
        let mut examples = 0;
        for (path, text) in &made.files {
            match path.rsplit('.').next() {
                Some("rs") => examples += docs::check_rust(&known, text),
                Some("md") => docs::check_markdown(text, &["toml", "rust"]),
                _ => {}
            }
        }
        docs::check_markdown(&made.others[1], &[]);
        // Those of the operations, how a client is made, and how users sign in.
        assert_eq!(examples, 11, "{payload:?}");
        check_manifest(&made.files["Cargo.toml"], &harmless.files["Cargo.toml"]);
    }
}

/// A manifest says the same as that of a harmless document, but for its description.
fn check_manifest(text: &str, harmless: &str) {
    let read = |text: &str| -> toml::Table {
        let mut table: toml::Table = text.parse().expect("the manifest is TOML");
        let package = table["package"].as_table_mut().expect("it has a package");
        let description = package.remove("description");
        assert!(description.is_some_and(|it| it.is_str()));
        table
    };
    assert_eq!(read(text), read(harmless));
}
