//! Confirmation on another device: the client asks again and again whether the user has confirmed
//! (`x-keywright-device-flow`; OAuth's is that of RFC 8628).

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use secrecy::SecretString;

use super::Clock;
use super::answer::Answer;
use super::exchange::{call, is_busy, is_success};
use super::plan::{Flow, Gift, Plan};
use super::store::TokenStore;
use super::token::Tokens;
use super::{
    Call, Client, Description, Error, RawResponse, Request, Retry, random, retry_after, without,
};

/// How much less often to ask when the server says so (RFC 8628, section 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// The shortest time between two polls, whatever the server says.
const SHORTEST: Duration = Duration::from_secs(1);

/// A confirmation that is not started yet.
#[must_use = "nothing is sent before `start`"]
pub struct Confirmation<C> {
    flow: &'static Flow,
    plan: &'static Plan,
    start: Call,
    store: Option<Arc<dyn TokenStore>>,
    clock: Arc<dyn Clock>,
    make: fn(Client) -> C,
}

impl<C> Confirmation<C> {
    /// Returns the confirmation that a request starts. `make` makes the client of the API.
    #[doc(hidden)]
    pub fn new<O, B>(
        plan: &'static Plan,
        flow: &'static Flow,
        start: Request<O, B>,
        make: fn(Client) -> C,
    ) -> Self {
        Self {
            flow,
            plan,
            store: None,
            clock: Arc::clone(&start.call.client.shared.clock),
            start: start.call,
            make,
        }
    }

    /// Sets where the credential is kept. It is there before anybody has it: some servers hand it out once.
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Sets what tells the time, for tests.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Starts the confirmation. Then the user has to confirm, and the client [waits](Confirming::wait) for it.
    ///
    /// # Errors
    ///
    /// Fails if the server does not start it: see [`ConfirmationErrorKind`].
    pub async fn start(self) -> Result<Confirming<C>, ConfirmationError> {
        let operation = self.flow.start;
        // It starts something new, for which no credential is needed.
        let client = without(&self.start.client, self.plan.scheme);
        let mut start = self.start;
        start.client = client.clone();
        // Whether to try it again is for the caller to say.
        start.retry(Retry::none());
        let response = start.send().await;
        let response =
            response.map_err(|error| ConfirmationError::unavailable(operation, error))?;
        if !is_success(&response) {
            let kind = ConfirmationErrorKind::Refused;
            return Err(ConfirmationError::answered(kind, operation, response));
        }
        let answer = Answer::new(&response);
        let Some(token) = answer.text(self.flow.token) else {
            return Err(ConfirmationError::useless(
                operation,
                "the response has nothing to ask with",
            ));
        };
        let url = self.flow.url.and_then(|it| answer.text(it));
        let code = self.flow.code.and_then(|it| answer.text(it));
        let seconds = |place: Option<_>| place.and_then(|it| answer.seconds(it));
        let interval = seconds(self.flow.said_interval);
        let deadline = seconds(self.flow.said_deadline);
        Ok(Confirming {
            interval: interval
                .unwrap_or(Duration::from_secs(self.flow.interval))
                .max(SHORTEST),
            deadline: deadline.unwrap_or(Duration::from_secs(self.flow.deadline)),
            started: self.clock.elapsed(),
            flow: self.flow,
            plan: self.plan,
            client,
            token: token.into(),
            url,
            code,
            store: self.store,
            clock: self.clock,
            make: self.make,
        })
    }
}

/// A confirmation that waits for the user.
#[must_use = "nothing is asked before `wait`"]
pub struct Confirming<C> {
    flow: &'static Flow,
    plan: &'static Plan,
    client: Client,
    token: SecretString,
    url: Option<String>,
    code: Option<String>,
    interval: Duration,
    deadline: Duration,
    started: Duration,
    store: Option<Arc<dyn TokenStore>>,
    clock: Arc<dyn Clock>,
    make: fn(Client) -> C,
}

