//! The extensions of OpenAPI that have an effect on the client. What each does stands where it is read.

/// The name that a thing has in Rust, where its own will not do.
pub(crate) const NAME: &str = "x-keywright-name";
/// What marks a text as a secret.
pub(crate) const SENSITIVE: &str = "x-keywright-sensitive";
/// What stands before an API key, and the same as others spell it.
pub(crate) const PREFIXES: [&str; 2] = ["x-keywright-prefix", "x-apikey-prefix"];
/// What the values of an `enum` are called: lists beside the values, or mappings from them.
pub(crate) const VALUE_NAMES: [&str; 4] = [
    "x-enum-varnames",
    "x-enumNames",
    "x-enum-names",
    "x-enum-keys",
];
/// What the values of an `enum` mean: likewise.
pub(crate) const VALUE_DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];
/// Both: an object with a list of objects, each with `value`, `name` and `description`.
pub(crate) const VALUES: &str = "x-ms-enum";
/// How the client gets, renews and ends the credential of a security scheme.
pub(crate) const SESSION: &str = "x-keywright-session";
/// The same at the root of a document, for several schemes by their names.
pub(crate) const SESSIONS: &str = "x-keywright-sessions";
/// How a user confirms elsewhere that the client may have the credential of a security scheme.
pub(crate) const DEVICE_FLOW: &str = "x-keywright-device-flow";
/// The same at the root of a document, as a list.
pub(crate) const DEVICE_FLOWS: &str = "x-keywright-device-flows";
/// Whether a header parameter is an idempotency key.
pub(crate) const IDEMPOTENCY_KEY: &str = "x-keywright-idempotency-key";
/// Which findings of lint are no faults at a place.
pub(crate) const LINT: &str = "x-keywright-lint";
/// How documents of 2.0 say `nullable`.
pub(crate) const NULLABLE: &str = "x-nullable";

/// The extensions of Keywright's own. Another one that begins like these is misspelled.
pub(crate) const OWN: [&str; 9] = [
    NAME,
    SENSITIVE,
    PREFIXES[0],
    SESSION,
    SESSIONS,
    DEVICE_FLOW,
    DEVICE_FLOWS,
    IDEMPOTENCY_KEY,
    LINT,
];

/// Whether an extension begins like Keywright's own, and is none of them.
#[must_use]
pub(crate) fn is_unknown(keyword: &str) -> bool {
    keyword.starts_with("x-keywright") && !OWN.contains(&keyword)
}

/// Whether an extension is one of these.
#[must_use]
pub(crate) fn has_effect(keyword: &str) -> bool {
    [
        NAME,
        SENSITIVE,
        SESSION,
        SESSIONS,
        DEVICE_FLOW,
        DEVICE_FLOWS,
        VALUES,
        NULLABLE,
        IDEMPOTENCY_KEY,
        LINT,
    ]
    .contains(&keyword)
        || PREFIXES.contains(&keyword)
        || VALUE_NAMES.contains(&keyword)
        || VALUE_DESCRIPTIONS.contains(&keyword)
}
