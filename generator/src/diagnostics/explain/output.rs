//! What the codes about names and output mean.

use super::{Example, Explanation};

pub(super) const NAME_COLLISION: Explanation = Explanation {
    meaning: "\
        Two operations, or two things named by `x-keywright-name`, would get the same name in Rust, for example \
        `get_pet` for both `getPet` and `get_pet`. One of them keeps the name, and the other gets a different one; \
        the finding says which. The choice does not depend on the order in the document.",
    example: Some(Example {
        wrong: "\
paths:
  /cats: { get: { operationId: get_pet, responses: { '204': { description: Done. } } } }
  /dogs: { get: { operationId: getPet, responses: { '204': { description: Done. } } } }
",
        right: "\
paths:
  /cats: { get: { operationId: getCat, responses: { '204': { description: Done. } } } }
  /dogs: { get: { operationId: getDog, responses: { '204': { description: Done. } } } }
",
    }),
};

pub(super) const INVALID_ALIAS: Explanation = Explanation {
    meaning: "\
        `[api.aliases]` of the configuration lists old names that the client keeps as deprecated aliases of the new \
        ones. Nothing is generated if one of them is not possible:\n\n\
        - The target does not exist in the generated client.\n\
        - The old name still exists, so the alias would collide with it.\n\
        - The two paths lead to different kinds of things, or to parts of different types or operations.\n\
        - The target is a field, a response or a variant that holds a value. Rust has no alias for these. Pin the old \
        name of a field in `[api.names]` instead.\n\
        - The target is a required argument. Callers pass it by position, so they do not write its name.\n\n\
        Write `\"models::Author\" = \"models::Person\"` for a model, \
        `\"models::Format::Paper\" = \"models::Format::Softcover\"` for a value of an enumeration, \
        `\"Client::get_book\" = \"Client::read_book\"` for an operation, and \
        `\"Client::list_books(limit)\" = \"Client::list_books(max)\"` for an optional argument: the old path first, then \
        the new one.",
    example: None,
};

pub(super) const FOREIGN_FILE: Explanation = Explanation {
    meaning: "\
        The output folder contains files that Keywright did not write. It neither overwrites nor removes them, and \
        stops before it writes anything, so that a wrong `--out` does no damage.\n\n\
        Choose an empty or new folder, or move the files away.",
    example: None,
};

pub(super) const UNWRITABLE_FILE: Explanation = Explanation {
    meaning: "\
        A file of the output could not be written. Unless the finding says otherwise, nothing was changed: \
        Keywright writes to temporary files first and then replaces all files together. Check the permissions and \
        the free space of the folder.",
    example: None,
};

pub(super) const UNREADABLE_OUTPUT: Explanation = Explanation {
    meaning: "\
        A file of the output that is about to be replaced could not be read, so Keywright cannot tell whether it \
        changed. Check the permissions, and that it is a plain file.",
    example: None,
};

pub(super) const NOT_EXPRESSIBLE: Explanation = Explanation {
    meaning: "\
        `keywright convert` writes OpenAPI 3.0, which cannot express everything that later versions can: webhooks, \
        `prefixItems`, the method `QUERY` and others. The label says what is written instead. With `--strict`, \
        nothing is written in such a case.",
    example: None,
};

pub(super) const BACKEND_REFUSED: Explanation = Explanation {
    meaning: "\
        The backend chosen with `--backend` does not support something in the document. Keywright's own backend, \
        which is the default, has no such limitation.",
    example: None,
};
