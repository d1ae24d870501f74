//! JSON Pointer (RFC 6901).

use std::fmt;
use std::sync::Arc;

/// A JSON pointer: the keys and indices that lead from a file's root to a node. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JsonPointer(Arc<str>);

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
        let mut text = String::with_capacity(self.0.len() + 1 + key.len());
        text.push_str(&self.0);
        push_segment(&mut text, key);
        Self(text.into())
    }

    /// The pointer to the item `index` of a sequence.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0).into())
    }

    /// The pointer to what `below` leads to from this node.
    #[must_use]
    pub fn join(&self, below: &Self) -> Self {
        if below.0.is_empty() {
            return self.clone();
        }
        Self(format!("{}{}", self.0, below.0).into())
    }

    /// The unescaped parts, from the root on.
    #[must_use]
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = String> {
        let rest = self.0.strip_prefix('/').into_iter();
        rest.flat_map(|rest| rest.split('/'))
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
    }

    /// Whether another node is this one or stands in it, at any depth.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let below = other.0.strip_prefix(&*self.0);
        below.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    }

    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Adds a segment to a pointer that is being written.
pub(super) fn push_segment(text: &mut String, key: &str) {
    text.push('/');
    for character in key.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

/// A pointer is looked up by its text.
impl std::borrow::Borrow<str> for JsonPointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::JsonPointer;

    #[test]
    fn escapes_and_unescapes() {
        let pointer = JsonPointer::root().child("paths").child("/a~b").item(3);
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b/3");
        assert_eq!(
            pointer.segments().collect::<Vec<_>>(),
            ["paths", "/a~b", "3"]
        );
        assert_eq!(JsonPointer::root().segments().count(), 0);
    }

    #[test]
    fn contains_what_is_below_and_not_what_has_a_longer_name() {
        let pet = JsonPointer::from_text("/components/schemas/Pet");
        let contains = |text| pet.contains(&JsonPointer::from_text(text));
        assert!(contains("/components/schemas/Pet"));
        assert!(contains("/components/schemas/Pet/properties/owner"));
        assert!(!contains("/components/schemas/PetOwner"));
        assert!(!contains("/components/schemas"));
        assert!(JsonPointer::root().contains(&pet));
        assert!(!pet.contains(&JsonPointer::root()));
    }
}
