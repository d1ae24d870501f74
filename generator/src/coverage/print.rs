//! Prints the coverage report.

use serde_json::{Value, json};

use super::{Coverage, Keyword, Scheme, Standing};
use crate::document::Place;
use crate::lines;
use crate::markdown::{Inline, Text, code, inline, prose};

/// The title of a report, which also identifies a report of an earlier run.
pub const MARK: &str = "Keywright coverage report";

/// Prints the report as JSON.
#[must_use]
pub fn to_json(apis: &[Coverage]) -> String {
    let api = |it: &Coverage| {
        let left_out = it
            .left_out
            .iter()
            .map(|it| json!({ "operation": it.route, "at": at(&it.place), "reason": it.why.to_string() }));
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
    lines::json(&json!({ "title": MARK, "apis": apis.iter().map(api).collect::<Vec<_>>() }))
}

/// Prints the report as Markdown.
#[must_use]
pub fn to_markdown(apis: &[Coverage]) -> String {
    let mut text = Text::default();
    text.heading(1, MARK);
    for api in apis {
        one(&mut text, api);
    }
    format!("{text}\n")
}

fn one(text: &mut Text, api: &Coverage) {
    let documented = api.generated + api.left_out.len();
    text.heading(2, code(&api.module));
    text.paragraph(prose!("Generated from {}.", code(&api.spec)));
    let facts = [
        prose!(
            "Operations with a method: {} of {}",
            number(api.generated),
            number(documented)
        ),
        prose!("Values without a type: {}", number(api.untyped.len())),
        prose!("Findings: {}", number(api.findings.len())),
    ];
    text.list(facts.map(Text::from));
    if !api.left_out.is_empty() {
        text.heading(3, "Operations without a method");
        let rows = api.left_out.iter().map(|it| {
            [
                code(&it.route),
                shown(&it.place),
                inline(&it.why.to_string()),
            ]
        });
        text.table(["operation", "at", "reason"], rows);
    }
    security(text, &api.schemes);
    if !api.untyped.is_empty() {
        text.heading(3, "Values without a type");
        let rows = api.untyped.iter();
        let rows = rows.map(|(place, why)| [shown(place), inline(&why.to_string())]);
        text.table(["at", "why"], rows);
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
        text.heading(3, "Findings");
        let rows = api.findings.iter().map(|it| {
            let place = it.place.as_ref().map(shown).unwrap_or_default();
            [inline(&it.code.to_string()), place, inline(&it.message)]
        });
        text.table(["code", "at", "finding"], rows);
    }
}

fn security(text: &mut Text, schemes: &[Scheme]) {
    if schemes.is_empty() {
        return;
    }
    text.heading(3, "Security schemes");
    let rows = schemes.iter().map(|it| {
        let standing = Inline::from(it.standing.as_str());
        [code(&it.name), inline(&it.kind), standing, shown(&it.place)]
    });
    text.table(["scheme", "kind", "treatment", "at"], rows);
}

/// The fields of one standing.
fn table(text: &mut Text, keywords: &[Keyword], standing: Standing) {
    let listed = keywords.iter().filter(|it| it.standing == standing);
    let mut listed = listed.peekable();
    if listed.peek().is_none() {
        return;
    }
    text.heading(
        3,
        match standing {
            Standing::Honoured => "Fields with an effect on the client",
            Standing::Documented => "Fields that only appear in the docs",
            Standing::LeftOut => "Fields without effect",
            Standing::Unknown => "Fields that the specification does not define",
        },
    );
    let rows = listed.map(|it| {
        let object = Inline::from(it.object);
        [object, code(&it.name), number(it.count), shown(&it.first)]
    });
    text.table(["object", "field", "times", "first at"], rows);
}

fn number(count: usize) -> Inline {
    Inline::number(count as u64)
}

/// A place in JSON.
fn at(place: &Place) -> Value {
    let place = place.written();
    let at = place.line_column();
    json!({
        "file": place.source.name,
        "line": at.line,
        "column": at.column,
        "pointer": format!("#{}", place.pointer.as_str()),
    })
}

/// A place in prose.
fn shown(place: &Place) -> Inline {
    let place = place.written();
    let at = place.line_column();
    let name = &place.source.name;
    let pointer = place.pointer.as_str();
    code(&format!("{name}:{}:{} at #{pointer}", at.line, at.column))
}
