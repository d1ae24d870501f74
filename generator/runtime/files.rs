//! Modules that Cargo features turn on.

/// Declares files and exports their items:
///
/// ```ignore
/// #[cfg(any(feature = "petstore-orders", feature = "petstore-pets"))]
/// runtime::files::declare! { owner, pet }
/// ```
#[allow(unused_macros, reason = "no feature need be on")]
macro_rules! declare {
    ($($(#[$attribute:meta])* $file:ident),* $(,)?) => { $(
        $(#[$attribute])*
        mod $file;
        pub use self::$file::*;
    )* };
}

#[allow(unused_imports, reason = "no feature need be on")]
pub(crate) use declare;
