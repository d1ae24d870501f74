//! Writes findings as SARIF 2.1.0, which code scanning services and editors read.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::json::pretty;
use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::digest::Digest;
use crate::document::Place;

/// Writes all findings as one SARIF log, in the order of [`Diagnostics::in_order`]. Repeated findings are not folded.
///
/// The rules are all codes. The fingerprint of a finding is computed from its code, file, JSON pointer and message, so
/// it stays the same if lines move.
#[must_use]
pub fn to_sarif(diagnostics: &Diagnostics) -> String {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let mut known = HashMap::new();
    let findings = diagnostics.in_order().into_iter();
    let results: Vec<Value> = findings.map(|it| result(it, &mut known)).collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Keywright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

/// Returns a code as a rule.
fn rule(code: Code) -> Value {
    let explanation = code.explanation();
    json!({
        "id": code.to_string(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": explanation.meaning },
        "help": { "text": explanation.meaning, "markdown": explanation.to_markdown() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

/// Returns a finding as a result. `known` counts the fingerprints, since one place may have equal findings.
fn result(finding: &Diagnostic, known: &mut HashMap<String, usize>) -> Value {
    let fingerprint = fingerprint(finding);
    let count = known.entry(fingerprint.clone()).or_default();
    *count += 1;
    let fingerprint = format!("{fingerprint}:{count}");
    let rule = Code::ALL.iter().position(|code| *code == finding.code);
    let mut result = Map::new();
    let mut add = |key: &str, value: Value| result.insert(key.to_owned(), value);
    add("ruleId", json!(finding.code.to_string()));
    add("ruleIndex", json!(rule));
    add("level", json!(level(finding.severity)));
    add("message", json!({ "text": text(finding) }));
    if let Some(place) = &finding.place {
        let mut location = location(place);
        if let Some(label) = &finding.label {
            location["physicalLocation"]["region"]["message"] = json!({ "text": label });
        }
        add("locations", json!([location]));
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(0_usize..);
        let related = related.map(|((place, text), id)| {
            let mut location = location(place);
            location["id"] = json!(id);
            location["message"] = json!({ "text": text });
            location
        });
        add("relatedLocations", related.collect());
    }
    add(
        "partialFingerprints",
        json!({ "keywrightFinding/v1": fingerprint }),
    );
    Value::Object(result)
}

/// Returns the message with notes and help, since services show nothing else of a result.
fn text(finding: &Diagnostic) -> String {
    let mut text = finding.message.clone();
    for note in &finding.notes {
        let _ = write!(text, "\nNote: {note}");
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\nHelp: {help}");
    }
    text
}

fn level(severity: Severity) -> &'static str {
    super::json::severity(severity)
}

fn location(place: &Place) -> Value {
    let (start, end) = (place.line_column(), place.end());
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.source.name) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
        "logicalLocations": [{
            "fullyQualifiedName": format!("{}#{}", place.source.name, place.pointer.as_str()),
            "kind": "value",
        }],
    })
}

/// Returns a file name as a URI reference (RFC 3986).
fn uri(name: &str) -> String {
    let mut uri = String::new();
    // A relative reference must not look as if it started with a scheme.
    if name.split('/').next().is_some_and(|it| it.contains(':')) {
        uri.push_str("./");
    }
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// Returns the fingerprint of a finding, which does not depend on line numbers.
fn fingerprint(finding: &Diagnostic) -> String {
    let (file, pointer) = match &finding.place {
        Some(place) => (place.source.name.as_str(), place.pointer.as_str()),
        None => ("", ""),
    };
    let code = finding.code.to_string();
    let parts = [&code, file, pointer, &finding.message];
    Digest::of(&parts.map(str::as_bytes)).to_string()
}
