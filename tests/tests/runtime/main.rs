//! Tests of the client runtime, which is included as generated crates include it.

#[path = "../../../generator/runtime/mod.rs"]
pub mod runtime;

#[cfg(all(feature = "reqwest-middleware", feature = "tower"))]
mod adapters;
mod answers;
mod auth;
#[cfg(feature = "rustls")]
mod connections;
pub mod errors;
mod events;
mod hooks;
pub mod json;
mod lines;
mod multipart;
mod operations;
mod path;
mod raw;
mod redirect;
mod requests;
mod retries;
mod serde_bridge;
mod server;
mod servers;
mod session;
#[cfg(feature = "tracing")]
mod spans;
mod streams;
mod styles;
mod transport;
mod xml;

use runtime::{
    Api, Client, ClientBuilder, Description, Location, Retry, Scheme, SchemeKind, Status,
};

static API: Api = Api {
    title: "Test API",
    base_url: "https://api.example.org/v1",
    user_agent: "tests/1.0",
    schemes: &[
        Scheme {
            name: "user",
            setter: "user",
            kind: SchemeKind::Basic,
        },
        Scheme {
            name: "jwt",
            setter: "jwt",
            kind: SchemeKind::Bearer,
        },
        key(
            "headerKey",
            "header_key",
            Location::Header,
            "X-Api-Key",
            None,
        ),
        key("queryKey", "query_key", Location::Query, "api key", None),
        key("cookieKey", "cookie_key", Location::Cookie, "sid", None),
        key(
            "prefixed",
            "prefixed",
            Location::Header,
            "Authorization",
            Some("Bearer"),
        ),
    ],
};

const USER: usize = 0;
const JWT: usize = 1;
const HEADER_KEY: usize = 2;
const QUERY_KEY: usize = 3;
const COOKIE_KEY: usize = 4;
const PREFIXED: usize = 5;

const fn key(
    name: &'static str,
    setter: &'static str,
    location: Location,
    wire_name: &'static str,
    prefix: Option<&'static str>,
) -> Scheme {
    Scheme {
        name,
        setter,
        kind: SchemeKind::ApiKey {
            location,
            name: wire_name,
            prefix,
        },
    }
}

/// An operation without parameters and credentials, which documents 200 and 404.
const fn operation(method: &'static str, path: &'static str) -> Description {
    Description {
        accept: &["application/json"],
        responses: &[
            (Status::Code(200), "It went well."),
            (Status::Code(404), "There is\nno such thing."),
        ],
        ..Description::new("probe", method, path)
    }
}

static GET: Description = operation("GET", "/get");
static POST: Description = operation("POST", "/post");

/// A client of the server at `base_url`, which sends nothing twice.
fn client(base_url: &str) -> Client {
    builder(base_url).build().expect("the settings are fine")
}

fn builder(base_url: &str) -> ClientBuilder {
    let mut builder = ClientBuilder::new(&API);
    builder.base_url(base_url);
    builder.retry(Retry::none());
    builder
}
