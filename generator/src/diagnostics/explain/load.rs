//! What the codes about reading files mean.

use super::{Example, Explanation};

pub(super) const UNREADABLE_FILE: Explanation = Explanation {
    meaning: "\
        A file that the spec consists of could not be read: it does not exist, may not be read, is not a plain \
        file, or is not UTF-8. A `$ref` to another file is relative to the file that contains it, not to the \
        working folder.\n\n\
        If a reference led to the file, the finding points to that reference. Everything else is still checked.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: { $ref: 'pets.yaml#/Pet' }   # there is no such file
",
        right: "\
paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: { $ref: 'pet.yaml#/Pet' }
",
    }),
};

pub(super) const INVALID_SYNTAX: Explanation = Explanation {
    meaning: "\
        The text is not valid YAML or JSON, so the file has no structure that could be read. The reader stops at \
        the first place that it cannot make sense of; the cause is often just before it: a missing quote, a \
        missing bracket, a tab, or a line that is indented too little.\n\n\
        A file whose name ends in `.json` is read as JSON only. Any other file may be YAML or JSON.",
    example: Some(Example {
        wrong: "\
tags: [{ name: cats }, { name: dogs }   # the list is not closed
paths: {}
",
        right: "\
tags: [{ name: cats }, { name: dogs }]
paths: {}
",
    }),
};

pub(super) const LIMIT_EXCEEDED: Explanation = Explanation {
    meaning: "\
        The spec is larger, deeper or more repetitive than Keywright accepts. The limits protect the machine from \
        documents that are broken or written to cause harm, such as YAML aliases that expand to gigabytes. \
        Documents in practice stay far below them.\n\n\
        The finding names the limit. If the document is meant to be like this, raise the limit with `--limit \
        NAME=NUMBER` or under `[limits]` in the configuration.",
    example: None,
};

pub(super) const DUPLICATE_KEY: Explanation = Explanation {
    meaning: "\
        A mapping contains the same key twice. YAML and JSON do not say what that means, and readers differ. \
        Keywright uses the last value, as most readers do, and ignores the others, so part of the document has no \
        effect.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      responses: { '204': { description: Ignored. } }
    get:
      responses: { '204': { description: Used. } }
",
        right: "\
paths:
  /pets:
    get:
      responses: { '204': { description: Done. } }
    post:
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const INVALID_KEY: Explanation = Explanation {
    meaning: "\
        YAML allows lists, mappings and null as keys of a mapping. JSON does not, and neither does OpenAPI: every \
        key is a string.",
    example: Some(Example {
        wrong: "\
paths:
  ? [pets, cats]
  : get: { responses: { '204': { description: Done. } } }
",
        right: "\
paths:
  /pets/cats:
    get: { responses: { '204': { description: Done. } } }
",
    }),
};
