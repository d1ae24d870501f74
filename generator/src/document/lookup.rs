//! What reading a spec asked of the disk.

use std::path::Path;

use crate::digest::Digest;

/// A path that was looked up on the way to a [`Spec`](super::Spec), and what was found. As long as the disk gives the
/// same answers, in the same order, the spec is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The path, relative to the folder of the entry document.
    pub path: String,
    /// Where it leads, or that it leads out of the root.
    pub place: Digest,
    /// What was read there, or why that failed. `None` when nothing was read, since the file was known by another path.
    pub content: Option<Digest>,
}

impl Lookup {
    /// Where a path leads; `None` for out of the root.
    pub(crate) fn place_of(place: Option<&Path>) -> Digest {
        match place {
            Some(place) => Digest::of(&[b"place", place.as_os_str().as_encoded_bytes()]),
            None => Digest::of(&[b"outside"]),
        }
    }

    /// What was read, or why not.
    pub(crate) fn content_of(content: Result<&[u8], &str>) -> Digest {
        match content {
            Ok(bytes) => Digest::of(&[b"bytes", bytes]),
            Err(reason) => Digest::of(&[b"fault", reason.as_bytes()]),
        }
    }
}
