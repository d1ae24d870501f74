//! What the codes about references mean.

use super::{Example, Explanation};

pub(super) const UNRESOLVED_REFERENCE: Explanation = Explanation {
    meaning: "\
        A reference points to something that is not in the document: a component with another name, a place that \
        does not exist, an unknown anchor, or the `operationId` of no operation. Names are compared exactly, \
        including upper and lower case.\n\n\
        Where the missing part is a schema, any value is allowed in its place, and everything else is still \
        generated. An operation whose parameter or request body is missing is left out.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: '#/components/schemas/pet' }
    Pet: { type: object }
",
        right: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: '#/components/schemas/Pet' }
    Pet: { type: object }
",
    }),
};

pub(super) const REMOTE_REFERENCE: Explanation = Explanation {
    meaning: "\
        A reference points to a URL. Keywright never opens a network connection: what it generates must depend \
        only on the files that you have, and must be the same tomorrow.\n\n\
        Save a copy of the document next to yours and refer to it by its path, or leave the reference as it is and \
        name the copy in the configuration: `copies = { \"https://example.org/pet.yaml\" = \"specs/pet.yaml\" }` under \
        `[[api]]`.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: 'https://example.org/pet.yaml#/Pet' }
",
        right: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: 'pet.yaml#/Pet' }
",
    }),
};

pub(super) const CIRCULAR_REFERENCE: Explanation = Explanation {
    meaning: "\
        Following a reference leads from one `$ref` to the next and back to the start, without ever reaching an \
        object. There is nothing that such a reference could stand for.\n\n\
        A schema that contains itself is no such cycle and is fine: the reference passes through a schema on the \
        way, for example through `properties`.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Cat: { $ref: '#/components/schemas/Feline' }
    Feline: { $ref: '#/components/schemas/Cat' }
",
        right: "\
paths: {}
components:
  schemas:
    Cat: { $ref: '#/components/schemas/Feline' }
    Feline:
      type: object
      properties:
        mother: { $ref: '#/components/schemas/Feline' }
",
    }),
};

pub(super) const INVALID_REFERENCE: Explanation = Explanation {
    meaning: "\
        The text of a `$ref` is not a reference that can be followed. It is a relative URI, optionally followed by \
        `#` and a JSON pointer (RFC 6901): `file.yaml#/path/to/node`. Folders are separated by `/`, a `%` in a \
        name is written `%25`, and in the pointer `/` is written `~1` and `~` is written `~0`.",
    example: Some(Example {
        wrong: r"paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: 'schemas\pet.yaml#/Pet' }
",
        right: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: 'pet.yaml#/Pet' }
",
    }),
};

pub(super) const OUTSIDE_ROOT: Explanation = Explanation {
    meaning: "\
        A reference points to a file outside the root folder: the closest folder around the document that contains \
        `.git` or `keywright.toml`, or else the working folder. Keywright does not read such files, so that a \
        document from somebody else cannot pull in files from anywhere on your machine.\n\n\
        If the files really belong together, choose a root folder that contains them all: `--root DIR`, or `root = \
        \"DIR\"` under `[[api]]` in the configuration.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: '../../../../../../../../../../../../etc/pet.yaml#/Pet' }
",
        right: "\
paths: {}
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: 'pet.yaml#/Pet' }
",
    }),
};
