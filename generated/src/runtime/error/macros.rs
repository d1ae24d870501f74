//! What the error types of all operations have in common.

/// Implements `Display`, `Error`, the conversions from and to [`Error`](super::Error), and accessors for the error
/// type of an operation. Each of its variants holds a `Response`, but for `Other`, which holds an `Error`.
///
/// It is named by path (`runtime::operation_error!(..)`) and needs `runtime` in scope.
#[allow(unused_macros, reason = "an API need not have operations")]
macro_rules! operation_error {
    ($name:ident, $operation:ident, [$($variant:ident),* $(,)?]) => {
        impl $name {
            /// Returns the status of the answer, if there was one.
            #[must_use]
            pub fn status(&self) -> Option<http::StatusCode> {
                match self {
                    $(Self::$variant(response) => Some(response.status()),)*
                    Self::Other(error) => error.status(),
                }
            }

            /// Returns the headers of the answer, if there was one.
            #[must_use]
            pub fn headers(&self) -> Option<&http::HeaderMap> {
                match self {
                    $(Self::$variant(response) => Some(response.headers()),)*
                    Self::Other(error) => error.headers(),
                }
            }

            /// Returns how long to wait before the next attempt, if the server says so (`Retry-After`).
            #[must_use]
            pub fn retry_after(&self) -> Option<std::time::Duration> {
                self.headers().and_then(runtime::retry_after)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(response) => runtime::display_documented(f, &$operation, response.status()),)*
                    Self::Other(error) => std::fmt::Display::fmt(error, f),
                }
            }
        }

        impl std::error::Error for $name {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self {
                    Self::Other(error) => std::error::Error::source(error),
                    #[allow(unreachable_patterns, reason = "an operation need not have documented errors")]
                    _ => None,
                }
            }
        }

        impl From<runtime::Error> for $name {
            fn from(error: runtime::Error) -> Self {
                Self::Other(error)
            }
        }

        impl From<$name> for runtime::Error {
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(response) => response.into_error(&$operation),)*
                    $name::Other(error) => error,
                }
            }
        }
    };
}

#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use operation_error;
