//! Confirmations by a user elsewhere (`x-keywright-device-flow`): start, ask, confirm.

use http::StatusCode;

use super::{Desk, Outcome};
use crate::ir::{DeviceFlow, DeviceGrant};
use crate::mock::message;
use crate::mock::pages::CONFIRMATION_PAGE;
use crate::mock::state::{Flow, FlowState, Token, TokenKind};

impl Desk<'_> {
    /// Asks a user to confirm.
    pub(super) fn start(&mut self, flow: &DeviceFlow) -> Outcome {
        let now = self.state.clock.now();
        let unique = self.state.tokens.unique();
        let code = Flow::user_code(&unique);
        let url = format!(
            "{}{CONFIRMATION_PAGE}/{code}",
            message::origin(self.request)
        );
        let poll = &flow.poll;
        let scheme = self.scheme(flow.scheme);
        self.success(|desk, written| {
            let start = &flow.start;
            let mut token = unique;
            if !desk.fits(written.body, &start.token, &token) {
                token = desk.unusual(written.body, &start.token);
            }
            written.set(&start.token, token.clone());
            if let Some(part) = &start.url {
                written.set(part, url);
            }
            if let Some(part) = &start.code {
                written.set(part, code.clone());
            }
            if let Some(part) = &start.interval {
                written.set(part, poll.interval.as_secs());
            }
            if let Some(part) = &start.expires_in {
                written.set(part, poll.deadline.as_secs());
            }
            let flow = Flow {
                scheme,
                client: None,
                code,
                state: FlowState::Pending,
                started: now,
                ends: now.saturating_add(poll.deadline),
                interval: poll.interval,
                asked: None,
                scopes: None,
            };
            desk.state.flows.start(token, flow);
        })
    }

    /// Tells whether the user has confirmed, and gives the credential once.
    pub(super) fn poll(&mut self, flow: &DeviceFlow) -> Outcome {
        const GONE: [StatusCode; 3] = [
            StatusCode::GONE,
            StatusCode::NOT_FOUND,
            StatusCode::BAD_REQUEST,
        ];
        let poll = &flow.poll;
        let mut sent = poll.sends.iter();
        let token = sent.find_map(|it| message::read(self.request, it));
        let Some(token) = token else {
            return self.refused(&poll.gone, &GONE, "no token was sent");
        };
        let now = self.state.clock.now();
        let after = self.settings.confirm_after;
        let Some(pending) = self.state.flows.get_mut(&token) else {
            return self.refused(&poll.gone, &GONE, "nobody was asked to confirm it");
        };
        pending.settle(now, after);
        let is_hasty = pending.ask(now);
        let (state, has_ended) = (pending.state, pending.ends <= now);
        match state {
            FlowState::Claimed => {
                self.refused(&poll.gone, &GONE, "its credential has been handed out")
            }
            FlowState::Denied => self.refused(&poll.gone, &GONE, "the user has refused"),
            _ if has_ended => self.refused(&poll.gone, &GONE, "its time is over"),
            _ if is_hasty && !poll.slow_down.is_empty() => self.refused(
                &poll.slow_down,
                &[],
                "it comes too soon after the last time",
            ),
            FlowState::Pending => {
                self.refused(&poll.pending, &[], "the user has not confirmed yet")
            }
            FlowState::Confirmed => self.hand_out(flow, &token),
        }
    }

    /// Gives the credential.
    fn hand_out(&mut self, flow: &DeviceFlow, token: &str) -> Outcome {
        let credential = Token {
            scheme: self.scheme(flow.scheme),
            client: None,
            kind: TokenKind::Access,
            family: self.state.tokens.sign_in(),
            expires_at: None,
            scopes: None,
            is_used: false,
            is_revoked: false,
        };
        let outcome = self.success(|desk, written| match &flow.poll.grant {
            DeviceGrant::Basic { username, password } => {
                let name = written.get(username).and_then(|it| it.as_str());
                let name = name.filter(|it| !it.is_empty() && !it.contains(':'));
                let name = name.unwrap_or("user").to_owned();
                written.set(username, name.clone());
                let secret = desk.put(password, None, credential.clone(), written);
                desk.state
                    .tokens
                    .issue(format!("{name}:{secret}"), credential);
            }
            DeviceGrant::Token(part) => {
                desk.put(part, None, credential, written);
            }
        });
        if let (Outcome::Answered(_), Some(flow)) = (&outcome, self.state.flows.get_mut(token)) {
            flow.state = FlowState::Claimed;
        }
        outcome
    }
}
