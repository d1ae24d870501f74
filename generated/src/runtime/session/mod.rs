//! Sessions: tokens that the client gets, renews and revokes automatically, as the document describes
//! (`x-keywright-session`).
//!
//! A session renews its token once for all requests that wait for it, in this process and in other processes that share
//! its store. The exchange belongs to the session and not to a waiting request: if that request is dropped, the next
//! one continues the exchange. A new token is stored before it is used.

pub(crate) mod answer;
pub(crate) mod authority;
pub(crate) mod beginning;
mod client_session;
pub(crate) mod confirmation;
mod declare;
mod device_operations;
mod error;
mod exchange;
mod file_store;
#[cfg(all(feature = "keyring", not(target_arch = "wasm32")))]
mod keyring_store;
mod operations;
mod parked;
mod plan;
mod store;
pub(crate) mod token;

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use secrecy::ExposeSecret;

use self::authority::Authority;
pub use self::client_session::ClientSession;
use self::client_session::without;
pub use self::confirmation::{Confirmation, ConfirmationError, ConfirmationErrorKind, Confirming};
#[allow(unused_imports, reason = "no API with a session need be on")]
pub(crate) use self::declare::declare;
pub use self::error::{SessionError, SessionErrorKind};
use self::exchange::{Exchange, Given};
pub use self::file_store::FileStore;
#[cfg(all(feature = "keyring", not(target_arch = "wasm32")))]
pub use self::keyring_store::KeyringStore;
use self::operations::Operations;
use self::parked::Parked;
#[doc(hidden)]
pub use self::plan::{Expiry, Flow, Gift, Grant, Part, Place, Plan, Revocation};
pub use self::store::{MemoryStore, StoreError, StoreLock, TokenStore};
use self::token::{Tokens, Urgency};

// Imports that the files here use through `super::`.
pub use super::Clock;
use super::auth::{Credential, CredentialSource};
use super::clock::SystemClock;
use super::exchange::retry_after;
use super::random::random;
use super::{
    AuthError, BoxFuture, Call, Client, ClientBuilder, CredentialProvider, CredentialRequest,
    Description, Error, RawResponse, Request, Retry, Shareable, Style, error as error_of_runtime,
    promise,
};

/// A function that creates the sign-in request.
type SignIn = dyn Fn(&Client) -> Call + Send + Sync;

/// A function that is called on changes.
type Listener = dyn Fn(&SessionState) + Send + Sync;

/// The fixed settings of a session.
#[derive(Clone)]
struct Core {
    plan: &'static Plan,
    authority: Arc<dyn Authority>,
    store: Option<Arc<dyn TokenStore>>,
    /// The clock that was set, or else the client's, once it is known.
    clock: OnceLock<Arc<dyn Clock>>,
    listener: Option<Arc<Listener>>,
}

impl Core {
    /// Returns the clock: the one that was set, or the client's.
    fn clock_for(&self, client: &Client) -> &dyn Clock {
        let clock = &client.shared.clock;
        &**self.clock.get_or_init(|| Arc::clone(clock))
    }

    /// Returns the clock.
    fn clock(&self) -> &dyn Clock {
        &**self.clock.get_or_init(|| Arc::new(SystemClock::start()))
    }
}

/// The session of a client, which clones of the client share.
#[doc(hidden)]
#[derive(Clone)]
pub struct Session {
    core: Arc<Core>,
    changing: Arc<Mutex<Changing>>,
}

/// The changing state of a session.
#[derive(Default)]
struct Changing {
    held: Option<Arc<Tokens>>,
    /// Set if the server has refused the current token.
    is_refused: bool,
    /// Set if the server has said that it does not renew the token.
    is_over: bool,
    is_signed_out: bool,
    exchange: Option<Arc<Parked<Result<Given, SessionError>>>>,
    failure: Option<Failed>,
}

/// A failure that is kept for a while, so that not every request tries again.
#[derive(Clone)]
struct Failed {
    error: SessionError,
    /// The number of consecutive failures.
    count: u32,
    /// The time until which it is kept, by the monotonic clock.
    until: Duration,
}

/// The state of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionState {
    /// There is no valid token.
    SignedOut,
    /// There is a token.
    SignedIn {
        /// The expiry of the token, if it is known.
        expires_at: Option<SystemTime>,
        /// Set if a store holds the token, so that it outlives the process.
        is_stored: bool,
    },
}

/// A builder for a session.
#[doc(hidden)]
pub struct SessionBuilder {
    core: Core,
    held: Option<Tokens>,
}

impl SessionBuilder {
    /// Returns the settings of a session that the document describes.
    #[must_use]
    pub fn new(plan: &'static Plan) -> Self {
        Self {
            core: Core {
                plan,
                authority: Arc::new(Operations {
                    plan,
                    sign_in: None,
                }),
                store: None,
                clock: OnceLock::new(),
                listener: None,
            },
            held: None,
        }
    }

