//! What gives credentials, and knows which are good: the border between a mock service and its sessions.

use std::time::Duration;

use super::service::Example;
use super::{Description, IncomingRequest, MockClock};

/// Gives credentials, by operations that nothing else responds to.
#[allow(dead_code, reason = "an API need not have sessions")]
pub(super) trait Lifecycle: Send + Sync {
    /// Responds to a request, if its operation is one of those that give credentials.
    fn respond(
        &self,
        operation: &'static Description,
        request: &IncomingRequest,
        asked: &Asked<'_>,
    ) -> Option<LifecycleResponse>;

    /// Returns what is wrong with a credential of a scheme, by its place in the API's list.
    fn problem(
        &self,
        scheme: usize,
        credential: &str,
        operation: &'static Description,
        asked: &Asked<'_>,
    ) -> Option<String>;

    /// Takes a credential for one that it has given.
    fn accept(&self, token: &str);

    /// Sets how long credentials are good.
    fn set_lifetime(&self, lifetime: Duration);

    /// Ends all tokens that have been given. They can be renewed.
    fn expire(&self);

    /// Ends all sessions.
    fn revoke(&self);

    /// Has the user confirm what waits for it.
    fn confirm(&self);

    /// Has the user confirm after so many polls.
    fn confirm_after(&self, polls: usize);
}

/// What else is to be known of a service.
#[allow(dead_code, reason = "an API need not have sessions")]
pub(super) struct Asked<'a> {
    pub(super) clock: &'a MockClock,
    /// Whether an operation has a closure, which goes before the lifecycle.
    pub(super) has_closure: &'a dyn Fn(&Description) -> bool,
}

/// A response of a lifecycle: an example from the schema, with other values in some places.
pub(super) struct LifecycleResponse {
    pub(super) example: Example,
    pub(super) json: Option<serde_json::Value>,
    pub(super) headers: Vec<(&'static str, String)>,
}
