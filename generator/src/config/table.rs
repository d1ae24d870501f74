//! What settings of any kind have in common: where each stands, and what is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::Problem;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{JsonPointer, Place, Source, Span};

/// Reads tables, and remembers where each setting stands.
pub(super) struct Reader<'a> {
    pub(super) source: Arc<Source>,
    pub(super) diagnostics: &'a mut Diagnostics,
    known: Vec<(String, Place)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: Arc<Source>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            source,
            diagnostics,
            known: Vec::new(),
        }
    }

    /// Reports keys that mean nothing.
    pub(super) fn only(&mut self, table: &DeTable<'_>, within: &str, keys: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if keys.contains(&name) {
                continue;
            }
            let place = place(&self.source, key.span(), pointer(&join(within, name)));
            let message = match within {
                "" => format!("`{name}` is not a table of the configuration"),
                _ => format!(
                    "`{name}` is not a key of `{}`",
                    within.split('.').next().unwrap_or(within)
                ),
            };
            let help = match similar(name, keys.iter().copied()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("the keys are `{}`", keys.join("`, `")),
            };
            self.diagnostics
                .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
        }
    }

    pub(super) fn table<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        within: &str,
        key: &str,
    ) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        let setting = join(within, key);
        self.remember(&setting, value.span());
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(&setting, value, "a table");
            return None;
        };
        Some(table)
    }

    pub(super) fn text(&mut self, table: &DeTable<'_>, within: &str, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let setting = join(within, key);
        self.remember(&setting, value.span());
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(&setting, value, "a text");
            return None;
        };
        Some(text.to_string())
    }

    /// Reads a text that must be there and say something.
    pub(super) fn required_text(
        &mut self,
        table: &DeTable<'_>,
        within: &str,
        key: &str,
        help: &str,
    ) -> Option<String> {
        let is_there = table.get(key).is_some();
        let text = self.text(table, within, key);
        if is_there && text.as_ref().is_none_or(|it| !it.trim().is_empty()) {
            return text;
        }
        let (setting, message) = if is_there {
            (join(within, key), format!("`{key}` is empty"))
        } else {
            (within.to_owned(), format!("there is no `{key}`"))
        };
        self.report_problem(Problem {
            setting,
            message,
            help: help.to_owned(),
        });
        None
    }

    /// Reads a setting that is off unless it is switched on.
    pub(super) fn flag(&mut self, table: &DeTable<'_>, within: &str, key: &str) -> bool {
        let Some(value) = table.get(key) else {
            return false;
        };
        let setting = join(within, key);
        self.remember(&setting, value.span());
        if let DeValue::Boolean(value) = value.get_ref() {
            return *value;
        }
        self.wrong_type(&setting, value, "`true` or `false`");
        false
    }

    pub(super) fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<usize> {
        let value = table.get(key)?;
        let setting = join("limits", key);
        self.remember(&setting, value.span());
        let number = match value.get_ref() {
            DeValue::Integer(number) => usize::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(&setting, value, "a whole number");
        }
        number
    }

    pub(super) fn wrong_type(&mut self, setting: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let place = place(&self.source, value.span(), pointer(setting));
        let key = setting.rsplit('.').next().unwrap_or(setting);
        let message = format!("`{key}` is not {wanted}");
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidConfig, &place, message));
    }

    pub(super) fn remember(&mut self, setting: &str, span: Range<usize>) {
        let place = place(&self.source, span, pointer(setting));
        self.known.push((setting.to_owned(), place));
    }

    /// Reports a problem at the setting, or at what stands around it, as far as it is in the file.
    pub(super) fn report_problem(&mut self, problem: Problem) {
        let around = problem
            .setting
            .rsplit_once('.')
            .map_or("", |(around, _)| around);
        let found = |setting: &str| self.known.iter().find(|(known, _)| known == setting);
        let known = found(&problem.setting).or_else(|| found(around));
        let place = known.map_or_else(
            || place(&self.source, 0..0, JsonPointer::root()),
            |(_, place)| place.clone(),
        );
        self.diagnostics.report(
            Diagnostic::at(Code::InvalidConfig, &place, problem.message).help(problem.help),
        );
    }
}

pub(super) fn join(within: &str, key: &str) -> String {
    if within.is_empty() {
        key.to_owned()
    } else {
        format!("{within}.{key}")
    }
}

pub(super) fn pointer(setting: &str) -> JsonPointer {
    setting
        .split('.')
        .filter(|it| !it.is_empty())
        .fold(JsonPointer::root(), |it, key| it.child(key))
}

pub(super) fn place(source: &Arc<Source>, span: Range<usize>, pointer: JsonPointer) -> Place {
    Place {
        source: Arc::clone(source),
        span: self::span(span),
        pointer,
    }
}

pub(super) fn span(span: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        start: offset(span.start),
        end: offset(span.end),
    }
}
