//! Writes findings as JSON, for programs. `docs/schemas/diagnostics.schema.json` describes the document.

use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Severity};
use crate::document::Place;

/// The version of the document's layout. It grows when a field changes its meaning or is removed.
const VERSION: u32 = 1;

/// Writes all findings as one JSON document, in the order of [`Diagnostics::in_order`]. Repeated findings are not
/// folded.
///
/// ```json
/// { "version": 1, "errors": 0, "warnings": 1, "findings": [{ "code": "KW0201", "severity": "warning", .. }] }
/// ```
#[must_use]
pub fn to_json(diagnostics: &Diagnostics) -> String {
    let findings = diagnostics.in_order();
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let document = json!({
        "version": VERSION,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "findings": findings.iter().map(|it| finding(it)).collect::<Vec<_>>(),
    });
    pretty(&document)
}

/// Formats a JSON document with a final newline.
pub(super) fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}

fn finding(finding: &Diagnostic) -> Value {
    let related = finding.related.iter();
    let related = related.map(|(at, text)| json!({ "place": place(at), "label": text }));
    json!({
        "code": finding.code.to_string(),
        "severity": severity(finding.severity),
        "message": finding.message,
        "place": finding.place.as_ref().map(place),
        "label": finding.label,
        "related": related.collect::<Vec<_>>(),
        "notes": finding.notes,
        "help": finding.help,
    })
}

/// Returns the word for a severity: `error` or `warning`.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn place(place: &Place) -> Value {
    let (start, end) = (place.line_column(), place.end());
    json!({
        "file": place.source.name,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "pointer": place.pointer.as_str(),
    })
}
