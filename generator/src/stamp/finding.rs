//! Findings as data. A place is kept as a number of bytes in a file of the specs, so that what is shown of it is read
//! from there again.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::document::{JsonPointer, Place, Source, Span};

/// Writes a finding; `None` if one of its places is in no file of the specs.
pub(super) fn to_json(finding: &Diagnostic, sources: &[Arc<Source>]) -> Option<Value> {
    let place = |place: &Place| {
        let number = sources
            .iter()
            .position(|it| Arc::ptr_eq(it, &place.source))?;
        let Span { start, end } = place.span;
        Some(json!([number, start, end, place.pointer.as_str()]))
    };
    let places = finding.place.iter().map(place);
    let related = finding.related.iter();
    let related = related.map(|(at, text)| Some(json!([place(at)?, text])));
    Some(json!({
        "code": finding.code as u16,
        "is_error": finding.severity == Severity::Error,
        "message": finding.message,
        "place": places.collect::<Option<Vec<_>>>()?,
        "label": finding.label.as_slice(),
        "related": related.collect::<Option<Vec<_>>>()?,
        "notes": finding.notes,
        "help": finding.help.as_slice(),
    }))
}

/// Reads what [`to_json`] wrote.
pub(super) fn from_json(value: &Value, sources: &[Arc<Source>]) -> Option<Diagnostic> {
    let related = |it: &Value| Some((place(&it[0], sources)?, text(&it[1])?));
    Some(Diagnostic {
        code: code(value["code"].as_u64()?)?,
        severity: if value["is_error"].as_bool()? {
            Severity::Error
        } else {
            Severity::Warning
        },
        message: text(&value["message"])?,
        place: list(&value["place"], |it| place(it, sources))?.pop(),
        label: list(&value["label"], text)?.pop(),
        related: list(&value["related"], related)?,
        notes: list(&value["notes"], text)?,
        help: list(&value["help"], text)?.pop(),
    })
}

fn code(number: u64) -> Option<Code> {
    let mut codes = Code::ALL.iter().copied();
    codes.find(|it| u64::from(*it as u16) == number)
}

fn place(value: &Value, sources: &[Arc<Source>]) -> Option<Place> {
    let number = |index: usize| u32::try_from(value[index].as_u64()?).ok();
    let source = sources.get(number(0)? as usize)?;
    let span = Span {
        start: number(1)?,
        end: number(2)?,
    };
    source.text.get(span.start as usize..span.end as usize)?;
    Some(Place {
        source: Arc::clone(source),
        span,
        pointer: JsonPointer::from_text(value[3].as_str()?),
    })
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Reads a list, which has one item at most for what may be absent.
fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}
