//! The report as text.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Coverage, Keyword, Scheme, Standing};
use crate::document::Place;

/// What a report has as its title, by which one of an earlier run is known.
pub const MARK: &str = "What became of the documents";

/// The report as JSON.
#[must_use]
pub fn to_json(apis: &[Coverage]) -> Value {
    let api = |it: &Coverage| {
        let left_out = it
            .left_out
            .iter()
            .map(|it| json!({ "operation": it.route, "at": at(&it.place), "reason": it.reason }));
        let untyped = it
            .untyped
            .iter()
            .map(|(place, why)| json!({ "at": at(place), "why": why.to_string() }));
        let keywords = it.keywords.iter().map(|it| {
            json!({
                "object": it.object,
                "keyword": it.name,
                "count": it.count,
                "standing": it.standing.as_str(),
                "first": at(&it.first),
            })
        });
        let schemes = it.schemes.iter().map(|it| {
            json!({
                "scheme": it.name,
                "kind": it.kind,
                "standing": it.standing.as_str(),
                "at": at(&it.place),
            })
        });
        let findings = it.findings.iter().map(|it| {
            json!({
                "code": it.code.to_string(),
                "message": it.message,
                "at": it.place.as_ref().map(at),
                "label": it.label,
                "help": it.help,
            })
        });
        json!({
            "module": it.module,
            "spec": it.spec,
            "operations": {
                "documented": it.generated + it.left_out.len(),
                "generated": it.generated,
                "leftOut": left_out.collect::<Vec<_>>(),
            },
            "security": schemes.collect::<Vec<_>>(),
            "untyped": untyped.collect::<Vec<_>>(),
            "keywords": keywords.collect::<Vec<_>>(),
            "findings": findings.collect::<Vec<_>>(),
        })
    };
    json!({ "title": MARK, "apis": apis.iter().map(api).collect::<Vec<_>>() })
}

/// The report as Markdown.
#[must_use]
pub fn to_markdown(apis: &[Coverage]) -> String {
    let mut text = format!("# {MARK}\n");
    for api in apis {
        one(&mut text, api);
    }
    text
}

fn one(text: &mut String, api: &Coverage) {
    // Writing into a string does not fail.
    let documented = api.generated + api.left_out.len();
    let _ = writeln!(text, "\n## `{}`\n", inline(&api.module));
    let _ = writeln!(text, "Made from `{}`.\n", inline(&api.spec));
    let _ = writeln!(
        text,
        "- Operations with a method: {} of {documented}",
        api.generated
    );
    let _ = writeln!(
        text,
        "- Places with values of no type: {}",
        api.untyped.len()
    );
    let _ = writeln!(text, "- Findings: {}", api.findings.len());
    if !api.left_out.is_empty() {
        let _ = writeln!(
            text,
            "\n### Operations without a method\n\n| operation | at | reason |\n|---|---|---|"
        );
        for it in &api.left_out {
            let reason = it.reason.as_deref().unwrap_or_default();
            let _ = writeln!(
                text,
                "| `{}` | {} | {} |",
                inline(&it.route),
                shown(&it.place),
                cell(reason)
            );
        }
    }
    security(text, &api.schemes);
    if !api.untyped.is_empty() {
        let _ = writeln!(text, "\n### Values of no type\n\n| at | why |\n|---|---|");
        for (place, why) in &api.untyped {
            let _ = writeln!(text, "| {} | {} |", shown(place), cell(&why.to_string()));
        }
    }
    for standing in [
        Standing::Unknown,
        Standing::LeftOut,
        Standing::Documented,
        Standing::Honoured,
    ] {
        table(text, &api.keywords, standing);
    }
    if !api.findings.is_empty() {
        let _ = writeln!(
            text,
            "\n### Findings\n\n| code | at | finding |\n|---|---|---|"
        );
        for it in &api.findings {
            let place = it.place.as_ref().map(shown).unwrap_or_default();
            let _ = writeln!(text, "| {} | {place} | {} |", it.code, cell(&it.message));
        }
    }
}

fn security(text: &mut String, schemes: &[Scheme]) {
    if schemes.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n### Security schemes\n\n| scheme | kind | what becomes of it | at |\n|---|---|---|---|"
    );
    for it in schemes {
        let (name, kind, standing) = (inline(&it.name), cell(&it.kind), it.standing.as_str());
        let place = shown(&it.place);
        let _ = writeln!(text, "| `{name}` | {kind} | {standing} | {place} |");
    }
}

/// The fields of one standing.
fn table(text: &mut String, keywords: &[Keyword], standing: Standing) {
    let listed: Vec<&Keyword> = keywords
        .iter()
        .filter(|it| it.standing == standing)
        .collect();
    if listed.is_empty() {
        return;
    }
    let title = match standing {
        Standing::Honoured => "Fields that the client honours",
        Standing::Documented => "Fields that the documentation says",
        Standing::LeftOut => "Fields without effect",
        Standing::Unknown => "Fields that the specification does not have",
    };
    let _ = writeln!(
        text,
        "\n### {title}\n\n| object | field | times | first at |\n|---|---|---:|---|"
    );
    for it in listed {
        let (object, name, count) = (it.object, inline(&it.name), it.count);
        let _ = writeln!(
            text,
            "| {object} | `{name}` | {count} | {} |",
            shown(&it.first)
        );
    }
}

/// A place in JSON.
fn at(place: &Place) -> Value {
    let at = place.line_column();
    json!({
        "file": place.source.name,
        "line": at.line,
        "column": at.column,
        "pointer": format!("#{}", place.pointer.as_str()),
    })
}

/// A place in a cell.
fn shown(place: &Place) -> String {
    let at = place.line_column();
    let text = format!(
        "{}:{}:{} at #{}",
        place.source.name,
        at.line,
        at.column,
        place.pointer.as_str()
    );
    format!("`{}`", inline(&text))
}

/// Text of a document between backticks in a cell: in one line, and without what would end either.
fn inline(text: &str) -> String {
    let plain = |letter: char| match letter {
        '`' => '\'',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars()
        .map(plain)
        .collect::<String>()
        .replace('|', "\\|")
}

/// Prose in a cell.
fn cell(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars()
        .map(plain)
        .collect::<String>()
        .replace('|', "\\|")
        .replace('<', "&lt;")
}
