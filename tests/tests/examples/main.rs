//! The example programs of packages: what they do for each way to sign in, and that they compile and are formatted.

mod packages;

use std::fmt::Write as _;
use std::path::Path;

use insta::assert_snapshot;
use keywright::config::Config;
use keywright::diagnostics::Diagnostics;

/// What `main` of the example of a document does, from the client's builder on; nothing if there is no example.
fn steps(document: &str) -> String {
    let folder = tempfile::TempDir::new().expect("a folder can be made");
    let spec = folder.path().join("pets.yaml");
    std::fs::write(&spec, document).expect("it can be written");
    let config = Config::of_spec(&spec, Path::new("pets-client"));
    let mut found = Diagnostics::new(false);
    let files = keywright::generate(&config, &mut found).expect("the document has no errors");
    assert_eq!(found.iter().count(), 0, "{found:?}");
    let Some(example) = files.get("examples/pets.rs") else {
        assert!(!files["Cargo.toml"].contains("[[example]]"));
        return String::new();
    };
    let manifest = files["Cargo.toml"].lines();
    let features = manifest.filter(|it| it.starts_with("required-features"));
    let start = "builder = builder.base_url(base_url);\n    }\n";
    let (_, steps) = example.split_once(start).expect("there is a base URL");
    let (steps, _) = steps.split_once("    Ok(())\n}").expect("it ends");
    let mut text: String = features.flat_map(|it| [it, "\n"]).collect();
    for line in steps.lines() {
        let _ = writeln!(text, "{}", line.strip_prefix("    ").unwrap_or(line));
    }
    text
}

/// A document of one operation that wants a credential of a scheme.
fn document(scheme: &str) -> String {
    format!(
        "openapi: 3.2.0
info: {{ title: Pets, version: '1' }}
servers: [{{ url: https://pets.example.org }}]
security: [{{ key: [read] }}]
paths:
  /pets: {{ get: {{ operationId: listPets, responses: {{ '200': {{ description: All., content: {{ text/plain: {{ schema: {{ type: string }} }} }} }} }} }} }}
components:
  securitySchemes: {{ key: {scheme} }}
"
    )
}

/// A scheme of OAuth 2 with one flow.
fn oauth(flow: &str) -> String {
    let urls = match flow {
        "authorizationCode" => "authorizationUrl: /authorize, tokenUrl: /token",
        "deviceAuthorization" => "deviceAuthorizationUrl: /device, tokenUrl: /token",
        "implicit" => "authorizationUrl: /authorize",
        _ => "tokenUrl: /token",
    };
    format!("{{ type: oauth2, flows: {{ {flow}: {{ {urls}, scopes: {{ read: Read. }} }} }} }}")
}

/// Schemes whose credentials users have.
const SCHEMES: [&str; 6] = [
    "{ type: http, scheme: basic }",
    "{ type: http, scheme: bearer }",
    "{ type: http, scheme: digest }",
    "{ type: http, scheme: hoba }",
    "{ type: apiKey, in: query, name: k }",
    "{ type: mutualTLS }",
];

/// The flows of OAuth 2.
const FLOWS: [&str; 5] = [
    "clientCredentials",
    "deviceAuthorization",
    "authorizationCode",
    "password",
    "implicit",
];

/// Documents that no fixture is like, by the names of their modules.
fn documents() -> Vec<(String, String)> {
    let schemes = SCHEMES.iter().map(|it| document(it));
    let flows = FLOWS.iter().map(|it| document(&oauth(it)));
    let documents = schemes.chain(flows).chain([DEVICE.to_owned()]);
    let named = (0..).zip(documents);
    named
        .map(|(index, it)| (format!("document_{index}"), it))
        .collect()
}

#[test]
fn credentials() {
    let mut all = String::new();
    for scheme in SCHEMES {
        let _ = writeln!(all, "{scheme}\n{}", steps(&document(scheme)));
    }
    assert_snapshot!(all);
}

#[test]
fn flows_of_authorization_servers() {
    let mut all = String::new();
    for flow in FLOWS {
        let _ = writeln!(all, "{flow}\n{}", steps(&document(&oauth(flow))));
    }
    assert_snapshot!(all);
}

/// The flow with the fewest people goes first.
#[test]
fn the_easiest_flow() {
    let text = std::fs::read_to_string("fixtures/oauth.yaml").expect("the fixture is there");
    let steps = steps(&text);
    assert!(
        steps.contains("petstore_auth_client_credentials(app)"),
        "{steps}"
    );
}

#[test]
fn sessions() {
    let text = std::fs::read_to_string("fixtures/sessions.yaml").expect("the fixture is there");
    let without = text.replace("x-keywright-sessions:", "x-nothing:");
    let mut all = format!("a header\n{}\n", steps(&text));
    let _ = writeln!(all, "a body, renewal and revocation\n{}", steps(&without));
    assert_snapshot!(all);
}

/// What a user confirms on another device, where the page has a code.
const DEVICE: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example.org }]
paths:
  /start:
    post:
      operationId: start
      x-keywright-device-flow:
        scheme: key
        start: { operation: start, token: $response.body#/token, url: $response.body#/page, code: $response.body#/code }
        poll:
          operation: poll
          send: { /token: token }
          interval: 5s
          deadline: 5m
          pending: [403]
          token: $response.body#/key
        check: { operation: whoAmI }
      parameters: [{ name: builder, in: query, required: true, schema: { type: string } }]
      responses: { '200': { description: It waits., content: { application/json: { schema: { type: object, properties: { token: { type: string }, page: { type: string }, code: { type: string } } } } } } }
  /poll:
    post:
      operationId: poll
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [token], properties: { token: { type: string } } } } } }
      responses:
        '200': { description: Confirmed., content: { application/json: { schema: { type: object, properties: { key: { type: string } } } } } }
        '403': { description: Not yet. }
  /pets: { get: { operationId: listPets, security: [{ key: [] }], responses: { '204': { description: All. } } } }
  /me: { get: { operationId: whoAmI, security: [{ key: [] }], responses: { '204': { description: You. } } } }
