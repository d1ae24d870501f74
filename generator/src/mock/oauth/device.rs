//! The authorization of a device (RFC 8628, sections 3.1 and 3.2).

use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use super::error::{ErrorCode, OAuthError, unstored};
use super::visit::Visit;
use crate::ir::OAuthFlowKind;
use crate::mock::answer::Reply;
use crate::mock::message;
use crate::mock::pages::CONFIRMATION_PAGE;
use crate::mock::state::{Flow, FlowState};

/// How long users have to confirm.
const DEADLINE: Duration = Duration::from_secs(600);
/// How long a device waits between two questions.
const INTERVAL: Duration = Duration::from_secs(5);

/// Asks a user on another device.
pub(super) fn answer(visit: &mut Visit<'_>) -> Result<Reply, OAuthError> {
    visit.take_form()?;
    let client = visit.client()?;
    if visit.server.way(OAuthFlowKind::Device).is_none() {
        let description = "the document has no flow for devices";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, description));
    }
    let scopes = visit.granted(OAuthFlowKind::Device)?;
    let device_code = visit.state.tokens.unique();
    let user_code = Flow::user_code(&device_code);
    let now = visit.state.clock.now();
    let page = format!("{}{CONFIRMATION_PAGE}", message::origin(visit.request));
    let body = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}/{user_code}"),
        "expires_in": DEADLINE.as_secs(),
        "interval": INTERVAL.as_secs(),
    });
    let flow = Flow {
        scheme: visit.server.key.clone(),
        client: Some(client.id),
        code: user_code,
        state: FlowState::Pending,
        started: now,
        ends: now.saturating_add(DEADLINE),
        interval: INTERVAL,
        asked: None,
        scopes: Some(scopes),
    };
    visit.state.flows.start(device_code, flow);
    Ok(unstored(StatusCode::OK, &body))
}
