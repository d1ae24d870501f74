//! `convert`, by a property: what is written as 3.0 and read again is the same API, where nothing was reported.

use std::fmt::Write as _;
use std::path::Path;

use keywright::config::{ApiConfig, Overrides};
use keywright::diagnostics::{Code, Diagnostics};
use keywright::load::Limits;
use keywright::model::Description;
use keywright::{describe, interchange, ir, load, lower, normalize, resolve};
use keywright_tests::fixtures;

/// Fixtures whose types keep what they are and change their names or their order, and why.
const MOVED: [(&str, &str); 6] = [
    (
        "branch-names",
        "a schema to which a discriminator leads becomes a component",
    ),
    (
        "dynamic-references",
        "a template that two places use in the same way becomes a component",
    ),
    (
        "references-components",
        "a schema of another file that is used once is written there",
    ),
    (
        "references-files",
        "a schema of another file that is used once is written there",
    ),
    (
        "swagger-2-parameters",
        "what several places share comes first, with the components",
    ),
    (
        "swagger-2-references",
        "a schema of another component that is used once is written there",
    ),
];

/// The IR of a description, as text.
fn printed(description: &Description) -> String {
    ir::print(&lower::lower(
        description,
        Overrides::default(),
        &mut Diagnostics::default(),
    ))
}

/// The IR of a document, and the IR of what it is converted to. `None` when the conversion left something out.
fn both(document: &Path) -> Option<(String, String)> {
    let api = ApiConfig::new("fixture", document);
    let mut found = Diagnostics::default();
    let (_, description) = describe(&api, &Limits::default(), &mut found).expect("it is OpenAPI");
    let bundle = interchange::bundle(&description, &mut found).expect("it is 3.0");
    if found.iter().any(|it| it.code == Code::NotExpressible) {
        return None;
    }
    let text = interchange::yaml(&bundle);
    let mut faults = Diagnostics::default();
    let spec = load::from_text("converted.yaml", &text, &Limits::default(), &mut faults);
    let spec = spec.expect("it is YAML");
    let references = resolve::resolve(&spec, &mut faults);
    let converted = normalize::normalize(&spec, &references, &mut faults).expect("it is OpenAPI");
    Some((printed(&description), printed(&converted)))
}

#[test]
fn keeps_what_3_0_can_say() {
    let mut differences = String::new();
    let mut compared = 0;
    for document in fixtures::documents("fixtures") {
        let name = fixtures::name(&document);
        if MOVED.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let Some((before, after)) = both(&document) else {
            continue;
        };
        compared += 1;
        if before != after {
            let _ = writeln!(differences, "{name}:\n{}", difference(&before, &after));
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(compared > 30, "only {compared} fixtures can be said in 3.0");
}

/// The lines that only one of two texts has.
fn difference(before: &str, after: &str) -> String {
    let only = |sign: &str, one: &str, other: &str| {
        let known: Vec<&str> = other.lines().collect();
        let lines = one.lines().filter(|line| !known.contains(line));
        lines.fold(String::new(), |text, line| text + sign + line + "\n")
    };
    only("- ", before, after) + &only("+ ", after, before)
}
