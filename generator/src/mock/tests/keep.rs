use serde_json::json;

use super::{JSON, ask, stand_in, stand_in_with, value};
use crate::mock::Settings;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /shops/{shop}/pets:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '201': { $ref: '#/components/responses/Pet' } }
    get:
      responses:
        '200':
          description: All
          content: { application/json: { schema: { type: object, properties: { pets: { type: array, minItems: 0, items: { $ref: '#/components/schemas/Pet' } } }, required: [pets] } } }
    parameters: [{ name: shop, in: path, required: true, schema: { type: string } }]
  /shops/{shop}/pets/{petId}:
    get: { responses: { '200': { $ref: '#/components/responses/Pet' }, '404': { description: None } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { $ref: '#/components/responses/Pet' } }
    delete: { responses: { '204': { description: Gone } } }
    parameters:
      - { name: shop, in: path, required: true, schema: { type: string } }
      - { name: petId, in: path, required: true, schema: { type: integer } }
components:
  responses:
    Pet: { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
  schemas:
    Pet:
      type: object
      required: [name]
      properties: { id: { type: integer, readOnly: true }, name: { type: string }, age: { type: integer } }
";

#[test]
fn what_is_created_can_be_fetched_changed_and_deleted() {
    let settings = Settings {
        keeps: true,
        ..Settings::default()
    };
    let service = stand_in_with(DOCUMENT, settings);
    let post = |body: &str| value(&ask(&service, "POST /shops/a/pets", &[JSON], body));
    let tom = post(r#"{"name":"Tom","age":3}"#);
    let eva = post(r#"{"name":"Eva"}"#);
    assert_eq!((&tom["name"], &tom["age"]), (&json!("Tom"), &json!(3)));
    assert_ne!(tom["id"], eva["id"]);
    let at = |pet: &serde_json::Value| format!("/shops/a/pets/{}", pet["id"]);
    let get = |target: &str| ask(&service, &format!("GET {target}"), &[], "");
    assert_eq!(value(&get(&at(&tom))), tom);
    assert_eq!(get(&at(&tom).replace("/a/", "/b/")).status, 404);
    let changed = ask(
        &service,
        &format!("PATCH {}", at(&tom)),
        &[JSON],
        r#"{"age":4}"#,
    );
    assert_eq!(value(&changed)["age"], 4);
    assert_eq!(value(&get(&at(&tom)))["name"], "Tom");
    let listed = value(&get("/shops/a/pets"));
    let names: Vec<_> = listed["pets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["Tom", "Eva"]);
    assert_eq!(value(&get("/shops/b/pets")), json!({ "pets": [] }));
    assert_eq!(
        ask(&service, &format!("DELETE {}", at(&tom)), &[], "").status,
        204
    );
    assert_eq!(get(&at(&tom)).status, 404);
    assert_eq!(
        ask(&service, &format!("DELETE {}", at(&tom)), &[], "").status,
        404
    );
}

#[test]
fn nothing_is_kept_unless_asked() {
    let service = stand_in(DOCUMENT);
    assert_eq!(ask(&service, "GET /shops/a/pets/77", &[], "").status, 200);
}
