//! The table of the runtime: its files, and what they depend on.

use super::Need;

/// What is copied for a need, and what that depends on.
pub(super) struct Part {
    pub(super) need: Need,
    pub(super) dependencies: &'static [Dependency],
    /// Paths in `generator/runtime`, and the texts. What several needs have in common stands in each of their parts.
    pub(super) files: &'static [(&'static str, &'static str)],
}

macro_rules! parts {
    ($($need:ident [$($dependency:expr),* $(,)?] [$($path:literal),+ $(,)?])+) => {
        &[$(Part {
            need: Need::$need,
            dependencies: &[$($dependency),*],
            files: &[$(($path, include_str!(concat!("../../../runtime/", $path)))),+],
        }),+]
    };
}

/// The runtime: a need, its dependencies, its files. The lines by which a `mod.rs` names a file that is not copied are
/// found by the file's path (see [`without_modules`](super::without_modules)).
pub(super) const PARTS: &[Part] = parts! {
    Always [
        Dependency::new("bytes", "1"),
        Dependency::new("futures-core", "0.3").bare(),
        Dependency::new("http", "1"),
        Dependency::new("http-body", "1").optional(),
        Dependency::new("native-tls", "0.2").optional(),
        Dependency::new("percent-encoding", "2"),
        Dependency::new("reqwest", "0.13").bare().optional(),
        Dependency::new("reqwest-middleware", "0.5").optional(),
        Dependency::new("secrecy", "0.10"),
        Dependency::new("serde", "1").optional(),
        Dependency::new("serde_json", "1"),
        Dependency::new("tokio", "1").features(&["time"]).optional(),
        Dependency::new("tower-service", "0.3").optional(),
        Dependency::new("tracing", "0.1").bare().optional(),
        Dependency::new("url", "2"),
    ] [
        "auth/challenge.rs",
        "auth/choose.rs",
        "auth/mod.rs",
        "auth/place.rs",
        "call.rs",
        "client.rs",
        "clock.rs",
        "encode/content.rs",
        "encode/header.rs",
        "encode/mod.rs",
        "encode/path.rs",
        "encode/percent.rs",
        "encode/query.rs",
        "encode/style.rs",
        "error/exchange.rs",
        "error/failure.rs",
        "error/mod.rs",
        "error/request.rs",
        "error/response.rs",
        "exchange/blocking.rs",
        "exchange/body.rs",
        "exchange/field.rs",
        "exchange/frames.rs",
        "exchange/hooks.rs",
        "exchange/http_transport/builder.rs",
        "exchange/http_transport/middleware.rs",
        "exchange/http_transport/mod.rs",
        "exchange/media_type.rs",
        "exchange/mod.rs",
        "exchange/redirect.rs",
        "exchange/retry_after.rs",
        "exchange/span.rs",
        "exchange/timeout.rs",
        "exchange/tower_transport.rs",
        "exchange/transport.rs",
        "json/closest.rs",
        "json/containers.rs",
        "json/cursor.rs",
        "json/decimal.rs",
        "json/enums.rs",
        "json/error.rs",
        "json/fill.rs",
        "json/free.rs",
        "json/maybe.rs",
        "json/memory.rs",
        "json/mod.rs",
        "json/nested.rs",
        "json/number.rs",
        "json/objects.rs",
        "json/reader.rs",
        "json/scalars.rs",
        "json/scan.rs",
        "json/serde_bridge.rs",
        "json/setters.rs",
        "json/syntax.rs",
        "json/tag.rs",
        "json/text.rs",
        "json/tree.rs",
        "json/unions.rs",
        "json/writer.rs",
        "macros.rs",
        "mod.rs",
        "operation.rs",
        "promise.rs",
        "random.rs",
        "request.rs",
        "response.rs",
        "retry.rs",
    ]
    Base64 [Dependency::new("base64", "0.23")] ["values/base64.rs", "values/mod.rs"]
    ByTag [] ["files.rs"]
    DatesOfChrono [Dependency::new("chrono", "0.4").bare().features(&["std"])] [
        "values/date_chrono.rs",
        "values/mod.rs",
    ]
    DatesOfJiff [Dependency::new("jiff", "0.2").bare().features(&["std"])] [
        "values/date_jiff.rs",
        "values/mod.rs",
    ]
    DatesOfText [] ["values/date.rs", "values/mod.rs"]
    Digest [
        Dependency::new("http-auth", "0.1")
            .bare()
            .features(&["digest-scheme"])
            .optional()
            .native(),
    ] ["auth/digest.rs"]
    Events [] ["streams/events.rs", "streams/mod.rs"]
    Foreign [] ["foreign.rs"]
    Form [] ["encode/form.rs"]
    Lines [] ["streams/lines.rs", "streams/mod.rs"]
    Mock [] [
        "mock/block_on.rs",
        "mock/clock.rs",
        "mock/declare.rs",
        "mock/error.rs",
        "mock/guess.rs",
        "mock/incoming.rs",
        "mock/lifecycle.rs",
        "mock/mod.rs",
        "mock/recorded.rs",
        "mock/response.rs",
        "mock/route.rs",
        "mock/security.rs",
        "mock/service.rs",
        "mock/styles.rs",
    ]
    MockOfEvents [] ["mock/events.rs", "mock/mod.rs"]
    MockOfForm [] ["mock/form.rs", "mock/mod.rs"]
    MockOfLines [] ["mock/lines.rs", "mock/mod.rs"]
    MockOfMultipart [] ["mock/mod.rs", "mock/parts.rs"]
    MockOfSession [] [
        "mock/mod.rs",
        "mock/sessions/book.rs",
        "mock/sessions/declare.rs",
        "mock/sessions/mod.rs",
        "mock/sessions/place.rs",
        "mock/sessions/tokens.rs",
        "mock/sessions/written.rs",
    ]
    MockOfXml [] ["mock/mod.rs", "mock/xml.rs"]
    Multipart [] ["encode/multipart.rs"]
    Null [] ["values/mod.rs", "values/null.rs"]
    OAuth [Dependency::new("oauth2", "5").bare().optional()] [
        "oauth/app.rs",
        "oauth/authorization.rs",
        "oauth/declare.rs",
        "oauth/device.rs",
        "oauth/discovery.rs",
        "oauth/endpoint.rs",
        "oauth/error.rs",
        "oauth/grants.rs",
        "oauth/mod.rs",
        "oauth/server.rs",
        "oauth/tidy.rs",
    ]
    Session [
        Dependency::new("keyring", "4").optional().native(),
        Dependency::new("keyring-core", "1").optional().native(),
    ] [
        "session/answer.rs",
        "session/authority.rs",
        "session/beginning.rs",
        "session/client_session.rs",
        "session/confirmation.rs",
        "session/declare.rs",
        "session/device_operations.rs",
        "session/error.rs",
        "session/exchange.rs",
        "session/file_store.rs",
        "session/keyring_store.rs",
        "session/mod.rs",
        "session/operations.rs",
        "session/parked.rs",
        "session/plan.rs",
        "session/store.rs",
        "session/token.rs",
    ]
    Tuple [] ["values/mod.rs", "values/tuple.rs"]
    Uuid [Dependency::new("uuid", "1")] ["values/mod.rs", "values/uuid.rs"]
    Xml [Dependency::new("quick-xml", "0.42").bare().optional()] [
        "xml/call.rs",
        "xml/choose.rs",
        "xml/element.rs",
        "xml/mod.rs",
        "xml/parse.rs",
        "xml/print.rs",
        "xml/raw_response.rs",
        "xml/read.rs",
        "xml/scalar.rs",
        "xml/shape.rs",
        "xml/write.rs",
    ]
};

/// A dependency of the generated crate.
#[derive(Clone, Copy, Debug)]
pub(in crate::emit) struct Dependency {
    pub(in crate::emit) name: &'static str,
    pub(in crate::emit) version: &'static str,
    pub(in crate::emit) default_features: bool,
    pub(in crate::emit) features: &'static [&'static str],
    pub(in crate::emit) optional: bool,
    /// Whether it is for platforms other than WebAssembly only.
    pub(in crate::emit) native: bool,
}

impl Dependency {
    const fn new(name: &'static str, version: &'static str) -> Self {
        Self {
            name,
            version,
            default_features: true,
            features: &[],
            optional: false,
            native: false,
        }
    }

    const fn bare(self) -> Self {
        Self {
            default_features: false,
            ..self
        }
    }

    const fn features(self, features: &'static [&'static str]) -> Self {
        Self { features, ..self }
    }

    const fn native(self) -> Self {
        Self {
            native: true,
            ..self
        }
    }

    const fn optional(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }
}
