//! A shape and the IR that goes with it in, the files of a crate out: Rust as lines or tokens, everything else as text.
//!
//! Each file here writes one kind of output and offers `emit(cx, item)`. Declarations and tables are `written` as they
//! stand in the file; where the layout is the pretty-printer's, bindings come first and one `quote!` last. Identifiers and
//! types come from the shape; text of the document enters through `docs` or as a string literal, never as code. What
//! the files of an API need of each other is in the shape, so that they are written in parallel.

mod by_tag;
mod client;
mod codec;
mod context;
mod crate_root;
mod docs;
mod example;
mod examples;
mod features;
mod file;
mod flow_example;
mod imports;
mod incoming;
mod lints;
mod manifest;
mod mock;
mod models;
mod module;
mod oauth;
mod operations;
mod pairs;
mod readme;
mod runtime;
mod servers;
mod sessions;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod written;
mod xml;

pub use context::Module;
pub(crate) use runtime::features;

use examples::Example;
use rayon::prelude::*;

use crate::config::{Layout, Output};
use crate::output::{Content, Files, Source};
use crate::threads;

/// Writes a crate: manifest, runtime, and a module and an example for each API.
#[must_use]
pub fn emit(modules: &[Module<'_>], output: &Output) -> Files {
    let sources = match output.layout {
        Layout::Crate => "src/",
        Layout::Modules => "",
    };
    let mut files = Files::new();
    let of_modules: Vec<_> = threads::deep(|| {
        let modules = modules.par_iter();
        modules.map(|it| module::emit(it, output)).collect()
    });
    for (module, of_module) in modules.iter().zip(of_modules) {
        for (path, source) in of_module {
            files.insert(format!("{sources}{}/{path}", module.name), rust(source));
        }
    }
    let needs = runtime::Needs::of(modules, output);
    for (path, text) in runtime::emit(&needs) {
        files.insert(format!("{sources}runtime/{path}"), Content::Text(text));
    }
    match output.layout {
        Layout::Crate => {
            let examples: Vec<Example> = modules
                .iter()
                .filter_map(|it| examples::emit(it, output))
                .collect();
            files.insert(
                "src/lib.rs".into(),
                rust(crate_root::emit(modules, output, &needs)),
            );
            files.insert(
                "Cargo.toml".into(),
                Content::Text(manifest::emit(modules, output, &needs, &examples)),
            );
            files.insert(
                "README.md".into(),
                Content::Text(readme::emit(modules, output, &needs, &examples)),
            );
            for example in examples {
                files.insert(
                    format!("examples/{}.rs", example.name),
                    rust(example.source),
                );
            }
        }
        Layout::Modules => {
            files.insert("mod.rs".into(), rust(crate_root::emit_modules(modules)));
        }
    }
    files
}

/// A Rust file as the content of a path.
fn rust(source: Source) -> Content {
    Content::Rust(Box::new(source))
}

/// What a package has besides its APIs.
#[derive(Debug)]
pub struct Frame {
    /// Its `Cargo.toml`, without examples.
    pub manifest: String,
    /// The root of its runtime.
    pub runtime: String,
}

/// Makes what a package of these modules has besides them.
#[must_use]
pub fn frame(modules: &[Module<'_>], output: &Output) -> Frame {
    let needs = runtime::Needs::of(modules, output);
    Frame {
        manifest: manifest::emit(modules, output, &needs, &[]),
        runtime: runtime::emit(&needs).remove("mod.rs").unwrap_or_default(),
    }
}
