//! What an edit does: the files of both clients, and the changes between them.

use std::collections::BTreeMap;

use keywright::diagnostics::{Diagnostics, Style, render};
use keywright::diff::{Diff, diff};
use keywright::document::Place;
use keywright::outline;
use keywright::surface::surface;
use keywright::{Config, NamedApi, read_all};

use crate::row::{Row, Settings};

/// The files of a client, by path.
pub type Files = BTreeMap<String, String>;

/// A client, as one side of a row has it.
#[derive(Debug)]
pub struct Side {
    /// The configuration.
    pub config: Config,
    /// The APIs: that of the document first.
    pub apis: Vec<NamedApi>,
}

impl Side {
    /// Returns the name of the module.
    #[must_use]
    pub fn module(&self) -> &str {
        &self.apis[0].module
    }

    /// Returns the files of the package.
    #[must_use]
    pub fn files(&self) -> Files {
        keywright::print(&self.apis, &self.config)
    }

    /// Returns the public signatures, a line each.
    #[must_use]
    pub fn surface(&self) -> String {
        let shapes = keywright::shapes(&self.apis, &self.config);
        let apis = self.apis.iter().zip(&shapes);
        apis.map(|(it, shape)| surface(&it.module, &it.api, &it.names, shape))
            .collect()
    }
}

/// What an edit does.
#[derive(Debug)]
pub struct Outcome {
    /// The client before the edit.
    pub old: Side,
    /// The client after it.
    pub new: Side,
    /// The changes.
    pub diff: Diff,
    /// The changes, as a row has them.
    pub changes: Vec<Shown>,
}

/// A change, as a row has it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The rule.
    pub rule: &'static str,
    /// The path, without the name of the module.
    pub path: String,
    /// The line that the old place points to, from the place on.
    pub old: Option<String>,
    /// The line that the new place points to, from the place on.
    pub new: Option<String>,
}

/// Applies an edit. The error is what is reported of a document although the row says that it is valid, or the other way
/// round.
///
/// # Panics
///
/// If there is no room for temporary files.
pub fn outcome(row: &Row) -> Result<Outcome, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let read = |name: &str, document: &str, settings: &Settings| {
        let folder = folder.path().join(name);
        std::fs::create_dir(&folder).expect("the folder can be written");
        let config = settings.config(&row.base, document, &folder);
        let mut found = Diagnostics::new(false);
        let apis = read_all(&config, &mut found);
        let text: Vec<String> = found.iter().map(|it| render(it, Style::Plain)).collect();
        match apis {
            Some(apis) if text.is_empty() || row.warnings => Ok(Side { config, apis }),
            _ => Err(format!("the {name} document: {}", text.join("\n"))),
        }
    };
    let (before, after) = row.documents();
    let old = read("old", &before, &row.old)?;
    let new = read("new", &after, &row.new)?;
    let diff = diff(
        &outline::of_apis(&old.apis, &old.config),
        &outline::of_apis(&new.apis, &new.config),
    );
    let shown = diff.changes.iter().map(|it| Shown {
        rule: it.rule.name(),
        path: plain(&it.path, &[new.module(), old.module()]),
        old: it.old.as_ref().map(line),
        new: it.new.as_ref().map(line),
    });
    let changes = shown.collect();
    Ok(Outcome {
        old,
        new,
        diff,
        changes,
    })
}

/// A path without the name of the module in front.
fn plain(path: &str, modules: &[&str]) -> String {
    let mut plain = modules
        .iter()
        .filter_map(|it| path.strip_prefix(it)?.strip_prefix("::"));
    plain.next().unwrap_or(path).to_owned()
}

/// The rest of a line, from a place on.
fn line(place: &Place) -> String {
    let start = place.span.start;
    let end = place.source.line_end(start);
    place.source.text[start as usize..end].to_owned()
}
