//! Files that are written in parallel.

use super::context::Cx;
use crate::output::Source;

/// Writes a file, in a context of its own.
pub(super) type Emit<'a> = dyn Fn(&Cx<'_>) -> Option<Source> + Send + 'a;

/// A file of an API that is not written yet.
pub(super) struct File<'a> {
    /// Relative to the API's folder.
    pub(super) path: String,
    /// `None` where nothing would be in it.
    pub(super) emit: Box<Emit<'a>>,
}

impl<'a> File<'a> {
    /// A file, and how it is written.
    pub(super) fn new(
        path: impl Into<String>,
        emit: impl Fn(&Cx<'_>) -> Option<Source> + Send + 'a,
    ) -> Self {
        Self {
            path: path.into(),
            emit: Box::new(emit),
        }
    }
}
