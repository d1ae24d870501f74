//! JSON Pointer (RFC 6901).

use std::fmt;

/// A JSON pointer: the keys and indices that lead from a file's root to a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JsonPointer(Box<str>);

impl JsonPointer {
    /// The pointer to the root.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Takes a pointer as it is written, already percent-decoded: `/paths/~1pets`.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The pointer to the child `key` (RFC 6901, section 3: `~` is written `~0`, `/` is written `~1`).
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{escaped}", self.0).into())
    }

    /// The unescaped parts, from the root on.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0
            .split('/')
            .skip(1)
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
    }

    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
