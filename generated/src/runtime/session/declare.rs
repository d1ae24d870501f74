//! The macro that declares the session of an API.

/// Declares the session that the document describes, and the methods of the client and its builder for it: those of
/// every session, those for signing in, and those for confirmation on another device.
///
/// ```ignore
/// runtime::session::declare! {
///     TOKEN_SESSION = Plan { .. };
///     Client { session, token_store, token_listener, token_clock }
///     sign_in {
///         /// Signs in with [`Client::login`].
///         runtime::Request<Login>: token_session, with_token_session
///     }
///     confirm {
///         /// Starts a confirmation with [`Client::start`].
///         runtime::Request<Start>: token_confirmation by TOKEN_CONFIRMATION = Flow { .. }
///     }
/// }
/// ```
#[allow(unused_macros, reason = "no API with a session need be on")]
macro_rules! declare {
    (
        $plan:ident = $value:expr;
        $client:ident { $get:ident, $store:ident, $listener:ident, $clock:ident $(,)? }
        $(sign_in {
            $(#[$attribute:meta])*
            $request:ty: $set:ident, $with:ident
        })?
        $(confirm {
            $(#[$confirm_attribute:meta])*
            $start:ty: $confirm:ident by $flow:ident = $flow_value:expr
        })?
    ) => {
        static $plan: runtime::session::Plan = {
            #[allow(unused_imports, reason = "a session need not have all of it")]
            use runtime::session::{Expiry, Grant, Part, Place, Plan, Revocation};
            #[allow(unused_imports, reason = "a session need not have operations")]
            use runtime::Operation;

            $value
        };

        $(
            static $flow: runtime::session::Flow = {
                use runtime::Operation;
                use runtime::session::{Flow, Gift, Part, Place};

                $flow_value
            };
        )?

        impl ClientBuilder {
            $(
                $(#[$attribute])*
                pub fn $set(
                    mut self,
                    sign_in: impl std::ops::Fn(&$client) -> $request + std::marker::Send + std::marker::Sync + 'static,
                ) -> Self {
                    self.inner.session(&$plan, |session| {
                        session.sign_in(move |client| sign_in(&$client { inner: client.clone() }).call)
                    });
                    self
                }
            )?

            #[doc = concat!("Sets the token store of [the session](", stringify!($client), "::", stringify!($get), "). Tokens that are already in the store are used.")]
            pub fn $store(mut self, store: impl runtime::session::TokenStore + 'static) -> Self {
                self.inner.session(&$plan, |session| session.store(store));
                self
            }

            #[doc = concat!("Sets a function that is called when the state of [the session](", stringify!($client), "::", stringify!($get), ") changes.")]
            pub fn $listener(
                mut self,
                listener: impl std::ops::Fn(&runtime::session::SessionState) + std::marker::Send + std::marker::Sync + 'static,
            ) -> Self {
                self.inner.session(&$plan, |session| session.listener(listener));
                self
            }

            #[doc = concat!("Sets the clock of [the session](", stringify!($client), "::", stringify!($get), "), for tests.")]
            pub fn $clock(mut self, clock: impl runtime::session::Clock + 'static) -> Self {
                self.inner.session(&$plan, |session| session.clock(clock));
                self
            }
        }

        impl $client {
            /// Returns the session, to check its state or to sign out.
            #[must_use]
            pub fn $get(&self) -> runtime::session::ClientSession {
                self.inner.session(&$plan)
            }

            $(
                #[doc = concat!("Returns a clone of the client with its own session, for another user. See [`ClientBuilder::", stringify!($set), "`].")]
                #[must_use]
                pub fn $with(
                    &self,
                    sign_in: impl std::ops::Fn(&Self) -> $request + std::marker::Send + std::marker::Sync + 'static,
                ) -> Self {
                    let inner = self.inner.with_session(&$plan, |session| {
                        session.sign_in(move |client| sign_in(&Self { inner: client.clone() }).call)
                    });
                    Self { inner }
                }
            )?

            $(
                $(#[$confirm_attribute])*
                pub fn $confirm(&self, start: $start) -> runtime::session::Confirmation<Self> {
                    runtime::session::Confirmation::new(&$plan, &$flow, start, |inner| Self { inner })
                }
            )?
        }
    };
}

#[allow(unused_imports, reason = "no API with a session need be on")]
pub(crate) use declare;
