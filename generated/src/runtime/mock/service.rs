//! The mock service: finds the operation of a request, checks the request, and responds.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::StatusCode;
use http::header::WWW_AUTHENTICATE;

use super::lifecycle::{Asked, LifecycleResponse};
use super::recorded::Outcome;
use super::route::{self, Route};
use super::{
    Api, Body, BoxFuture, Description, IncomingRequest, Lifecycle, MockClock, MockError,
    MockResponse, Operation, RecordedCall, Style, Transport, TransportError, UntypedResponse,
    security,
};

/// An operation that a mock service can respond to.
pub trait MockedOperation: Operation {
    /// The request that a closure gets.
    type Request;

    /// Reads a request.
    #[doc(hidden)]
    fn receive(request: &IncomingRequest) -> Result<Self::Request, MockError>;
}

/// An operation in the table of an API.
pub struct Entry {
    pub(super) description: &'static Description,
    /// The method of the service that sets a closure.
    setter: &'static str,
    /// The response to a request without valid credentials.
    unauthorized: Example,
    check: fn(&IncomingRequest) -> Result<(), MockError>,
}

impl Entry {
    /// Returns the entry of an operation.
    #[must_use]
    pub const fn of<O: MockedOperation>(setter: &'static str) -> Self {
        Self {
            description: O::DESCRIPTION,
            setter,
            unauthorized: Example::empty(401),
            check: |request| O::receive(request).map(drop),
        }
    }

    /// Sets the response to a request without valid credentials.
    #[must_use]
    pub const fn unauthorized(self, unauthorized: Example) -> Self {
        Self {
            unauthorized,
            ..self
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.description.fmt(f)
    }
}

/// An example of a documented response, made from its schema.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub(super) status: u16,
    /// The media type and the JSON text, if there is a body.
    pub(super) body: Option<(&'static str, &'static str)>,
}

impl Example {
    /// Returns a response without a body.
    #[must_use]
    pub const fn empty(status: u16) -> Self {
        Self { status, body: None }
    }

    /// Returns a JSON response.
    #[must_use]
    pub const fn json(status: u16, media_type: &'static str, json: &'static str) -> Self {
        Self {
            status,
            body: Some((media_type, json)),
        }
    }

    fn response(self) -> UntypedResponse {
        let response = UntypedResponse::new(self.status);
        match self.body {
            Some((media_type, json)) => response.text(media_type, json),
            None => response,
        }
    }
}

type Responder = Arc<dyn Fn(&IncomingRequest) -> Result<UntypedResponse, MockError> + Send + Sync>;

/// A service without the types of its API. Clones share the closures, the calls and the sessions.
#[derive(Clone)]
pub struct MockService {
    shared: Arc<Shared>,
}

struct Shared {
    api: &'static Api,
    entries: &'static [Entry],
    clock: MockClock,
    lifecycle: Option<Box<dyn Lifecycle>>,
    /// The responder of each operation, by its ID.
    responders: Mutex<HashMap<&'static str, Responder>>,
    calls: Mutex<Vec<RecordedCall>>,
}

/// The base URL of the service.
pub(super) const BASE_URL: &str = "https://mock.invalid";

impl MockService {
    /// Returns a service for an API.
    #[must_use]
    pub fn new(api: &'static Api, entries: &'static [Entry]) -> Self {
        Self::with(api, entries, None)
    }

    pub(super) fn with(
        api: &'static Api,
        entries: &'static [Entry],
        lifecycle: Option<Box<dyn Lifecycle>>,
    ) -> Self {
        let shared = Shared {
            api,
            entries,
            clock: MockClock::default(),
            lifecycle,
            responders: Mutex::default(),
            calls: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Returns the base URL of the service.
    #[must_use]
    pub fn base_url(&self) -> &'static str {
        BASE_URL
    }

    /// Returns the clock of the service.
    #[must_use]
    pub fn clock(&self) -> MockClock {
        self.shared.clock.clone()
    }

    /// Sets the closure that responds to an operation.
    pub fn on<O: MockedOperation>(
        &self,
        respond: impl Fn(O::Request) -> MockResponse<O> + Send + Sync + 'static,
    ) {
        let responder: Responder =
            Arc::new(move |request| Ok(respond(O::receive(request)?).into_untyped()));
        self.responders().insert(O::DESCRIPTION.id, responder);
    }

    /// Returns the calls in order.
    #[must_use]
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.shared.calls().clone()
    }

    /// Returns the requests of an operation in order, without those that do not match the document.
    #[must_use]
    pub fn requests<O: MockedOperation>(&self) -> Vec<O::Request> {
        let calls = self.calls().into_iter();
        let calls = calls.filter(|it| it.operation == O::DESCRIPTION.id);
        calls
            .filter_map(|it| O::receive(&it.request).ok())
            .collect()
    }

