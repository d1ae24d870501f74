//! Checks the structure of a configuration: the keys of each table, and the types of values.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{Key, Kind};
use super::table::{Reader, kind_of};
use crate::diagnostics::{Code, Diagnostic, similar};
use crate::document::JsonPointer;

impl Reader<'_> {
    /// Reports unknown keys, missing keys and values of the wrong type in a table, and records the place of each
    /// setting.
    pub(super) fn examine(&mut self, table: &DeTable<'_>, at: &JsonPointer, keys: &[Key]) {
        // In the order of the file, and not of the alphabet.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (name, value) in entries {
            let text = name.get_ref().as_ref();
            let setting = at.child(text);
            match keys.iter().find(|key| key.name == text) {
                Some(key) => {
                    self.value(value, text, &setting, &key.kind);
                    self.check_empty(value, &setting, key);
                }
                None => self.unknown_key(name, at, keys),
            }
        }
        let missing = keys
            .iter()
            .filter(|key| key.is_required && table.get(key.name).is_none());
        for key in missing {
            self.missing_key(at, key);
        }
    }

    /// Examines the value of a setting, with everything inside.
    fn value(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        name: &str,
        setting: &JsonPointer,
        kind: &Kind,
    ) {
        self.remember(setting, value.span());
        match (kind, value.get_ref()) {
            (Kind::Kept(_), _)
            | (Kind::Text | Kind::Path | Kind::TextOr(_), DeValue::String(_))
            | (Kind::Flag, DeValue::Boolean(_)) => {}
            (Kind::Number, DeValue::Integer(number))
                if usize::from_str_radix(number.as_str(), number.radix()).is_ok() => {}
            (Kind::Choice(choices), DeValue::String(text)) => {
                if !choices.iter().any(|(it, _)| it == text) {
                    self.unknown_choice(value, text, name, setting, choices);
                }
            }
            (Kind::List(kind), DeValue::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, name, &setting.item(index), kind);
                }
            }
            (Kind::Table(keys), DeValue::Table(table)) => self.examine(table, setting, keys),
            (Kind::TextOr(kind), DeValue::Table(_)) => self.value(value, name, setting, kind),
            (Kind::Tables(keys), DeValue::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let setting = setting.item(index);
                    self.remember(&setting, item.span());
                    match item.get_ref() {
                        DeValue::Table(table) => self.examine(table, &setting, keys),
                        _ => self.wrong_type(item, name, &setting, "a table"),
                    }
                }
            }
            (Kind::Map { value: kind, .. }, DeValue::Table(table)) => {
                for (key, value) in table {
                    let key = key.get_ref().as_ref();
                    self.value(value, key, &setting.child(key), kind);
                }
            }
            (
                Kind::Text
                | Kind::Path
                | Kind::Flag
                | Kind::Number
                | Kind::Choice(_)
                | Kind::List(_)
                | Kind::Table(_)
                | Kind::Tables(_)
                | Kind::TextOr(_)
                | Kind::Map { .. },
                _,
            ) => self.wrong_type(value, name, setting, kind.noun()),
        }
    }

    fn wrong_type(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        name: &str,
        setting: &JsonPointer,
        wanted: &str,
    ) {
        let message = format!("`{name}` is {}, not {wanted}", kind_of(value.get_ref()));
        let place = self.place(value.span(), setting.clone());
        let mut finding = Diagnostic::at(Code::InvalidConfig, &place, message);
        if wanted == "a list of tables" {
            finding = finding.help(format!("write the header of each table as `[[{name}]]`"));
        }
        self.diagnostics.report(finding);
    }

    fn unknown_key(
        &mut self,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        at: &JsonPointer,
        keys: &[Key],
    ) {
        let text = name.get_ref().as_ref();
        let place = self.place(name.span(), at.child(text));
        // The name of the table, without its number in a list.
        let around = at.segments();
        let around = around.filter(|it| !it.chars().all(|it| it.is_ascii_digit()));
        let around = around.collect::<Vec<_>>().join(".");
        let message = match &*around {
            "" => format!("`{text}` is not a table of the configuration"),
            around => format!("`{text}` is not a key of `{around}`"),
        };
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        let help = match similar(text, names.iter().copied()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("the keys are `{}`", names.join("`, `")),
        };
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
    }

    fn unknown_choice(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        text: &str,
        name: &str,
        setting: &JsonPointer,
        choices: &[(&str, &str)],
    ) {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let help = match (similar(text, names.iter().copied()), names.split_last()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, Some((last, []))) => format!("write `{last}`"),
            (None, Some((last, others))) => format!("choose `{}` or `{last}`", others.join("`, `")),
            (None, None) => String::new(),
        };
        let place = self.place(value.span(), setting.clone());
        let message = format!("`{text}` is not a value of `{name}`");
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
    }

    fn missing_key(&mut self, at: &JsonPointer, key: &Key) {
        let name = key.name;
        let place = self.place_of(at);
        let message = format!("there is no `{name}`");
        let help = format!("add it: `{name} = {}`", key.example);
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
    }

    /// Reports a required text that is empty.
    fn check_empty(&mut self, value: &Spanned<DeValue<'_>>, setting: &JsonPointer, key: &Key) {
        let text = value.get_ref().as_str();
        if key.is_required && text.is_some_and(|text| text.trim().is_empty()) {
            let place = self.place(value.span(), setting.clone());
            let message = format!("`{}` is empty", key.name);
            let help = format!("write it like this: `{} = {}`", key.name, key.example);
            self.diagnostics
                .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
        }
    }
}
