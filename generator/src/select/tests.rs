//! A selection in, what is left of a description and of the client out.

use insta::assert_snapshot;

use super::select;
use crate::config::{self, ApiConfig};
use crate::diagnostics::{Diagnostics, Style, render};
use crate::{ir, lower, model, testing};

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /login:
    post:
      operationId: login
      tags: [auth]
      security: []
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Given' } } } }
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      security: [{ bearer: [] }]
      responses:
        '200':
          description: D.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
          links: { first: { operationId: getPet } }
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      security: [{ bearer: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
    delete:
      tags: [pets, admin]
      security: [{ root: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { $ref: '#/components/schemas/Missing' } }]
      responses: { '204': { description: D. } }
webhooks:
  petBorn:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Birth' } } } }
      responses: { '204': { description: D. } }
components:
  schemas:
    Given: { type: object, properties: { token: { type: string } } }
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string }, owner: { $ref: '#/components/schemas/Owner' } }
      discriminator: { propertyName: kind }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { claws: { $ref: '#/components/schemas/Claws' } } }] }
    Claws: { type: object, properties: { count: { type: integer } } }
    Owner: { type: object, properties: { pets: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
    Birth: { type: object, properties: { at: { type: string } } }
    Unused: { type: object, properties: { a: { type: string } } }
  securitySchemes:
    bearer:
      type: http
      scheme: bearer
      x-keywright-session: { acquire: { operation: login, token: $response.body#/token } }
    root: { type: http, scheme: basic }
    unused: { type: http, scheme: basic }
";

/// The findings, what is kept, and the types and sessions that become of it.
fn selected(settings: &str) -> String {
    let mut found = Diagnostics::default();
    let text = format!("[[api]]\nspec = \"t.yaml\"\n{settings}");
    let config = config::from_text(&text, &mut found).expect("it is a configuration");
    assert!(config::is_valid(&text));
    let mut description = testing::describe(DOCUMENT, &mut found);
    select(&mut description, &config.apis[0], 0, &mut found);
    let api = lower::lower(&description, config.apis[0].overrides(), &mut found);
    let mut lines: Vec<String> = found.iter().map(|it| render(it, Style::Plain)).collect();
    lines.push(kept(&description));
    let printed = ir::print(&api);
    let items = printed.lines().filter(|it| {
        ["struct ", "union ", "alias ", "session ", "scheme "]
            .iter()
            .any(|start| it.starts_with(start))
    });
    lines.extend(items.map(str::to_owned));
    lines.join("\n")
}

fn kept(description: &model::Description) -> String {
    let items = description.paths.iter().chain(&description.webhooks);
    let operations = items.flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(|it| format!("{} {}", it.method, item.path))
    });
    format!(
        "operations: {}\nschemas: {}\nschemes: {}",
        operations.collect::<Vec<_>>().join(", "),
        description
            .component_schemas
            .iter()
            .map(|(name, id)| {
                let stated = description.schemas[*id].component.as_ref();
                assert_eq!(stated, Some(name), "it is the schema of its name");
                name.as_str()
            })
            .collect::<Vec<_>>()
            .join(", "),
        description
            .security_schemes
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", "),
    )
}

#[test]
fn keeps_what_is_included() {
    assert_snapshot!(selected("include = { operations = ['login', 'GET /pets/*'] }"), @"
    operations: POST /login, GET /pets/{id}
    schemas: Given, Pet, Cat, Claws, Owner
    schemes: bearer, unused
    scheme bearer bearer
    scheme unused basic
    session bearer
    struct Given
    union Pet
    struct Pet/base + Any
    struct Cat
    struct Claws
    struct Owner
    ");
}

#[test]
fn drops_what_is_excluded() {
    assert_snapshot!(selected("exclude = { tags = ['adm*'], operations = ['pet*', 'list*'] }"), @"
    operations: POST /login, GET /pets/{id}
    schemas: Given, Pet, Cat, Claws, Owner
    schemes: bearer, unused
    scheme bearer bearer
    scheme unused basic
    session bearer
    struct Given
    union Pet
    struct Pet/base + Any
    struct Cat
    struct Claws
    struct Owner
    ");
}

#[test]
fn exclusion_counts_before_inclusion() {
    assert_snapshot!(selected(
        "include = { tags = ['pets', 'auth'] }\nexclude = { operations = ['DELETE *'] }"
    ), @"
    operations: POST /login, GET /pets, GET /pets/{id}
    schemas: Given, Pet, Cat, Claws, Owner
    schemes: bearer, unused
    scheme bearer bearer
    scheme unused basic
    session bearer
    struct Given
    union Pet
    struct Pet/base + Any
    struct Cat
    struct Claws
    struct Owner
    ");
}

#[test]
fn reports_sessions_that_lack_an_operation() {
    assert_snapshot!(selected("include = { operations = ['getPet'] }"), @"
    warning[KW0425]: the operation `login` is left out: the configuration does not select it
      --> test.yaml:56:52 at #/components/securitySchemes/bearer/x-keywright-session/acquire/operation
       |
    56 | …x-keywright-session: { acquire: { operation: login, token: $response.body#/token } }
       |                                               ^^^^^ the session is ignored
       |
       = help: select it in the configuration, too
    operations: GET /pets/{id}
    schemas: Pet, Cat, Claws, Owner
    schemes: bearer, unused
    scheme bearer bearer
    scheme unused basic
    union Pet
    struct Pet/base + Any
    struct Cat
    struct Claws
    struct Owner
    ");
}

#[test]
fn reports_patterns_that_match_nothing() {
    assert_snapshot!(selected(
        "[api.include]
operations = ['getPets', 'GET /pet', 'login', 'Get pets']
tags = ['pet']
[api.exclude]
tags = ['nothing']
"
    ), @"
    warning[KW0431]: `getPets` matches no operation of the document
     --> keywright.toml:4:15 at #/api/0/include/operations/0
      |
    4 | operations = ['getPets', 'GET /pet', 'login', 'Get pets']
      |               ^^^^^^^^^
      |
      = help: did you mean `getPet`?
    warning[KW0431]: `GET /pet` matches no operation of the document
     --> keywright.toml:4:26 at #/api/0/include/operations/1
      |
    4 | operations = ['getPets', 'GET /pet', 'login', 'Get pets']
      |                          ^^^^^^^^^^
      |
      = help: did you mean `GET /pets`?
    warning[KW0431]: `Get pets` matches no operation of the document
     --> keywright.toml:4:47 at #/api/0/include/operations/3
      |
    4 | …perations = ['getPets', 'GET /pet', 'login', 'Get pets']
      |                                               ^^^^^^^^^^
      |
      = help: did you mean `getPet`?
    warning[KW0431]: `pet` matches no tag of the document
     --> keywright.toml:5:9 at #/api/0/include/tags/0
      |
    5 | tags = ['pet']
      |         ^^^^^
      |
      = help: did you mean `pets`?
    warning[KW0431]: `nothing` matches no tag of the document
     --> keywright.toml:7:9 at #/api/0/exclude/tags/0
      |
    7 | tags = ['nothing']
      |         ^^^^^^^^^
      |
      = help: write a tag that an operation of the document has
    operations: POST /login
    schemas: Given
    schemes: unused
    scheme unused basic
    struct Given
    ");
}

#[test]
fn does_nothing_where_nothing_is_selected() {
    let mut found = Diagnostics::default();
    let mut description = testing::describe(DOCUMENT, &mut found);
    let before = model::print(&description);
    let count = found.len();
    select(
        &mut description,
        &ApiConfig::new("t", "t.yaml"),
        0,
        &mut found,
    );
    assert_eq!(model::print(&description), before);
    assert_eq!(found.len(), count);
}
