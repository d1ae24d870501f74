//! [openapi-to-rust](https://crates.io/crates/openapi-to-rust), with its own defaults. It writes modules, and says what
//! they depend on.

use std::fs;

use super::{Prepared, Tools, complete, read_toml};
use crate::failure::Failure;
use crate::usage::{self, Usage};

pub(super) const VERSION: &str = "0.23.0";

pub(super) fn install(tools: &Tools) -> Result<(), Failure> {
    tools.add("openapi-to-rust", VERSION)
}

pub(super) fn generate(tools: &Tools, prepared: &Prepared) -> Result<Usage, Failure> {
    let mut sum = Usage::default();
    let mut dependencies = Vec::new();
    for part in &prepared.document.parts {
        let folder = prepared.package.join("src").join(&part.module);
        fs::create_dir_all(&folder)?;
        let mut generate = tools.program("openapi-to-rust");
        generate
            .args(["generate", "--quiet", "--module-name", &part.module])
            .arg("--output-dir")
            .arg(&folder)
            .arg(&part.spec)
            .current_dir(&prepared.package);
        sum = sum + usage::measure(&generate)?;
        dependencies.push(read_toml(&folder.join("REQUIRED_DEPS.toml"))?);
    }
    complete(prepared, dependencies)?;
    Ok(sum)
}
