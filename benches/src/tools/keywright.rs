//! Keywright itself, as this repository has it.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

use super::{Prepared, Tools, cargo, run};
use crate::failure::Failure;
use crate::manifest;
use crate::usage::{self, Usage};

/// Compiles the generator with optimizations, and says where it is.
pub(super) fn build() -> Result<PathBuf, Failure> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = repository.join("target");
    let mut build = cargo();
    build
        .args([
            "build",
            "--locked",
            "--release",
            "-p",
            "keywright",
            "--bin",
            "keywright",
        ])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(&repository);
    run(&mut build)?;
    let name = format!("keywright{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}

pub(super) fn generate(tools: &Tools, prepared: &Prepared) -> Result<Usage, Failure> {
    let config = prepared.package.with_extension("toml");
    fs::write(&config, configuration(tools, prepared)?)?;
    let mut generate = std::process::Command::new(&tools.keywright);
    generate
        .args(["generate", "--quiet", "--no-cache", "--config"])
        .arg(&config);
    usage::measure(&generate)
}

/// The text of the configuration: the documents, and the settings that the user wants. Those under `api` hold for each
/// document.
fn configuration(tools: &Tools, prepared: &Prepared) -> Result<String, Failure> {
    let mut settings = tools.settings.clone();
    let for_each = settings.remove("api");
    let mut table = Table::new();
    let mut output = Table::new();
    output.insert(
        "dir".to_owned(),
        prepared.package.display().to_string().into(),
    );
    output.insert("package".to_owned(), prepared.document.package().into());
    table.insert("output".to_owned(), output.into());
    let apis = prepared.document.parts.iter().map(|part| {
        let mut api = Table::new();
        api.insert("module".to_owned(), part.module.clone().into());
        api.insert("spec".to_owned(), part.spec.display().to_string().into());
        if let Some(more) = for_each.as_ref().and_then(toml::Value::as_table) {
            manifest::merge(&mut api, more.clone());
        }
        toml::Value::from(api)
    });
    table.insert("api".to_owned(), apis.collect::<Vec<_>>().into());
    manifest::merge(&mut table, settings);
    toml::to_string(&table).map_err(|error| Failure::new(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Document, Part};
    use crate::tools::Tool;

    #[test]
    fn settings_are_joined_with_the_documents() {
        let settings = toml::from_str("output.dates = 'jiff'\napi.root = '/specs'\n").unwrap();
        let tools = Tools {
            work: PathBuf::new(),
            settings,
            keywright: PathBuf::new(),
        };
        let part = |module: &str| Part {
            module: module.to_owned(),
            spec: format!("/specs/{module}.yaml").into(),
        };
        let prepared = Prepared {
            tool: Tool::Keywright,
            document: Document {
                name: "two".to_owned(),
                parts: vec![part("a"), part("b")],
            },
            package: "/out".into(),
            note: None,
        };
        insta::assert_snapshot!(configuration(&tools, &prepared).unwrap(), @r#"
        [[api]]
        module = "a"
        root = "/specs"
        spec = "/specs/a.yaml"

        [[api]]
        module = "b"
        root = "/specs"
        spec = "/specs/b.yaml"

        [output]
        dates = "jiff"
        dir = "/out"
        package = "api-two"
        "#);
    }
}
