//! The recipes of `CONTRIBUTING.md` are true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const GUIDE: &str = include_str!("../../CONTRIBUTING.md");
const KEYWORD: &str = include_str!("../recipes/keyword.patch");

/// The files in the first column of the tables of a section.
fn files(section: &str) -> BTreeSet<&str> {
    let start = GUIDE.find(section).expect("the guide has the section");
    let body = &GUIDE[start + section.len()..];
    let body = body.split("\n## ").next().unwrap_or_default();
    let rows = body.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next()).collect()
}

#[test]
fn the_recipe_for_a_keyword_names_every_file() {
    let changed = KEYWORD
        .lines()
        .filter_map(|line| line.strip_prefix("+++ b/"));
    assert_eq!(files("## To add a keyword"), changed.collect());
}

/// `.ci/run` applies it, too, and runs the tests of what comes of it.
#[test]
fn the_recipe_for_a_keyword_applies() {
    let output = Command::new("git")
        .args(["apply", "--check", "tests/recipes/keyword.patch"])
        .current_dir("..")
        .output()
        .expect("git runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "bring the patch up to date: {error}"
    );
}

#[test]
fn every_file_that_is_named_is_there() {
    let named = GUIDE.split('`').skip(1).step_by(2);
    let paths = named.filter(|it| {
        let roots = [
            "generator/",
            "tests/",
            "docs/",
            "generated/",
            "specs/",
            ".ci/",
        ];
        roots.iter().any(|root| it.starts_with(root)) && !it.contains(' ')
    });
    let missing: Vec<&str> = paths
        .filter(|it| !Path::new("..").join(it).exists())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn links_lead_to_files() {
    for page in [
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "docs/reviewing.md",
    ] {
        let page = Path::new("..").join(page);
        let text = fs::read_to_string(&page).expect("it is there");
        let folder = page.parent().expect("it is in a folder");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|it| it.split(')').next())
        {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") {
                assert!(folder.join(file).exists(), "{}: {link}", page.display());
            }
        }
    }
}
