//! What the codes about schemas mean.

use super::{Example, Explanation};

pub(super) const UNSUPPORTED_FEATURE: Explanation = Explanation {
    meaning: "\
        The document uses a feature that Keywright does not support yet. The label says what happens to the part \
        that uses it: it is ignored, left out, or typed as any JSON value. The rest of the client is not affected.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Name: { type: string, not: { const: Rex } }
",
        right: "\
paths: {}
components:
  schemas:
    Name: { type: string }
",
    }),
};

pub(super) const CONFLICTING_SCHEMAS: Explanation = Explanation {
    meaning: "\
        Schemas that must all match, such as those in `allOf`, cannot match the same value: one asks for a string \
        and the other for an integer. The last one is used. A required property that contains a required value of \
        its own type, without end, is reported by this code, too.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet:
      allOf:
        - { type: object, properties: { id: { type: string } } }
        - { type: object, properties: { id: { type: integer } } }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      allOf:
        - { type: object, properties: { id: { type: string } } }
        - { type: object, properties: { name: { type: string } } }
",
    }),
};

pub(super) const UNKNOWN_FORMAT: Explanation = Explanation {
    meaning: "\
        `format` names something that Keywright has no Rust type for. The value keeps its plain type, such as \
        `String`. JSON Schema allows any format, so this is only a hint: check the spelling. Each unknown format \
        is reported once.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Created: { type: string, format: datetime }
",
        right: "\
paths: {}
components:
  schemas:
    Created: { type: string, format: date-time }
",
    }),
};

pub(super) const AMBIGUOUS_UNION: Explanation = Explanation {
    meaning: "\
        The branches of a `oneOf` or `anyOf` have no property, constant or JSON type that tells them apart. The \
        client tries each branch when it reads a value and takes the match with the fewest unread properties, \
        which is slower and may pick the wrong one when the API grows.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet:
      oneOf:
        - { type: object, title: Cat, properties: { name: { type: string } } }
        - { type: object, title: Dog, properties: { name: { type: string }, size: { type: integer } } }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      oneOf:
        - { type: object, title: Cat, required: [kind], properties: { kind: { const: cat }, name: { type: string } } }
        - { type: object, title: Dog, required: [kind], properties: { kind: { const: dog }, size: { type: integer } } }
",
    }),
};

pub(super) const IMPOSSIBLE_TAG: Explanation = Explanation {
    meaning: "\
        The `mapping` of a `discriminator` has an entry for a value that the property can never have, because its \
        schema is an integer, a boolean or an `enum` without that value. The entry has no effect.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Signal:
      oneOf: [{ $ref: '#/components/schemas/Lamp' }, { $ref: '#/components/schemas/Horn' }]
      discriminator:
        propertyName: code
        mapping: { '1': '#/components/schemas/Lamp', loud: '#/components/schemas/Horn' }
    Lamp: { type: object, required: [code], properties: { code: { type: integer } } }
    Horn: { type: object, required: [code], properties: { code: { type: integer } } }
",
        right: "\
paths: {}
components:
  schemas:
    Signal:
      oneOf: [{ $ref: '#/components/schemas/Lamp' }, { $ref: '#/components/schemas/Horn' }]
      discriminator:
        propertyName: code
        mapping: { '1': '#/components/schemas/Lamp', '2': '#/components/schemas/Horn' }
    Lamp: { type: object, required: [code], properties: { code: { type: integer } } }
    Horn: { type: object, required: [code], properties: { code: { type: integer } } }
",
    }),
};

pub(super) const FOREIGN_BRANCH: Explanation = Explanation {
    meaning: "\
        The `mapping` of a `discriminator` sends a value to a schema that `oneOf` or `anyOf` does not list. The \
        union has no variant for it, so such a value is read as `Unknown`.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator:
        propertyName: kind
        mapping: { bird: '#/components/schemas/Bird' }
    Cat: { type: object, required: [kind], properties: { kind: { type: string } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string } } }
    Bird: { type: object, required: [kind], properties: { kind: { type: string } } }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      oneOf:
        - { $ref: '#/components/schemas/Cat' }
        - { $ref: '#/components/schemas/Dog' }
        - { $ref: '#/components/schemas/Bird' }
      discriminator:
        propertyName: kind
        mapping: { bird: '#/components/schemas/Bird' }
    Cat: { type: object, required: [kind], properties: { kind: { type: string } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string } } }
    Bird: { type: object, required: [kind], properties: { kind: { type: string } } }
",
    }),
};

pub(super) const UNBOUNDED_INTEGER: Explanation = Explanation {
    meaning: "\
        `minimum` or `maximum` of an integer lie beyond every integer type of Rust, so no type can hold all \
        allowed values. The value is read and written as any JSON value.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Modulus: { type: integer, minimum: 0, maximum: 340282366920938463463374607431768211456 }
",
        right: "\
paths: {}
components:
  schemas:
    Modulus: { type: integer, minimum: 0, maximum: 18446744073709551615 }
",
    }),
};

pub(super) const OPEN_PATTERNS: Explanation = Explanation {
    meaning: "\
        `patternProperties` gives a type to the values of keys that match a pattern. Without \
        `additionalProperties: false`, any other key may appear with any value, so the values as a whole have no \
        common type: the map holds any JSON value.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Scopes:
      type: object
      patternProperties: { '^read:': { type: boolean } }
",
        right: "\
paths: {}
components:
  schemas:
    Scopes:
      type: object
      patternProperties: { '^read:': { type: boolean } }
      additionalProperties: false
",
    }),
};

pub(super) const COMPOSITION_LIMIT: Explanation = Explanation {
    meaning: "\
        Each schema with `allOf` contains the members of the schemas it refers to. When such schemas refer to each \
        other in long chains, the sum grows out of bounds, so Keywright stops at a limit. Raise it if the document \
        is meant to be like this: `--limit composition=NUMBER`.",
    example: None,
};
