//! `keywright inspect`.

use std::fs;

use insta::assert_snapshot;

use crate::{SPEC, keywright, project};

/// What a command shows about a document in two files, and nothing else.
fn shown(stage: &str) -> String {
    let spec = SPEC.replace(
        "{ '204': { description: Alive. } }",
        "{ '200': { description: \"Alive.\\e[31m\", content: { application/json: { schema: { $ref: 'types.yaml#/Mood' } } } } }",
    );
    let project = project(&spec);
    let types = "Mood: { type: object, properties: { self: { type: string } } }\n";
    fs::write(project.path().join("types.yaml"), types).expect("the file can be written");
    let arguments = ["inspect", "--stage", stage, "small.yaml"];
    let (code, printed, complaints) = keywright(project.path(), &arguments);
    assert_eq!((code, complaints.as_str()), (0, ""));
    printed
}

#[test]
fn shows_the_tree_of_each_file() {
    assert_snapshot!(shown("tree"), @r#"
    small.yaml
      1:1      mapping
      1:10       openapi: string "3.1.0"
      2:7        info: mapping
      2:16         title: string "Small"
      2:32         version: string "1"
      3:10       servers: list
      3:11         0: mapping
      3:18           url: string "https://example.org"
      5:3        paths: mapping
      6:5          /ping: mapping
      7:7            get: mapping
      7:20             operationId: string "ping"
      8:18             responses: mapping
      8:27               200: mapping
      8:42                 description: string "Alive.\u{1b}[31m"
      8:67                 content: mapping
      8:87                   application/json: mapping
      8:97                     schema: mapping
      8:105                      $ref: string "types.yaml#/Mood"
    types.yaml
      1:1      mapping
      1:7        Mood: mapping
      1:15         type: string "object"
      1:35         properties: mapping
      1:43           self: mapping
      1:51             type: string "string"
    "#);
}

#[test]
fn shows_the_model() {
    assert_snapshot!(shown("model"), @r#"
    OpenAPI 3.1.0
    title "Small" version "1"
    server https://example.org
    GET /ping
      200 application/json (object self: (string)) "Alive.\u{1b}[31m"
    "#);
}

#[test]
fn shows_the_ir() {
    assert_snapshot!(shown("ir"), @"
    server https://example.org
    struct Mood
      self: String?
    group -
      ping GET /ping
        ok 200: Mood as Json application/json
    ");
}

#[test]
fn shows_the_names() {
    assert_snapshot!(shown("names"), @"
    server    https://example.org  example_org
    type      types.yaml#/Mood     Mood
    field       self               self_
    file                           operations
    method    #/paths/~1ping/get   ping
    type        (request)          Ping
    type        (error)            PingError
    response    200                Ok
    ");
}

#[test]
fn takes_names_from_a_configuration() {
    let project = project(SPEC);
    let path = project.path().join("keywright.toml");
    let config = fs::read_to_string(&path).expect("the configuration is there");
    let names = "[api.names]\n'#/paths/~1ping/get' = 'is_alive'\n";
    fs::write(&path, config + names).expect("the configuration can be written");
    let inspect = |spec: &str| {
        let arguments = [
            "inspect",
            "--stage",
            "names",
            "--config",
            "keywright.toml",
            spec,
        ];
        keywright(project.path(), &arguments)
    };
    let (code, printed, _) = inspect("./small.yaml");
    assert_eq!(code, 0);
    assert!(printed.contains("is_alive"), "{printed}");

    let (code, printed, complaints) = inspect("other.yaml");
    assert_eq!((code, printed.as_str()), (1, ""));
    assert_snapshot!(complaints, @"
    error[KW0002]: `keywright.toml` has no `[[api]]` with the `spec` `other.yaml`
     |
     = help: name a document that the configuration lists, or leave out `--config`

    1 error
    ");
}

#[test]
fn shows_what_there_is_of_a_document_with_errors() {
    let project = project(&SPEC.replace(
        "responses:",
        "parameters: [{ $ref: 'gone.yaml#/a' }]\n      responses:",
    ));
    let arguments = ["inspect", "--stage", "model", "small.yaml"];
    let (code, printed, complaints) = keywright(project.path(), &arguments);
    assert_eq!(code, 1);
    assert!(printed.contains("Small"), "{printed}");
    assert!(complaints.contains("\nerror[KW0101]"), "{complaints}");
}
