//! The public signatures of the four clients, a line each: what a reviewer reads first.

use std::path::Path;

use keywright::config::Dates;
use keywright::shape;
use keywright::surface::surface;
use keywright_tests::fixtures;

#[test]
fn signatures() {
    for document in fixtures::documents("../specs") {
        let name = fixtures::name(&document);
        let text = of(&document, &name);
        insta::with_settings!({
            snapshot_path => "../snapshots/surface",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.as_str(), text);
        });
    }
}

fn of(document: &Path, name: &str) -> String {
    let (named, found) = fixtures::read_document(document);
    assert_eq!(found, "", "the four specs give no cause for complaint");
    let named = named.expect("nothing was found");
    let shape = shape::shape(&named.api, &named.names, Dates::Text);
    surface(name, &named.api, &named.names, &shape)
}
