//! The types of other crates that take the place of schemas, as the runtime reads and writes them.

use std::collections::BTreeSet;

use super::Need;

/// Types that the runtime implements, and what for.
const OF_RUNTIME: &[(&str, Need)] = &[
    ("secrecy::SecretString", Need::Always),
    ("serde_json::Value", Need::Always),
    ("std::string::String", Need::Always),
    ("uuid::Uuid", Need::Uuid),
    ("jiff::Timestamp", Need::DatesOfJiff),
    ("jiff::civil::Date", Need::DatesOfJiff),
    ("jiff::civil::Time", Need::DatesOfJiff),
    ("chrono::DateTime<chrono::FixedOffset>", Need::DatesOfChrono),
    ("chrono::DateTime<chrono::Utc>", Need::DatesOfChrono),
    ("chrono::NaiveDate", Need::DatesOfChrono),
    ("chrono::NaiveTime", Need::DatesOfChrono),
];

/// Types of any types that the runtime implements.
const CONTAINERS: &[&str] = &[
    "std::boxed::Box<",
    "std::collections::BTreeMap<String, ",
    "std::option::Option<",
    "std::vec::Vec<",
];

/// Returns whether the runtime implements a type itself, where these parts of it are there.
pub(super) fn is_of_runtime(path: &str, found: &BTreeSet<Need>) -> bool {
    // Of the types without a path, the configuration allows only those of the runtime.
    let mut known = OF_RUNTIME.iter();
    let is_container = CONTAINERS.iter().any(|it| path.starts_with(it));
    !path.contains("::")
        || is_container
        || known.any(|(it, need)| *it == path && found.contains(need))
}

/// The lines that implement the types.
pub(super) fn emit(paths: &BTreeSet<String>) -> String {
    let lines = paths.iter().map(|path| format!("foreign!({path});\n"));
    let lines: String = lines.collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n{lines}")
    }
}