components:
  securitySchemes:
    key:
      type: http
      scheme: bearer
";

#[test]
fn confirmations() {
    assert_snapshot!(steps(DEVICE));
}

/// Operations of an API without security.
fn operations(paths: &str) -> String {
    steps(&format!(
        "openapi: 3.1.0
info: {{ title: Pets, version: '1' }}
servers: [{{ url: https://pets.example.org }}]
paths: {{ {paths} }}
"
    ))
}

fn operation(id: &str, more: &str) -> String {
    format!("{{ operationId: {id}, {more} responses: {{ '204': {{ description: Done. }} }} }}")
}

#[test]
fn calls() {
    let named = |more: &str| {
        format!(
            "parameters: [{{ name: petId, in: path, required: true, schema: {{ type: string }}{more} }}],"
        )
    };
    let unknown = operation("getPet", &named(""));
    let known = operation("showPet", &named(", example: rex"));
    let old = operation("old", "deprecated: true,");
    let (add, delete) = (operation("add", ""), operation("delete", ""));
    let cases = [
        (
            "one with an example of what it needs",
            format!("'/a/{{petId}}': {{ get: {unknown} }}, '/b/{{petId}}': {{ get: {known} }}"),
        ),
        (
            "one that asks for it",
            format!("'/a/{{petId}}': {{ get: {unknown} }}"),
        ),
        (
            "one that is not deprecated, even if it changes something",
            format!("/a: {{ get: {old} }}, /b: {{ post: {add} }}"),
        ),
        (
            "a deprecated one, if there is no other",
            format!("/a: {{ get: {old} }}"),
        ),
        ("none that deletes", format!("/a: {{ delete: {delete} }}")),
    ];
    let mut all = String::new();
    for (case, paths) in cases {
        let _ = writeln!(all, "{case}\n{}", operations(&paths));
    }
    assert_snapshot!(all);
}
