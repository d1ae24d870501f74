//! The proof of the table: what the compiler and rustdoc say of every row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::build::{Client, Dependencies, Faults};
use crate::items::{self, Items};
use crate::outcome::{Files, Outcome, outcome};
use crate::row::Row;
use crate::semver_checks::SemverChecks;
use crate::witness::{Programs, Verdict, judge, name, programs};

/// How much was proved.
#[derive(Debug, Default)]
pub struct Proof {
    /// The rows.
    pub rows: usize,
    /// The programs that compile before an edit and not after it, in other crates and in the same.
    pub witnesses: (usize, usize),
    /// How many programs compile before an edit and after it.
    pub unharmed: usize,
    /// What is not as the table says, by row.
    pub faults: Vec<(String, String)>,
}

/// A row whose documents are valid.
struct Edit<'t> {
    number: usize,
    row: &'t Row,
    outcome: Outcome,
}

/// The old side of rows.
struct Base {
    programs: Programs,
    documented: PathBuf,
    items: Items,
    verdict: Verdict,
}

/// What was found of a row.
struct Found {
    faults: Vec<String>,
    unharmed: usize,
}

/// What every row needs.
struct Tools<'t> {
    folder: &'t Path,
    dependencies: Dependencies,
    semver_checks: Option<&'t SemverChecks>,
}

/// Proves rows in a folder, in which the dependencies stay; also against cargo-semver-checks, if it is at hand.
///
/// # Panics
///
/// If a client does not compile.
#[must_use]
pub fn prove(table: &[Row], folder: &Path, semver_checks: Option<&SemverChecks>) -> Proof {
    let tools = Tools {
        folder,
        dependencies: Dependencies::build(folder),
        semver_checks,
    };
    let mut proof = Proof::default();
    let mut edits: Vec<Edit<'_>> = Vec::new();
    let outcomes = parallel(table, |_, row| outcome(row));
    for (number, (row, outcome)) in table.iter().zip(outcomes).enumerate() {
        match outcome {
            Ok(outcome) => edits.push(Edit {
                number,
                row,
                outcome,
            }),
            Err(text) => proof.faults.push((row.name.clone(), text)),
        }
    }
    // Edits with one old side share its client and their programs.
    let old = parallel(&edits, |_, it| it.outcome.old.files());
    let mut families: BTreeMap<&Files, Vec<usize>> = BTreeMap::new();
    for (index, files) in old.iter().enumerate() {
        families.entry(files).or_default().push(index);
    }
    let families: Vec<(&Files, Vec<usize>)> = families.into_iter().collect();
    let bases = parallel(&families, |index, (files, members)| {
        let members: Vec<&Edit<'_>> = members.iter().map(|it| &edits[*it]).collect();
        base(&tools, index, files, &members)
    });
    let mut base_of: BTreeMap<usize, &Base> = BTreeMap::new();
    for ((_, members), base) in families.iter().zip(&bases) {
        base_of.extend(members.iter().map(|it| (*it, base)));
        let verdict = &base.verdict;
        for (program, codes) in verdict.published.iter().chain(&verdict.vendored) {
            let text = format!("does not compile before the edit: {codes:?}");
            proof.faults.push((program.clone(), text));
        }
    }
    let found = parallel(&edits, |index, edit| examine(&tools, base_of[&index], edit));
    for (Edit { row, .. }, found) in edits.iter().zip(found) {
        proof.rows += 1;
        proof.witnesses.0 += usize::from(row.error.is_some());
        proof.witnesses.1 += usize::from(row.error_within().is_some());
        proof.unharmed += found.unharmed;
        let faults = found.faults.into_iter();
        proof.faults.extend(faults.map(|it| (row.name.clone(), it)));
    }
    proof
}

fn base(tools: &Tools<'_>, index: usize, files: &Files, members: &[&Edit<'_>]) -> Base {
    let client = Client::write(&tools.folder.join(format!("old/{index}")), files);
    let module = members[0].outcome.old.module();
    let rows: Vec<(usize, &Row)> = members.iter().map(|it| (it.number, it.row)).collect();
    let programs = programs(&rows, &client.name, module);
    let verdict = judge(&tools.dependencies, &client, &programs);
    let documented = tools.dependencies.documented(&client);
    Base {
        items: items::items(&documented),
        programs,
        documented,
        verdict,
    }
}

/// What the compiler and rustdoc say otherwise than a row does.
fn examine(tools: &Tools<'_>, base: &Base, edit: &Edit<'_>) -> Found {
    let Edit {
        number,
        row,
        outcome,
    } = edit;
    let folder = tools.folder.join(format!("new/{number}"));
    let client = Client::write(&folder, &outcome.new.files());
    let found = judge(&tools.dependencies, &client, &base.programs);
    let own = name(*number);
    let error = row.error.as_deref();
    let mut faults: Vec<String> = Vec::new();
    faults.extend(broken(
        "published",
        &row.published,
        &own,
        error,
        &found.published,
    ));
    let within = row.error_within();
    faults.extend(broken(
        "vendored",
        &row.vendored,
        &own,
        within,
        &found.vendored,
    ));
    let is_major = row.published == "major" || row.vendored == "major";
    if is_major && error.or(within).or(row.no_witness.as_deref()).is_none() {
        faults.push("it has no program, and does not say why".to_owned());
    }
    let documented = tools.dependencies.documented(&client);
    let semver_checks = tools.semver_checks;
    faults.extend(semver_checks.and_then(|it| it.fault(row, &base.documented, &documented)));
    let items = items::items(&documented);
    match (&row.items, items::fault(row, outcome, &base.items, &items)) {
        (None, Some(text)) => faults.push(text),
        (Some(_), None) => faults.push("the lists of items are as the changes say".to_owned()),
        _ => {}
    }
    let all = base.programs.published.len() + base.programs.vendored.len();
    let harmed = found.published.len() + found.vendored.len();
    Found {
        faults,
        unharmed: all - harmed,
    }
}

/// What is wrong with a verdict: a program that no longer compiles although it says so, or the row's own that does.
fn broken(
    what: &str,
    level: &str,
    own: &str,
    error: Option<&str>,
    found: &Faults,
) -> Option<String> {
    if level != "major" && !found.is_empty() {
        return Some(format!(
            "{what}, {level}, but these no longer compile: {found:?}"
        ));
    }
    let error = error?;
    let codes = found.get(own);
    let is_found = codes.is_some_and(|it| it.contains(error));
    (!is_found).then(|| format!("{what}: {error} is expected of its program, found {codes:?}"))
}

/// Does work for each of several things, on as many threads as the machine has.
fn parallel<T: Sync, R: Send>(of: &[T], work: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let run = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(it) = of.get(index) else {
                return done;
            };
            done.push((index, work(index, it)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let done = running
            .into_iter()
            .map(|it| it.join().expect("the work does not panic"));
        done.flatten().collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, it)| it).collect()
}
