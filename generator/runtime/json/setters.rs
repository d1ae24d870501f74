//! Setters for optional properties.

use super::Maybe;

/// A field that a setter sets.
pub trait Put {
    /// The type of the value.
    type Value;

    /// Sets the field.
    fn put(&mut self, value: Self::Value);
}

impl<T> Put for Option<T> {
    type Value = T;

    fn put(&mut self, value: T) {
        *self = Some(value);
    }
}

impl<T> Put for Maybe<T> {
    type Value = T;

    fn put(&mut self, value: T) {
        *self = Self::Value(value);
    }
}

/// Declares setters. Each line gives the name, the field and the type of the argument. It is called by path, with
/// `runtime` in scope:
///
/// ```ignore
/// runtime::setters! {
///     with_name(name: impl Into<String>),
/// }
/// ```
#[allow(unused_macros, reason = "an API need not have optional properties")]
macro_rules! setters {
    ($($(#[$attribute:meta])* $setter:ident($field:ident: $type:ty),)*) => { $(
        #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
        $(#[$attribute])*
        #[must_use]
        pub fn $setter(mut self, $field: $type) -> Self {
            runtime::Put::put(&mut self.$field, $field.into());
            self
        }
    )* };
}

#[allow(unused_imports, reason = "an API need not have optional properties")]
pub(crate) use setters;
