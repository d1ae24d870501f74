use super::{JSON, ask, outcome_in, stand_in};

const STYLES: &str = "
openapi: 3.1.0
info: { title: Styles, version: '1' }
paths:
  /simple/{list}/{object}:
    get:
      parameters:
        - { name: list, in: path, required: true, schema: { type: array, items: { type: integer } } }
        - { name: object, in: path, required: true, explode: true, schema: { $ref: '#/components/schemas/Point' } }
      responses: { '204': { description: Fine } }
  /label/{list}/matrix/{object}:
    get:
      parameters:
        - { name: list, in: path, style: label, explode: true, required: true, schema: { type: array, items: { type: integer } } }
        - { name: object, in: path, style: matrix, explode: true, required: true, schema: { $ref: '#/components/schemas/Point' } }
      responses: { '204': { description: Fine } }
  /query:
    get:
      parameters:
        - { name: list, in: query, schema: { type: array, items: { type: integer }, maxItems: 3 } }
        - { name: joined, in: query, explode: false, schema: { type: array, items: { enum: ['a,b', c] } } }
        - { name: piped, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: deep, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Point' } }
        - { name: flag, in: query, allowEmptyValue: true, schema: { type: boolean } }
        - { name: any, in: query, schema: { type: [integer, string], maxLength: 3 } }
        - { name: json, in: query, content: { application/json: { schema: { $ref: '#/components/schemas/Point' } } } }
        - { name: X-Count, in: header, required: true, schema: { type: integer, minimum: 1 } }
        - { name: session, in: cookie, schema: { type: string, minLength: 2 } }
      responses: { '204': { description: Fine } }
components:
  schemas:
    Point:
      type: object
      required: [x]
      properties: { x: { type: integer }, y: { type: number } }
      additionalProperties: false
";

#[test]
fn parameters_are_read_in_every_style() {
    let service = stand_in(STYLES);
    let of = |target: &str, headers: &[(&str, &str)]| {
        outcome_in(
            STYLES,
            &ask(&service, &format!("GET {target}"), headers, ""),
        )
    };
    let counted = [("x-count", "1")];
    for fine in [
        "/simple/1,2/x=1,y=0.5",
        "/label/.1.2/matrix/;x=1;y=2",
        "/query",
        "/query?list=1&list=2",
        "/query?joined=a%2Cb,c",
        "/query?piped=1|2&deep[x]=1&deep%5By%5D=2",
        "/query?flag=&any=5&json=%7B%22x%22:1%7D",
        "/query?any=abc",
    ] {
        assert_eq!(of(fine, &counted), "204", "{fine}");
    }
    let faults = [
        (
            "/simple/1,x/x=1",
            "400 path parameter `list/1`: it is not of type \"integer\" [integer]",
        ),
        (
            "/simple/1/y=1",
            "400 path parameter `object`: \"x\" is a required property [[x]]",
        ),
        (
            "/label/.1/matrix/;x=a",
            "400 path parameter `object/x`: it is not of type \"integer\" [integer]",
        ),
        (
            "/query?list=1&list=2&list=3&list=4",
            "400 query parameter `list`: it has more than 3 items [3]",
        ),
        (
            "/query?deep[z]=1&deep[x]=1",
            "400 query parameter `deep`: it has a property that is not allowed [false]",
        ),
        (
            "/query?flag=x",
            "400 query parameter `flag`: it is not of type \"boolean\" [boolean]",
        ),
        (
            "/query?any=5.55",
            "400 query parameter `any`: it is not of types \"integer\", \"string\" [[integer,]",
        ),
        (
            "/query?json=x",
            "400 query parameter `json`: it is not JSON, from line 1, column 1 on [{]",
        ),
        ("/none", "404"),
    ];
    for (target, expected) in faults {
        assert_eq!(of(target, &counted), expected, "{target}");
    }
    assert_eq!(of("/query", &[]), "400 header `X-Count`: it is missing [{]");
    assert_eq!(
        of("/query", &[counted[0], ("cookie", "other=1; session=a")]),
        "400 cookie `session`: it is shorter than 2 characters [2]"
    );
}

const BODIES: &str = "
openapi: 3.2.0
info: { title: Bodies, version: '1' }
paths:
  /thing:
    put:
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Thing' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Thing' } }
          multipart/form-data: { schema: { $ref: '#/components/schemas/Thing' } }
          application/jsonl: { itemSchema: { $ref: '#/components/schemas/Thing' } }
          text/plain: { schema: { type: integer } }
          image/*: {}
      responses:
        '204': { description: Fine }
        '422':
          description: It is not
          content:
            application/json:
              schema: { type: object, required: [error], properties: { error: { type: string } } }
    delete:
      responses: { '204': { description: Fine } }
components:
  schemas:
    Thing:
      type: object
      required: [id, count]
      properties:
        id: { type: integer, readOnly: true }
        count: { type: integer }
        tags: { type: array, items: { type: string } }
";

#[test]
fn bodies_are_judged_by_their_media_types() {
    let service = stand_in(BODIES);
    let of = |media_type: &str, body: &str| {
        let headers = [("content-type", media_type)];
        outcome_in(BODIES, &ask(&service, "PUT /thing", &headers, body))
    };
    let part = |name: &str, text: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let multipart = "multipart/form-data; boundary=b";
    assert_eq!(
        of("application/json; charset=utf-8", r#"{"count":1}"#),
        "204"
    );
    assert_eq!(
        of("application/x-www-form-urlencoded", "count=1&tags=a&tags=b"),
        "204"
    );
    assert_eq!(
        of(
            multipart,
            &(part("count", "1") + &part("tags", "a") + "--b--")
        ),
        "204"
    );
    assert_eq!(
        of("application/jsonl", "{\"count\":1}\n{\"count\":2}\n"),
        "204"
    );
    assert_eq!(of("text/plain", "5"), "204");
    assert_eq!(of("image/png", "PNG"), "204");
    let missing = "\"count\" is a required property [[id,]";
    let kind = "422 body /count: it is not of type \"integer\" [integer]";
    assert_eq!(of("application/json", "{}"), format!("422 body: {missing}"));
    assert_eq!(
        of("application/json", "{"),
        "422 body: it is not JSON, from line 1, column 1 on [{]"
    );
    assert_eq!(of("application/x-www-form-urlencoded", "count=x"), kind);
    assert_eq!(of(multipart, &(part("count", "x") + "--b--")), kind);
    assert_eq!(
        of("application/jsonl", "{\"count\":1}\n{}\n"),
        format!("422 body /1: {missing}")
    );
    assert_eq!(
        of("text/plain", "x"),
        "422 body: it is not of type \"integer\" [integer]"
    );
    let reply = ask(&service, "PUT /thing", &[], "");
    assert_eq!(
        outcome_in(BODIES, &reply),
        "422 body: it is missing [required]"
    );
    assert_eq!(
        super::value(&reply),
        serde_json::json!({ "error": "body: it is missing (test.yaml:8:9)" }),
        "the documented body says what is wrong"
    );
    assert!(of("text/csv", "x").starts_with("415 media type: it is none of `application/json`, "));
    assert_eq!(
        outcome_in(BODIES, &ask(&service, "DELETE /thing", &[JSON], "{}")),
        "204"
    );
    let reply = ask(&service, "PATCH /thing", &[], "");
    assert_eq!(
        (
            outcome_in(BODIES, &reply).as_str(),
            reply.headers["allow"].to_str().unwrap()
        ),
        ("405", "DELETE, PUT")
    );
}

#[test]
fn the_operation_is_the_one_with_which_least_is_wrong() {
    let operation = |name: &str| {
        format!(
            "  /#Action={name}:\n    get:\n      operationId: {name}\n      parameters:\n        - {{ name: Action, in: query, required: true, schema: {{ const: {name} }} }}\n      responses: {{ '200': {{ description: '', content: {{ text/plain: {{ schema: {{ const: {name} }} }} }} }} }}\n"
        )
    };
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n{}{}",
        operation("One"),
        operation("Two")
    );
    let service = stand_in(&text);
    for name in ["One", "Two"] {
        let reply = ask(&service, &format!("GET /?Action={name}"), &[], "");
        assert_eq!(reply.whole_body(), name);
    }
}