    /// Sets the initial tokens.
    fn keeping(
        mut self,
        tokens: Tokens,
        store: Option<Arc<dyn TokenStore>>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        self.core.store = store;
        self.core.clock = clock.into();
        Self {
            held: Some(tokens),
            ..self
        }
    }

    /// Sets the request that signs in.
    #[must_use]
    pub fn sign_in(mut self, sign_in: impl Fn(&Client) -> Call + Send + Sync + 'static) -> Self {
        self.core.authority = Arc::new(Operations {
            plan: self.core.plan,
            sign_in: Some(Arc::new(sign_in)),
        });
        self
    }

    /// Sets the authority that gives the tokens.
    pub(crate) fn authority(mut self, authority: Arc<dyn Authority>) -> Self {
        self.core.authority = authority;
        self
    }

    /// Sets the store of the tokens.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.core.store = Some(Arc::new(store));
        self
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.core.clock = OnceLock::from(Arc::new(clock) as Arc<dyn Clock>);
        self
    }

    /// Sets a function that is called when the state changes.
    #[must_use]
    pub fn listener(mut self, listener: impl Fn(&SessionState) + Send + Sync + 'static) -> Self {
        self.core.listener = Some(Arc::new(listener));
        self
    }

    /// Builds the session. Nothing is sent before a token is needed.
    #[must_use]
    pub fn build(self) -> Session {
        Session {
            core: Arc::new(self.core),
            changing: Arc::new(Mutex::new(Changing {
                held: self.held.map(Arc::new),
                ..Changing::default()
            })),
        }
    }
}

/// The next step of a request that needs a token.
enum Next {
    /// Use the current token.
    Take(Arc<Tokens>),
    /// Wait for the exchange, or use the current token if there is one.
    Wait(
        Arc<Parked<Result<Given, SessionError>>>,
        Option<Arc<Tokens>>,
    ),
}

impl Session {
    /// Returns a valid token, after an exchange if necessary.
    async fn tokens(&self, client: &Client) -> Result<Arc<Tokens>, SessionError> {
        match self.next(client)? {
            Next::Take(tokens) => Ok(tokens),
            Next::Wait(exchange, old) => match (self.wait(&exchange).await, old) {
                (Ok(tokens), _) => Ok(tokens),
                // It serves for as long as it is good.
                (Err(_), Some(old)) => Ok(old),
                (Err(error), None) => Err(error),
            },
        }
    }

    /// Waits for an exchange and applies its result.
    async fn wait(
        &self,
        exchange: &Arc<Parked<Result<Given, SessionError>>>,
    ) -> Result<Arc<Tokens>, SessionError> {
        let given = Arc::clone(exchange).wait().await;
        self.settle(exchange, &given);
        given.and_then(|it| it.failure.map_or(Ok(it.tokens), Err))
    }

    /// Gets a new token, even if the current one is valid.
    async fn renew(&self, client: &Client) -> Result<(), SessionError> {
        self.core.clock_for(client);
        let exchange = {
            let mut changing = self.changing();
            if changing.is_signed_out {
                return Err(SessionError::signed_out());
            }
            match &changing.exchange {
                Some(exchange) => Arc::clone(exchange),
                None => self.start(client, &mut changing),
            }
        };
        self.drive(&exchange);
        self.wait(&exchange).await.map(drop)
    }

    fn next(&self, client: &Client) -> Result<Next, SessionError> {
        let clock = self.core.clock_for(client);
        let mut changing = self.changing();
        if changing.is_signed_out {
            return Err(SessionError::signed_out());
        }
        let held = changing.held.clone().filter(|_| !changing.is_refused);
        let urgency = held.as_ref().map(|it| it.urgency(clock));
        let serves = held.filter(|_| urgency != Some(Urgency::Expired));
        let is_soon = match (urgency, &serves) {
            (Some(Urgency::None), Some(tokens)) => return Ok(Next::Take(Arc::clone(tokens))),
            (Some(Urgency::Soon), _) => true,
            _ => false,
        };
        let is_kept = |it: &&Failed| clock.elapsed() < it.until;
        match (
            &changing.exchange,
            changing.failure.as_ref().filter(is_kept),
            serves,
        ) {
            // One renews it, and the others use it meanwhile.
            (Some(_), _, Some(tokens)) if is_soon => Ok(Next::Take(tokens)),
            (Some(exchange), _, serves) => Ok(Next::Wait(Arc::clone(exchange), serves)),
            (None, Some(_), Some(tokens)) => Ok(Next::Take(tokens)),
            (None, Some(failure), None) => Err(failure.error.clone()),
            (None, None, serves) => {
                let exchange = self.start(client, &mut changing);
                drop(changing);
                let is_driven = self.drive(&exchange);
                match serves {
                    Some(tokens) if is_driven && is_soon => Ok(Next::Take(tokens)),
                    serves => Ok(Next::Wait(exchange, serves)),
                }
            }
        }
    }

