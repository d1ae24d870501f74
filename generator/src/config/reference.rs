//! Prints `docs/CONFIG.md`: every key with its type, its default and an example.

use std::fmt::Write;

use super::keys::{Key, Kind, known};

/// The text before the keys.
const HEAD: &str = "\
# The configuration

<!-- Generated from `generator/src/config/keys/`. Do not edit. -->

`keywright.toml` lists the documents and the modules that they become. Paths are relative to its folder. An
unknown key is an error, and so is a value of the wrong type.

Editors complete and check the file if its first line names the JSON Schema, which
[Even Better TOML](https://marketplace.visualstudio.com/items?itemName=tamasfe.even-better-toml) and other extensions
based on Taplo understand:

```toml
#:schema docs/schemas/keywright.schema.json
```

Keys are optional unless they are marked as required. Each table is shown with all of its keys.
";

/// Returns the reference of all keys, in Markdown.
#[must_use]
pub fn reference() -> String {
    let mut text = HEAD.to_owned();
    for key in known() {
        section(&mut text, &Path::default(), &key);
    }
    text
}

/// The path of a table: its names, with placeholders for names that users choose, and the same names in the example.
#[derive(Clone, Default)]
struct Path {
    names: Vec<&'static str>,
    example: Vec<&'static str>,
}

impl Path {
    fn child(&self, name: &'static str, example: &'static str) -> Self {
        let mut child = self.clone();
        child.names.push(name);
        child.example.push(example);
        child
    }

    fn header(names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|it| quoted(it)).collect();
        names.join(".")
    }
}

/// Prints a table: its description, an example, and its keys; then the tables in it.
fn section(text: &mut String, around: &Path, key: &Key) {
    let mut path = around.child(key.name, key.name);
    let kind = plain(&key.kind);
    let is_of_tables = !kind.keys().is_empty();
    if let (Kind::Map { of, example, .. }, true) = (kind, is_of_tables) {
        path = path.child(of, example);
    }
    let (open, close) = match kind {
        Kind::Tables(_) => ("[[", "]]"),
        _ => ("[", "]"),
    };
    let title = Path::header(&path.names);
    let level = "#".repeat((around.names.len() + 2).min(4));
    // Writing into a string does not fail.
    let _ = write!(text, "\n{level} `{open}{title}{close}`\n\n{}\n", key.doc);
    let header = Path::header(&path.example);
    let (tables, plain): (Vec<&Key>, Vec<&Key>) = kind
        .keys()
        .iter()
        .partition(|key| is_table(&key.kind, path.names.len()));
    let mut lines: String = plain.iter().map(|key| line(key.name, key)).collect();
    if let (Kind::Map { example, .. }, false) = (kind, is_of_tables) {
        lines = line(example, key);
    }
    if !lines.is_empty() {
        let _ = write!(text, "\n```toml\n{open}{header}{close}\n{lines}```\n");
    }
    if !plain.is_empty() {
        let rows: String = plain.into_iter().map(row).collect();
        let _ = write!(text, "\n| key | value | |\n|---|---|---|\n{rows}");
    } else if let (Kind::Map { of, value, .. }, false) = (kind, is_of_tables) {
        let values = described(value);
        let _ = write!(text, "\nEach key is a {of}, and its value is {values}.");
        text.push_str(&choices(value));
        text.push('\n');
    }
    for key in tables {
        section(text, &path, key);
    }
}

/// Prints the example of a key.
fn line(name: &str, key: &Key) -> String {
    match &key.kind {
        Kind::Map { example, .. } if name == key.name => {
            format!("{name} = {{ {} = {} }}\n", quoted(example), key.example)
        }
        _ => format!("{} = {}\n", quoted(name), key.example),
    }
}

/// Prints a key as a row of a table.
fn row(key: &Key) -> String {
    let mut note = key.doc.to_owned();
    note.push_str(&choices(&key.kind));
    if let Some(default) = &key.default {
        let _ = write!(note, " The default is `{default}`.");
    }
    let required = if key.is_required {
        "**Required.** "
    } else {
        ""
    };
    format!(
        "| `{}` | {} | {required}{note} |\n",
        key.name,
        described(&key.kind)
    )
}

/// Prints the meaning of each choice of a value.
fn choices(kind: &Kind) -> String {
    let Kind::Choice(choices) = plain(kind) else {
        return String::new();
    };
    let choices = choices.iter().map(|(name, doc)| format!("`{name}`: {doc}"));
    format!(" {}.", choices.collect::<Vec<_>>().join("; "))
}

/// Returns the type of a value, for readers.
fn described(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Choice(choices) => {
            let names: Vec<String> = choices
                .iter()
                .map(|(name, _)| format!("`\"{name}\"`"))
                .collect();
            match names.split_last() {
                Some((last, others)) if !others.is_empty() => {
                    format!("{} or {last}", others.join(", "))
                }
                _ => names.concat(),
            }
        }
        Kind::List(kind) => format!("a list of {}", listed(kind)),
        Kind::Map { of, value, .. } => format!("a table from {of} to {}", described(value)),
        Kind::Kept(kind) => described(kind),
        Kind::Path
        | Kind::Flag
        | Kind::Number
        | Kind::Table(_)
        | Kind::Tables(_)
        | Kind::TextOr(_) => kind.noun().to_owned(),
    }
}

fn listed(kind: &Kind) -> String {
    match kind {
        Kind::Text => "texts".to_owned(),
        Kind::Path => "paths".to_owned(),
        Kind::Number => "whole numbers".to_owned(),
        other => described(other),
    }
}

/// Returns `true` if a key has its own header, such as `[api.names]`. Small nested tables are written on one line.
fn is_table(kind: &Kind, depth: usize) -> bool {
    match kind {
        Kind::Table(_) | Kind::Tables(_) => true,
        Kind::Map { value, .. } => depth < 2 || !value.keys().is_empty(),
        Kind::Kept(kind) => is_table(kind, depth),
        Kind::Text
        | Kind::Path
        | Kind::Flag
        | Kind::Number
        | Kind::Choice(_)
        | Kind::List(_)
        | Kind::TextOr(_) => false,
    }
}

fn plain(kind: &Kind) -> &Kind {
    match kind {
        Kind::Kept(kind) => kind,
        other => other,
    }
}

/// Returns a name as a TOML key.
fn quoted(name: &str) -> String {
    let is_bare = name
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || "-_".contains(it));
    if is_bare {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}
