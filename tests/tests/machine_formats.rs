//! Findings for programs: JSON against its schema, and SARIF against what its specification demands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use keywright::config::ApiConfig;
use keywright::diagnostics::{Code, Diagnostic, Diagnostics, to_json, to_sarif};
use keywright::load::Limits;
use keywright::read;
use keywright_tests::fixtures;
use serde_json::Value;

/// What is found in each broken document, and one finding without a place.
fn all() -> Vec<Diagnostics> {
    let mut all: Vec<Diagnostics> = fixtures::documents("fixtures/invalid")
        .iter()
        .map(|document| found(document))
        .collect();
    let mut without_place = Diagnostics::new(true);
    without_place.report(Diagnostic::new(Code::UnwritableFile, "a message"));
    all.push(without_place);
    all.push(Diagnostics::default());
    all
}

fn found(document: &Path) -> Diagnostics {
    let mut found = Diagnostics::default();
    let _ = read(
        &ApiConfig::new("fixture", document),
        &Limits::default(),
        &mut found,
    );
    found
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = fs::read_to_string("../docs/schemas/diagnostics.schema.json");
    let schema = parsed(&schema.expect("it is there"));
    let validator = jsonschema::draft202012::new(&schema).expect("it is a schema");
    for diagnostics in all() {
        let document = parsed(&to_json(&diagnostics));
        let faults: Vec<String> = validator
            .iter_errors(&document)
            .map(|it| it.to_string())
            .collect();
        assert!(faults.is_empty(), "{faults:?} in {document:#}");
        let findings = document["findings"].as_array().expect("a list");
        assert_eq!(findings.len(), diagnostics.len());
        let counted = document["errors"]
            .as_u64()
            .zip(document["warnings"].as_u64());
        assert_eq!(
            counted.map(|(errors, warnings)| errors + warnings),
            u64::try_from(findings.len()).ok()
        );
    }
    let broken = serde_json::json!({ "version": 1, "errors": 0, "warnings": 0, "findings": [{}] });
    assert!(!validator.is_valid(&broken), "the schema says something");
}

#[test]
fn json_has_everything() {
    let document = found(Path::new("fixtures/invalid/kw0104-duplicate-key.yaml"));
    insta::assert_snapshot!(to_json(&document), @r#"
    {
      "version": 1,
      "errors": 0,
      "warnings": 1,
      "findings": [
        {
          "code": "KW0104",
          "severity": "warning",
          "message": "the key `get` appears twice",
          "place": {
            "file": "fixtures/invalid/kw0104-duplicate-key.yaml",
            "line": 9,
            "column": 5,
            "endLine": 9,
            "endColumn": 8,
            "pointer": "/paths/~1pets"
          },
          "label": "this value is used",
          "related": [
            {
              "place": {
                "file": "fixtures/invalid/kw0104-duplicate-key.yaml",
                "line": 5,
                "column": 5,
                "endLine": 5,
                "endColumn": 8,
                "pointer": "/paths/~1pets"
              },
              "label": "this value is ignored"
            }
          ],
          "notes": [],
          "help": "remove one of the two, or rename it"
        }
      ]
    }
    "#);
}

#[test]
fn findings_are_in_the_order_of_files_and_places() {
    let document = found(Path::new("fixtures/invalid/kw0201-in-another-file.yaml"));
    let places = |json: &Value| -> Vec<(String, u64)> {
        let findings = json["findings"].as_array().expect("a list").iter();
        let place = |it: &Value| {
            let place = &it["place"];
            (
                place["file"].as_str().unwrap_or_default().to_owned(),
                place["line"].as_u64().unwrap_or(0),
            )
        };
        findings.map(place).collect()
    };
    let places = places(&parsed(&to_json(&document)));
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted);
    assert!(places.len() > 2, "{places:?}");
}

/// The regions and messages of SARIF 2.1.0, sections 3.28 to 3.30 and 3.11.
fn check_location(location: &Value) {
    let physical = &location["physicalLocation"];
    let uri = physical["artifactLocation"]["uri"].as_str();
    let uri = uri.expect("an artifact has a URI");
    assert!(
        !uri.contains([' ', '\\', '%', '#']) && !uri.is_empty(),
        "{uri}"
    );
    let region = &physical["region"];
    let number = |key: &str| region[key].as_u64().expect("a number");
    let start = (number("startLine"), number("startColumn"));
    let end = (number("endLine"), number("endColumn"));
    assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{region}");
}

#[test]
fn sarif_is_as_its_specification_says() {
    for diagnostics in all() {
        let log = parsed(&to_sarif(&diagnostics));
        // 3.13: a log has a version and runs; 3.14: a run has a tool; 3.19: a driver has a name.
        assert_eq!(log["version"], "2.1.0");
        assert!(
            log["$schema"]
                .as_str()
                .is_some_and(|it| it.contains("sarif"))
        );
        let [run] = &log["runs"].as_array().expect("a list")[..] else {
            panic!("one run")
        };
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "Keywright");
        // 3.49: a rule has an id that no other has, and texts.
        let rules = driver["rules"].as_array().expect("a list");
        let ids: BTreeSet<&str> = rules.iter().filter_map(|it| it["id"].as_str()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for rule in rules {
            for text in ["shortDescription", "fullDescription", "help"] {
                let text = rule[text]["text"].as_str().unwrap_or_default();
                assert!(!text.is_empty(), "{rule}");
            }
            let level = rule["defaultConfiguration"]["level"].as_str();
            assert!(matches!(level, Some("error" | "warning")), "{rule}");
        }
        // 3.27: a result has a message, and its rule is the one at its index.
        let results = run["results"].as_array().expect("a list");
        assert_eq!(results.len(), diagnostics.len());
        let mut fingerprints = BTreeSet::new();
        for result in results {
            assert!(
                result["message"]["text"]
                    .as_str()
                    .is_some_and(|it| !it.is_empty())
            );
            assert!(matches!(
                result["level"].as_str(),
                Some("error" | "warning")
            ));
            let index = result["ruleIndex"].as_u64().expect("a number");
            let index = usize::try_from(index).expect("it is small");
            assert_eq!(rules[index]["id"], result["ruleId"]);
            for location in result["locations"].as_array().into_iter().flatten() {
                check_location(location);
            }
            for location in result["relatedLocations"].as_array().into_iter().flatten() {
                check_location(location);
                assert!(location["message"]["text"].is_string());
                assert!(location["id"].is_u64());
            }
            let fingerprint = &result["partialFingerprints"]["keywrightFinding/v1"];
            let fingerprint = fingerprint.as_str().expect("a text").to_owned();
            assert!(fingerprints.insert(fingerprint), "fingerprints differ");
        }
    }
}

#[test]
fn fingerprints_survive_moved_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("moved.yaml");
    let text = fs::read_to_string("fixtures/invalid/kw0305-misspelled-values.yaml");
    let text = text.expect("it is there");
    let fingerprints = |text: &str| -> Vec<Value> {
        fs::write(&path, text).expect("the folder is writable");
        let log = parsed(&to_sarif(&found(&path)));
        let results = log["runs"][0]["results"].as_array().expect("a list");
        results
            .iter()
            .map(|it| it["partialFingerprints"].clone())
            .collect()
    };
    let before = fingerprints(&text);
    let moved = fingerprints(&text.replacen("paths:", "# One line,\n# and another.\npaths:", 1));
    assert_eq!(before, moved);
    let other = fingerprints(&text.replacen("strng", "strin", 1));
    assert_ne!(before, other);
    assert!(before.len() > 5);
}
