//! Documents in, the IR as text out.

mod configured;
mod device_flows;
mod oauth;
mod operations;
mod schemas;
mod sessions;
mod types;

use std::fmt::Write as _;

use crate::config::Overrides;
use crate::diagnostics::{Code, Diagnostics};
use crate::{ir, load, lower, normalize, resolve, testing};

/// Lowers a document; what was reported stands above the result, a line each.
fn lowered(text: &str) -> String {
    let mut found = Diagnostics::new(false);
    let description = testing::describe(text, &mut found);
    let api = lower::lower(&description, Overrides::default(), &mut found);
    let mut printed = String::new();
    for it in found.iter() {
        let _ = writeln!(printed, "{}: {}", it.code, it.message);
    }
    printed + &ir::print(&api)
}

/// Lowers a document in several files, the entry document first.
fn lowered_files(files: &[(&str, &str)]) -> String {
    let mut found = Diagnostics::new(false);
    let spec = load::from_texts(files, &load::Limits::default(), &mut found).expect("it is YAML");
    let references = resolve::resolve(&spec, &mut found);
    let description = normalize::normalize(&spec, &references, &mut found).expect("it is OpenAPI");
    let api = lower::lower(&description, Overrides::default(), &mut found);
    found
        .iter()
        .map(|it| format!("{}: {}\n", it.code, it.message))
        .chain([ir::print(&api)])
        .collect()
}

/// Lowers component schemas, given by their YAML.
fn schemas(version: &str, components: &str) -> String {
    let indented = components.replace('\n', "\n    ");
    let text = format!(
        "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    {indented}\n"
    );
    lowered(&text).replace("server \n", "")
}

/// Lowers a schema of 3.1, in one line of YAML.
fn schema(schema: &str) -> String {
    schemas("3.1.0", &format!("S: {schema}"))
}

/// What is wrong in the extensions of a document by findings of a code, with the line of each, and the first thing of
/// the IR that begins in a certain way.
fn extension(text: &str, code: Code, beginning: &str) -> String {
    let mut found = Diagnostics::new(false);
    let description = testing::describe(text, &mut found);
    let api = lower::lower(&description, Overrides::default(), &mut found);
    let faults = found.iter().filter(|it| it.code == code);
    let faults = faults.map(|it| {
        let place = it.place.as_ref().expect("it has a place");
        let start = place.line_column();
        let line = text
            .lines()
            .nth(start.line as usize - 1)
            .unwrap_or_default();
        let marked = &text[place.span.start as usize..place.span.end as usize];
        let help = it.help.as_deref().unwrap_or_default();
        let (line, message) = (line.trim(), &it.message);
        format!("{message}\n  at {marked:?} in {line:?}\n  help: {help}\n")
    });
    let printed = ir::print(&api);
    let lines = printed.lines().skip_while(|it| !it.starts_with(beginning));
    let mut is_first = true;
    let lines = lines.take_while(|it| std::mem::take(&mut is_first) || it.starts_with(' '));
    faults.chain(lines.map(|it| format!("{it}\n"))).collect()
}