    /// Starts an exchange without waiting for it.
    fn start(
        &self,
        client: &Client,
        changing: &mut Changing,
    ) -> Arc<Parked<Result<Given, SessionError>>> {
        let exchange = Exchange {
            core: Arc::clone(&self.core),
            // It must not wait for itself.
            client: without(client, self.core.plan.scheme),
            held: changing.held.clone(),
            is_refused: changing.is_refused,
            is_over: changing.is_over,
        };
        let exchange = Parked::new(Box::pin(exchange.run()));
        changing.exchange = Some(Arc::clone(&exchange));
        exchange
    }

    /// Runs the exchange in the background, so that it continues even if all waiting requests are dropped. Returns
    /// `false` if this is not possible here.
    fn drive(&self, exchange: &Arc<Parked<Result<Given, SessionError>>>) -> bool {
        #[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (session, exchange) = (self.clone(), Arc::clone(exchange));
            runtime.spawn(async move {
                let given = Arc::clone(&exchange).wait().await;
                session.settle(&exchange, &given);
            });
            return true;
        }
        let _ = (self, exchange);
        false
    }

    /// Applies the result of an exchange. Every request that sees the result does so, so it happens at least once.
    fn settle(
        &self,
        exchange: &Arc<Parked<Result<Given, SessionError>>>,
        given: &Result<Given, SessionError>,
    ) {
        let state = {
            let mut changing = self.changing();
            let current = changing.exchange.as_ref();
            if !current.is_some_and(|it| Arc::ptr_eq(it, exchange)) {
                return;
            }
            changing.exchange = None;
            let failure = match given {
                Ok(given) => {
                    let held = changing.held.as_ref();
                    // A refused token stays refused if only the refresh token is new.
                    changing.is_refused &= held.is_some_and(|held| held.is(&given.tokens));
                    changing.is_over = false;
                    changing.held = Some(Arc::clone(&given.tokens));
                    given.failure.as_ref()
                }
                Err(error) => {
                    changing.is_over |= error.kind() == SessionErrorKind::Ended;
                    Some(error)
                }
            };
            let count = changing.failure.as_ref().map_or(0, |it| it.count) + 1;
            changing.failure = failure.map(|error| Failed {
                error: error.clone(),
                count,
                until: self
                    .core
                    .clock()
                    .elapsed()
                    .saturating_add(pause(error, count)),
            });
            changing.state()
        };
        self.tell(&state);
    }

    fn tell(&self, state: &SessionState) {
        if let Some(listener) = &self.core.listener {
            listener(state);
        }
    }

    fn changing(&self) -> MutexGuard<'_, Changing> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Changing {
    fn state(&self) -> SessionState {
        match &self.held {
            Some(tokens) if !self.is_signed_out => SessionState::SignedIn {
                expires_at: tokens.expires_at(),
                is_stored: tokens.is_stored,
            },
            _ => SessionState::SignedOut,
        }
    }
}

/// Returns how long a failure is kept: longer with each consecutive failure, and with jitter between processes.
fn pause(error: &SessionError, count: u32) -> Duration {
    if error.is_permanent() {
        // Long enough for all that wait now, and short enough for who sets it right.
        return Duration::from_secs(5);
    }
    let usual = Duration::from_secs(1) * 2_u32.saturating_pow(count.min(8) - 1);
    let usual = usual
        .min(Duration::from_secs(120))
        .mul_f64(1.0 - 0.5 * random());
    // A server that asks for longer means well, or not.
    let asked = error.retry_after().unwrap_or_default();
    usual.max(asked.min(Duration::from_secs(3600)))
}

/// Provides the token of the session to requests.
impl CredentialProvider for Session {
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        Box::pin(async move {
            match self.tokens(request.client).await {
                Ok(tokens) => Ok(Some(tokens.credential())),
                // Without a sign-in, operations that need no credential still work.
                Err(error) if error.is_stranger() && request.operation.takes_strangers() => {
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn refused(&self, request: CredentialRequest<'_>, credential: &Credential) -> bool {
        // The operations that sign in, renew and revoke do not need a session.
        if self.core.authority.owns(request.operation()) {
            return false;
        }
        let mut changing = self.changing();
        let is_current = changing
            .held
            .as_ref()
            .is_some_and(|it| credential.exposed_secret() == it.token.expose_secret());
        // A newer token may serve, and an exchange that is under way may give one.
        changing.is_refused |= is_current;
        !changing.is_signed_out
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("state", &self.changing().state())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SessionBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionBuilder").finish_non_exhaustive()
    }
}
