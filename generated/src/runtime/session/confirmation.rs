//! Confirmation on another device: the client polls until the user has confirmed.
//!
//! A [`Start`] and a [`Poll`] make the requests: operations of the document (`x-keywright-device-flow`), or an
//! authorization server (RFC 8628).

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::Clock;
use super::authority::Authority;
use super::beginning::Beginning;
use super::device_operations::StartOperation;
use super::plan::{Flow, Plan};
use super::store::TokenStore;
use super::token::Tokens;
use super::{BoxFuture, Client, Error, Request, Shareable, random};

/// The time that is added to the interval if the server asks to slow down (RFC 8628, section 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// The shortest interval between polls, whatever the server says.
const SHORTEST: Duration = Duration::from_secs(1);

/// Starts a confirmation.
pub(crate) trait Start: Shareable {
    /// Starts the confirmation, with a client that does not have the credential yet.
    fn start(
        self: Box<Self>,
        client: Client,
    ) -> BoxFuture<'static, Result<Started, ConfirmationError>>;
}

/// The response of a server to the start of a confirmation.
pub(crate) struct Started {
    /// The page on which the user confirms.
    pub(crate) url: Option<String>,
    /// The page with the code already in its URL.
    pub(crate) complete_url: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) interval: Duration,
    pub(crate) deadline: Duration,
    pub(crate) poll: Box<dyn Poll>,
}

/// Polls whether the user has confirmed.
pub(crate) trait Poll: Shareable {
    /// Returns the name of the operation or scheme, for errors.
    fn name(&self) -> &'static str;

    /// Polls once.
    fn poll<'a>(
        &'a self,
        client: &'a Client,
        clock: &'a dyn Clock,
    ) -> BoxFuture<'a, Result<Polled, ConfirmationError>>;

    /// Returns the authority that renews the credential, if it is not the plan's.
    fn authority(&self) -> Option<Arc<dyn Authority>> {
        None
    }
}

/// The result of a poll.
pub(crate) enum Polled {
    /// The user has confirmed.
    Given(Tokens),
    /// The user has not confirmed yet. The next poll must wait at least this long.
    Pending(Duration),
    /// The user has not confirmed yet, and the client must poll less often from now on.
    SlowDown(Duration),
    /// The poll failed without a clear result. Another poll is safe.
    Lost,
}

/// A confirmation that has not started yet.
#[must_use = "nothing is sent before `start`"]
pub struct Confirmation<C> {
    start: Box<dyn Start>,
    beginning: Beginning<C>,
}

impl<C> Confirmation<C> {
    /// Returns a confirmation that this request starts. `make` creates the client of the API.
    #[doc(hidden)]
    pub fn new<O, B>(
        plan: &'static Plan,
        flow: &'static Flow,
        start: Request<O, B>,
        make: fn(Client) -> C,
    ) -> Self {
        let call = start.call;
        let beginning = Beginning::new(plan, &call.client, make);
        Self::by(StartOperation { flow, call }, beginning)
    }

    /// Returns a confirmation that `start` starts.
    pub(crate) fn by(start: impl Start + 'static, beginning: Beginning<C>) -> Self {
        Self {
            start: Box::new(start),
            beginning,
        }
    }

    /// Sets the store of the credential. The credential is stored before it is used, since some servers give it only
    /// once.
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.beginning.store = Some(Arc::new(store));
        self
    }

    /// Sets the clock, for tests.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.beginning.clock = Arc::new(clock);
        self
    }

    /// Starts the confirmation. Then the user must confirm while the client [waits](Confirming::wait).
    ///
    /// # Errors
    ///
    /// Fails if the server does not start the confirmation: see [`ConfirmationErrorKind`].
    pub async fn start(self) -> Result<Confirming<C>, ConfirmationError> {
        let started = self.start.start(self.beginning.client.clone()).await?;
        Ok(Confirming {
            url: started.url,
            complete_url: started.complete_url,
            code: started.code,
            interval: started.interval.max(SHORTEST),
            deadline: started.deadline,
            started: self.beginning.clock.elapsed(),
            poll: started.poll,
            beginning: self.beginning,
        })
    }
}

