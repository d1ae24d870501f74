//! Media types: the syntax of a body by the name of its media type (RFC 9110, section 8.3; RFC 6838).

/// A family of media types whose bodies have the same syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// JSON by name, or by its suffix (RFC 6839, section 3.1).
    Json,
    /// XML by name, or by its suffix (RFC 7303).
    Xml,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/…`
    Multipart,
    /// `text/event-stream`
    Events,
    /// A sequence of JSON texts.
    Lines,
    /// Text that people can read.
    Text,
    /// A range without a specific type: `*/*`, `application/*`.
    Range,
    /// Anything else.
    Other,
}

/// The names in use for sequences of JSON texts.
const LINES: &[&str] = &[
    "application/jsonl",
    "application/jsonlines",
    "application/json-lines",
    "application/x-jsonlines",
    "application/x-json-lines",
    "application/x-jsonl",
    "application/ndjson",
    "application/x-ndjson",
    "application/stream+json",
    "application/x-json-stream",
    "application/json-seq",
    "text/jsonl",
];

/// Text outside of `text/`.
const TEXTS: &[&str] = &[
    "application/csv",
    "application/ecmascript",
    "application/graphql",
    "application/javascript",
    "application/jwt",
    "application/pem-certificate-chain",
    "application/sdp",
    "application/sql",
    "application/text",
    "application/toml",
    "application/x-javascript",
    "application/x-pem-file",
    "application/x-yaml",
    "application/yaml",
];

/// Formats that are not read, as they occur in the names of vendors' and other media types.
const UNREAD: &[&str] = &[
    "arrow",
    "avro",
    "bson",
    "capnproto",
    "cbor",
    "csv",
    "edn",
    "excel",
    "flatbuffers",
    "gzip",
    "html",
    "ion",
    "json5",
    "jsonp",
    "messagepack",
    "msgpack",
    "oasis",
    "openxmlformats",
    "parquet",
    "pdf",
    "proto",
    "protobuf",
    "smile",
    "thrift",
    "toml",
    "tsv",
    "ubjson",
    "wbxml",
    "yaml",
    "yml",
    "zip",
];

impl Family {
    /// Returns the family of a media type, by its name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let essence = essence(name);
        let is_named = |names: &[&str]| names.contains(&essence.as_str());
        let ends = |suffix: &str| essence.ends_with(suffix);
        if is_named(LINES) || ends("+json-seq") {
            Self::Lines
        } else if is_json(name) {
            Self::Json
        } else if ends("/xml") || ends("+xml") {
            Self::Xml
        } else if essence == "application/x-www-form-urlencoded" {
            Self::Form
        } else if essence.starts_with("multipart/") {
            Self::Multipart
        } else if essence == "text/event-stream" {
            Self::Events
        } else if essence.starts_with("text/") || ends("+yaml") || is_named(TEXTS) {
            Self::Text
        } else if is_named(&["*/*", "*", "application/*"]) {
            Self::Range
        } else {
            Self::Other
        }
    }
}

/// Returns `true` if a media type is JSON, by its name or its suffix.
pub(crate) fn is_json(name: &str) -> bool {
    let essence = essence(name);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Returns `true` if a media type is one of several interchangeable names for a family: not a vendor's, and not one
/// with a meaning of its own such as `application/merge-patch+json`.
pub(crate) fn is_common(name: &str) -> bool {
    let essence = essence(name);
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    matches!(subtype, "json" | "xml") || subtype.starts_with('*')
}

/// Returns `true` if an unregistered media type is likely JSON when its schema describes an object: that of a vendor,
/// unless it names another format. A suffix is the format (RFC 6838, section 4.2.8).
pub(crate) fn is_likely_json(name: &str) -> bool {
    let essence = essence(name);
    let mut words = essence.split(|letter: char| !letter.is_ascii_alphanumeric());
    let has_other = essence.contains('+') || words.any(|word| UNREAD.contains(&word));
    !has_other && (essence.contains("json") || essence.starts_with("application/vnd."))
}

/// Returns `true` if a text is likely JSON when its schema describes an object. Other names for text give its format.
pub(crate) fn is_likely_json_text(name: &str) -> bool {
    let essence = essence(name);
    matches!(
        essence.as_str(),
        "text/plain" | "text/*" | "application/text"
    ) || essence.contains("javascript")
        || is_likely_json(name)
}

/// Returns a media type without its parameters, in lower case.
pub(crate) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_families_apart_by_name() {
        let of = |name| Family::of(name);
        assert_eq!(of("application/json; charset=utf-8"), Family::Json);
        assert_eq!(of("Application/Problem+JSON"), Family::Json);
        assert_eq!(of("application/*+json"), Family::Json);
        assert_eq!(of("application/stream+json"), Family::Lines);
        assert_eq!(of("application/geo+json-seq"), Family::Lines);
        assert_eq!(of("text/xml"), Family::Xml);
        assert_eq!(of("application/atom+xml"), Family::Xml);
        assert_eq!(of("multipart/related; type=\"x\""), Family::Multipart);
        assert_eq!(of("text/event-stream"), Family::Events);
        assert_eq!(of("text/csv"), Family::Text);
        assert_eq!(of("application/jwt"), Family::Text);
        assert_eq!(of("*/*"), Family::Range);
        assert_eq!(of("image/*"), Family::Other);
        assert_eq!(of("gzip"), Family::Other);
    }

    #[test]
    fn takes_for_json_what_names_no_other_format() {
        let vendors = [
            "application/vnd.example.v2",
            "application/x-json",
            "application/problem-json",
        ];
        for name in vendors {
            assert!(is_likely_json(name), "{name}");
        }
        let others = [
            "application/vnd.example.protobuf",
            "application/vnd.msgpack",
            "application/vnd.example+cbor",
            "application/json+protobuf",
            "application/ubjson",
            "application/vnd.ms-excel",
            "application/octet-stream",
        ];
        for name in others {
            assert!(!is_likely_json(name), "{name}");
        }
        assert!(is_likely_json_text("text/plain; charset=utf-8"));
        assert!(is_likely_json_text("text/x-json"));
        assert!(!is_likely_json_text("text/csv"));
        assert!(!is_likely_json_text("application/yaml"));
    }

    #[test]
    fn knows_which_names_mean_nothing_of_their_own() {
        assert!(is_common("text/json"));
        assert!(is_common("application/*+json"));
        assert!(!is_common("application/merge-patch+json"));
    }
}
