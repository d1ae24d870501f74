//! What the codes about the configuration mean.

use super::Explanation;

pub(super) const UNREADABLE_CONFIG: Explanation = Explanation {
    meaning: "\
        Keywright could not open the configuration file: it does not exist, is not a plain file, is too large or \
        may not be read. Without it, Keywright does not know which documents to read and where to write the \
        clients.\n\n\
        Create `keywright.toml`, name another file with `--config FILE`, or work without a configuration: \
        `keywright generate --spec FILE --out DIR`.",
    example: None,
};

pub(super) const INVALID_CONFIG: Explanation = Explanation {
    meaning: "\
        A setting in the configuration is unknown, has the wrong type, or has a value that cannot be used. Nothing \
        is written, because a misspelled setting would otherwise be ignored without notice.\n\n\
        The finding points to the setting. Correct it, or remove it to get the default.",
    example: None,
};

pub(super) const UNUSABLE_TYPE: Explanation = Explanation {
    meaning: "\
        `[api.types]` replaces a schema by a Rust type, but the client cannot use the type everywhere. A multipart body \
        is built from the properties of its schema, so it keeps the generated model. A schema that only adds properties \
        to another one, as a branch of `allOf` does, never becomes a type of its own, so there is nothing to replace.\n\n\
        Replace the schemas of the properties instead, or the schema that the branch is a part of.",
    example: None,
};
