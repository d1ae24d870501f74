//! The interface between a mock service and its sessions, which give credentials and check them.

use std::time::Duration;

use super::service::Example;
use super::{Description, IncomingRequest, MockClock};

/// A lifecycle of credentials. It responds to operations without a closure.
#[allow(dead_code, reason = "an API need not have sessions")]
pub(super) trait Lifecycle: Send + Sync {
    /// Responds to a request, if its operation belongs to the lifecycle.
    fn respond(
        &self,
        operation: &'static Description,
        request: &IncomingRequest,
        asked: &Asked<'_>,
    ) -> Option<LifecycleResponse>;

    /// Returns the problem with a credential of a scheme, given by its index in the API's list.
    fn problem(
        &self,
        scheme: usize,
        credential: &str,
        operation: &'static Description,
        asked: &Asked<'_>,
    ) -> Option<String>;

    /// Accepts a credential as if it had given it.
    fn accept(&self, token: &str);

    /// Sets the lifetime of credentials.
    fn set_lifetime(&self, lifetime: Duration);

    /// Expires all tokens that have been given. They can be renewed.
    fn expire(&self);

    /// Ends all sessions.
    fn revoke(&self);

    /// Confirms all pending confirmations.
    fn confirm(&self);

    /// Confirms each confirmation after this number of polls.
    fn confirm_after(&self, polls: usize);
}

/// The details of a service that a lifecycle needs.
#[allow(dead_code, reason = "an API need not have sessions")]
pub(super) struct Asked<'a> {
    pub(super) clock: &'a MockClock,
    /// Returns `true` if an operation has a closure, which takes precedence over the lifecycle.
    pub(super) has_closure: &'a dyn Fn(&Description) -> bool,
}

/// A response of a lifecycle: an example from the schema, with some values replaced.
pub(super) struct LifecycleResponse {
    pub(super) example: Example,
    pub(super) json: Option<serde_json::Value>,
    pub(super) headers: Vec<(&'static str, String)>,
}
