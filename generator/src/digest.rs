//! Digests, which show whether bytes have changed without storing them.

use std::fmt;
use std::io::{self, Read};

/// The BLAKE3 digest of bytes. Two digests are equal only if the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(blake3::Hash);

impl Digest {
    /// The digest of a list of texts or bytes. Every part is counted, so that no other list has the same.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize())
    }

    /// The digest of everything that is left to read.
    pub(crate) fn of_reader(reader: impl Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok(Self(hasher.finalize()))
    }

    /// The digest that a text shows.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(Self)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn parts_are_not_run_together() {
        let one = Digest::of(&[b"ab", b"c"]);
        assert_ne!(one, Digest::of(&[b"a", b"bc"]));
        assert_ne!(one, Digest::of(&[b"ab", b"c", b""]));
        assert_eq!(Digest::parse(&one.to_string()), Some(one));
        assert_eq!(Digest::parse("c0ffee"), None);
    }
}
