//! What most objects do not have, and what would be large in all of them.

use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

/// A value that takes the room of a pointer while it is the default.
#[derive(Clone, Debug, Default)]
pub struct Sparse<T>(Option<Box<T>>);

/// A type that can be [`Sparse`].
pub trait Rare: Default + 'static {
    /// Returns the default value.
    fn absent() -> &'static Self;
}

impl<T: Rare> Sparse<T> {
    /// Whether something else than the default may be there.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

impl<T: Rare + PartialEq> From<T> for Sparse<T> {
    fn from(value: T) -> Self {
        Self((value != *T::absent()).then(|| Box::new(value)))
    }
}

impl<T: Rare> Deref for Sparse<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::absent())
    }
}

/// Gives the value a place of its own.
impl<T: Rare> DerefMut for Sparse<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

macro_rules! rare {
    ($($type:ty),+) => { $(
        impl Rare for $type {
            fn absent() -> &'static Self {
                static ABSENT: LazyLock<$type> = LazyLock::new(Default::default);
                &ABSENT
            }
        }
    )+ };
}

rare!(
    super::Bounds,
    indexmap::IndexMap<String, super::SchemaId>,
    indexmap::IndexMap<String, serde_json::Value>
);
