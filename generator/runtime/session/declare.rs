//! The macro that declares the session of an API.

/// Declares what the document says of a session, and the methods that a client and its builder have for it.
///
/// ```ignore
/// runtime::session::declare! {
///     /// Signs in by [`Client::login`].
///     Client by Request<Login> {
///         session, token_session, token_store, token_listener, token_clock, with_token_session
///     }
///     TOKEN_SESSION = Plan { .. }
/// }
/// ```
#[allow(unused_macros, reason = "no API with a session need be on")]
macro_rules! declare {
    (
        $(#[$attribute:meta])*
        $client:ident by $request:ty {
            $get:ident, $set:ident, $store:ident, $listener:ident, $clock:ident, $with:ident $(,)?
        }
        $plan:ident = $value:expr
    ) => {
        static $plan: runtime::session::Plan = {
            #[allow(unused_imports, reason = "a session need not have all of it")]
            use runtime::session::{Expiry, Grant, Part, Place, Plan, Revocation};
            use runtime::Operation;

            $value
        };

        impl ClientBuilder {
            $(#[$attribute])*
            pub fn $set(
                mut self,
                sign_in: impl Fn(&$client) -> $request + Send + Sync + 'static,
            ) -> Self {
                self.inner.session(&$plan, |session| {
                    session.sign_in(move |client| sign_in(&$client { inner: client.clone() }).call)
                });
                self
            }

            #[doc = concat!("Sets where the tokens of the session are kept: see [`", stringify!($set), "`](Self::", stringify!($set), "). A token in the store does without signing in.")]
            pub fn $store(mut self, store: impl runtime::session::TokenStore + 'static) -> Self {
                self.inner.session(&$plan, |session| session.store(store));
                self
            }

            #[doc = concat!("Sets who hears of changes of the session: see [`", stringify!($set), "`](Self::", stringify!($set), ").")]
            pub fn $listener(
                mut self,
                listener: impl Fn(&runtime::session::SessionState) + Send + Sync + 'static,
            ) -> Self {
                self.inner.session(&$plan, |session| session.listener(listener));
                self
            }

            #[doc = concat!("Sets the clock of the session, for tests: see [`", stringify!($set), "`](Self::", stringify!($set), ").")]
            pub fn $clock(mut self, clock: impl runtime::session::Clock + 'static) -> Self {
                self.inner.session(&$plan, |session| session.clock(clock));
                self
            }
        }

        impl $client {
            #[doc = concat!("Returns the session: see [`ClientBuilder::", stringify!($set), "`].")]
            #[must_use]
            pub fn $get(&self) -> runtime::session::ClientSession {
                self.inner.session(&$plan)
            }

            #[doc = concat!("Returns a copy of the client with a session of its own, for another user: see [`ClientBuilder::", stringify!($set), "`].")]
            #[must_use]
            pub fn $with(
                &self,
                sign_in: impl Fn(&Self) -> $request + Send + Sync + 'static,
            ) -> Self {
                let inner = self.inner.with_session(&$plan, |session| {
                    session.sign_in(move |client| sign_in(&Self { inner: client.clone() }).call)
                });
                Self { inner }
            }
        }
    };
}

#[allow(unused_imports, reason = "no API with a session need be on")]
pub(crate) use declare;
