//! `generated/` is what the specs give, byte for byte.

use std::fmt::Write as _;
use std::path::Path;

use keywright::config;
use keywright::diagnostics::{Diagnostics, Style, render};
use similar::TextDiff;

#[test]
fn is_up_to_date() {
    let mut found = Diagnostics::new(true);
    let config = config::read(Path::new("../keywright.toml"), &mut found);
    let files = config
        .as_ref()
        .and_then(|it| keywright::generate(it, &mut found));
    let said: String = found.iter().map(|it| render(it, Style::Plain)).collect();
    assert_eq!(said, "", "the four specs give no cause for complaint");
    let mut differences = String::new();
    for (path, text) in files.expect("nothing was found") {
        let on_disk =
            std::fs::read_to_string(Path::new("../generated").join(&path)).unwrap_or_default();
        let diff = TextDiff::from_lines(&on_disk, &text);
        if on_disk != text {
            let header = format!("generated/{path}");
            let _ = write!(
                differences,
                "{}",
                diff.unified_diff().header(&header, "what the specs give")
            );
        }
    }
    assert!(
        differences.is_empty(),
        "generated/ is not what the specs give:\n\n{differences}\n\
         To bring it up to date, run `cargo run -p keywright -- generate`."
    );
}

#[test]
fn two_runs_give_the_same_bytes() {
    let run = || {
        let mut found = Diagnostics::new(false);
        let config = config::read(Path::new("../keywright.toml"), &mut found)?;
        keywright::generate(&config, &mut found)
    };
    assert_eq!(run(), run());
}