/// A confirmation that waits for the user.
#[must_use = "nothing is sent before `wait`"]
pub struct Confirming<C> {
    url: Option<String>,
    complete_url: Option<String>,
    code: Option<String>,
    interval: Duration,
    deadline: Duration,
    started: Duration,
    poll: Box<dyn Poll>,
    beginning: Beginning<C>,
}

impl<C> Confirming<C> {
    /// Returns the URL of the page on which the user confirms, if the server gives one.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the URL of the page with the code already in it, for a QR code or a browser on this device, if the
    /// server gives one (RFC 8628, section 3.3.1).
    #[must_use]
    pub fn complete_url(&self) -> Option<&str> {
        self.complete_url.as_deref()
    }

    /// Returns the code that the user enters on the page, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Waits until the user has confirmed, and returns a signed-in client. Polling stops if the future is dropped.
    ///
    /// # Errors
    ///
    /// Fails if the user refuses or does not confirm in time: see [`ConfirmationErrorKind`]. Temporary failures, such
    /// as a broken connection, do not end the wait.
    pub async fn wait(mut self) -> Result<C, ConfirmationError> {
        let clock = Arc::clone(&self.beginning.clock);
        let mut pause = self.interval;
        loop {
            let waited = clock.elapsed().saturating_sub(self.started);
            if waited.saturating_add(pause) > self.deadline {
                let problem = "the user has not confirmed in time";
                let kind = ConfirmationErrorKind::Expired;
                return Err(ConfirmationError::new(kind, self.poll.name(), problem));
            }
            clock.sleep(pause).await;
            pause = match self.poll.poll(&self.beginning.client, &*clock).await? {
                Polled::Given(tokens) => {
                    let authority = self.poll.authority();
                    return Ok(self.beginning.client_with(tokens, authority).await);
                }
                Polled::Pending(asked) => self.interval.max(asked),
                Polled::SlowDown(asked) => {
                    self.interval += SLOWER;
                    self.interval.max(asked)
                }
                Polled::Lost => self.interval + SLOWER.mul_f64(random()),
            };
        }
    }
}

/// The error of a failed confirmation.
#[derive(Debug)]
pub struct ConfirmationError {
    kind: ConfirmationErrorKind,
    /// The operation, or the security scheme of an authorization server.
    name: &'static str,
    problem: &'static str,
    status: Option<StatusCode>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of a confirmation error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfirmationErrorKind {
    /// The server does not start the confirmation, or the user has refused.
    Refused,
    /// The user has not confirmed in time.
    Expired,
    /// The confirmation is over: it no longer exists, or its credential has already been given.
    Gone,
    /// The server cannot be reached.
    Unavailable,
    /// The response of the server cannot be used.
    Useless,
    /// The authorization server does not have the endpoint, or it must not be used.
    Unsupported,
}

impl ConfirmationError {
    pub(crate) fn new(
        kind: ConfirmationErrorKind,
        name: &'static str,
        problem: &'static str,
    ) -> Self {
        Self {
            kind,
            name,
            problem,
            status: None,
            source: None,
        }
    }

    /// Adds the cause, and the status of the response if there was one.
    pub(crate) fn because(
        self,
        status: Option<StatusCode>,
        source: impl StdError + Send + Sync + 'static,
    ) -> Self {
        Self {
            status,
            source: Some(Box::new(source)),
            ..self
        }
    }

    pub(crate) fn unavailable(name: &'static str, error: Error) -> Self {
        let kind = ConfirmationErrorKind::Unavailable;
        let status = error.status();
        Self::new(kind, name, "the confirmation cannot be started").because(status, error)
    }

    pub(crate) fn useless(name: &'static str, problem: &'static str) -> Self {
        Self::new(ConfirmationErrorKind::Useless, name, problem)
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ConfirmationErrorKind {
        self.kind
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for ConfirmationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name, self.problem)
    }
}

impl StdError for ConfirmationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}

impl<C> fmt::Debug for Confirmation<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Confirmation").finish_non_exhaustive()
    }
}

impl<C> fmt::Debug for Confirming<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Confirming").finish_non_exhaustive()
    }
}
