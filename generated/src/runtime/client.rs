//! The client core that all operations of an API share, and its builder.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;
use url::{Host, Url};

use super::auth::CredentialSource;
use super::clock::SystemClock;
use super::exchange::hooks::Hooks;
use super::retry::Budget;
use super::{
    Api, Call, Clock, Credential, CredentialProvider, Description, Error, IncomingResponse,
    OutgoingRequest, RequestError, Retry, SchemeKind, Transport,
};

/// A client of an API. Clones are cheap and share their connections.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
    pub(super) credentials: Arc<[Option<CredentialSource>]>,
}

/// The state that all clones of a client share, whatever their credentials.
pub(super) struct Shared {
    pub(super) api: &'static Api,
    base_url: Url,
    /// Set if the base URL overrides the servers of individual operations.
    is_for_all: bool,
    pub(super) user_agent: HeaderValue,
    pub(super) timeout: Duration,
    pub(super) max_response_bytes: usize,
    pub(super) allow_plain_http: bool,
    pub(super) transport: Box<dyn Transport>,
    pub(super) retry: Retry,
    pub(super) budget: Budget,
    pub(super) clock: Arc<dyn Clock>,
    /// Set if the clock can wait. On WebAssembly, only a clock set by the user can.
    pub(super) can_wait: bool,
    pub(super) hooks: Hooks,
    /// Values that parts of the runtime keep for all clones of a client.
    pub(super) kept: Mutex<http::Extensions>,
}

impl Shared {
    /// Returns the base URL of an operation.
    pub(super) fn base_url(&self, operation: &Description) -> Result<Cow<'_, Url>, RequestError> {
        let Some(server) = operation.server.filter(|_| !self.is_for_all) else {
            return Ok(Cow::Borrowed(&self.base_url));
        };
        let url = Url::options().base_url(Some(&self.base_url)).parse(server);
        check_base_url(url, self.allow_plain_http)
            .map(Cow::Owned)
            .map_err(|problem| {
                RequestError::new("the operation's server cannot be used").because(problem)
            })
    }
}

impl Client {
    /// Returns a clone of the client with a different credential for a scheme.
    #[must_use]
    pub fn with_credential(&self, scheme: usize, credential: Credential) -> Self {
        let mut credentials = self.credentials.to_vec();
        set(
            &mut credentials,
            scheme,
            CredentialSource::Fixed(credential),
        );
        Self {
            shared: Arc::clone(&self.shared),
            credentials: credentials.into(),
        }
    }

    /// Returns a clone of the client that gets the credential of a scheme from a provider.
    #[must_use]
    pub fn with_provider(
        &self,
        scheme: usize,
        provider: impl CredentialProvider + 'static,
    ) -> Self {
        let mut credentials = self.credentials.to_vec();
        set(
            &mut credentials,
            scheme,
            CredentialSource::Provider(Arc::new(provider)),
        );
        Self {
            shared: Arc::clone(&self.shared),
            credentials: credentials.into(),
        }
    }

    /// Starts a call of an operation.
    pub fn call(&self, operation: &'static Description) -> Call {
        Call::new(self.clone(), operation)
    }

    /// Returns the base URL.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.shared.base_url
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.shared.api.title)
            .field("base_url", &self.shared.base_url.as_str())
            .finish_non_exhaustive()
    }
}

/// The default limit on the size of a response, in bytes.
pub(super) const USUAL_LIMIT: usize = 16 * 1024 * 1024;

/// Collects the settings of a client.
#[derive(Clone)]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server: Option<String>,
    user_agent: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    max_response_bytes: usize,
    allow_plain_http: bool,
    pub(super) credentials: Vec<Option<CredentialSource>>,
    transport: Option<Arc<dyn Transport>>,
    retry: Retry,
    clock: Option<Arc<dyn Clock>>,
    hooks: Hooks,
}

