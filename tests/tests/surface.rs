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

/// Those of a client's builder and a client for the flows of OAuth 2, which none of the four has.
#[test]
fn flows() {
    let text = of(Path::new("fixtures/oauth.yaml"), "oauth");
    let lines = text
        .lines()
        .filter(|it| it.contains("(App") || it.contains("session"));
    let lines: Vec<&str> = lines.map(str::trim).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    session() -> ClientSession, petstore_auth_store(store)
    petstore_auth_client_credentials(App)
    petstore_auth_password(App, username, password)
    petstore_auth_authorization_code(App, redirect_url) -> Authorization
    petstore_auth_implicit(App, redirect_url) -> Authorization
    petstore_auth_device(App) -> Confirmation
    petstore_auth_app(App)
    partners_session() -> ClientSession, partners_store(store)
    partners_client_credentials(App)
    login_session() -> ClientSession, login_store(store)
    login_client_credentials(App)
    login_authorization_code(App, redirect_url) -> Authorization
    login_device(App) -> Confirmation
    login_app(App)
    ");
}

fn of(document: &Path, name: &str) -> String {
    let (named, found) = fixtures::read_document(document);
    assert_eq!(found, "", "the four specs give no cause for complaint");
    let named = named.expect("nothing was found");
    let shape = shape::shape(&named.api, &named.names, Dates::Text);
    surface(name, &named.api, &named.names, &shape)
}
