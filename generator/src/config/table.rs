//! The functions that all settings share: their places, and reading them.
//!
//! A value of the wrong type is read as missing, since [`examine`](super::examine) has reported it.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{JsonPointer, Place, Source, Span};

/// A reader of tables, which records the place of each setting.
pub(super) struct Reader<'a> {
    pub(super) source: Arc<Source>,
    pub(super) diagnostics: &'a mut Diagnostics,
    known: Vec<(JsonPointer, Place)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: Arc<Source>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            source,
            diagnostics,
            known: Vec::new(),
        }
    }

    pub(super) fn place(&self, span: Range<usize>, pointer: JsonPointer) -> Place {
        Place {
            source: Arc::clone(&self.source),
            span: self::span(span),
            pointer,
        }
    }

    pub(super) fn remember(&mut self, setting: &JsonPointer, span: Range<usize>) {
        let place = self.place(span, setting.clone());
        self.known.push((setting.clone(), place));
    }

    /// Returns the place of a setting, or of its closest enclosing setting in the file.
    pub(super) fn place_of(&self, setting: &JsonPointer) -> Place {
        let around = self
            .known
            .iter()
            .filter(|(known, _)| known.contains(setting));
        let closest = around.max_by_key(|(known, _)| known.as_str().len());
        closest.map_or_else(
            || self.place(0..0, JsonPointer::root()),
            |(_, place)| place.clone(),
        )
    }

    pub(super) fn report_problem(&mut self, problem: Problem) {
        let place = self.place_of(&problem.setting);
        self.diagnostics.report(
            Diagnostic::at(Code::InvalidConfig, &place, problem.message).help(problem.help),
        );
    }
}

/// Returns the table of a key.
pub(super) fn table<'t, 'i>(around: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    around.get(key)?.get_ref().as_table()
}

/// Returns the items of a list.
pub(super) fn items<'t, 'i>(around: &'t DeTable<'i>, key: &str) -> &'t [Spanned<DeValue<'i>>] {
    match around.get(key).map(Spanned::get_ref) {
        Some(DeValue::Array(items)) => items,
        _ => &[],
    }
}

pub(super) fn text(around: &DeTable<'_>, key: &str) -> Option<String> {
    around.get(key)?.get_ref().as_str().map(str::to_owned)
}

/// Returns a setting that is off by default.
pub(super) fn flag(around: &DeTable<'_>, key: &str) -> bool {
    let value = around.get(key).and_then(|it| it.get_ref().as_bool());
    value.unwrap_or(false)
}

pub(super) fn number(around: &DeTable<'_>, key: &str) -> Option<usize> {
    match around.get(key)?.get_ref() {
        DeValue::Integer(number) => usize::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

/// Returns the kind of a value, for messages.
pub(super) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn span(span: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        start: offset(span.start),
        end: offset(span.end),
    }
}
