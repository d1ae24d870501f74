//! Documents in, the surface of their models out.

use insta::assert_snapshot;

use super::{Module, shape};
use crate::config::{Dates, Overrides, Replacement};
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Names};
use crate::limits::Limits;
use crate::surface::surface;
use crate::{load, lower, name, normalize, resolve};

/// The models of a document with these paths and components.
fn models(text: &str) -> String {
    let (api, names, shape) = shaped(text);
    let surface = surface("t", &api, &names, &shape);
    let (_, models) = surface.split_once("\nmodels\n").expect("it has models");
    models.to_owned()
}

/// A document with these paths and components, up to its shape.
pub(super) fn shaped(text: &str) -> (Api, Names, Module) {
    shaped_with(Overrides::default(), text)
}

/// The same where the configuration says something else than the document.
fn shaped_with(overrides: Overrides<'_>, text: &str) -> (Api, Names, Module) {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{text}");
    let mut found = Diagnostics::default();
    let spec = load::from_text("api.yaml", &text, &Limits::default(), &mut found);
    let spec = spec.expect("the document is YAML");
    let references = resolve::resolve(&spec, &mut found);
    let description = normalize::normalize(&spec, &references, &mut found);
    let description = description.expect("it is OpenAPI");
    let api = lower::lower(&description, overrides, &mut found);
    let names = name::assign(&api, &mut found);
    let shape = shape(&api, &names, Dates::Text);
    (api, names, shape)
}