    /// Calls a function with the lifecycle.
    #[allow(dead_code, reason = "an API need not have sessions")]
    pub(super) fn lifecycle(&self, act: impl FnOnce(&(dyn Lifecycle + 'static))) {
        if let Some(lifecycle) = &self.shared.lifecycle {
            act(&**lifecycle);
        }
    }

    fn responders(&self) -> MutexGuard<'_, HashMap<&'static str, Responder>> {
        self.shared
            .responders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Responds to a request.
    fn respond(
        &self,
        parts: http::request::Parts,
        body: bytes::Bytes,
    ) -> Result<http::Response<Body>, TransportError> {
        let shared = &self.shared;
        let (method, uri) = (parts.method, parts.uri);
        let route = route::find(shared.api, shared.entries, method.as_str(), &uri);
        let Some(Route { entry, captures }) = route else {
            let message = format!(
                "no operation of {} is `{method} {}`; the base URL of clients is `{BASE_URL}`",
                shared.api.title,
                super::error_of_runtime::printable(uri.path(), 200)
            );
            return Err(MockError::new(message).into());
        };
        let request = Arc::new(IncomingRequest {
            query: route::query_without_fixed(entry.description, &uri),
            method,
            uri,
            headers: parts.headers,
            body,
            captures,
        });
        let index = shared.record(entry, &request);
        let (outcome, result) = self.respond_to(entry, &request);
        if let Some(call) = shared.calls().get_mut(index) {
            call.outcome = outcome;
        }
        result
    }

    fn respond_to(
        &self,
        entry: &'static Entry,
        request: &IncomingRequest,
    ) -> (Outcome, Result<http::Response<Body>, TransportError>) {
        let shared = &self.shared;
        let operation = entry.description;
        let has_closure = |it: &Description| self.responders().contains_key(it.id);
        let asked = Asked {
            clock: &shared.clock,
            has_closure: &has_closure,
        };
        let lifecycle = shared.lifecycle.as_deref();
        if let Err(problem) = security::check(shared.api, operation, request, lifecycle, &asked) {
            let response = entry.unauthorized.response();
            let response = challenged(response, &problem).finish_unchecked();
            return (
                Outcome::Refused(StatusCode::UNAUTHORIZED, problem),
                response,
            );
        }
        let responder = self.responders().get(operation.id).cloned();
        let response = match responder {
            Some(respond) => respond(request),
            None => (entry.check)(request).and_then(|()| {
                let response = lifecycle.and_then(|it| it.respond(operation, request, &asked));
                let nothing = || {
                    let (id, setter) = (operation.id, entry.setter);
                    let message =
                        format!("nothing responds to `{id}`: call `.{setter}(..)` on the service");
                    MockError::new(message)
                };
                response.map(UntypedResponse::from).ok_or_else(nothing)
            }),
        };
        let result = match response {
            Ok(response) => response.finish(operation),
            Err(error) => Err(error.into()),
        };
        let outcome = match &result {
            Ok(response) => Outcome::Responded(response.status()),
            Err(error) => Outcome::Failed(reason(error)),
        };
        (outcome, result)
    }
}

impl Shared {
    /// Records a call and returns its index.
    fn record(&self, entry: &Entry, request: &Arc<IncomingRequest>) -> usize {
        let mut calls = self.calls();
        calls.push(RecordedCall {
            operation: entry.description.id,
            request: Arc::clone(request),
            outcome: Outcome::Open,
        });
        calls.len() - 1
    }

    fn calls(&self) -> MutexGuard<'_, Vec<RecordedCall>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds the problem with the credentials as a header (RFC 6750, section 3).
fn challenged(response: UntypedResponse, problem: &str) -> UntypedResponse {
    let challenge = format!("Mock error_description=\"{}\"", problem.replace('"', "'"));
    response.header(WWW_AUTHENTICATE.as_str(), &challenge, Style::TEXT)
}

fn reason(error: &TransportError) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), ToString::to_string)
}

impl From<LifecycleResponse> for UntypedResponse {
    fn from(it: LifecycleResponse) -> Self {
        let response = match (it.example.body, it.json) {
            (Some((media_type, _)), Some(json)) => {
                Self::new(it.example.status).text(media_type, json.to_string())
            }
            _ => it.example.response(),
        };
        let headers = it.headers.into_iter();
        headers.fold(response, |response, (name, value)| {
            response.header(name, &value, Style::TEXT)
        })
    }
}

impl Transport for MockService {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.bytes().await?;
            self.respond(parts, body)
        })
    }
}

/// Shows only the API.
impl fmt::Debug for MockService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockService")
            .field("api", &self.shared.api.title)
            .finish_non_exhaustive()
    }
}
