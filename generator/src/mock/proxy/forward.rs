//! Requests, passed on to the service.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, stream};
use http::header::{ACCEPT_ENCODING, VIA};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::hop;
use super::log::Log;
use super::reader::{Asked, Reader};
use super::tap::Tap;
use super::target::Target;
use super::watch::{Seen, Watch};
use crate::mock::answer::{Reply, problem};
use crate::mock::stand_in::StandIn;

/// How long a connection to the service may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the service may take until it begins to answer.
const BEGIN: Duration = Duration::from_secs(120);

/// Passes requests on to a service, and judges them and its responses by documents.
#[derive(Debug)]
pub struct Proxy {
    reader: Arc<Reader>,
    target: Target,
    client: reqwest::Client,
}

/// A request's body: all of it, or else its beginning and what comes after that.
enum Sent {
    Whole(Bytes),
    Beginning(Bytes, reqwest::Body),
}

impl Proxy {
    /// Creates a proxy for the documents of a stand-in. Findings are written to `findings`, a line of JSON each. Of a body
    /// `most` bytes are collected, to be judged.
    ///
    /// # Errors
    ///
    /// When there is no HTTP client: TLS cannot be set up.
    pub fn new(
        stand_in: Arc<StandIn>,
        target: Target,
        findings: Box<dyn Write + Send>,
        most: usize,
    ) -> reqwest::Result<Self> {
        // What is sent is for the one service: it goes to no other that a redirect or the environment names.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .build()?;
        let reader = Reader {
            log: Log::new(stand_in.contracts(), findings),
            stand_in,
            most,
        };
        Ok(Self {
            reader: Arc::new(reader),
            target,
            client,
        })
    }

    /// Returns what has been written and counted.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.reader.log
    }

    /// Passes a request on, and its response back.
    pub(super) async fn pass(&self, request: http::Request<Body>) -> http::Response<Body> {
        let (parts, body) = request.into_parts();
        self.reader.log.count(|it| it.requests += 1);
        let Ok(sent) = self.collect(body).await else {
            // Whoever sent it is gone.
            let reply = problem(StatusCode::BAD_REQUEST, "the body cannot be read", &[]);
            return own(reply);
        };
        let asked = self.judge(&parts, &sent);
        match self.ask(&parts, sent).await {
            Ok(response) => self.give_back(response, &parts.method, asked),
            Err((status, why)) => {
                self.reader.log.count(|it| it.unanswered += 1);
                own(problem(status, why, &[]))
            }
        }
    }

    /// Collects a body, as far as it is judged.
    async fn collect(&self, body: Body) -> Result<Sent, axum::Error> {
        let mut rest = body.into_data_stream();
        let mut collected = BytesMut::new();
        while let Some(bytes) = rest.next().await {
            collected.extend_from_slice(&bytes?);
            if collected.len() > self.reader.most {
                let beginning = collected.freeze();
                let first = stream::iter([Ok(beginning.clone())]);
                let all = reqwest::Body::wrap_stream(first.chain(rest));
                return Ok(Sent::Beginning(beginning, all));
            }
        }
        Ok(Sent::Whole(collected.freeze()))
    }

    fn judge(&self, parts: &Parts, sent: &Sent) -> Asked {
        let (body, is_whole) = match sent {
            Sent::Whole(body) => (body, true),
            Sent::Beginning(body, _) => (body, false),
        };
        let request = http::Request::from_parts(parts.clone(), body.clone());
        self.reader.request(&request, is_whole)
    }

    async fn ask(
        &self,
        parts: &Parts,
        sent: Sent,
    ) -> Result<reqwest::Response, (StatusCode, &'static str)> {
        let url = self
            .target
            .url_of(self.reader.stand_in.contracts(), &parts.uri);
        let body = match sent {
            Sent::Whole(body) => reqwest::Body::from(body),
            Sent::Beginning(_, all) => all,
        };
        let request = self
            .client
            .request(parts.method.clone(), url)
            .headers(headers_to_pass(&parts.headers))
            .body(body);
        match tokio::time::timeout(BEGIN, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_timeout() => Err((
                StatusCode::GATEWAY_TIMEOUT,
                "no connection to the service came about in time",
            )),
            Ok(Err(_)) => Err((StatusCode::BAD_GATEWAY, "the service cannot be reached")),
            Err(_) => Err((
                StatusCode::GATEWAY_TIMEOUT,
                "the service does not answer in time",
            )),
        }
    }

    /// Passes a response back as it comes.
    fn give_back(
        &self,
        response: reqwest::Response,
        method: &Method,
        asked: Asked,
    ) -> http::Response<Body> {
        let status = response.status();
        let mut headers = response.headers().clone();
        hop::remove(&mut headers);
        let watch = Watch {
            reader: Arc::clone(&self.reader),
            asked,
            method: method.clone(),
            status,
            headers: headers.clone(),
            seen: Seen::default(),
        };
        let inner = Box::pin(response.bytes_stream());
        let mut passed = http::Response::new(Body::from_stream(Tap { inner, watch }));
        *passed.status_mut() = status;
        *passed.headers_mut() = headers;
        passed
    }
}

/// The headers of a request that go on. Compression is not asked for, since nothing in it could be judged.
fn headers_to_pass(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    hop::remove_from_request(&mut headers);
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.append(VIA, HeaderValue::from_static("1.1 keywright"));
    headers
}

/// An answer of the proxy itself.
fn own(reply: Reply) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(reply.whole_body()));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}
