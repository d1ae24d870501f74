//! Instances of the schemas of fixtures, read and written by the fixtures' models: what conforms is taken for what it
//! is, keeps its meaning, and still conforms.

use std::collections::BTreeMap;
use std::path::Path;

use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::document::Copies;
use keywright::load::{self, Limits};
use keywright_tests::round_trip::{self, Written, types};

type RoundTrip = fn(&str, &[u8]) -> Result<(usize, Vec<u8>), String>;

include!(concat!(env!("OUT_DIR"), "/round_trips.rs"));

/// How many instances of each type are made.
const INSTANCES: usize = 60;

/// The types that do not keep what their schemas allow, each with the reason.
const KNOWN: [(&str, &str); 16] = [
    (
        "branch-names/Factor",
        "the instances are made without regard to a mapping that names branches by where they stand",
    ),
    (
        "enums-odd/SettingsNumber",
        "no value is an integer and a text; it is read as an integer",
    ),
    ("inheritance/Bike", ENDLESS),
    ("inheritance/Car", ENDLESS),
    ("inheritance/Vehicle", ENDLESS),
    (
        "references-3.1/Tree",
        "the instances are made without regard to `$id`, against which its references count",
    ),
    ("dynamic-references/Led", DYNAMIC),
    ("dynamic-references/LedStray", DYNAMIC),
    ("dynamic-references/ListNames200Response", DYNAMIC),
    ("dynamic-references/ListNames200ResponseFacets", DYNAMIC),
    ("dynamic-references/MemberPage", DYNAMIC),
    ("dynamic-references/MemberPageFacets", DYNAMIC),
    ("dynamic-references/SharedFolder", DYNAMIC),
    ("recursive/Endless", SELF_DEMANDING),
    ("recursive/OtherEndless", SELF_DEMANDING),
    (
        "inheritance-levels/Inbox",
        "any object beside another says in 3.0 that the value may be null, and is not meant itself",
    ),
];

const DYNAMIC: &str = "the instances are made without regard to the dynamic scope";

const SELF_DEMANDING: &str = "by its schema, a value holds another of its kind, and none ends";
const ENDLESS: &str = "a base that is one of those which extend it asks for a value without end";

/// What is wrong with the types of a fixture: for each type that has a fault, the first one.
fn faults(document: &str, round_trip: RoundTrip) -> Vec<(String, String)> {
    let path = Path::new(document);
    let mut found = Diagnostics::new(false);
    let api = ApiConfig::new("fixture", path);
    let named =
        keywright::read(&api, &Limits::default(), &mut found).expect("fixtures can be read");
    let types = types::of(&named);
    let spec = load::load(path, &Copies::default(), &Limits::default(), &mut found)
        .expect("fixtures can be read");
    let bundle = round_trip::bundle(&spec, &types).expect("fixtures are JSON Schema");
    let mut faults = Vec::new();
    for ty in &types {
        let name = format!(
            "{}/{}",
            path.file_stem().expect("it has a name").display(),
            ty.name
        );
        let Some(sample) = round_trip::sample(&bundle, &spec, ty, INSTANCES) else {
            assert!(
                name.starts_with("swagger-2-forms/"),
                "the schema of `{name}` is where its type says"
            );
            continue;
        };
        if sample.instances.is_empty() {
            faults.push((name, "no instance could be made".to_owned()));
            continue;
        }
        let fault = sample.instances.iter().find_map(|instance| {
            let json = instance.to_string();
            let outcome = round_trip(&ty.name, json.as_bytes());
            let outcome = outcome.as_ref().map_err(Clone::clone);
            let outcome = outcome.map(|(unknown, json)| Written {
                json,
                unknown: *unknown,
            });
            let fault = sample.judge(instance, outcome)?;
            Some((name.clone(), format!("{fault}\n    {json}")))
        });
        faults.extend(fault);
    }
    faults
}

#[test]
fn models_keep_what_their_schemas_allow() {
    let faults: BTreeMap<String, String> = FIXTURES
        .iter()
        .flat_map(|(document, it)| faults(document, *it))
        .collect();
    let known: BTreeMap<&str, &str> = KNOWN.into_iter().collect();
    let unknown = faults
        .iter()
        .filter(|(name, _)| !known.contains_key(name.as_str()));
    let unknown: Vec<String> = unknown
        .map(|(name, fault)| format!("{name} {fault}"))
        .collect();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    let mended: Vec<&str> = known
        .into_keys()
        .filter(|name| !faults.contains_key(*name))
        .collect();
    assert!(
        mended.is_empty(),
        "these are known to fail, and do not: {mended:?}"
    );
}
