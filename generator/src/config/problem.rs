//! What is wrong with a setting, before anybody looks for its place in a file.

use crate::document::JsonPointer;

/// What is wrong, and what to do.
pub(super) struct Problem {
    /// The setting at fault: `/output/package`, or `/api/1/module`.
    pub(super) setting: JsonPointer,
    pub(super) message: String,
    pub(super) help: String,
}
