//! The settings of the default transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use url::Url;

use super::super::{Error, RequestError};
use super::HttpTransport;

/// A builder for an [`HttpTransport`].
///
/// Without the features `rustls` and `native-tls` there is no TLS, and there are no methods for certificates. With
/// both, the system's TLS is used.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct HttpTransportBuilder {
    connect_timeout: Duration,
    proxy: Proxy,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    root_certificates: Vec<String>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    client_certificate: Option<SecretString>,
    pool_idle_timeout: Option<Duration>,
    max_idle_connections: Option<usize>,
    max_requests: Option<usize>,
}

/// The proxy that requests go through.
#[derive(Clone)]
enum Proxy {
    /// The proxy of the environment, for `https` (`HTTPS_PROXY`, `NO_PROXY`, or the system's settings).
    System,
    None,
    All(SecretString),
}

impl HttpTransportBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            proxy: Proxy::System,
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            root_certificates: Vec::new(),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            client_certificate: None,
            pool_idle_timeout: None,
            max_idle_connections: None,
            max_requests: None,
        }
    }

    /// Sets the connect timeout (default: 10 s).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sends all requests through an `http://` or `https://` proxy, in place of the environment's proxy for `https`.
    /// The URL may contain user and password.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.proxy = Proxy::All(url.into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Trusts one or more certificates in PEM, in addition to those that the system trusts. It can be called several
    /// times.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificate(mut self, pem: impl Into<String>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Presents a certificate to servers that ask for one (mutual TLS). The PEM contains the certificate chain,
    /// starting with the client's own certificate, and the key in PKCS #8.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn client_certificate(mut self, pem: impl Into<SecretString>) -> Self {
        self.client_certificate = Some(pem.into());
        self
    }

    /// Sets how long an idle connection is kept (default: 90 s).
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of idle connections per host.
    pub fn max_idle_connections_per_host(mut self, connections: usize) -> Self {
        self.max_idle_connections = Some(connections);
        self
    }

    /// Sets the maximum number of concurrent requests, at least one. Other requests wait, which counts towards their
    /// timeouts. A request ends when the body of its response has been read or dropped.
    pub fn max_concurrent_requests(mut self, requests: usize) -> Self {
        self.max_requests = Some(requests);
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// Fails if a certificate is not in PEM, or the URL of the proxy is invalid. The error does not show them.
    pub fn build(self) -> Result<HttpTransport, Error> {
        let client = self.client()?;
        let direct = match self.proxy {
            // Plain `http` is meant for this host, and must not take the way over the environment's proxy.
            Proxy::System => self.client()?.no_proxy(),
            Proxy::None | Proxy::All(_) => self.client()?,
        };
        let build = |builder: reqwest::ClientBuilder| {
            let built = builder.build().map_err(reqwest::Error::without_url);
            let problem = RequestError::new("the transport cannot be set up");
            built.map_err(|error| problem.because(error))
        };
        Ok(HttpTransport {
            client: build(client)?,
            direct: build(direct)?,
            permits: self.max_requests.map(|requests| {
                let requests = requests.clamp(1, Semaphore::MAX_PERMITS);
                Arc::new(Semaphore::new(requests))
            }),
        })
    }

    fn client(&self) -> Result<reqwest::ClientBuilder, RequestError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .no_deflate();
        // Features of `reqwest` that other crates enable do not change the requests.
        if cfg!(not(feature = "gzip")) {
            builder = builder.no_gzip();
        }
        if cfg!(not(feature = "brotli")) {
            builder = builder.no_brotli();
        }
        if cfg!(not(feature = "zstd")) {
            builder = builder.no_zstd();
        }
        if let Some(timeout) = self.pool_idle_timeout {
            builder = builder.pool_idle_timeout(timeout);
        }
        if let Some(connections) = self.max_idle_connections {
            builder = builder.pool_max_idle_per_host(connections);
        }
        builder = match &self.proxy {
            Proxy::System => builder,
            Proxy::None => builder.no_proxy(),
            Proxy::All(url) => builder.proxy(proxy(url.expose_secret())?),
        };
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        {
            builder = self.with_certificates(builder)?;
        }
        Ok(builder)
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn with_certificates(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, RequestError> {
        // Other crates may have asked `reqwest` for the other TLS.
        #[cfg(feature = "native-tls")]
        let mut builder = builder.tls_backend_native();
        #[cfg(not(feature = "native-tls"))]
        let mut builder = builder.tls_backend_rustls();
        for pem in &self.root_certificates {
            let none = || RequestError::new("a root certificate is not in PEM");
            let certificates = reqwest::Certificate::from_pem_bundle(pem.as_bytes());
            let certificates = certificates.map_err(|error| none().because(error))?;
            if certificates.is_empty() {
                return Err(none());
            }
            builder = builder.tls_certs_merge(certificates);
        }
        if let Some(pem) = &self.client_certificate {
            let identity = identity(pem.expose_secret());
            builder = builder.identity(identity.map_err(|error| {
                let problem = "the client certificate is not a certificate with its key in PEM";
                RequestError::new(problem).because(error)
            })?);
        }
        Ok(builder)
    }
}

/// Returns the proxy at a URL. Errors do not show the URL, since it may contain a password.
fn proxy(url: &str) -> Result<reqwest::Proxy, RequestError> {
    let problem = |problem| RequestError::new(format!("the proxy's URL {problem}"));
    let parsed = Url::parse(url).map_err(|error| problem("cannot be read").because(error))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(problem("is neither `http` nor `https`"));
    }
    reqwest::Proxy::all(url).map_err(|_| problem("cannot be used"))
}

/// Returns the client certificate.
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
fn identity(pem: &str) -> reqwest::Result<reqwest::Identity> {
    reqwest::Identity::from_pem(pem.as_bytes())
}

/// Returns the client certificate. The system's TLS needs the key separately.
#[cfg(feature = "native-tls")]
fn identity(pem: &str) -> reqwest::Result<reqwest::Identity> {
    let start = pem.find("-----BEGIN PRIVATE KEY-----");
    let key = start.and_then(|start| pem.get(start..)).unwrap_or_default();
    reqwest::Identity::from_pkcs8_pem(pem.as_bytes(), key.as_bytes())
}

/// Shows no settings, since some are secret.
impl fmt::Debug for HttpTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransportBuilder")
            .finish_non_exhaustive()
    }
}
