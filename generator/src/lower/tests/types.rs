//! Rust types of a configuration in, the items whose place they take out.

use insta::assert_snapshot;

use crate::config;
use crate::diagnostics::{Diagnostics, Style, render};
use crate::{ir, lower, testing};

/// What the table `[api.types]` makes of a document with these paths and components: the faults, and the items.
fn replaced(types: &str, text: &str) -> String {
    let mut found = Diagnostics::new(false);
    let settings = format!("[[api]]\nspec = \"t.yaml\"\n[api.types]\n{types}\n");
    let config = config::from_text(&settings, &mut found).expect("it is a configuration");
    let text = format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{text}");
    let description = testing::describe(&text, &mut found);
    let api = lower::lower(&description, config.apis[0].overrides(), &mut found);
    let faults = found.iter().map(|it| render(it, Style::Plain) + "\n");
    faults.chain([ir::print(&api)]).collect()
}

const COMPONENTS: &str = "paths: {}
components:
  schemas:
    Money: { type: string }
    Order:
      type: object
      required: [total]
      properties:
        total: { $ref: '#/components/schemas/Money' }
        refund: { oneOf: [{ $ref: '#/components/schemas/Money' }, { type: 'null' }] }
        site: { type: string, format: uri }
    Large:
      allOf:
        - { $ref: '#/components/schemas/Order' }
        - { type: object, properties: { size: { type: integer } } }
";

#[test]
fn types_take_the_place_of_components_and_of_inline_schemas() {
    assert_snapshot!(replaced(
        r##"
"#/components/schemas/Money" = "crate::Money"
"#/components/schemas/Order/properties/site" = "crate::Site"
"##,
        COMPONENTS,
    ), @r"
    server 
    foreign Money = crate::Money
    alias Money = String
    struct Order
      total: Money
      refund: Money? | null
      site: Order/site?
    foreign Order/site = crate::Site
    alias Order/site = String
    struct Large
      total: Money
      refund: Money? | null
      site: Order/site?
      size: Integer?
    ");
}

#[test]
fn what_is_no_schema_is_reported() {
    assert_snapshot!(replaced(
        r##"
"#/components/schemas/Mony" = "crate::Money"
"#/components/schemas" = "crate::Money"
"other.yaml#/Money" = "crate::Money"
"##,
        "paths: {}\ncomponents: { schemas: { Money: { type: string } } }\n",
    ), @r##"
    error[KW0002]: `#/components/schemas` does not lead to a schema
     --> keywright.toml:6:1 at #/api/0/types/#~1components~1schemas
      |
    6 | "#/components/schemas" = "crate::Money"
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a similar pointer exists: `#/components/schemas/Money`
    error[KW0002]: `#/components/schemas/Mony` does not lead to a schema
     --> keywright.toml:5:1 at #/api/0/types/#~1components~1schemas~1Mony
      |
    5 | "#/components/schemas/Mony" = "crate::Money"
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a similar pointer exists: `#/components/schemas/Money`
    error[KW0002]: `other.yaml#/Money` does not lead to a schema
     --> keywright.toml:7:1 at #/api/0/types/other.yaml#~1Money
      |
    7 | "other.yaml#/Money" = "crate::Money"
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: name a schema where it stands itself, and not where a `$ref` leads to it: `#/components/schemas/Money`
    server 
    alias Money = String
    "##);
}

#[test]
fn a_branch_of_all_of_is_no_type() {
    assert_snapshot!(replaced(
        r##""#/components/schemas/Large/allOf/1" = "crate::Size""##,
        COMPONENTS,
    ), @r"
    warning[KW0432]: `crate::Size` is not used, because the schema does not become a type of its own
      --> test.yaml:17:11 at #/components/schemas/Large/allOf/1
       |
    17 |         - { type: object, properties: { size: { type: integer } } }
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: replace the schema that it is a part of, or make it a component
    server 
    alias Money = String
    struct Order
      total: Money
      refund: Money? | null
      site: String?
    struct Large
      total: Money
      refund: Money? | null
      site: String?
      size: Integer?
    ");
}

#[test]
fn a_multipart_body_keeps_its_model() {
    assert_snapshot!(replaced(
        r##""#/components/schemas/Upload" = "crate::Upload""##,
        "paths:
  /files:
    post:
      operationId: upload
      requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/Upload' } } } }
      responses: { '204': { description: D. } }
components:
  schemas:
    Upload: { type: object, properties: { file: { type: string, contentMediaType: image/png } } }
",
    ), @r##"
    warning[KW0432]: `crate::Upload` cannot be sent as a multipart body, so the schema keeps its model there
      --> test.yaml:11:13 at #/components/schemas/Upload
       |
    11 |     Upload: { type: object, properties: { file: { type: string, contentMediaType: image/png …
       |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: replace the schemas of its properties instead
    server 
    foreign Upload = crate::Upload
    struct Upload
      file: String?
    struct Upload form
      file: File? by Part { encoding: File, media_type: Some("image/png"), transfer_encoding: None, headers: [] }
    group -
      upload POST /files
        body? Upload form as Multipart multipart/form-data
        ok 204: nothing
    "##);
}
