//! Sessions: tokens that the client gets, renews and ends by itself, as the document says it (`x-keywright-session`).
//!
//! A session renews its token once for all that wait for it, in this process and in others that share its store. The
//! exchange belongs to the session and not to who waits: who is dropped loses nothing, and the next one goes on with it.
//! A new token is stored before it is used.

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

// What the files here name by `super::`.
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

/// Makes the request that signs in.
type SignIn = dyn Fn(&Client) -> Call + Send + Sync;

/// Hears of changes.
type Listener = dyn Fn(&SessionState) + Send + Sync;

/// What a session is made of, and what does not change.
#[derive(Clone)]
struct Core {
    plan: &'static Plan,
    authority: Arc<dyn Authority>,
    store: Option<Arc<dyn TokenStore>>,
    /// The one that was set, or else the client's, once it is known.
    clock: OnceLock<Arc<dyn Clock>>,
    listener: Option<Arc<Listener>>,
}

impl Core {
    /// Returns what tells the time: what a client goes by, unless something was set.
    fn clock_for(&self, client: &Client) -> &dyn Clock {
        let clock = &client.shared.clock;
        &**self.clock.get_or_init(|| Arc::clone(clock))
    }

    /// Returns what tells the time.
    fn clock(&self) -> &dyn Clock {
        &**self.clock.get_or_init(|| Arc::new(SystemClock::start()))
    }
}

/// A session of a client, which copies of the client share.
#[doc(hidden)]
#[derive(Clone)]
pub struct Session {
    core: Arc<Core>,
    changing: Arc<Mutex<Changing>>,
}

/// What changes in a session.
#[derive(Default)]
struct Changing {
    held: Option<Arc<Tokens>>,
    /// Whether the server has refused the token that is held.
    is_refused: bool,
    /// Whether the server has said that it does not renew it.
    is_over: bool,
    is_signed_out: bool,
    exchange: Option<Arc<Parked<Result<Given, SessionError>>>>,
    failure: Option<Failed>,
}

/// A failure that is kept, so that not everybody who asks makes another one.
#[derive(Clone)]
struct Failed {
    error: SessionError,
    /// How many there were in a row.
    count: u32,
    /// Until when it is kept, by the clock that never steps back.
    until: Duration,
}

/// What a session is, for its user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionState {
    /// There is no token yet, or none that serves.
    SignedOut,
    /// There is a token.
    SignedIn {
        /// When it ends, if that is known.
        expires_at: Option<SystemTime>,
        /// Whether a store has it, so that it outlives the process.
        is_stored: bool,
    },
}

/// Collects the settings of a session.
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

    /// Begins with a token, and with what it was got by.
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

    /// Sets who gives the tokens.
    pub(crate) fn authority(mut self, authority: Arc<dyn Authority>) -> Self {
        self.core.authority = authority;
        self
    }

    /// Sets where tokens are kept.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.core.store = Some(Arc::new(store));
        self
    }

    /// Sets what tells the time.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.core.clock = OnceLock::from(Arc::new(clock) as Arc<dyn Clock>);
        self
    }

    /// Sets who hears of changes.
    #[must_use]
    pub fn listener(mut self, listener: impl Fn(&SessionState) + Send + Sync + 'static) -> Self {
        self.core.listener = Some(Arc::new(listener));
        self
    }

    /// Returns the session. Nothing is sent before it is needed.
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

/// What a caller that needs a token does.
enum Next {
    /// Takes the one that is there.
    Take(Arc<Tokens>),
    /// Waits for the exchange, or else takes the one that is there.
    Wait(
        Arc<Parked<Result<Given, SessionError>>>,
        Option<Arc<Tokens>>,
    ),
}

impl Session {
    /// Returns a token that serves, whatever that takes.
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

    /// Waits for an exchange, and takes over what came of it.
    async fn wait(
        &self,
        exchange: &Arc<Parked<Result<Given, SessionError>>>,
    ) -> Result<Arc<Tokens>, SessionError> {
        let given = Arc::clone(exchange).wait().await;
        self.settle(exchange, &given);
        given.and_then(|it| it.failure.map_or(Ok(it.tokens), Err))
    }

    /// Gets another token, even if there is one that serves.
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

    /// Starts an exchange, which nobody has to wait for.
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

    /// Has the exchange go on even if all that wait for it are dropped; returns whether that can be done here.
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

    /// Takes over what came of an exchange. Everybody who sees the result does it, so that it is done once at least.
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
                    // What was refused stays so where only what renews it is new.
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

/// Returns for how long a failure is kept: longer with each one in a row, and not for the same time in all processes.
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

/// A session gives the token to requests.
impl CredentialProvider for Session {
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        Box::pin(async move {
            match self.tokens(request.client).await {
                Ok(tokens) => Ok(Some(tokens.credential())),
                // Who has not signed in may do what needs no credential.
                Err(error) if error.is_stranger() && request.operation.takes_strangers() => {
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn refused(&self, request: CredentialRequest<'_>, credential: &Credential) -> bool {
        // What signs in, renews and ends is no request that needs a session.
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
