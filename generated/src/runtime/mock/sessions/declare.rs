//! The macro that declares the methods with which tests control sessions and device flows.

/// Declares the methods of a service that control its sessions and its device flows.
///
/// ```ignore
/// runtime::mock::sessions::controls! { Service: sessions, flows }
/// ```
#[allow(unused_macros, reason = "no API with a session need be on")]
macro_rules! controls {
    ($service:ident: $($kind:ident),*) => {
        impl $service {
            /// Ends all sessions and their refresh tokens. Requests with their tokens get status 401 from now on.
            pub fn revoke_sessions(&self) {
                self.inner.revoke_sessions();
            }

            /// Sets the lifetime of the tokens that the service gives from now on.
            pub fn token_lifetime(self, lifetime: std::time::Duration) -> Self {
                self.inner.set_token_lifetime(lifetime);
                self
            }

            $(runtime::mock::sessions::controls! { @$kind })*
        }
    };
    (@sessions) => {
        /// Expires all tokens that the service has given. They can be renewed.
        pub fn expire_sessions(&self) {
            self.inner.expire_sessions();
        }

        /// Accepts a token that the service has not given, such as one that a test sets. Other unknown tokens get
        /// status 401, unless closures respond to the operations that give tokens.
        pub fn accept_token(self, token: &str) -> Self {
            self.inner.accept_token(token);
            self
        }
    };
    (@flows) => {
        /// Confirms all device flows that have started.
        pub fn confirm(&self) {
            self.inner.confirm();
        }

        /// Confirms each device flow after this number of polls.
        pub fn confirm_after(self, polls: usize) -> Self {
            self.inner.confirm_after(polls);
            self
        }
    };
}

#[allow(unused_imports, reason = "no API with a session need be on")]
pub(crate) use controls;