#[test]
fn inline_types_that_are_equal_exist_once() {
    assert_snapshot!(models("
paths:
  /pets:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/Pet' }
components:
  schemas:
    Pet:
      type: object
      properties:
        size: { enum: [s, l], description: How large it is. }
        owner: { type: object, properties: { size: { enum: [s, l] } } }
        breeder: { type: object, properties: { size: { enum: [s, l] } } }
        vet: { type: object, properties: { size: { enum: [s, m, l] } } }
        named: { $ref: '#/components/schemas/Size' }
    Size: { type: string, enum: [s, l] }
"), @r#"
    struct Pet
        size: Option<PetSize>
        owner: Option<PetOwner>
        breeder: Option<PetBreeder>
        vet: Option<PetVet>
        named: Option<Size>
    enum PetSize
        S = "s"
        L = "l"
    struct PetOwner
        size: Option<PetOwnerSize>
    type PetOwnerSize = PetSize
    type PetBreeder = PetOwner
    type PetBreederSize = PetSize
    struct PetVet
        size: Option<PetVetSize>
    enum PetVetSize
        S = "s"
        M = "m"
        L = "l"
    enum Size
        S = "s"
        L = "l"
    "#);
}

#[test]
fn a_property_of_one_value_is_no_field() {
    assert_snapshot!(models("
paths:
  /pets:
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses: { '204': { description: ok } }
components:
  schemas:
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
    Cat:
      type: object
      required: [kind, lives, tame, object]
      properties:
        kind: { const: cat }
        lives: { type: integer, enum: [9] }
        tame: { type: boolean, const: false }
        object: { $ref: '#/components/schemas/Object' }
        mood: { enum: [bad] }
    Dog:
      type: object
      required: [kind, name]
      properties:
        kind: { const: dog }
        name: { type: string }
    Object: { type: string, enum: [animal] }
"), @r#"
    enum Pet
        Cat(Cat)
        Dog(Dog)
    struct Cat
        new()
        "kind" is "cat"
        "lives" is 9
        "tame" is false
        "object" is "animal"
        mood: Option<CatMood>
    enum CatMood
        Bad = "bad"
    struct Dog
        new(name: impl Into<String>)
        "kind" is "dog"
        name: String
    enum Object
        Animal = "animal"
    "#);
}

#[test]
fn only_what_is_sent_is_made() {
    assert_snapshot!(models("
paths:
  /orders:
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Receipt' } } }
components:
  schemas:
    Order:
      type: object
      required: [a, b, c, d, e, id]
      properties:
        a: { type: string }
        b: { type: string }
        c: { type: integer }
        d: { type: [string, 'null'] }
        e: { $ref: '#/components/schemas/Address' }
        id: { type: string, readOnly: true }
        f: { type: string }
    Address: { type: object, properties: { city: { type: string } } }
    Receipt:
      type: object
      required: [id]
      properties: { id: { type: string }, order: { $ref: '#/components/schemas/Order' } }
    Unmentioned: { type: object, required: [x], properties: { x: { type: string } } }
"), @r"
    struct Order
        new(OrderRequired { a: String, b: String, c: i64, d: Option<String>, e: Address })
        a: String
        b: String
        c: i64
        d: Option<String>, never left out
        e: Address
        id: Option<String>
        f: Option<String>
    struct Address
        new()
        city: Option<String>
    struct Receipt
        id: String
        order: Option<Order>
    struct Unmentioned
        x: String
    ");
}

#[test]
fn of_arguments_that_are_called_alike_the_most_usual_is_shared() {
    let operation = |path: &str, parameters: &str| {
        let responses = "responses: { '204': { description: Done. } }";
        format!(
            "  /{path}: {{ get: {{ operationId: {path}, parameters: [{parameters}], {responses} }} }}\n"
        )
    };
    let limit = |about: &str| {
        format!("{{ name: limit, in: query, description: {about}, schema: {{ type: integer }} }}")
    };
    let (few, many) = (limit("Few."), limit("Many."));
    let required = many.replace("in: query", "in: query, required: true");
    let single = "{ name: single, in: query, schema: { type: string } }";
    let text = ["paths:\n".to_owned()].into_iter().chain([
        operation("a", &few),
        operation("b", &few),
        operation("c", &many),
        operation("d", &format!("{many}, {single}")),
        operation("e", &many),
        operation("f", &required),
    ]);
    let (_, _, shape) = shaped(&text.collect::<String>());
    let shared = |it: &super::Operation| it.shared.values().map(ToString::to_string).collect();
    let shared: Vec<Vec<String>> = shape.operations.iter().map(shared).collect();
    let takes: &[String] = &["TakesLimit".to_owned()];
    assert_eq!(shared, [&[], &[], takes, takes, takes, &[]]);
    assert_eq!(shape.shared.len(), 1);
}

#[test]
fn two_modules_of_a_package_share_nothing_under_one_name() {
    let operation = |path: &str, name: &str| {
        format!(
            "  {path}: {{ get: {{ parameters: [{{ name: {name}, in: query, schema: {{ type: integer }} }}], responses: {{ '204': {{ description: '' }} }} }} }}\n"
        )
    };
    let document = |names: [&str; 2]| {
        let paths = names.map(|name| {
            operation(&format!("/{name}/a"), name) + &operation(&format!("/{name}/b"), name)
        });
        shaped(&format!("paths:\n{}", paths.concat())).2
    };
    let mut modules = [document(["limit", "after"]), document(["limit", "before"])];
    super::keep_apart(&mut modules);
    let markers =
        |it: &Module| -> Vec<String> { it.shared.iter().map(|it| it.marker.to_string()).collect() };
    assert_eq!(markers(&modules[0]), ["TakesAfter", "TakesLimit"]);
    assert_eq!(markers(&modules[1]), ["TakesBefore"]);
    let shared: Vec<usize> = modules[1]
        .operations
        .iter()
        .map(|it| it.shared.len())
        .collect();
    assert_eq!(shared, [0, 0, 1, 1]);
}

#[test]
fn what_holds_a_type_of_another_crate_has_no_blank_value() {
    let replacement = Replacement {
        pointer: "#/components/schemas/Money".to_owned(),
        path: "crate::Money".to_owned(),
        dependencies: Vec::new(),
        place: None,
    };
    let overrides = Overrides {
        types: &[replacement],
        ..Overrides::default()
    };
    let (_, _, shape) = shaped_with(
        overrides,
        "
paths: {}
components:
  schemas:
    Money: { type: object, properties: { unit: { type: object, properties: { a: { type: string } } } } }
    Other: { $ref: '#/components/schemas/Money' }
    Direct: { type: object, required: [it], properties: { it: { $ref: '#/components/schemas/Other' } } }
    Outer: { type: object, required: [it], properties: { it: { $ref: '#/components/schemas/Direct' } } }
    List: { type: object, required: [it], properties: { it: { type: array, items: { $ref: '#/components/schemas/Money' } } } }
    Maybe: { type: object, properties: { it: { $ref: '#/components/schemas/Money' } } }
",
    );
    let item = |it: &super::Item| match &it.kind {
        super::Kind::Struct(shape) => format!("{}: {}\n", it.name, shape.has_blank()),
        super::Kind::Omitted => format!("{} is not written\n", it.name),
        kind => format!("{}: {kind:?}\n", it.name),
    };
    let items: String = shape.items.iter().map(item).collect();
    assert_snapshot!(items, @r#"
    Money is not written
    MoneyUnit is not written
    Other: Alias(Foreign("crate::Money"))
    Direct: false
    Outer: false
    List: true
    MaybeModel: true
    "#);
}
