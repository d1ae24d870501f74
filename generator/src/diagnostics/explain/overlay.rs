//! What the codes about overlays, selections and watching mean.

use super::Explanation;

pub(super) const INVALID_OVERLAY: Explanation = Explanation {
    meaning: "\
        A file that is listed as an overlay is not a valid Overlay of version 1.0 or 1.1: its version is missing or \
        unknown, an action has no `target`, or an action both updates and removes. The document would be read without \
        what the overlay adds, so nothing is written.",
    example: None,
};

pub(super) const UNMATCHED_ACTION: Explanation = Explanation {
    meaning: "\
        The `target` of an action is a valid query, but no node of the document matches it. The document has probably \
        changed since the overlay was written.\n\n\
        Correct the query, or remove the action.",
    example: None,
};

pub(super) const INCOMPATIBLE_ACTION: Explanation = Explanation {
    meaning: "\
        An action of an overlay cannot be applied to the node that it selects: an object is merged into a list, or a \
        text into an object. Overlay 1.1 makes that an error.\n\n\
        Remove the node in an earlier action, or write an `update` of the same kind.",
    example: None,
};

pub(super) const UNMATCHED_PATTERN: Explanation = Explanation {
    meaning: "\
        A pattern in `[api.include]` or `[api.exclude]` matches no operation and no tag. Something that you wanted to leave \
        out may now be in the client, or the other way round.\n\n\
        Patterns are operation ids, `METHOD /path`, or names of tags; `*` stands for any text.",
    example: None,
};

pub(super) const CANNOT_WATCH: Explanation = Explanation {
    meaning: "\
        The operating system does not tell Keywright of changes to the files: the file system does not support that, or the \
        limit on watched folders is reached.\n\n\
        On Linux, raise `fs.inotify.max_user_watches`. Otherwise run `keywright generate` after each edit.",
    example: None,
};