impl<C> Confirming<C> {
    /// Returns the page on which the user confirms, if the server has one.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the code that the user enters there, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Waits until the user has confirmed, and returns a client that is signed in. It asks no more when it is dropped.
    ///
    /// # Errors
    ///
    /// Fails if the user refuses or does not confirm in time: see [`ConfirmationErrorKind`]. What may pass, such as a
    /// connection that breaks, is waited out.
    pub async fn wait(mut self) -> Result<C, ConfirmationError> {
        let operation = self.flow.poll;
        let mut pause = self.interval;
        loop {
            let waited = self.clock.elapsed().saturating_sub(self.started);
            if waited.saturating_add(pause) > self.deadline {
                let problem = "the user has not confirmed in time";
                let kind = ConfirmationErrorKind::Expired;
                return Err(ConfirmationError::new(kind, operation, problem));
            }
            self.clock.sleep(pause).await;
            let asked = Tokens::bare(self.token.clone());
            let mut poll = call(&self.client, operation, self.flow.sends, &asked);
            // It is asked again anyway, as the document says it.
            poll.retry(Retry::none());
            pause = match poll.send().await {
                Ok(response) if is_success(&response) => return self.finish(&response).await,
                Ok(response) => self.next(response)?,
                // Nobody knows what becomes of it, and asking again does no harm.
                Err(_) => self.interval + SLOWER.mul_f64(random()),
            };
        }
    }

    /// Returns how long to wait after a response that is no success, if anything may still come.
    fn next(&mut self, response: RawResponse) -> Result<Duration, ConfirmationError> {
        let (flow, status) = (self.flow, response.status());
        let asked = retry_after::retry_after(response.headers()).unwrap_or_default();
        let refuse = |kind, response| Err(ConfirmationError::answered(kind, flow.poll, response));
        if flow.gone.contains(&status) {
            return refuse(ConfirmationErrorKind::Gone, response);
        }
        if flow.slow_down.contains(&status) {
            self.interval += SLOWER;
        } else if !flow.pending.contains(&status) && !is_busy(status) {
            return refuse(ConfirmationErrorKind::Refused, response);
        }
        Ok(self.interval.max(asked))
    }

    /// Keeps the credential, and returns a client that has it.
    async fn finish(self, response: &RawResponse) -> Result<C, ConfirmationError> {
        let answer = Answer::new(response);
        let (username, secret) = match self.flow.gift {
            Gift::Basic { username, password } => (Some(username), password),
            Gift::Token(place) => (None, place),
        };
        let text = |place| {
            let text = answer.text(place).filter(|it: &String| !it.is_empty());
            text.ok_or_else(|| {
                ConfirmationError::useless(self.flow.poll, "the response has no credential")
            })
        };
        let username = username.map(text).transpose()?;
        let mut tokens = Tokens {
            username,
            given: self.clock.now(),
            given_elapsed: Some(self.clock.elapsed()),
            ..Tokens::bare(text(secret)?.into())
        };
        if let Some(store) = &self.store {
            // Even where the lock does not come: nobody else has this credential.
            let lock = store.lock().await;
            // Where this fails, the client has the credential, and its session says so: there may be no other one.
            tokens.is_stored = store.save(tokens.to_text()).await.is_ok();
            drop(lock);
        }
        let (store, clock) = (self.store, self.clock);
        let client = self
            .client
            .with_session(self.plan, |session| session.keeping(tokens, store, clock));
        Ok((self.make)(client))
    }
}

/// Why a confirmation gives no credential.
#[derive(Debug)]
pub struct ConfirmationError {
    kind: ConfirmationErrorKind,
    operation: &'static Description,
    problem: &'static str,
    source: Option<Error>,
}

/// What is wrong with a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfirmationErrorKind {
    /// The server does not start it, or the user has refused.
    Refused,
    /// The user has not confirmed in time.
    Expired,
    /// It is over: there is nothing to confirm any more, or its credential has been handed out before.
    Gone,
    /// The server cannot be reached.
    Unavailable,
    /// The server's response has nothing that is of use.
    Useless,
}

impl ConfirmationError {
    fn new(
        kind: ConfirmationErrorKind,
        operation: &'static Description,
        problem: &'static str,
    ) -> Self {
        Self {
            kind,
            operation,
            problem,
            source: None,
        }
    }

    fn answered(
        kind: ConfirmationErrorKind,
        operation: &'static Description,
        response: RawResponse,
    ) -> Self {
        let problem = match kind {
            ConfirmationErrorKind::Gone => "there is nothing to confirm any more",
            _ => "the server refuses",
        };
        Self {
            source: Some(response.unexpected()),
            ..Self::new(kind, operation, problem)
        }
    }

    fn unavailable(operation: &'static Description, error: Error) -> Self {
        let kind = ConfirmationErrorKind::Unavailable;
        Self {
            source: Some(error),
            ..Self::new(kind, operation, "the confirmation cannot be started")
        }
    }

    fn useless(operation: &'static Description, problem: &'static str) -> Self {
        Self::new(ConfirmationErrorKind::Useless, operation, problem)
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> ConfirmationErrorKind {
        self.kind
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.source.as_ref()?.status()
    }
}

impl fmt::Display for ConfirmationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.operation.id, self.problem)
    }
}

impl StdError for ConfirmationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_ref()?;
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
