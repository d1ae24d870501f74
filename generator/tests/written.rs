//! Models and their tables are written line by line. They look as the pretty-printer would have them, but for what it
//! does not know: tables inside of macros, and blank lines.

use std::path::Path;

use keywright::config::Config;
use keywright::diagnostics::Diagnostics;

#[test]
fn models_look_as_the_pretty_printer_would_have_them() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut checked = 0;
    for entry in fixtures.read_dir().expect("there are fixtures") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|it| it != "yaml") {
            continue;
        }
        let config = Config::of_spec(&path, Path::new("generated"));
        let files = keywright::generate(&config, &mut Diagnostics::default());
        for (file, text) in files.expect("fixtures have no errors") {
            if file.ends_with("/models.rs") || file.ends_with("/codec.rs") {
                let text = without_tables(&text);
                assert_eq!(text, pretty(&text), "{file} of {}", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

/// The text without its first line, tables and blank lines.
fn without_tables(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().skip(1);
    while let Some(line) = lines.next() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line.trim_start().starts_with("runtime::") && line.contains("! {") {
            let is_end = |it: &str| {
                it.strip_prefix(indent)
                    .is_some_and(|it| ["}", "} }"].contains(&it))
            };
            // An empty table is a line.
            if !line.ends_with("{} }") {
                lines.by_ref().find(|it| is_end(it)).expect("it ends");
            }
        } else if !line.is_empty() {
            out.extend([line, "\n"]);
        }
    }
    out
}

/// The text as the pretty-printer has it.
fn pretty(text: &str) -> String {
    let file = syn::parse_file(text).expect("it is Rust");
    let lines = prettyplease::unparse(&file);
    let lines = lines.lines().filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}