impl ClientBuilder {
    /// Returns the default settings: 30 s for an exchange, 10 s to connect, 16 MiB for a response.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            server: None,
            user_agent: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_response_bytes: USUAL_LIMIT,
            allow_plain_http: false,
            credentials: Vec::new(),
            transport: None,
            retry: Retry::new(),
            clock: None,
            hooks: Hooks::default(),
        }
    }

    /// Sets the credential of a scheme.
    pub fn credential(&mut self, scheme: usize, credential: Credential) {
        set(
            &mut self.credentials,
            scheme,
            CredentialSource::Fixed(credential),
        );
    }

    /// Sets a credential provider for a scheme.
    pub fn provider(&mut self, scheme: usize, provider: impl CredentialProvider + 'static) {
        set(
            &mut self.credentials,
            scheme,
            CredentialSource::Provider(Arc::new(provider)),
        );
    }

    /// Sets the base URL of the API, except for operations with a server of their own.
    pub fn server(&mut self, url: impl Into<String>) {
        self.server = Some(url.into());
    }

    /// Sets the base URL of every operation, whatever servers the document lists.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.base_url = Some(url.into());
    }

    /// Sets the timeout of an attempt, from the start to the last byte of the response. For a streamed file, it limits
    /// the time until the file begins and each pause in it. Streams of events and lines may pause without limit.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Sets the connect timeout of the default transport.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Sets the maximum size of a response in bytes. Its values may take 16 times as much memory.
    pub fn max_response_bytes(&mut self, bytes: usize) {
        self.max_response_bytes = bytes;
    }

    /// Sets the `User-Agent` header.
    pub fn user_agent(&mut self, user_agent: impl Into<String>) {
        self.user_agent = Some(user_agent.into());
    }

    /// Allows `http` to hosts other than loopback. Everything that is sent can be read on the way, including
    /// credentials.
    pub fn allow_plain_http(&mut self) {
        self.allow_plain_http = true;
    }

    /// Sets the transport that sends the requests, in place of the default one.
    pub fn transport(&mut self, transport: impl Transport + 'static) {
        self.transport = Some(Arc::new(transport));
    }

    /// Sets the retry policy.
    pub fn retry(&mut self, retry: Retry) {
        self.retry = retry;
    }

    /// Sets the clock that tells the time and waits, in place of the system clock.
    pub fn clock(&mut self, clock: impl Clock + 'static) {
        self.clock = Some(Arc::new(clock));
    }

    /// Adds a hook that sees each request before it is sent.
    pub fn before_request(
        &mut self,
        hook: impl Fn(&mut OutgoingRequest<'_>) -> Result<(), Error> + Send + Sync + 'static,
    ) {
        self.hooks.before.push(Arc::new(hook));
    }

    /// Adds a hook that sees each response before its body is read.
    pub fn after_response(&mut self, hook: impl Fn(&IncomingResponse<'_>) + Send + Sync + 'static) {
        self.hooks.after.push(Arc::new(hook));
    }

    /// Treats the certificates of a custom transport as present.
    fn expect_certificates(&mut self) {
        for (index, scheme) in self.api.schemes.iter().enumerate() {
            if matches!(scheme.kind, SchemeKind::MutualTls) {
                self.credential(index, Credential::certificate(""));
            }
        }
    }

    /// Checks the settings and builds the client.
    pub fn build(mut self) -> Result<Client, Error> {
        if self.transport.is_some() {
            self.expect_certificates();
        }
        let is_for_all = self.base_url.is_some();
        let base_url = self.base_url.or(self.server);
        let base_url = Url::parse(base_url.as_deref().unwrap_or(self.api.base_url));
        let base_url = check_base_url(base_url, self.allow_plain_http)?;
        let user_agent =
            HeaderValue::from_str(self.user_agent.as_deref().unwrap_or(self.api.user_agent))
                .map_err(|_| {
                    RequestError::new(
                        "the user agent contains a character that is not allowed in a header",
                    )
                })?;
        let mut credentials = self.credentials.iter().flatten();
        let certificate = credentials.find_map(CredentialSource::certificate);
        let transport: Box<dyn Transport> = match self.transport {
            Some(transport) => Box::new(transport),
            None => default_transport(self.connect_timeout, certificate)?,
        };
        let shared = Shared {
            api: self.api,
            base_url,
            is_for_all,
            user_agent,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            allow_plain_http: self.allow_plain_http,
            transport,
            retry: self.retry,
            budget: Budget::full(),
            can_wait: self.clock.is_some() || cfg!(not(target_arch = "wasm32")),
            clock: self.clock.unwrap_or_else(|| Arc::new(SystemClock::start())),
            hooks: self.hooks,
            kept: Mutex::default(),
        };
        Ok(Client {
            shared: Arc::new(shared),
            credentials: self.credentials.into(),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.title)
            .finish_non_exhaustive()
    }
}

fn set(credentials: &mut Vec<Option<CredentialSource>>, scheme: usize, source: CredentialSource) {
    if credentials.len() <= scheme {
        credentials.resize(scheme + 1, None);
    }
    if let Some(place) = credentials.get_mut(scheme) {
        *place = Some(source);
    }
}

/// Returns the default transport. It presents the client certificate, if there is one.
#[cfg(feature = "reqwest")]
fn default_transport(
    connect_timeout: Duration,
    certificate: Option<&SecretString>,
) -> Result<Box<dyn Transport>, Error> {
    let Some(certificate) = certificate else {
        return Ok(Box::new(super::HttpTransport::new(connect_timeout)?));
    };
    #[cfg(all(
        any(feature = "rustls", feature = "native-tls"),
        not(target_arch = "wasm32")
    ))]
    {
        let transport = super::HttpTransport::builder().connect_timeout(connect_timeout);
        let transport = transport.client_certificate(certificate.clone());
        Ok(Box::new(transport.build()?))
    }
    #[cfg(not(all(
        any(feature = "rustls", feature = "native-tls"),
        not(target_arch = "wasm32")
    )))]
    {
        let _ = certificate;
        let problem = "the default transport cannot present certificates here: enable `rustls` or `native-tls`, or set `.transport(..)` on the client builder";
        Err(RequestError::new(problem).into())
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(
    _connect_timeout: Duration,
    _certificate: Option<&SecretString>,
) -> Result<Box<dyn Transport>, Error> {
    Err(RequestError::new(
        "there is no transport: set `.transport(..)` on the client builder, or enable `reqwest`",
    )
    .into())
}

/// Returns a base URL without a trailing slash, or an error if it is not a valid base URL.
fn check_base_url(
    url: Result<Url, url::ParseError>,
    allow_plain_http: bool,
) -> Result<Url, RequestError> {
    let problem = |problem: &str| RequestError::new(format!("the base URL {problem}"));
    let mut url = url.map_err(|error| {
        problem("is not an absolute URL; set one with `.base_url(..)` on the client builder")
            .because(error)
    })?;
    if url.scheme() != "https" && url.scheme() != "http" {
        return Err(problem("is neither `https` nor `http`"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(problem(
            "has user information; use the client builder's setters for credentials",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(problem("has a query or a fragment"));
    }
    if !may_be_plain(&url, allow_plain_http) {
        return Err(problem(
            "is `http`, so everything could be read on the way; use `https`, or `.allow_plain_http()` on the client builder",
        ));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Returns `true` if a URL is `https`, `http` to a loopback address, or `http` that is allowed.
pub(super) fn may_be_plain(url: &Url, allow_plain_http: bool) -> bool {
    url.scheme() == "https"
        || allow_plain_http
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}
