//! Documents in, features and files of models out.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::{NeededBy, parts};
use crate::shape::tests::shaped;

/// The features and files of a document with these paths and components.
fn taken_apart(text: &str) -> String {
    let (api, names, shape) = shaped(text);
    let parts = parts(&api, &names, &shape);
    let feature = |index: usize| parts.features[index].name.as_str();
    let mut text = String::new();
    for it in &parts.features {
        let _ = writeln!(text, "{} is {:?}", it.name, it.part);
    }
    for file in &parts.files {
        let needed_by = match &file.needed_by {
            NeededBy::One(_) => "own",
            NeededBy::Several(features) => &features
                .iter()
                .map(|it| feature(*it))
                .collect::<Vec<_>>()
                .join(" "),
            NeededBy::Most => "most",
        };
        let items: Vec<&str> = file
            .items
            .iter()
            .map(|id| shape[*id].name.as_str())
            .collect();
        let _ = writeln!(text, "{}.rs: {} ({needed_by})", file.name, items.join(" "));
    }
    text
}

const SHOP: &str = "
paths:
  /pets:
    get:
      tags: [Pets]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/Pet' }
  /orders:
    post:
      tags: ['User orders']
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
      responses: { '204': { description: ok } }
  /owners:
    get:
      tags: [type]
      parameters:
        - { name: size, in: query, schema: { enum: [s, l] } }
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } }
webhooks:
  newPet:
    post:
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Event' } } }
      responses: { '204': { description: ok } }
components:
  schemas:
    Pet:
      type: object
      properties:
        owner: { $ref: '#/components/schemas/Owner' }
        size: { enum: [s, l] }
        toy: { $ref: '#/components/schemas/Toy' }
    Toy: { type: object, properties: { maker: { $ref: '#/components/schemas/Maker' } } }
    Maker: { type: object, properties: { name: { type: string }, by: { $ref: '#/components/schemas/Maker' } } }
    Owner:
      type: object
      properties:
        home: { $ref: '#/components/schemas/Home' }
        address: { type: object, properties: { city: { type: string } } }
    Home: { type: object, properties: { owner: { $ref: '#/components/schemas/Owner' } } }
    Order: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } }
    Event: { type: object, properties: { id: { type: integer }, from: { $ref: '#/components/schemas/Con' } } }
    Con: { type: object, properties: { a: { type: integer } } }
    Draft: { type: object, properties: { con: { $ref: '#/components/schemas/Con' } } }
";

#[test]
fn a_file_has_one_list_of_features() {
    assert_snapshot!(taken_apart(SHOP), @r"
    pets is Group(0)
    user-orders is Group(1)
    type is Group(2)
    webhooks is Webhooks
    other-models is OtherModels
    user_orders.rs: Order (own)
    type_.rs: GetOwnersSize (own)
    webhooks.rs: Event (own)
    other_models.rs: Draft (own)
    con_.rs: Con (webhooks other-models)
    owner.rs: Owner OwnerAddress Home (pets user-orders type)
    pet.rs: Pet PetSize Toy Maker (pets user-orders)
    ");
}

#[test]
fn what_another_tag_does_moves_what_it_uses_alone() {
    let before = taken_apart(SHOP);
    let edited = SHOP.replace(
        "    Event: { type: object, properties: { id: { type: integer }",
        "    Event: { type: object, properties: { id: { $ref: '#/components/schemas/Toy' }",
    );
    let after = taken_apart(&edited);
    let is_new = |line: &&str| !before.lines().any(|it| it == *line);
    let changed: Vec<&str> = after.lines().filter(is_new).collect();
    assert_snapshot!(changed.join("\n"), @r"
    pet.rs: Pet PetSize (pets user-orders)
    toy.rs: Toy Maker (pets user-orders webhooks)
    ");
}

#[test]
fn what_most_features_need_is_always_there() {
    let mut text = "paths:\n".to_owned();
    for index in 0..300 {
        let _ = writeln!(
            text,
            "  /a{index}: {{ get: {{ tags: [t{index}], responses: {{ '200': {{ description: ok, content: \
             {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} }}"
        );
    }
    text.push_str(
        "components: { schemas: { A: { type: object, properties: { b: { type: string } } } } }\n",
    );
    let files = taken_apart(&text);
    assert!(files.ends_with("\na.rs: A (most)\n"), "{files}");
}
