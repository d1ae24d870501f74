//! Files of rules: TOML, with a table `[[rule]]` for each.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Number, Value};
use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::keys;
use super::known::Known;
use super::rule::Rule;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{JsonPointer, Place, Source, Span};
use crate::mock::contract::Contract;
use crate::plain_file;

/// How many bytes a file of rules may have.
const LARGEST: usize = 1 << 20;

/// Reads a file of rules. Everything wrong in it is reported at its place; `None` when anything is.
#[must_use]
pub fn read_file(
    path: &Path,
    contracts: &[Contract],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Rule>> {
    let shown = path.to_string_lossy().replace('\\', "/");
    match plain_file::read_text(path, LARGEST) {
        Ok(text) => from_text(&shown, &text, contracts, diagnostics),
        Err(error) => {
            let reason = plain_file::reason(&error);
            let message = format!("the rules `{shown}` cannot be read: {reason}");
            let help = "check the path that `--rules` gives";
            diagnostics.report(Diagnostic::new(Code::InvalidRules, message).help(help));
            None
        }
    }
}

fn from_text(
    name: &str,
    text: &str,
    contracts: &[Contract],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Rule>> {
    let mut file = File {
        source: Arc::new(Source::new(name, text)),
        diagnostics,
        is_good: true,
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().unwrap_or_default();
            let help = "write each rule as a table of TOML: `[[rule]]`";
            file.report(at, error.message().trim(), help);
            return None;
        }
    };
    let rules = file.rules(table.get_ref(), Known(contracts));
    file.is_good.then_some(rules)
}

struct File<'d> {
    source: Arc<Source>,
    diagnostics: &'d mut Diagnostics,
    is_good: bool,
}

impl File<'_> {
    fn rules(&mut self, root: &DeTable<'_>, known: Known<'_>) -> Vec<Rule> {
        for key in root.keys().filter(|it| *it.get_ref() != "rule") {
            let name = key.get_ref();
            let help = match similar(name, ["rule"]) {
                Some(_) => "did you mean `[[rule]]`?",
                None => "write each rule as a table `[[rule]]`",
            };
            let message = format!("`{name}` is not a table of a file of rules");
            self.report(key.span(), &message, help);
        }
        let Some(value) = root.get("rule") else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let help = "write each rule as a table `[[rule]]`";
            self.report(value.span(), "`rule` is not a list of tables", help);
            return Vec::new();
        };
        let mut rules = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => rules.extend(self.rule(item.span(), table, known)),
                _ => self.report(
                    item.span(),
                    "a rule is not a table",
                    "write it as a table `[[rule]]`",
                ),
            }
        }
        rules
    }

    fn rule(&mut self, whole: Range<usize>, table: &DeTable<'_>, known: Known<'_>) -> Option<Rule> {
        let stated = fields(table);
        match keys::rule(&stated, known) {
            Ok(rule) => Some(rule),
            Err(faults) => {
                for Fault {
                    key,
                    is_value,
                    message,
                    help,
                } in faults
                {
                    let entry = key.and_then(|it| table.get_key_value(it.as_str()));
                    let at = match entry {
                        Some((_, value)) if is_value => value.span(),
                        Some((key, _)) => key.span(),
                        None => whole.clone(),
                    };
                    self.report(at, &message, &help);
                }
                None
            }
        }
    }

    fn report(&mut self, at: Range<usize>, message: &str, help: &str) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let place = Place {
            source: Arc::clone(&self.source),
            span: Span {
                start: offset(at.start),
                end: offset(at.end),
            },
            pointer: JsonPointer::root(),
        };
        self.is_good = false;
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidRules, &place, message).help(help));
    }
}

fn fields(table: &DeTable<'_>) -> Map<String, Value> {
    let entries = table.iter();
    entries
        .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
        .collect()
}

/// A value of TOML in terms of JSON. Dates are text.
fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(it) => Value::Bool(*it),
        DeValue::Integer(it) => i64::from_str_radix(it.as_str(), it.radix())
            .map_or_else(|_| Value::from(it.as_str()), Value::from),
        DeValue::Float(it) => {
            let number = it.as_str().parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| Value::from(it.as_str()), Value::Number)
        }
        DeValue::Datetime(it) => Value::from(it.to_string()),
        DeValue::Array(items) => items.iter().map(|it| json(it.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(fields(table)),
    }
}
