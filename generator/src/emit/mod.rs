//! Named IR in, the files of a crate out: Rust as tokens, everything else as text.
//!
//! Each file here writes one kind of output and offers `emit(cx, item)`. Bindings first, one `quote!` last,
//! so that the quoted text looks like the output. Identifiers come from [`ir::Names`](crate::ir::Names);
//! text of the document enters through `docs` or as a string literal, never as code.

mod by_tag;
mod client;
mod codec;
mod context;
mod crate_root;
mod docs;
mod example;
mod features;
mod imports;
mod incoming;
mod lints;
mod manifest;
mod models;
mod module;
mod operations;
mod pairs;
mod readme;
mod runtime;
mod servers;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod written;
mod xml;

pub use context::Module;

use crate::config::{Layout, Output};
use crate::output::{Content, Files, Source};
use context::Cx;

/// Writes a crate: manifest, runtime, and a module for each API.
#[must_use]
pub fn emit(modules: &[Module<'_>], output: &Output) -> Files {
    let sources = match output.layout {
        Layout::Crate => "src/",
        Layout::Modules => "",
    };
    let mut files = Files::new();
    for module in modules {
        let cx = Cx::new(module, output);
        for (path, source) in module::emit(&cx) {
            files.insert(
                format!("{sources}{}/{path}", module.name),
                Content::Rust(Box::new(source)),
            );
        }
    }
    let needs = runtime::Needs::of(modules, output);
    for (path, text) in runtime::emit(&needs) {
        files.insert(format!("{sources}runtime/{path}"), Content::Text(text));
    }
    match output.layout {
        Layout::Crate => {
            files.insert(
                "src/lib.rs".into(),
                rust(crate_root::emit(modules, output, &needs)),
            );
            files.insert(
                "Cargo.toml".into(),
                Content::Text(manifest::emit(modules, output, &needs)),
            );
            files.insert(
                "README.md".into(),
                Content::Text(readme::emit(modules, output, &needs)),
            );
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
