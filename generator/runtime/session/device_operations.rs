//! Confirmation with operations of the document (`x-keywright-device-flow`).

use std::time::Duration;

use secrecy::SecretString;

use super::Clock;
use super::answer::Answer;
use super::confirmation::{ConfirmationError, ConfirmationErrorKind, Poll, Polled, Start, Started};
use super::operations::{call, is_busy, is_success};
use super::plan::{Flow, Gift};
use super::token::Tokens;
use super::{BoxFuture, Call, Client, Description, RawResponse, Retry, retry_after};

/// The operation that starts a confirmation.
pub(super) struct StartOperation {
    pub(super) flow: &'static Flow,
    pub(super) call: Call,
}

impl Start for StartOperation {
    fn start(
        mut self: Box<Self>,
        client: Client,
    ) -> BoxFuture<'static, Result<Started, ConfirmationError>> {
        self.call.client = client;
        // The caller decides whether to try again.
        self.call.retry(Retry::none());
        Box::pin(self.run())
    }
}

impl StartOperation {
    async fn run(self: Box<Self>) -> Result<Started, ConfirmationError> {
        let flow = self.flow;
        let response = self.call.send().await;
        let response =
            response.map_err(|error| ConfirmationError::unavailable(flow.start.id, error))?;
        if !is_success(&response) {
            let kind = ConfirmationErrorKind::Refused;
            return Err(answered(kind, flow.start, response));
        }
        let answer = Answer::new(&response);
        let Some(token) = answer.text(flow.token) else {
            return Err(ConfirmationError::useless(
                flow.start.id,
                "the response has no token to poll with",
            ));
        };
        let seconds = |place: Option<_>| place.and_then(|it| answer.seconds(it));
        let interval = seconds(flow.said_interval);
        let deadline = seconds(flow.said_deadline);
        Ok(Started {
            url: flow.url.and_then(|it| answer.text(it)),
            complete_url: None,
            code: flow.code.and_then(|it| answer.text(it)),
            interval: interval.unwrap_or(Duration::from_secs(flow.interval)),
            deadline: deadline.unwrap_or(Duration::from_secs(flow.deadline)),
            poll: Box::new(PollOperation {
                flow,
                token: token.into(),
            }),
        })
    }
}

/// The operation that polls whether the user has confirmed.
struct PollOperation {
    flow: &'static Flow,
    token: SecretString,
}

impl Poll for PollOperation {
    fn name(&self) -> &'static str {
        self.flow.poll.id
    }

    fn poll<'a>(
        &'a self,
        client: &'a Client,
        clock: &'a dyn Clock,
    ) -> BoxFuture<'a, Result<Polled, ConfirmationError>> {
        Box::pin(self.run(client, clock))
    }
}

impl PollOperation {
    async fn run(&self, client: &Client, clock: &dyn Clock) -> Result<Polled, ConfirmationError> {
        let asked = Tokens::bare(self.token.clone());
        let mut call = call(client, self.flow.poll, self.flow.sends, &asked);
        // It is asked again anyway, as the document says it.
        call.retry(Retry::none());
        match call.send().await {
            Ok(response) if is_success(&response) => self.given(&response, clock),
            Ok(response) => self.pending(response),
            Err(_) => Ok(Polled::Lost),
        }
    }

    /// Returns the meaning of a response that is not a success.
    fn pending(&self, response: RawResponse) -> Result<Polled, ConfirmationError> {
        let (flow, status) = (self.flow, response.status());
        let asked = retry_after::retry_after(response.headers()).unwrap_or_default();
        let refuse = |kind, response| Err(answered(kind, flow.poll, response));
        if flow.gone.contains(&status) {
            return refuse(ConfirmationErrorKind::Gone, response);
        }
        if flow.slow_down.contains(&status) {
            return Ok(Polled::SlowDown(asked));
        }
        if !flow.pending.contains(&status) && !is_busy(status) {
            return refuse(ConfirmationErrorKind::Refused, response);
        }
        Ok(Polled::Pending(asked))
    }

    /// Reads the credential of a success.
    fn given(
        &self,
        response: &RawResponse,
        clock: &dyn Clock,
    ) -> Result<Polled, ConfirmationError> {
        let answer = Answer::new(response);
        let (username, secret) = match self.flow.gift {
            Gift::Basic { username, password } => (Some(username), password),
            Gift::Token(place) => (None, place),
        };
        let text = |place| {
            let text = answer.text(place).filter(|it: &String| !it.is_empty());
            text.ok_or_else(|| {
                ConfirmationError::useless(self.flow.poll.id, "the response has no credential")
            })
        };
        let username = username.map(text).transpose()?;
        Ok(Polled::Given(Tokens {
            username,
            given: clock.now(),
            given_elapsed: Some(clock.elapsed()),
            ..Tokens::bare(text(secret)?.into())
        }))
    }
}

fn answered(
    kind: ConfirmationErrorKind,
    operation: &'static Description,
    response: RawResponse,
) -> ConfirmationError {
    let problem = match kind {
        ConfirmationErrorKind::Gone => "there is nothing to confirm any more",
        _ => "the server refuses",
    };
    let error = response.unexpected();
    let status = error.status();
    ConfirmationError::new(kind, operation.id, problem).because(status, error)
}
