//! The borders between the modules of `src`, as the source has them.
//!
//! [`MODULES`] says what each module imports and does. The tests read the source and compare: they fail for what the
//! table does not allow, and for what it allows and nobody does any more, so that it stays true. A module that is new
//! gets a line.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::Deed::{self, Files, Format, Parse, Print, Quote, Tokens, Versions};

/// A module: its name, what it imports, and what it does that only few may.
type Module = (&'static str, &'static [&'static str], &'static [Deed]);

/// Every module of `src`.
#[rustfmt::skip]
const MODULES: &[Module] = &[
    // Helpers, which know nothing of documents.
    ("lines",       &[], &[]),
    ("similar",     &[], &[]),
    ("plain_file",  &["digest"], &[Files]),
    // It reads what git prints.
    ("revision",    &[], &[Print]),
    ("limits",      &["similar"], &[]),
    ("extensions",  &[], &[]),
    ("digest",      &[], &[]),
    ("threads",     &[], &[]),
    ("media_type",  &[], &[]),

    // Data between the stages. It imports no stage.
    // `document` decides by `swagger` where components stand.
    ("document",    &["digest", "limits", "lines"], &[Versions]),
    ("diagnostics", &["digest", "document", "lines", "similar"], &[]),
    ("model",       &["document", "limits", "lines"], &[]),
    // The model's words for how values travel are the IR's, too.
    ("ir",          &["document", "lines", "model"], &[]),
    // Tokens wait in it for `format`.
    ("output",      &[], &[Tokens]),
    // Whether a module's name is an identifier, `syn` knows.
    ("config",      &["diagnostics", "document", "ir", "limits", "plain_file", "revision"], &[Parse]),

    // The stages, in their order. None imports another.
    ("load",        &["diagnostics", "document", "limits", "plain_file", "revision"], &[Files]),
    ("resolve",     &["diagnostics", "document"], &[]),
    ("normalize",   &["diagnostics", "document", "extensions", "limits", "model"], &[Versions]),
    ("select",      &["config", "diagnostics", "document", "model"], &[]),
    ("lower",       &["config", "diagnostics", "document", "extensions", "ir", "limits", "media_type", "model"], &[]),
    ("name",        &["diagnostics", "document", "ir", "lines"], &[]),
    ("shape",       &["config", "diagnostics", "document", "ir"], &[]),
    ("emit",        &["config", "ir", "lines", "markdown", "output", "shape", "threads"], &[Quote, Tokens]),
    ("format",      &["lines", "output", "threads"], &[Tokens, Parse, Format]),
    ("write",       &["diagnostics", "digest", "output", "plain_file"], &[Files]),

    // What else is made of the data.
    ("markdown",    &["ir", "lines"], &[Tokens]),
    ("surface",     &["ir", "lines", "shape"], &[]),
    ("wire",        &["ir", "lines"], &[]),
    // What a package has besides its APIs, `emit` knows.
    // It also reads generated packages.
    ("outline",     &["config", "document", "emit", "ir", "lib", "shape"], &[Tokens, Quote, Parse]),
    ("diff",        &["diagnostics", "digest", "document", "outline"], &[]),
    ("lint",        &["config", "conform", "diagnostics", "document", "extensions", "ir", "model"], &[]),
    ("paths",       &["document", "ir", "shape"], &[]),
    ("provenance",  &["document", "ir", "paths", "shape", "surface"], &[]),
    // The version that it writes.
    ("interchange", &["diagnostics", "document", "lines", "model"], &[Versions]),
    // The fields that it counts are of all versions.
    ("coverage",    &["diagnostics", "document", "extensions", "ir", "lib", "lines", "markdown"], &[Versions]),

    // What conforms to a document, and services that do: both read the document itself, and not what it is for clients.
    // Which dialect of JSON Schema a document speaks is a matter of its version.
    ("conform",     &["document"], &[Versions]),
    ("mock",        &["config", "conform", "diagnostics", "document", "ir", "lib", "limits", "lower", "media_type", "model", "plain_file"], &[]),

    // What the last run was: it asks `load` and `write` whether all is as it was then.
    ("stamp",       &["config", "diagnostics", "digest", "document", "lib", "load", "plain_file", "snapshots", "write"], &[]),

    // The ways in. `lib` strings the stages together, and these call it.
    ("snapshots",   &["config", "lib", "shape", "surface", "wire"], &[]),
    ("builder",     &["config", "diagnostics", "emit", "lib", "limits", "snapshots", "stamp", "write"], &[Print]),
    ("progenitor",  &["config", "diagnostics", "document", "interchange", "lib"], &[Tokens, Parse, Format]),
    ("cli",         &["config", "coverage", "diagnostics", "diff", "document", "interchange", "ir", "lib", "limits", "lint", "load", "mock", "model", "outline", "paths", "progenitor", "provenance", "revision", "shape", "snapshots", "stamp", "write"], &[Files, Print]),
];

/// The modules of which files import each other in circles.
const CIRCULAR: &[&str] = &[
    // An object of OpenAPI holds others that may hold one of its kind, and each kind has a file.
    "normalize",
    "write",
];

#[test]
fn modules_import_and_do_what_the_table_says() {
    let names: BTreeSet<&str> = MODULES.iter().map(|(name, ..)| *name).collect();
    let files = source::files();
    let mut found: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<Deed>)> = BTreeMap::new();
    for file in files.iter().filter(|it| it.module() != "lib") {
        let (imports, deeds) = found.entry(file.module()).or_default();
        imports.extend(file.imports(&names));
        imports.remove(file.module());
        deeds.extend(&file.deeds);
    }
    let mut faults = Vec::new();
    for name in found.keys().filter(|name| !names.contains(*name)) {
        faults.push(format!("the table has no line for `{name}`"));
    }
    for (name, imports, deeds) in MODULES {
        let (imported, done) = found.remove(name).unwrap_or_default();
        let imports: BTreeSet<&str> = imports.iter().copied().collect();
        let deeds: BTreeSet<Deed> = deeds.iter().copied().collect();
        let more = imported.difference(&imports);
        faults.extend(more.map(|it| format!("`{name}` must not import `{it}`")));
        let less = imports.difference(&imported);
        faults.extend(less.map(|it| format!("`{name}` imports `{it}` no longer")));
        let more = done.difference(&deeds);
        faults.extend(more.map(|it| format!("`{name}` must not do this: {it:?}")));
        let less = deeds.difference(&done);
        faults.extend(less.map(|it| format!("`{name}` does this no longer: {it:?}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = source::files();
    let circles = source::circles(&files);
    let module = |path: &str| path.split(['/', '.']).next().unwrap_or_default().to_owned();
    let modules: BTreeSet<String> = circles.iter().flatten().map(|it| module(it)).collect();
    let known: BTreeSet<String> = CIRCULAR.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(modules, known, "{circles:#?}");
}
