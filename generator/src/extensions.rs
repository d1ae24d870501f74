//! The OpenAPI extensions that have an effect on the client. The code that reads each describes its effect.

/// The Rust name of a thing, in place of its own.
pub(crate) const NAME: &str = "x-keywright-name";
/// Marks a text as a secret.
pub(crate) const SENSITIVE: &str = "x-keywright-sensitive";
/// The prefix of an API key, in Keywright's spelling and in that of others.
pub(crate) const PREFIXES: [&str; 2] = ["x-keywright-prefix", "x-apikey-prefix"];
/// The names of the values of an `enum`: lists parallel to the values, or mappings from the values.
pub(crate) const VALUE_NAMES: [&str; 4] = [
    "x-enum-varnames",
    "x-enumNames",
    "x-enum-names",
    "x-enum-keys",
];
/// The descriptions of the values of an `enum`, in the same form.
pub(crate) const VALUE_DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];
/// Both: an object with a list of objects, each with `value`, `name` and `description`.
pub(crate) const VALUES: &str = "x-ms-enum";
/// The session of a security scheme.
pub(crate) const SESSION: &str = "x-keywright-session";
/// The sessions of several schemes by name, at the root of a document.
pub(crate) const SESSIONS: &str = "x-keywright-sessions";
/// The device flow of a security scheme.
pub(crate) const DEVICE_FLOW: &str = "x-keywright-device-flow";
/// A list of device flows, at the root of a document.
pub(crate) const DEVICE_FLOWS: &str = "x-keywright-device-flows";
/// Marks a header parameter as an idempotency key, or as none.
pub(crate) const IDEMPOTENCY_KEY: &str = "x-keywright-idempotency-key";
/// The lint findings that are allowed at a place.
pub(crate) const LINT: &str = "x-keywright-lint";
/// The form of `nullable` in documents of 2.0.
pub(crate) const NULLABLE: &str = "x-nullable";

/// Keywright's own extensions. Any other one with their prefix is misspelled.
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

/// Returns `true` if an extension has the prefix of Keywright's own, but is none of them.
#[must_use]
pub(crate) fn is_unknown(keyword: &str) -> bool {
    keyword.starts_with("x-keywright") && !OWN.contains(&keyword)
}

/// Returns `true` if an extension has an effect.
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
