//! Names that are taken: by the language, and by what stands in every generated module.

/// The keywords of edition 2024, strict and reserved (The Rust Reference, Keywords).
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods of a client and of its builder, which schemes name further ones of.
pub(super) const BUILDER: &[&str] = &[
    "allow_plain_http",
    "base_url",
    "build",
    "builder",
    "clone",
    "connect_timeout",
    "max_response_bytes",
    "server",
    "timeout",
    "transport",
    "user_agent",
];

/// What Windows takes for devices, whatever comes after it.
pub(super) const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Files of every module, the crates that stand beside them in paths, and features that are no group's.
pub(super) const FILES: &[&str] = &[
    "alloc",
    "arguments",
    "base64",
    "bytes",
    "callbacks",
    "chrono",
    "client",
    "codec",
    "core",
    "http",
    "jiff",
    "lib",
    "main",
    "mock",
    "models",
    "other_models",
    "percent_encoding",
    "reqwest",
    "reqwest_middleware",
    "runtime",
    "secrecy",
    "serde",
    "serde_json",
    "server",
    "shared",
    "std",
    "tokio",
    "tower_service",
    "tracing",
    "url",
    "uuid",
    "webhooks",
    "xml",
];

/// Methods of every server.
pub(super) const SERVER: &[&str] = &["clone", "default", "from_str", "new", "server", "url"];

/// Methods of every client, and of every value: a trait's that takes a value goes before a method that borrows it.
pub(super) const CLIENT: &[&str] = &["builder", "clone", "into", "new", "try_into"];

/// Methods of every request, and the local names of the code that makes one.
pub(super) const REQUEST: &[&str] = &[
    "call",
    "clone",
    "send",
    "send_blocking",
    "send_with_response",
    "with_accept",
    "with_header",
    "with_retry",
    "with_timeout",
];

/// Types of every module.
pub(super) const MODULE: &[&str] = &[
    "Api",
    "AsRef",
    "Box",
    "Client",
    "ClientBuilder",
    "Credential",
    "CredentialProvider",
    "Err",
    "Error",
    "From",
    "Into",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Request",
    "Response",
    "Result",
    "Scheme",
    "SchemeKind",
    "SecretString",
    "Server",
    "Some",
    "Status",
    "String",
    "Style",
    "Transport",
    "Vec",
];

/// Types that the models themselves are made of, and traits that they implement.
pub(super) const MODELS: &[&str] = &[
    "AsRef",
    "Base64",
    "BTreeMap",
    "Bytes",
    "Box",
    "Clone",
    "Date",
    "DateTime",
    "Debug",
    "Decode",
    "DecodeError",
    "Default",
    "Encode",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "Maybe",
    "New",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Reader",
    "Result",
    "SecretString",
    "Slot",
    "Some",
    "String",
    "Uuid",
    "Value",
    "Vec",
    "Writer",
];

/// Methods of every response.
pub(super) const RESPONSE: &[&str] = &[
    "as_ref",
    "body",
    "clone",
    "deref",
    "header",
    "headers",
    "into",
    "into_body",
    "into_parts",
    "map",
    "into_error",
    "new",
    "raw_body",
    "retry_after",
    "status",
    "try_into",
];

/// Whether a name is a keyword.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Appends an underscore to a keyword. A raw identifier would not do for all: `self` and `crate` have none.
pub(super) fn escape(name: String) -> String {
    if is_keyword(&name) {
        format!("{name}_")
    } else {
        name
    }
}
