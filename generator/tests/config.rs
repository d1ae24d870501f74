//! What is written of the configuration: its reference, its schema for editors, and the configuration of this repository.

use std::fs;
use std::path::{Path, PathBuf};

use keywright::config;
use keywright::diagnostics::{Diagnostics, Style, render};

/// The variable by which the test writes the files instead of comparing them.
const UPDATE: &str = "UPDATE_DOCS";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn docs_are_up_to_date() {
    let files = [
        ("docs/CONFIG.md", config::reference()),
        ("docs/schemas/keywright.schema.json", config::schema()),
    ];
    for (name, text) in files {
        let path = repository().join(name);
        if std::env::var_os(UPDATE).is_some() {
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("created");
            fs::write(&path, text).expect("written");
        } else {
            let found = fs::read_to_string(&path).expect("it is there");
            assert!(
                found == text,
                "`{name}` is out of date: run this test with {UPDATE}=1"
            );
        }
    }
}

#[test]
fn the_schema_accepts_the_configuration_of_this_repository() {
    let text = fs::read_to_string(repository().join("keywright.toml")).expect("it is there");
    assert_eq!(faults_by_schema(&text), [""; 0]);
}

/// Every example of the reference, as one configuration.
#[test]
fn the_examples_of_the_reference_are_right() {
    let reference = config::reference();
    let blocks = reference.split("```toml\n").skip(1);
    let blocks = blocks.filter_map(|it| it.split("```").next());
    let text = blocks.collect::<Vec<_>>().join("\n");
    assert_eq!(faults_by_schema(&text), [""; 0]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keywright.toml");
    fs::write(&path, &text).expect("written");
    let mut diagnostics = Diagnostics::default();
    let config = config::read(&path, &mut diagnostics);
    let found: String = diagnostics
        .iter()
        .map(|it| render(it, Style::Plain))
        .collect();
    assert_eq!(found, "");
    assert!(config.is_some());
}

fn faults_by_schema(text: &str) -> Vec<String> {
    let schema = serde_json::from_str(&config::schema()).expect("it is JSON");
    let validator = jsonschema::draft7::new(&schema).expect("it is a schema");
    let config: serde_json::Value = toml::from_str(text).expect("it is TOML");
    let faults = validator.iter_errors(&config);
    faults
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}
