use serde_json::json;

use super::{ask, outcome, stand_in, stand_in_with, value};
use crate::mock::Settings;

const DOCUMENT: &str = "
openapi: 3.2.0
info: { title: Answers, version: '1' }
paths:
  /pet:
    get:
      responses:
        '404': { $ref: '#/components/responses/Missing' }
        2XX:
          description: A pet
          headers:
            X-Count: { required: true, schema: { type: integer, minimum: 3, maximum: 3 } }
            X-List: { schema: { type: array, items: { const: a }, minItems: 2, maxItems: 2 } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
              examples:
                wrong: { value: { name: 5 } }
                tom: { $ref: '#/components/examples/Tom' }
                eva: { value: { name: Eva } }
            text/plain: { schema: { const: Tom } }
        default: { description: Something else }
  /made:
    get:
      responses:
        '200':
          description: One
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
  /events:
    get:
      responses:
        '200':
          description: Some
          content:
            text/event-stream:
              itemSchema: { type: object, required: [data, event], properties: { event: { const: pet }, data: { const: \"a\\nb\" } } }
            application/jsonl: { itemSchema: { const: 1 } }
            application/json-seq: { itemSchema: { const: 1 } }
  /nothing:
    get:
      responses: { '200': { description: None, content: { application/json: { schema: false } } } }
components:
  examples:
    Tom: { value: { name: Tom } }
  responses:
    Missing:
      description: None
      content: { application/json: { schema: { type: object, required: [message], properties: { message: { type: string } } } } }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, pattern: '^[A-Z][a-z]{2,5}$' }
        password: { type: string, writeOnly: true }
        age: { type: integer, minimum: 1, maximum: 30 }
        kind: { enum: [cat, dog] }
        born: { type: string, format: date, example: '2024-02-29' }
";

#[test]
fn examples_go_first_where_they_conform() {
    let service = stand_in(DOCUMENT);
    let reply = ask(&service, "GET /pet", &[], "");
    assert_eq!(
        (outcome(&reply).as_str(), value(&reply)),
        ("200", json!({ "name": "Tom" }))
    );
    assert_eq!(reply.headers["x-count"], "3");
    assert_eq!(reply.headers["x-list"], "a,a");
    let by = |prefer: &str| ask(&service, "GET /pet", &[("prefer", prefer)], "");
    assert_eq!(value(&by("example=eva")), json!({ "name": "Eva" }));
    assert_eq!(
        value(&by("example=wrong")),
        json!({ "name": 5 }),
        "whoever asks for it gets it"
    );
    assert_eq!(outcome(&by("example=none")), "400");
    let missing = by("code=404");
    assert_eq!(missing.status, 404);
    assert!(value(&missing)["message"].is_string());
    assert_eq!(by("code=201").status, 201, "a range has it");
    assert_eq!(by("code=418").status, 418, "the default response has it");
    assert_eq!(by("code=99").status, 400);
    assert_eq!(
        ask(&service, "GET /made", &[("prefer", "code=201")], "").status,
        400
    );
}

#[test]
fn the_form_is_the_one_that_is_asked_for() {
    let service = stand_in(DOCUMENT);
    let of = |accept: &str| ask(&service, "GET /pet", &[("accept", accept)], "");
    assert_eq!(of("text/*, application/json;q=0.5").whole_body(), "Tom");
    assert_eq!(of("image/png").status, 406);
    assert_eq!(of("*/*").headers["content-type"], "application/json");
}

#[test]
fn values_are_made_from_schemas_and_are_the_same_each_time() {
    let make = |seed: &str| {
        let settings = Settings {
            seed: seed.to_owned(),
            ..Settings::default()
        };
        value(&ask(
            &stand_in_with(DOCUMENT, settings),
            "GET /made",
            &[],
            "",
        ))
    };
    let one = make("1");
    assert_eq!(one, make("1"));
    assert_ne!(one, make("2"));
    assert_eq!(one["born"], "2024-02-29", "the schema gives it");
    assert_eq!(one["kind"], "cat");
    assert!(one["name"].is_string() && one["age"].is_u64());
    assert_eq!(
        one.get("password"),
        None,
        "nobody reads what is only written"
    );
    assert_eq!(
        ask(&stand_in(DOCUMENT), "GET /nothing", &[], "").status,
        500
    );
}

#[test]
fn what_comes_one_after_the_other_comes_in_pieces() {
    let service = stand_in(DOCUMENT);
    let of = |accept: &str| ask(&service, "GET /events", &[("accept", accept)], "");
    let events = of("text/event-stream");
    assert_eq!(events.body, vec!["event: pet\ndata: a\ndata: b\n\n"; 3]);
    assert_eq!(of("application/jsonl").body, vec!["1\n"; 3]);
    assert_eq!(of("application/json-seq").body, vec!["\u{1e}1\n"; 3]);
}
