//! What the codes about overlays, selections and watching mean.

use super::Explanation;

pub(super) const INVALID_OVERLAY: Explanation = Explanation {
    meaning: "\
        A file in `overlays` is not a valid OpenAPI Overlay of version 1.0 or 1.1: its version is missing or unknown, \
        an action has no `target`, or an action has both `update` and `remove: true`. Without the overlay, the client \
        would not be the one that you want, so nothing is written.\n\n\
        A valid overlay has these fields:\n\n\
        ```yaml\n\
        overlay: 1.0.0\n\
        info: { title: Corrections, version: 1.0.0 }\n\
        actions:\n\
        \x20 - target: $.paths['/pets'].get\n\
        \x20   update: { operationId: listPets }\n\
        \x20 - target: $.components.schemas.Draft\n\
        \x20   remove: true\n\
        ```",
    example: None,
};

pub(super) const UNMATCHED_ACTION: Explanation = Explanation {
    meaning: "\
        The `target` of an action is a valid query, but it selects nothing in the document, so the action has no \
        effect. The document has probably changed since the overlay was written.\n\n\
        Correct the query, or remove the action. Names with other characters than letters, digits and `_` need quotes \
        and brackets:\n\n\
        ```yaml\n\
        - target: $.paths['/pets/{petId}'].get\n\
        \x20 update: { operationId: findPet }\n\
        ```",
    example: None,
};

pub(super) const INCOMPATIBLE_ACTION: Explanation = Explanation {
    meaning: "\
        An action cannot be applied to what its `target` selects: for example, it merges an object into a list, or a \
        string into an object. Overlay 1.1 makes that an error.\n\n\
        Write an `update` of the same kind as the selected value. To replace the value by one of another kind, select \
        the object around it:\n\n\
        ```yaml\n\
        - target: $.info\n\
        \x20 update: { description: The API of the pet shop. }\n\
        ```",
    example: None,
};

pub(super) const UNMATCHED_PATTERN: Explanation = Explanation {
    meaning: "\
        A pattern in `[api.include]` or `[api.exclude]` matches no operation or no tag, so it has no effect. Something \
        that you wanted to leave out may be in the client, or something that you wanted may be missing.\n\n\
        A pattern is an `operationId`, a method and a path, or the name of a tag; `*` stands for any text:\n\n\
        ```toml\n\
        [api.include]\n\
        operations = [\"listPets\", \"GET /pets/*\"]\n\
        tags = [\"store\"]\n\
        ```",
    example: None,
};

pub(super) const CANNOT_WATCH: Explanation = Explanation {
    meaning: "\
        The operating system cannot notify Keywright when a file changes: the file system does not support \
        notifications, or the limit on watched folders is reached.\n\n\
        On Linux, raise `fs.inotify.max_user_watches`. Otherwise, run `keywright generate` after each edit.",
    example: None,
};
